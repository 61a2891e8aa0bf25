//! What several sentences tell of one round, put together.

use std::collections::BTreeMap;

use super::words::COMPANY_NOUNS;
use super::{Mention, Subject, UNDISCLOSED, company_name};
use crate::news::english::Document;
use crate::news::names::follows_subject;
use crate::news::{Amount, Qualifier, Role, Round, RoundKind, RoundStatus};
use burnrate_model::Decimal;

/// A mention is compared with no more rounds before it than this, so that time stays linear.
const MAX_COMPARED: usize = 24;

/// No round has more, and each is compared with all.
const MAX_INVESTORS: usize = 100;

/// The names of a text, and which of them mean the same.
struct Names<'a> {
    /// The usual name of a name.
    usual: BTreeMap<&'a str, &'a str>,
    /// What the text is about.
    main: Option<&'a str>,
    /// Whether a sentence says so, or the headline names it.
    is_sure: bool,
}

/// The rounds of mentions in the order of the text.
pub(super) fn rounds(document: &Document<'_>, mentions: Vec<Mention<'_>>) -> Vec<Round> {
    if mentions.is_empty() {
        return Vec::new();
    }
    let names = Names::new(document, &mentions);
    let mut drafts: Vec<Mention<'_>> = Vec::new();
    for mut mention in mentions {
        names.resolve(document, &mut mention, drafts.last());
        if names.invests_in_itself(&mention) {
            continue;
        }
        let from = drafts.len().saturating_sub(MAX_COMPARED);
        let recent = drafts.iter_mut().skip(from);
        match recent
            .filter(|draft| names.fits(draft, &mention))
            .max_by_key(|draft| (!draft.is_earlier, draft.is_headline))
        {
            Some(draft) => names.merge(draft, mention),
            None => drafts.push(mention),
        }
    }
    drafts.retain(|draft| {
        let states = draft.amount.is_some() || draft.valuation.is_some();
        draft.is_sure && (states || draft.rules.contains(&UNDISCLOSED))
    });
    drop_sums(&mut drafts);
    let has_headline = drafts.iter().any(|draft| draft.is_headline && !draft.is_earlier);
    let mut rounds: Vec<_> =
        drafts.into_iter().filter_map(|draft| names.round(document, draft, has_headline)).collect();
    rounds.sort_by_key(|round| round.evidence.start);
    rounds
}

