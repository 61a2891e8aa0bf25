//! Texts of the press to rows: what every source of news has in common.

use std::collections::HashMap;

use burnrate_model::generated::{self, FundingRound, ReportedMetric};
use burnrate_model::{Decimal, Extract, RawDocument};
use burnrate_prose::news::{
    Amount, Article, Event, Language, Metric, MetricKind, Reading, Round, read_news,
};
use chrono::{Days, NaiveDate};

use crate::company_key::company_key;
use crate::news::digest::{lead_digest, text_digest};

mod address;
mod digest;
pub(crate) mod encoding;
pub(crate) mod feed;
pub(crate) mod markdown;
pub(crate) mod markup;
mod period;
pub(crate) mod time;

pub(crate) use address::canonical;

/// An article, press release or item of a feed, without its markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NewsText {
    /// Its address, as the document links to it.
    pub(crate) url: String,
    /// Its headline, where that stands apart from the text.
    pub(crate) headline: Option<String>,
    /// The text, without the headline; a line for each paragraph.
    pub(crate) text: String,
    /// Day of publication, UTC, where the document states it.
    pub(crate) published: Option<NaiveDate>,
    /// Day on which it was last changed, UTC, where the document states it.
    pub(crate) updated: Option<NaiveDate>,
    /// Who publishes it.
    pub(crate) publisher: Option<String>,
    /// Whether it is only the beginning of the text.
    pub(crate) is_excerpt: bool,
}

impl NewsText {
    /// Headline and text, a line for each paragraph.
    fn whole(&self) -> String {
        let parts = [self.headline.as_deref().unwrap_or_default(), &self.text];
        let parts = parts.map(str::trim).into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("\n")
    }
}

/// Adds the row of a text, and those of the rounds and metrics that it tells of; whether it tells of money.
///
/// A text without a web address or without words gives no row, but an issue. One that is dated more than
/// a day after it was fetched is read as one without a date, and is an issue as well. `locator` is where
/// the text stands in `document`. What a text says after a change was not known before it.
pub(crate) fn push(
    text: &NewsText,
    locator: &str,
    document: &RawDocument,
    out: &mut Extract,
) -> bool {
    let whole = text.whole();
    let Some(article_url) = canonical(&text.url) else {
        out.issue(locator, "a text without a web address", whole);
        return false;
    };
    if !whole.contains(char::is_alphanumeric) {
        out.issue(locator, "a text without words", article_url);
        return false;
    }
    let fetched_on = document.fetched_at.date_naive();
    // Where a day begins is not the same everywhere.
    let latest = fetched_on.checked_add_days(Days::new(1)).unwrap_or(fetched_on);
    let published_on = text.published.filter(|day| *day <= latest);
    if let Some(day) = text.published.filter(|_| published_on.is_none()) {
        out.issue(locator, "dated after it was fetched", format!("{day} {article_url}"));
    }
    let title = text.headline.as_deref();
    let mut reading = read_news(&Article { text: &whole, title, published: published_on });
    leave_out_the_unnamed(&mut reading);
    let known_on = published_on.max(text.updated).map_or(fetched_on, |day| day.min(fetched_on));
    let tells_of_money = !reading.events.is_empty() || reading.unread > 0;
    let article = article_row(text, &whole, &article_url, published_on, &reading);
    out.push(article, locator.to_owned(), known_on);
    let mut rows_of = HashMap::new();
    for event in reading.events {
        let mention = Mention::new(&event, &whole, &article_url, published_on, &mut rows_of);
        let locator = locator.to_owned();
        match event {
            Event::Round(round) => out.push(round_row(round, mention), locator, known_on),
            Event::Metric(metric) => out.push(metric_row(metric, mention), locator, known_on),
        }
    }
    tells_of_money
}

/// Rows of a company that the text does not name ("the company", "our") would make one company of many, and
/// what a GPU costs on the market is of none: both count as unread.
fn leave_out_the_unnamed(reading: &mut Reading) {
    let read = reading.events.len();
    reading.events.retain(|event| match event {
        Event::Round(round) => is_name(&round.company),
        Event::Metric(metric) => is_name(&metric.company),
    });
    reading.unread += read - reading.events.len();
}

