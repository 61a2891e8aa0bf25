//! The table of rounds.

use burnrate_model::Decimal;
use burnrate_model::generated::FundingRound;
use burnrate_prose::news::{Qualifier, Role, RoundKind, RoundStatus, ValuationBasis};
use chrono::NaiveDate;

use super::record::{Edition, Found, Reason, Record};
use crate::company_key::company_key;

pub(super) const HEADER: [&str; 16] = [
    "Id",
    "Company",
    "Close date",
    "Status",
    "Funding (equity)",
    "Funding (debt)",
    "Valuation (post-money)",
    "Report date",
    "Source 1",
    "Source 2",
    "Source 3",
    "Graph note",
    "Notes",
    "Type",
    "Confidence",
    "Exclude from graph view",
];

/// What a share of the round is hedged by.
const PART: &str = "full amount not known";

/// Notes that say nothing of the money raised.
const NOTES: [&str; 2] = ["Valuation includes value of ", "is publicly traded"];

const SERIES: [RoundKind; 8] = [
    RoundKind::SeriesA,
    RoundKind::SeriesB,
    RoundKind::SeriesC,
    RoundKind::SeriesD,
    RoundKind::SeriesE,
    RoundKind::SeriesF,
    RoundKind::SeriesG,
    RoundKind::SeriesH,
];

/// The round of a record, and beside it the debt, which has a column of its own.
pub(super) fn rounds(record: &Record<'_>, edition: &Edition<'_>) -> Result<Vec<Found>, Reason> {
    let types = ["Primary", "Secondary", "Debt", "Other", ""];
    let types = record.words("Type", &types, "not a known type of round")?;
    let equity = record.number("Funding (equity)")?;
    let debt = record.number("Funding (debt)")?;
    let is_new_money = equity.is_some_and(|equity| !equity.is_zero());
    if types.contains(&"Other") && is_new_money {
        return Err("money of an unknown type");
    }
    // A merger paid in shares raises nothing, and going public is no round.
    if record.is_left_out()? || types.contains(&"Other") || is_listing(record.text("Id")) {
        return Ok(Vec::new());
    }
    let is_secondary = types.contains(&"Secondary");
    if is_secondary && is_new_money {
        return Err("shares change hands, and the company has money of it");
    }
    let round = Stated::new(record, edition)?;
    // A zero says that the company had nothing of a sale of shares, not what they were sold for.
    let amount = equity.filter(|equity| !equity.is_zero());
    if equity.is_some() && amount.is_none() && !is_secondary {
        return Err("a round of nothing");
    }
    let valuation = record.number("Valuation (post-money)")?;
    let (kind, modifier) = kind(record.text("Id"), is_secondary)?;
    let mut found = vec![FundingRound {
        round_kind: kind.to_string(),
        round_modifier: modifier,
        ..round.row(record.text("Id"), amount, valuation)
    }];
    if let Some(debt) = debt {
        let name = format!("{} (debt)", record.text("Id"));
        found.push(FundingRound {
            round_kind: RoundKind::Debt.to_string(),
            ..round.row(&name, Some(debt), None)
        });
    }
    Ok(found.into_iter().map(|row| Found::Round(Box::new(row), round.known_on)).collect())
}

/// Whether it is about shares that are sold to the public.
fn is_listing(id: &str) -> bool {
    id.split_whitespace().any(|word| word == "IPO")
}

/// The round and what extends its name, as far as its name in the table says.
fn kind(id: &str, is_secondary: bool) -> Result<(RoundKind, Option<String>), Reason> {
    let words: Vec<&str> = id.split_whitespace().collect();
    let has = |name: &str| words.iter().any(|word| word.eq_ignore_ascii_case(name));
    if is_secondary {
        let kind = if has("tender") { RoundKind::Tender } else { RoundKind::Secondary };
        return Ok((kind, None));
    }
    let series = words.iter().position(|word| *word == "Series");
    if let Some(letter) = series.and_then(|series| words.get(series + 1)) {
        let (letter, modifier) = match letter.strip_suffix('+') {
            Some(letter) => (letter, Some("+".to_owned())),
            None => (*letter, None),
        };
        let known = SERIES.into_iter().zip('A'..).find(|(_, name)| letter == name.to_string());
        return known.map(|(kind, _)| (kind, modifier)).ok_or("not a known series");
    }
    Ok((if has("seed") { RoundKind::Seed } else { RoundKind::Unknown }, None))
}