impl<'a> Names<'a> {
    fn new(document: &Document<'a>, mentions: &[Mention<'a>]) -> Self {
        let mut usual: BTreeMap<&str, &str> = BTreeMap::new();
        for sentence in &document.sentences {
            for name in &sentence.names {
                if let Some(known) = name.usual {
                    usual.insert(name.text, known);
                }
            }
            for pair in sentence.names.windows(2) {
                let [name, alias] = pair else { continue };
                let between =
                    sentence.tokens.get(name.tokens.end..alias.tokens.start).unwrap_or_default();
                let is_renamed = between.len() <= 5
                    && between
                        .iter()
                        .any(|token| token.is_any(&["rebranded", "renamed", "formerly"]));
                if is_renamed {
                    let of = usual.get(alias.text).copied().unwrap_or(alias.text);
                    usual.entry(name.text).or_insert(of);
                }
                let opens = sentence.tokens.get(name.tokens.end).is_some_and(|token| token.is("("));
                let closes =
                    sentence.tokens.get(alias.tokens.end).is_some_and(|token| token.is(")"));
                if opens && closes && alias.tokens.start == name.tokens.end + 1 {
                    let of = usual.get(name.text).copied().unwrap_or(name.text);
                    usual.entry(alias.text).or_insert(of);
                }
            }
        }
        let named = |mention: &&Mention<'a>| {
            matches!(mention.subject, Subject::Named(_)) && !mention.is_earlier
        };
        let first = mentions
            .iter()
            .filter(|mention| mention.is_headline)
            .find(named)
            .or_else(|| mentions.iter().find(named));
        let main = match first.map(|mention| mention.subject) {
            Some(Subject::Named(name)) => Some(name),
            Some(Subject::Main(_)) | None => {
                let first = mentions.first();
                // "A U.K. startup has raised": it is named in the next sentence.
                let is_new = first.is_some_and(|mention| match mention.subject {
                    Subject::Main(phrase) => phrase.starts_with("A ") || phrase.starts_with("An "),
                    Subject::Named(_) => false,
                });
                let first = first.map_or(0, |mention| mention.sentence + usize::from(is_new));
                main_companies(document, first).next()
            }
        };
        let is_sure =
            first.is_some()
                || document.sentences.iter().filter(|sentence| sentence.is_headline).any(
                    |sentence| sentence.names.iter().any(|name| Some(company_name(name)) == main),
                );
        Self { usual, main, is_sure }
    }

    fn usual<'n>(&'n self, name: &'n str) -> &'n str {
        self.usual.get(name).copied().unwrap_or(name)
    }

    /// Whether two names mean one company.
    fn are_same(&self, one: &str, other: &str) -> bool {
        let (one, other) = (self.usual(one), self.usual(other));
        let extends = |long: &str, short: &str| {
            long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '))
        };
        one.eq_ignore_ascii_case(other) || extends(one, other) || extends(other, one)
    }

    /// Puts the name of the company in the place of a phrase for it.
    fn resolve(
        &self,
        document: &Document<'a>,
        mention: &mut Mention<'a>,
        last: Option<&Mention<'a>>,
    ) {
        let Subject::Main(phrase) = mention.subject else { return };
        let same = last.filter(|last| phrase.is_empty() && last.sentence == mention.sentence);
        if let Some(last) = same.filter(|_| !self.is_sure) {
            mention.subject = last.subject;
            return;
        }
        if phrase.is_empty() && !self.is_sure {
            return;
        }
        if let Some(main) = self.main {
            mention.subject = Subject::Named(main);
        }
        // "Google pours $1 billion into it": the other company that the text is about.
        if self.invests_in_itself(mention) && !is_acquisition(document) {
            let other = main_companies(document, mention.sentence)
                .take(4)
                .find(|name| !mention.leads.iter().any(|lead| self.are_same(lead, name)));
            if let Some(other) = other {
                mention.subject = Subject::Named(other);
            }
        }
    }

    /// Whether the company is one of those who put money into it.
    fn invests_in_itself(&self, mention: &Mention<'a>) -> bool {
        let Subject::Named(company) = mention.subject else { return false };
        mention.leads.iter().any(|lead| self.are_same(lead, company))
    }

    /// Whether a mention tells of the round of a draft.
    fn fits(&self, draft: &Mention<'a>, mention: &Mention<'a>) -> bool {
        let is_same = match (draft.subject, mention.subject) {
            (Subject::Named(one), Subject::Named(other)) => self.are_same(one, other),
            (Subject::Main(_), Subject::Main(_)) => true,
            (Subject::Main(_), Subject::Named(_)) | (Subject::Named(_), Subject::Main(_)) => false,
        };
        if !is_same || !kinds_agree(draft.kind, mention.kind) {
            return false;
        }
        if draft.amount.is_some() && mention.amount.is_some() {
            if draft.is_headline
                && !mention.is_headline
                && draft.leads == mention.leads
                && is_converted(draft, mention)
            {
                return true;
            }
            return amounts(draft).any(|one| amounts(mention).any(|other| is_near(one, other, 3)));
        }
        if draft.is_earlier != mention.is_earlier {
            return false;
        }
        match (&draft.valuation, &mention.valuation) {
            (Some(_), Some(_)) => {
                valuations(draft).any(|one| valuations(mention).any(|other| is_near(one, other, 8)))
            }
            _ => true,
        }
    }

    /// Adds a mention to a draft of the same round.
    fn merge(&self, draft: &mut Mention<'a>, mut mention: Mention<'a>) {
        let tells = mention.amount.is_some() || mention.valuation.is_some();
        let is_bare = draft.amount.is_none() && draft.valuation.is_none();
        if tells && is_bare && !draft.rules.contains(&UNDISCLOSED) {
            draft.status = mention.status;
        } else if mention.amount.is_some() || draft.amount.is_none() && tells {
            draft.status = weaker(draft, &mention);
        }
        draft.is_sure |= mention.is_sure;
        let is_open = draft.status != RoundStatus::Closed;
        if (tells || is_open) && draft.attributed_to.is_none() {
            draft.attributed_to = mention.attributed_to.take();
        }
        merge_figures(draft, &mut mention);
        if is_more_telling(mention.kind, draft.kind) {
            draft.kind = mention.kind;
            draft.modifier = mention.modifier.take();
        }
        self.merge_names(draft, &mention);
        draft.is_headline |= mention.is_headline;
        draft.is_earlier &= mention.is_earlier;
        draft.date = draft.date.take().or(mention.date);
        for rule in mention.rules {
            if !draft.rules.contains(&rule) {
                draft.rules.push(rule);
            }
        }
    }

    /// Adds the names of a mention; the longer one of a company is kept.
    fn merge_names(&self, draft: &mut Mention<'a>, mention: &Mention<'a>) {
        if let (Subject::Named(one), Subject::Named(other)) = (draft.subject, mention.subject)
            && other.len() > one.len()
            && other.starts_with(one)
        {
            if !draft.aliases.contains(&one) {
                draft.aliases.push(one);
            }
            draft.subject = mention.subject;
        }
        for name in &mention.leads {
            self.add(&mut draft.leads, name);
        }
        for name in &mention.investors {
            self.add(&mut draft.investors, name);
        }
    }

    /// Adds a name to a list that does not have it yet by any of its names.
    fn add(&self, names: &mut Vec<&'a str>, name: &'a str) {
        let has_room = names.len() < MAX_INVESTORS;
        match names.iter_mut().find(|known| self.are_same(known, name)) {
            Some(known) if name.len() > known.len() && name.starts_with(*known) => *known = name,
            None if has_room => names.push(name),
            Some(_) | None => {}
        }
    }

    fn round(
        &self,
        document: &Document<'_>,
        draft: Mention<'a>,
        has_headline: bool,
    ) -> Option<Round> {
        let company = match draft.subject {
            Subject::Named(name) => name,
            Subject::Main(phrase) => Some(phrase).filter(|phrase| !phrase.is_empty())?,
        };
        let mut aliases: Vec<String> = Vec::new();
        let others = document.sentences.iter().take(40).flat_map(|sentence| &sentence.names);
        let others = others.map(|name| (name.text, company_name(name)));
        for (text, named) in others.chain(draft.aliases.iter().map(|alias| (*alias, *alias))) {
            let is_new = text != company && !aliases.iter().any(|alias| alias == text);
            if is_new && self.are_same(named, company) {
                aliases.push(text.to_owned());
            }
        }
        let is_headline = draft.is_headline
            || (!has_headline && draft.sentence <= 3 && !is_acquisition(document));
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let mut investors = draft.investors;
        let mut leads = Vec::new();
        for name in draft.leads {
            self.add(&mut leads, name);
            self.add(&mut investors, name);
        }
        leads.retain(|name| !self.are_same(name, company));
        investors.retain(|name| !self.are_same(name, company));
        let same = |other: &Amount, amount: &Option<Amount>| Some(other) == amount.as_ref();
        let mut amount_alternatives = draft.amount_alternatives;
        amount_alternatives.retain(|other| !same(other, &draft.amount));
        let mut valuation_alternatives = draft.valuation_alternatives;
        valuation_alternatives.retain(|other| !same(other, &draft.valuation));
        let is_background = draft.is_earlier || !is_headline;
        Some(Round {
            company: company.to_owned(),
            aliases,
            kind: draft.kind,
            modifier: draft.modifier,
            amount: draft.amount,
            amount_alternatives,
            valuation: draft.valuation,
            valuation_alternatives,
            valuation_basis: draft.basis,
            status: draft.status,
            lead_investors: owned(leads),
            investors: owned(investors),
            date: draft.date.filter(|_| is_background),
            role: if is_background { Role::Background } else { Role::Headline },
            attributed_to: draft.attributed_to,
            evidence: draft.evidence,
            rules: draft.rules,
        })
    }
}