/// Words that stand for a name, and those that stand before a description.
const STANDING_FOR_NAMES: &[&str] =
    &["he", "her", "his", "it", "its", "our", "ours", "she", "their", "they", "us", "we"];
const BEFORE_DESCRIPTIONS: &[&str] = &["a", "an", "its", "our", "that", "the", "their", "this"];

fn is_name(company: &str) -> bool {
    let lower = company.to_lowercase();
    if company.is_empty() || STANDING_FOR_NAMES.contains(&lower.as_str()) {
        return false;
    }
    let mut words = company.split_whitespace();
    let is_described = words
        .next()
        .is_some_and(|first| BEFORE_DESCRIPTIONS.contains(&first.to_lowercase().as_str()));
    !is_described || words.any(|word| word.contains(|c: char| c.is_uppercase() || !c.is_ascii()))
}

fn article_row(
    text: &NewsText,
    whole: &str,
    article_url: &str,
    published_on: Option<NaiveDate>,
    reading: &Reading,
) -> generated::Article {
    // Copies often have headlines of their own.
    let body = if text.text.contains(char::is_alphanumeric) { &text.text } else { whole };
    generated::Article {
        article_url: article_url.to_owned(),
        headline: text.headline.as_deref().map(str::trim).map(str::to_owned),
        publisher: text.publisher.clone(),
        published_on,
        language: code(reading.language).to_owned(),
        text_digest: text_digest(body),
        lead_digest: lead_digest(body.trim_start()),
        text_bytes: count(whole.len()),
        is_excerpt: text.is_excerpt,
        rows_read: count(reading.events.len()),
        money_unread: count(reading.unread),
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// ISO 639-1, or `other`.
fn code(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Chinese => "zh",
        Language::Japanese => "ja",
        Language::German => "de",
        Language::Dutch => "nl",
        Language::Other => "other",
    }
}

/// What rows of either kind say of their text.
struct Mention {
    id: String,
    company_key: String,
    article_url: String,
    published_on: Option<NaiveDate>,
    evidence: Option<String>,
    rules: Option<String>,
}

impl Mention {
    /// `rows_of` counts the rows about each company so far.
    fn new(
        event: &Event,
        whole: &str,
        article_url: &str,
        published_on: Option<NaiveDate>,
        rows_of: &mut HashMap<String, usize>,
    ) -> Self {
        let (company, evidence, rules) = match event {
            Event::Round(round) => (&round.company, &round.evidence, &round.rules),
            Event::Metric(metric) => (&metric.company, &metric.evidence, &metric.rules),
        };
        let company_key = company_key(company);
        let number = rows_of.entry(company_key.clone()).or_default();
        *number += 1;
        Self {
            id: format!("{article_url}#{company_key}#{number}"),
            company_key,
            article_url: article_url.to_owned(),
            published_on,
            evidence: whole.get(evidence.clone()).map(str::to_owned),
            rules: joined(rules, " "),
        }
    }
}

fn round_row(round: Round, mention: Mention) -> FundingRound {
    let also = round.amount_alternatives.iter().map(also_stated).collect::<Vec<_>>();
    let (amount_low, amount_high, amount_hedge, currency) = stated(round.amount);
    let (valuation_low, valuation_high, valuation_hedge, valuation_currency) =
        stated(round.valuation);
    FundingRound {
        mention_id: mention.id,
        company_name: round.company,
        company_key: mention.company_key,
        round_kind: round.kind.to_string(),
        round_modifier: round.modifier,
        amount_low,
        amount_high,
        amount_hedge: amount_hedge.unwrap_or_else(|| "undisclosed".to_owned()),
        currency,
        amounts_also_stated: joined(&also, " | "),
        valuation_low,
        valuation_high,
        valuation_hedge,
        valuation_currency,
        valuation_basis: round.valuation_basis.map(|basis| basis.to_string()),
        round_status: round.status.to_string(),
        round_date: round.date,
        mention_role: round.role.to_string(),
        lead_investors: joined(&round.lead_investors, " | "),
        named_investors: joined(&round.investors, " | "),
        attributed_to: round.attributed_to,
        article_url: Some(mention.article_url),
        published_on: mention.published_on,
        evidence: mention.evidence,
        rules: mention.rules,
        source_url: None,
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

/// Ends, hedge and currency of an amount, all absent where it is.
fn stated(
    amount: Option<Amount>,
) -> (Option<Decimal>, Option<Decimal>, Option<String>, Option<String>) {
    amount.map_or((None, None, None, None), |amount| {
        let currency = Some(amount.currency.to_owned()).filter(|currency| !currency.is_empty());
        (amount.low, amount.high, Some(amount.qualifier.to_string()), currency)
    })
}

/// Low end, high end and currency, `-` where there is none.
fn also_stated(amount: &Amount) -> String {
    let end = |end: Option<Decimal>| end.map_or_else(|| "-".to_owned(), |end| end.to_string());
    let currency = if amount.currency.is_empty() { "-" } else { amount.currency };
    format!("{} {} {currency}", end(amount.low), end(amount.high))
}

fn metric_row(metric: Metric, mention: Mention) -> ReportedMetric {
    let (period_start, period_end) = period_days(&metric);
    ReportedMetric {
        mention_id: mention.id,
        revenue_basis: revenue_basis(&metric).map(str::to_owned),
        company_name: metric.company,
        company_key: mention.company_key,
        metric: metric.kind.to_string(),
        value_low: metric.value.low,
        value_high: metric.value.high,
        hedge: metric.value.qualifier.to_string(),
        metric_unit: metric.unit,
        period_text: metric.period,
        as_of_text: metric.as_of,
        period_start,
        period_end,
        metric_status: metric.status.to_string(),
        metric_scope: metric.scope,
        attributed_to: metric.attributed_to,
        article_url: mention.article_url,
        published_on: mention.published_on,
        evidence: mention.evidence,
        rules: mention.rules,
        source_url: None,
        source_note: None,
    }
}

/// First and last day of the period, or only the day of an instant.
fn period_days(metric: &Metric) -> (Option<NaiveDate>, Option<NaiveDate>) {
    match metric.period.as_deref().and_then(period::days) {
        Some((start, end)) => (Some(start), Some(end)),
        None => (None, metric.as_of.as_deref().and_then(period::instant)),
    }
}

/// What a figure of revenue counts, as far as the text says.
fn revenue_basis(metric: &Metric) -> Option<&'static str> {
    let span = metric.period.as_deref().and_then(period::span);
    match (metric.kind, span.map(|(_, months)| months)) {
        (MetricKind::RevenueRunRate, _) => Some("run_rate_x12"),
        (MetricKind::Arr, _) => Some("arr_committed"),
        (MetricKind::Revenue, Some(12)) => Some("reported_year"),
        (MetricKind::Revenue, Some(6)) => Some("reported_half"),
        (MetricKind::Revenue, Some(3)) => Some("reported_quarter"),
        _ => None,
    }
}

/// The words with a mark between them; `None` where there are none.
fn joined<T: AsRef<str>>(words: &[T], mark: &str) -> Option<String> {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    (!words.is_empty()).then(|| words.join(mark))
}

#[cfg(test)]
mod tests {
    use burnrate_prose::news::{
        MetricStatus, Qualifier, Role, RoundKind, RoundStatus, ValuationBasis,
    };

    use super::*;

    fn text() -> NewsText {
        NewsText {
            url: "https://example.com/2024/10/02/a-round/?utm_source=rss".to_owned(),
            headline: Some("Acme raises $5 million".to_owned()),
            text: "Acme, the maker of anvils, raised the money from Bolt & Sons.".to_owned(),
            published: "2024-10-02".parse().ok(),
            updated: None,
            publisher: Some("The Example".to_owned()),
            is_excerpt: true,
        }
    }

    fn pushed(text: &NewsText, fetched_at: &str) -> Extract {
        let document = RawDocument {
            url: "https://example.com/feed".to_owned(),
            fetched_at: fetched_at.parse().unwrap(),
            body: Vec::new(),
        };
        let mut out = Extract::default();
        push(text, "item 1", &document, &mut out);
        out
    }

    #[test]
    fn a_company_without_a_name_makes_no_row() {
        for name in ["Acme", "xAI", "a16z", "The Bot Company", "It’s", "昉擎科技", "Its Ventures"]
        {
            assert!(is_name(name), "{name}");
        }
        for phrase in ["", "the company", "The start-up", "Our", "it", "its", "This startup"] {
            assert!(!is_name(phrase), "{phrase}");
        }
    }

    fn amount(low: i64, currency: &'static str) -> Amount {
        let low = Some(Decimal::from(low));
        Amount { low, high: low, qualifier: Qualifier::Exact, currency }
    }

    fn metric(kind: MetricKind, period: Option<&str>, as_of: Option<&str>) -> Metric {
        Metric {
            company: "Acme".to_owned(),
            aliases: Vec::new(),
            kind,
            value: amount(5_000_000, "USD"),
            unit: "USD".to_owned(),
            period: period.map(str::to_owned),
            as_of: as_of.map(str::to_owned),
            status: MetricStatus::Reported,
            scope: None,
            attributed_to: None,
            evidence: 0..4,
            rules: vec!["one", "two"],
        }
    }

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn a_text_is_a_row_under_its_canonical_address() {
        let out = pushed(&text(), "2024-10-03T08:00:00Z");
        assert_eq!(out.issues, []);
        let [article] = out.rows.article.as_slice() else { panic!("one article") };
        assert_eq!(article.row.article_url, "https://example.com/2024/10/02/a-round");
        assert_eq!(article.row.headline.as_deref(), Some("Acme raises $5 million"));
        assert_eq!(Some(article.known_on), day("2024-10-02"));
        // 22 bytes of headline, a line end, and 61 bytes of text.
        assert_eq!(article.row.text_bytes, 84);
        assert_eq!(article.row.lead_digest, lead_digest(&text().text));
    }

    #[test]
    fn a_headline_alone_is_the_text_that_copies_are_known_by() {
        let alone = NewsText { text: " \n".to_owned(), ..text() };
        let out = pushed(&alone, "2024-10-03T08:00:00Z");
        assert_eq!(out.rows.article[0].row.text_digest, text_digest("Acme raises $5 million"));
    }

    #[test]
    fn a_date_long_after_the_capture_is_not_believed() {
        let out = pushed(&text(), "2024-09-30T23:00:00Z");
        assert_eq!(out.issues[0].reason, "dated after it was fetched");
        assert_eq!(out.rows.article[0].row.published_on, None);
        assert_eq!(Some(out.rows.article[0].known_on), day("2024-09-30"));
        // A day ahead is the same day elsewhere, and known when it was fetched.
        let out = pushed(&text(), "2024-10-01T23:00:00Z");
        assert_eq!(
            (out.issues.len(), out.rows.article[0].row.published_on),
            (0, day("2024-10-02"))
        );
        assert_eq!(Some(out.rows.article[0].known_on), day("2024-10-01"));
    }

    #[test]
    fn what_was_changed_was_not_known_before() {
        let known_on = |updated| {
            let changed = NewsText { updated: day(updated), ..text() };
            Some(pushed(&changed, "2024-10-09T08:00:00Z").rows.article[0].known_on)
        };
        assert_eq!(known_on("2024-10-05"), day("2024-10-05"));
        // Pages that were not changed may say that they were in 1970, or whenever they are asked.
        assert_eq!(known_on("1970-01-01"), day("2024-10-02"));
        assert_eq!(known_on("2024-10-11"), day("2024-10-09"));
    }

    #[test]
    fn without_an_address_or_words_there_is_no_row() {
        for (odd, reason) in [
            (NewsText { url: "guid-17".to_owned(), ..text() }, "a text without a web address"),
            (NewsText { headline: None, text: "… –".to_owned(), ..text() }, "a text without words"),
        ] {
            let out = pushed(&odd, "2024-10-03T08:00:00Z");
            assert_eq!((out.rows.article.len(), out.issues[0].reason.as_str()), (0, reason));
        }
    }

    #[test]
    fn revenue_says_what_it_counts() {
        let check = |kind, period, expected| {
            assert_eq!(revenue_basis(&metric(kind, period, None)), expected, "{period:?}");
        };
        check(MetricKind::Revenue, Some("2024"), Some("reported_year"));
        check(MetricKind::Revenue, Some("H1 2024"), Some("reported_half"));
        check(MetricKind::Revenue, Some("2024-Q2"), Some("reported_quarter"));
        check(MetricKind::Revenue, Some("9M 2024"), None);
        check(MetricKind::Revenue, Some("2024-08"), None);
        check(MetricKind::Revenue, Some("per year"), None);
        check(MetricKind::Revenue, Some("year"), None);
        check(MetricKind::Revenue, None, None);
        check(MetricKind::RevenueRunRate, Some("2024"), Some("run_rate_x12"));
        check(MetricKind::Arr, None, Some("arr_committed"));
        check(MetricKind::Loss, Some("2024"), None);
    }

    #[test]
    fn a_period_has_two_days_and_an_instant_one() {
        let days = |period, as_of| period_days(&metric(MetricKind::Users, period, as_of));
        assert_eq!(days(Some("2024-H1"), Some("2024-07")), (day("2024-01-01"), day("2024-06-30")));
        assert_eq!(days(None, Some("2024-07")), (None, day("2024-07-31")));
        assert_eq!(days(Some("per year"), None), (None, None));
    }

    #[test]
    fn mentions_of_a_company_are_numbered_whatever_it_is_called() {
        let mut rows_of = HashMap::new();
        let mut id = |company: &str| {
            let of =
                Metric { company: company.to_owned(), ..metric(MetricKind::Users, None, None) };
            let event = Event::Metric(of);
            let mention = Mention::new(&event, "Acme grows", "https://a.com/b", None, &mut rows_of);
            assert_eq!(mention.evidence.as_deref(), Some("Acme"));
            assert_eq!(mention.rules.as_deref(), Some("one two"));
            mention.id
        };
        assert_eq!(id("Acme"), "https://a.com/b#acme#1");
        assert_eq!(id("Bolt & Sons"), "https://a.com/b#boltsons#1");
        assert_eq!(id("Acme, Inc."), "https://a.com/b#acme#2");
    }

    #[test]
    fn a_round_keeps_what_the_text_states() {
        let up_to = Amount { low: None, qualifier: Qualifier::UpTo, ..amount(6, "EUR") };
        let round = Round {
            company: "Acme".to_owned(),
            aliases: Vec::new(),
            kind: RoundKind::SeriesA,
            modifier: None,
            amount: Some(amount(5_000_000, "USD")),
            amount_alternatives: vec![amount(4_600_000, "EUR"), up_to],
            valuation: None,
            valuation_alternatives: Vec::new(),
            valuation_basis: Some(ValuationBasis::PostMoney),
            status: RoundStatus::InTalks,
            lead_investors: vec!["Bolt & Sons".to_owned()],
            investors: vec!["Bolt & Sons".to_owned(), "Cog".to_owned()],
            date: Some("2024-10".to_owned()),
            role: Role::Headline,
            attributed_to: None,
            evidence: 0..4,
            rules: vec!["raised"],
        };
        let row = |round: Round| {
            let event = Event::Round(round.clone());
            round_row(
                round,
                Mention::new(&event, "Acme", "https://a.com", None, &mut HashMap::new()),
            )
        };
        let told = row(round.clone());
        assert_eq!(told.amounts_also_stated.as_deref(), Some("4600000 4600000 EUR | - 6 EUR"));
        assert_eq!((told.valuation_hedge, told.valuation_currency), (None, None));
        assert_eq!(told.named_investors.as_deref(), Some("Bolt & Sons | Cog"));
        assert_eq!(
            (told.round_kind.as_str(), told.round_status.as_str()),
            ("series_a", "in_talks")
        );
        let undisclosed = row(Round { amount: None, ..round });
        assert_eq!(
            (undisclosed.amount_hedge.as_str(), undisclosed.currency),
            ("undisclosed", None)
        );
    }
}
