//! Valuations: of a round of which the sentence states the amount, or of one of which it states none.

use super::{Found, Scan};
use crate::news::RoundKind;
use crate::news::names::follows_subject;
use crate::news::rounds::money::{Money, Role};
use crate::news::rounds::words::{GET, NAB, RAISE, SURELY_ROUND};
use crate::news::rounds::{Subject, company_name, first_company, kind, subject};

/// Verbs whose object may be a valuation.
const VALUED: &[&str] = &[
    "hit", "hits", "reach", "reaches", "reached", "double", "doubles", "doubled", "triple",
    "triples", "tripled", "jumps", "soars", "boosts", "valued", "worth", "pushes", "command",
    "commands",
];

impl<'a> Scan<'_, 'a> {
    /// Gives valuations to the mentions of the sentence, or makes a mention of one.
    pub(super) fn valuations(&self, found: &mut Vec<Found<'a>>) {
        for money in &self.money {
            let Role::Valuation(basis) = money.role else { continue };
            let at = money.tokens.start;
            let before = found.iter().rposition(|found| found.tokens.start < at);
            let index = before.or_else(|| (!found.is_empty()).then_some(0));
            let Some(index) = index.or_else(|| {
                found.push(self.only_valued(money)?);
                Some(found.len() - 1)
            }) else {
                continue;
            };
            let mention = &mut found[index].mention;
            if mention.valuation.is_none() {
                mention.valuation = Some(money.amount.clone());
                mention.valuation_alternatives.clone_from(&money.alternatives);
                mention.basis = basis;
                found[index].tokens.end = found[index].tokens.end.max(money.tokens.end);
            }
        }
    }

    /// A round of which the sentence states a valuation and no amount.
    fn only_valued(&self, money: &Money) -> Option<Found<'a>> {
        let start = money.tokens.start;
        let verb = self.verb(start, 0, &[RAISE, NAB, GET, VALUED]);
        let raises =
            (0..start).rev().find(|&at| self.is(at, RAISE) && self.sentence.name_at(at).is_none());
        let names_round = self.has(SURELY_ROUND)
            || self.has(&["tender", "fundraising"])
            || self.has(&["deal"])
                && self.has(&[
                    "completes",
                    "completed",
                    "finalizes",
                    "finalized",
                    "closes",
                    "closed",
                ])
            || self.has(&["investors"]) && self.has(&["double", "buying", "buy", "invest", "back"])
            || self.has(&["shares", "stock"])
                && self.has(&["sell", "selling", "sold", "buying", "sale"]);
        let is_told =
            raises.is_some() || names_round || verb.is_some_and(|(_, list)| matches!(list, 1 | 2));
        if self.has(&[
            "ipo",
            "acquire",
            "acquires",
            "acquired",
            "acquisition",
            "combination",
            "transaction",
            "spac",
            "merger",
        ]) {
            return None;
        }
        let verb = raises.or(verb.map(|(at, _)| at));
        let subject = self.valued_company(start).or_else(|| {
            let subject =
                verb.and_then(|verb| subject::company(subject::before(self.sentence, verb)));
            subject.or_else(|| self.opening_company(start))
        })?;
        let from = verb.unwrap_or(start.saturating_sub(4));
        let mut mention = self.blank(
            subject,
            verb,
            if verb.is_none() { 0..start } else { from..start },
            "valuation",
        );
        mention.is_sure = is_told;
        if mention.is_earlier && raises.is_none() {
            return None;
        }
        let (kind, modifier) = kind::of(self.tokens);
        if kind != RoundKind::Debt {
            (mention.kind, mention.modifier) = (kind, modifier);
        }
        Some(Found { mention, tokens: from..money.noun.end.max(money.tokens.end) })
    }

    /// "values X at", "X’s valuation to", "the round would value the company at".
    fn valued_company(&self, start: usize) -> Option<Subject<'a>> {
        let from = start.saturating_sub(14);
        let value = (from..start)
            .rev()
            .find(|&at| self.is(at, &["value", "values", "valuing", "valuation", "valued"]))?;
        if self.is(value, &["valuation"]) {
            return self.owner_before(value).map(Subject::Named);
        }
        if self.is(value, &["valued"])
            && (value == 0
                || !self.is(value + 1, &["the", "it"])
                    && self.sentence.name_at(value + 1).is_none())
        {
            return None;
        }
        let named = self.sentence.names.iter().rev().find(|name| {
            name.tokens.start > value
                && name.tokens.end <= start
                && name.may_be_company()
                && !name.is_possessive
        });
        if let Some(name) = named {
            return Some(Subject::Named(company_name(name)));
        }
        for at in [self.raising_subject(value), self.greptile(value)] {
            if at.is_some() {
                return at;
            }
        }
        let first = first_company(self.sentence)
            .filter(|name| name.tokens.end <= value && name.tokens.start <= 3);
        first.map_or(Some(Subject::Main("the company")), |name| {
            Some(Subject::Named(company_name(name)))
        })
    }

    /// Who raises or closes, in the words before.
    fn raising_subject(&self, value: usize) -> Option<Subject<'a>> {
        let (verb, _) = self.verb(value, 0, &[RAISE, NAB, GET])?;
        subject::company(subject::before(self.sentence, verb))
    }

    /// "a round for X, valuing it at".
    fn greptile(&self, value: usize) -> Option<Subject<'a>> {
        let at = (0..value)
            .rev()
            .take(12)
            .find(|&at| self.is(at, &["for", "in"]) && self.sentence.name_at(at + 1).is_some())?;
        subject::target(self.sentence, at)
    }

    /// The company that opens the sentence, or the round that does.
    fn opening_company(&self, start: usize) -> Option<Subject<'a>> {
        let is_round =
            |at: usize| self.is(at, &["round", "deal", "financing", "funding", "investment"]);
        if self.is(0, &["the", "this"]) && (1..4).any(is_round) {
            return Some(Subject::Main(""));
        }
        let first = first_company(self.sentence).filter(|name| {
            name.tokens.end <= start && follows_subject(self.tokens, name.tokens.end)
        })?;
        let opens = self.sentence.is_headline || first.tokens.start == 0;
        opens.then(|| Subject::Named(company_name(first)))
    }
}