/// The companies that the text may be about, by its headline or else its first sentences.
fn main_companies<'d, 'a>(
    document: &'d Document<'a>,
    until: usize,
) -> impl Iterator<Item = &'a str> + use<'d, 'a> {
    let names = document
        .sentences
        .iter()
        .take((until + 1).min(12))
        .flat_map(|sentence| sentence.names.iter().map(move |name| (sentence, name)));
    let named = names.filter(|(sentence, name)| {
        let holds_role = sentence.tokens.get(name.tokens.end).is_some_and(|next| {
            let next = crate::news::gazetteer::without_possessive(next.text);
            let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(next));
            is(&[
                "CEO",
                "CTO",
                "CFO",
                "COO",
                "co",
                "exec",
                "star",
                "alum",
                "veteran",
                "founder",
                "cofounder",
                "president",
                "executive",
                "chief",
            ])
        });
        let next = sentence.tokens.get(name.tokens.end);
        let invests = next.is_some_and(|next| {
            next.is_any(&[
                "back", "backs", "backed", "invests", "invested", "leads", "led", "joins", "bets",
                "pours", "co",
            ])
        });
        let is_described = name
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|before| sentence.tokens[before].is_any(COMPANY_NOUNS));
        let is_subject = follows_subject(&sentence.tokens, name.tokens.end)
            && next.is_some_and(|next| !next.is("and"))
            && !invests;
        let owns_name = name.is_possessive && sentence.name_at(name.tokens.end).is_some();
        let may_own = sentence.is_headline && !owns_name;
        let stands_out = is_described || is_subject || name.is_possessive;
        stands_out && name.may_be_company() && (!name.is_possessive || may_own) && !holds_role
    });
    named.map(|(_, name)| company_name(name))
}