/// What a record states of all its rows.
struct Stated<'a> {
    record: &'a Record<'a>,
    edition: &'a Edition<'a>,
    status: RoundStatus,
    closed_on: Option<NaiveDate>,
    reported_on: Option<NaiveDate>,
    known_on: NaiveDate,
    amount_qualifier: Qualifier,
    valuation_qualifier: Qualifier,
}

impl<'a> Stated<'a> {
    fn new(record: &'a Record<'a>, edition: &'a Edition<'a>) -> Result<Self, Reason> {
        let closed_on = record.day("Close date")?;
        let status = match (record.text("Status"), closed_on) {
            ("Closed", Some(day)) if day <= edition.day => RoundStatus::Closed,
            ("Early discussions" | "Late discussions", None) => RoundStatus::InTalks,
            _ => return Err("neither closed on a day nor discussed"),
        };
        let reported_on = record.reported_on(edition)?;
        // What is discussed is not settled, however sure it is that it is discussed.
        let valuation_qualifier = match (status, record.qualifier()?) {
            (RoundStatus::InTalks, _) => Qualifier::About,
            (_, qualifier) => qualifier,
        };
        let note = record.text("Graph note");
        let is_part = note.ends_with(PART);
        if !note.is_empty() && !is_part && !NOTES.iter().any(|known| note.contains(known)) {
            return Err("not a known note");
        }
        Ok(Self {
            record,
            edition,
            status,
            closed_on,
            reported_on,
            // Some are reported in advance: that they have closed is known when they have.
            known_on: reported_on.map_or(edition.day, |day| closed_on.map_or(day, |c| day.max(c))),
            amount_qualifier: if is_part { Qualifier::AtLeast } else { valuation_qualifier },
            valuation_qualifier,
        })
    }

    /// A row without kind, by a name that no other has.
    fn row(&self, name: &str, amount: Option<Decimal>, valuation: Option<Decimal>) -> FundingRound {
        let Self { record, edition, .. } = self;
        let company = record.text("Company");
        let hedge = amount.map_or("undisclosed", |_| self.amount_qualifier.as_str());
        let usd = |amount: Option<Decimal>| amount.map(|_| "USD".to_owned());
        FundingRound {
            mention_id: record.mention_id(edition, name),
            company_name: company.to_owned(),
            company_key: company_key(company),
            round_kind: RoundKind::Unknown.to_string(),
            round_modifier: None,
            amount_low: amount,
            amount_high: amount.filter(|_| self.amount_qualifier != Qualifier::AtLeast),
            amount_hedge: hedge.to_owned(),
            currency: usd(amount),
            amounts_also_stated: None,
            valuation_low: valuation,
            valuation_high: valuation,
            valuation_hedge: valuation.map(|_| self.valuation_qualifier.to_string()),
            valuation_currency: usd(valuation),
            valuation_basis: valuation.map(|_| ValuationBasis::PostMoney.to_string()),
            round_status: self.status.to_string(),
            round_date: self.closed_on.map(|day| day.to_string()),
            mention_role: Role::Headline.to_string(),
            lead_investors: None,
            named_investors: None,
            attributed_to: None,
            source_url: record.sources(),
            article_url: Some(edition.url.to_owned()),
            published_on: self.reported_on,
            evidence: None,
            rules: None,
            // What only a notice of an exempt offering states.
            cik: None,
            co_issuers: None,
            offered_amount: None,
            is_offer_indefinite: None,
            sold_amount: None,
            remaining_amount: None,
            first_sale_date: None,
            is_amendment: None,
            amends_accession_number: None,
            investors: None,
            securities: None,
            exemptions: None,
            industry: None,
            is_business_combination: None,
            accession_number: None,
            form_type: None,
            filed_date: None,
        }
    }
}