/// Whether the headline tells of one company buying another.
fn is_acquisition(document: &Document<'_>) -> bool {
    document.sentences.iter().filter(|sentence| sentence.is_headline).any(|sentence| {
        sentence.tokens.iter().any(|token| {
            token.is_any(&[
                "buy",
                "buys",
                "acquire",
                "acquires",
                "acquired",
                "acquisition",
                "bid",
                "takeover",
                "buyout",
                "merger",
            ])
        })
    })
}

/// Whether the first amounts of two mentions may be one in two currencies.
fn is_converted(draft: &Mention<'_>, mention: &Mention<'_>) -> bool {
    let (Some(one), Some(other)) = (&draft.amount, &mention.amount) else { return false };
    let (Some(first), Some(second)) = (figure(one), figure(other)) else { return false };
    let is_hard = |amount: &Amount| matches!(amount.currency, "USD" | "EUR" | "GBP" | "CHF");
    one.currency != other.currency
        && is_hard(one)
        && is_hard(other)
        && first.max(second) / 7 * 5 <= first.min(second)
}

/// Adds an amount to a list that does not have it yet; no text says a round in many ways.
fn add_amount(amounts: &mut Vec<Amount>, amount: Amount) {
    if amounts.len() < MAX_COMPARED && !amounts.contains(&amount) {
        amounts.push(amount);
    }
}

/// Adds the figures of a mention to a draft; those of the body are better than those of the headline.
fn merge_figures(draft: &mut Mention<'_>, mention: &mut Mention<'_>) {
    let is_vague =
        draft.amount.as_ref().is_some_and(|amount| amount.qualifier == Qualifier::OrderOfMagnitude);
    let is_better =
        (draft.is_headline && !mention.is_headline) || draft.amount.is_none() || is_vague;
    if let Some(amount) = mention.amount.take() {
        replace(&mut draft.amount, &mut draft.amount_alternatives, amount, is_better);
        for other in mention.amount_alternatives.drain(..) {
            add_amount(&mut draft.amount_alternatives, other);
        }
        if is_better {
            draft.evidence = mention.evidence.clone();
            draft.sentence = mention.sentence;
        }
    }
    if let Some(valuation) = mention.valuation.take() {
        let takes = draft.valuation.is_none() || is_better;
        replace(&mut draft.valuation, &mut draft.valuation_alternatives, valuation, takes);
        for other in mention.valuation_alternatives.drain(..) {
            add_amount(&mut draft.valuation_alternatives, other);
        }
        draft.basis = draft.basis.or(mention.basis);
    }
}

fn replace(held: &mut Option<Amount>, alternatives: &mut Vec<Amount>, amount: Amount, takes: bool) {
    if takes {
        if let Some(before) = held.replace(amount) {
            add_amount(alternatives, before);
        }
    } else {
        add_amount(alternatives, amount);
    }
}

fn amounts<'m>(mention: &'m Mention<'_>) -> impl Iterator<Item = &'m Amount> {
    mention.amount.iter().chain(&mention.amount_alternatives)
}

fn valuations<'m>(mention: &'m Mention<'_>) -> impl Iterator<Item = &'m Amount> {
    mention.valuation.iter().chain(&mention.valuation_alternatives)
}

/// The figure of an amount, as far as it is compared.
fn figure(amount: &Amount) -> Option<i128> {
    amount.low.or(amount.high).map(Decimal::scaled)
}

/// Whether two amounts are one but for so many percent.
fn is_near(one: &Amount, other: &Amount, percent: i128) -> bool {
    let (Some(first), Some(second)) = (figure(one), figure(other)) else { return false };
    let is_vague = |amount: &Amount| amount.qualifier == Qualifier::OrderOfMagnitude;
    let is_end = |one: Option<Decimal>, other: Option<Decimal>| one.is_some() && one == other;
    let shares_end = is_end(one.low, other.low)
        || is_end(one.high, other.high)
        || is_end(one.low, other.high)
        || is_end(one.high, other.low);
    one.currency == other.currency
        && (shares_end
            || is_vague(one)
            || is_vague(other)
            || (first - second).abs() <= first.abs().max(second.abs()) / 100 * percent)
}

fn kinds_agree(one: RoundKind, other: RoundKind) -> bool {
    use RoundKind::{Debt, Secondary, Strategic, Tender, Unknown};
    let is_loose = |kind| matches!(kind, Unknown | Strategic);
    let is_sale = |kind| matches!(kind, Secondary | Tender);
    one == other
        || (is_loose(one) && other != Debt)
        || (is_loose(other) && one != Debt)
        || (is_sale(one) && is_sale(other))
}

/// Whether the first kind says more than the second.
fn is_more_telling(one: RoundKind, other: RoundKind) -> bool {
    let rank = |kind| {
        let is_loose = matches!(kind, RoundKind::Strategic | RoundKind::Secondary);
        if kind == RoundKind::Unknown { 0 } else { 2 - u8::from(is_loose) }
    };
    rank(one) > rank(other)
}

/// What is less far on; what is announced goes by the headline.
fn weaker(draft: &Mention<'_>, mention: &Mention<'_>) -> RoundStatus {
    let rank = |status| match status {
        RoundStatus::InTalks => 0,
        RoundStatus::Announced => 1,
        RoundStatus::Rumoured => 2,
        RoundStatus::Closed => 3,
    };
    if draft.is_headline
        && draft.status == RoundStatus::Closed
        && mention.status == RoundStatus::Announced
    {
        return RoundStatus::Closed;
    }
    if rank(mention.status) < rank(draft.status) { mention.status } else { draft.status }
}

/// Of a total and its parts in debt and equity, one is kept: the parts where only the headline has the total.
fn drop_sums(drafts: &mut Vec<Mention<'_>>) {
    let debt =
        drafts.iter().position(|draft| draft.kind == RoundKind::Debt && draft.amount.is_some());
    let Some(debt) = debt else { return };
    let (sentence, is_earlier) = (drafts[debt].sentence, drafts[debt].is_earlier);
    let equity = drafts.iter().position(|draft| {
        draft.sentence == sentence && draft.kind != RoundKind::Debt && draft.amount.is_some()
    });
    let Some(equity) = equity else { return };
    let parts = [debt, equity].map(|at| drafts[at].amount.as_ref().and_then(figure).unwrap_or(0));
    let sum = parts[0] + parts[1];
    let total = drafts.iter().position(|draft| {
        draft.sentence != sentence
            && draft.is_earlier == is_earlier
            && amounts(draft).filter_map(figure).any(|figure| (figure - sum).abs() <= sum / 100)
    });
    let Some(total) = total else { return };
    let is_only_headline = drafts[total].is_headline && drafts[total].sentence == 0;
    let mut at = 0;
    drafts.retain(|_| {
        let is_part = at == debt || at == equity;
        let is_dropped = if is_only_headline { at == total } else { is_part };
        at += 1;
        !is_dropped
    });
}
