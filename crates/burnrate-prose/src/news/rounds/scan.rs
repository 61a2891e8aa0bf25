//! What one sentence tells of rounds.

use std::ops::Range;

use chrono::Datelike as _;

use super::investors::{self, Group};
use super::money::{self, Money, Role};
use super::subject::{self, Before};
use super::words::{ADJECTIVES, GET, INVEST, LEAD, NAB, OTHER, RAISE, SURELY_ROUND};
use super::{Mention, Subject, company_name, first_company, kind, status};
use crate::news::english::{Document, Sentence};
use crate::news::gazetteer::NameKind;
use crate::news::names::{Name, follows_subject};
use crate::news::{Qualifier, RoundKind};
use crate::token::Token;

/// Nouns of people who raise money for a company.
const PEOPLE: &[&str] = &[
    "execs",
    "exec",
    "founders",
    "founder",
    "alums",
    "alum",
    "veterans",
    "veteran",
    "vets",
    "vet",
    "engineers",
    "researchers",
    "duo",
    "brothers",
    "trio",
    "ceo",
    "billionaire",
];

/// A verb is looked for no further before its money than this.
const MAX_BEFORE: usize = 20;

/// What "raised" may be said of that is no money.
const RAISED_OTHER: &[&str] = &[
    "concerns",
    "questions",
    "awareness",
    "prices",
    "price",
    "guidance",
    "forecast",
    "forecasts",
    "outlook",
    "stakes",
    "eyebrows",
    "fears",
    "alarm",
    "taxes",
    "rates",
    "wages",
    "salaries",
    "target",
    "cap",
    "by",
    "about",
    "over",
    "dividend",
];

/// What makes money of a sentence a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trigger {
    /// The verb at this token: its subject raises the money.
    Verb(usize),
    /// The verb at this token: its subject invests the money.
    Invest(usize),
    /// "investment in": the verb of the clause is at this token, if it has one.
    Investment(Option<usize>),
    /// "A leads a round in": the verb is at this token.
    Lead(usize),
    /// A noun that names a round.
    Noun,
}

impl Trigger {
    /// The token of the verb, where there is one.
    fn verb(self) -> Option<usize> {
        match self {
            Self::Verb(verb) | Self::Invest(verb) | Self::Lead(verb) => Some(verb),
            Self::Investment(verb) => verb,
            Self::Noun => None,
        }
    }

    fn rule(self) -> &'static str {
        match self {
            Self::Verb(_) => "raise_verb",
            Self::Invest(_) => "invest_verb",
            Self::Investment(_) => "investment_in",
            Self::Lead(_) => "lead_verb",
            Self::Noun => "round_noun",
        }
    }
}

/// A mention, and the tokens from what triggers it to its amount.
struct Found<'a> {
    mention: Mention<'a>,
    tokens: Range<usize>,
}

/// A sentence being read.
struct Scan<'s, 'a> {
    document: &'s Document<'a>,
    index: usize,
    sentence: &'s Sentence<'a>,
    tokens: &'s [Token<'a>],
    money: Vec<Money>,
}

/// Whether the headline is about shares being offered to the public, or about money for a fund.
pub(super) fn is_about_offering(sentence: &Sentence<'_>) -> bool {
    sentence.is_headline
        && (0..sentence.tokens.len()).any(|at| {
            let token = sentence.tokens[at];
            let is_owner = is_any_at(sentence, at.wrapping_sub(1), &["hedge", "pension", "wealth"]);
            let is_fund =
                !is_owner && token.is_any(&["fund", "funds"]) && sentence.name_at(at).is_none()
                    || token.is("VC")
                        && sentence.tokens.get(at + 1).is_some_and(|next| next.is("firm"));
            token.is_any(&["ipo", "listing", "roadshow", "debut"]) || is_fund
        })
}

fn is_any_at(sentence: &Sentence<'_>, at: usize, words: &[&str]) -> bool {
    sentence.tokens.get(at).is_some_and(|token| token.is_any(words))
}

/// Whether a sentence could tell of a round.
pub(super) fn is_of_interest(sentence: &Sentence<'_>) -> bool {
    sentence.money().next().is_some()
        || sentence.tokens.iter().any(|token| {
            token.is_any(SURELY_ROUND)
                || token.is_any(&[
                    "tender",
                    "investors",
                    "investor",
                    "backers",
                    "participants",
                    "deal",
                    "participated",
                    "participating",
                    "partnering",
                    "investment",
                    "backing",
                    "funds",
                    "[",
                ])
        })
}

/// The mentions of rounds in a sentence.
pub(super) fn mentions<'a>(
    document: &Document<'a>,
    index: usize,
    is_offering: bool,
) -> Vec<Mention<'a>> {
    let sentence = &document.sentences[index];
    let scan =
        Scan { document, index, sentence, tokens: &sentence.tokens, money: money::read(sentence) };
    let is_offering = is_offering || scan.has(&["ipo", "listing", "roadshow"]);
    let is_valued = scan.money.iter().any(|money| matches!(money.role, Role::Valuation(_)));
    if is_offering
        && !is_valued
        && !scan.money.is_empty()
        && !scan.has(&["round", "series", "seed"])
    {
        return Vec::new();
    }
    let mut found = scan.amounts();
    scan.valuations(&mut found);
    if found.is_empty() {
        found.extend(scan.detail());
    }
    scan.investors(&mut found);
    scan.share_purchase(&mut found);
    let proven = |mut found: Found<'a>| {
        found.mention.evidence = scan.evidence(&found);
        found.mention
    };
    found.into_iter().map(proven).collect()
}

impl<'a> Scan<'_, 'a> {
    fn has(&self, words: &[&str]) -> bool {
        self.tokens.iter().any(|token| token.is_any(words))
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_any(words))
    }

    /// The mentions of which the sentence states the amount.
    fn amounts(&self) -> Vec<Found<'a>> {
        let mut found: Vec<Found<'a>> = Vec::new();
        let mut last: Option<(usize, Trigger, Option<Subject<'a>>)> = None;
        for (index, money) in self.money.iter().enumerate() {
            if money.role != Role::Open || money.noun.is_other() {
                continue;
            }
            let shared = last.filter(|(before, ..)| self.is_joined(*before, index));
            let Some(trigger) =
                shared.map(|(_, trigger, _)| trigger).or_else(|| self.trigger(index))
            else {
                continue;
            };
            let before = shared.and_then(|(.., subject)| subject);
            let respective = self.respective(index, trigger);
            if let Some(next) = self.mention(index, trigger, before, respective) {
                last = Some((index, trigger, Some(next.mention.subject)));
                if shared.is_some() && self.replaces(index, found.last_mut()) {
                    continue;
                }
                found.push(next);
            }
        }
        found
    }

    /// "tens of billions, and as much as $100 billion": the second says it better.
    fn replaces(&self, index: usize, last: Option<&mut Found<'a>>) -> bool {
        let (Some(last), money) = (last, &self.money[index]) else { return false };
        let is_vague = last
            .mention
            .amount
            .as_ref()
            .is_some_and(|amount| amount.qualifier == Qualifier::OrderOfMagnitude);
        if is_vague {
            last.mention.amount = Some(money.amount.clone());
            last.mention.amount_alternatives.clone_from(&money.alternatives);
        }
        is_vague
    }

    /// Which of several investors, where "respectively" tells.
    fn respective(&self, index: usize, trigger: Trigger) -> Option<usize> {
        let Trigger::Invest(_) = trigger else { return None };
        let open = |money: &&Money| money.role == Role::Open;
        self.has(&["respectively"]).then(|| self.money[..index].iter().filter(open).count())
    }

    /// Whether an amount shares the verb of an earlier one: "$5 billion in debt and $5 billion in equity".
    fn is_joined(&self, before: usize, index: usize) -> bool {
        const JOINTS: &[&str] = &[
            "in",
            "debt",
            "equity",
            ",",
            "and",
            "plus",
            "another",
            "an",
            "a",
            "additional",
            "of",
            "funding",
            "financing",
        ];
        if before + 1 != index {
            return false;
        }
        let from = &self.money[before];
        let end = from.tokens.end.max(from.noun.end).min(self.money[index].tokens.start);
        let gap = &self.tokens[end..self.money[index].tokens.start];
        gap.iter().any(|token| token.is_any(&["and", "plus"]))
            && gap.iter().all(|token| token.is_any(JOINTS))
    }

    /// What makes the amount one of a round.
    fn trigger(&self, index: usize) -> Option<Trigger> {
        let money = &self.money[index];
        let start = money.tokens.start;
        let floor = self.floor(index);
        let noun = &money.noun;
        let named_before = self.round_before(start, floor);
        let is_fresh = self.is(start.wrapping_sub(1), &["fresh"]);
        let from_stealth = self.is_with(start)
            && (start.saturating_sub(6)..start).any(|at| self.is(at, &["stealth"]));
        let is_surely = noun.is_surely_round() || named_before || is_fresh || from_stealth;
        if noun.is_investment() && self.is(noun.end, &["in", "into"]) {
            return Some(Trigger::Investment(
                self.verb(start, floor, &[GET, INVEST, OTHER, RAISE, NAB, LEAD]).map(|(at, _)| at),
            ));
        }
        if is_surely && self.is(self.noun_start(start), &["with"]) {
            return Some(Trigger::Noun);
        }
        let is_far = |at: usize| named_before && start - at > 8;
        let verb = self.verb(
            start,
            floor,
            &[
                RAISE,
                NAB,
                GET,
                INVEST,
                OTHER,
                &["lead", "leads", "led", "leading", "back", "backs", "join", "joins"],
            ],
        );
        let Some((at, list)) = verb.filter(|(at, _)| !is_far(*at)) else {
            return is_surely.then_some(Trigger::Noun);
        };
        let between = self.tokens.get(at + 1..start).unwrap_or_default();
        let strays = between
            .iter()
            .any(|token| token.is_any(&["at", "about", "after", "by"]) || token.is(","));
        match list {
            0 if between.iter().any(|token| token.is_any(RAISED_OTHER)) => None,
            0 if !is_surely && !noun.is_round() && status::is_by_data(self.sentence) => None,
            0 if self.is_with(start) => Some(Trigger::Verb(at)),
            0 if !strays || is_surely => Some(Trigger::Verb(at)),
            1 | 2 if !is_surely && between.iter().any(|token| token.is("for")) => None,
            1 if (is_surely || noun.is_round() || !noun.is_unknown()) && (!strays || is_surely) => {
                Some(Trigger::Verb(at))
            }
            2 if is_surely || noun.is_round() && !strays && !noun.is_investment() => {
                Some(Trigger::Verb(at))
            }
            2 if noun.is_investment() && self.is(noun.end, &["from", "at", "led", "that"]) => {
                Some(Trigger::Verb(at))
            }
            3 if !strays => Some(Trigger::Invest(at)),
            5 if is_surely || noun.is_round() => Some(Trigger::Lead(at)),
            4 if is_surely => Some(Trigger::Noun),
            _ => None,
        }
    }

    /// ", with an estimated $6.5 billion" after a valuation.
    fn is_with(&self, start: usize) -> bool {
        let with = (start.saturating_sub(4)..start)
            .rev()
            .find(|&at| !self.is(at, &["a", "an", "the", "estimated", "total", "of", "some"]));
        with.is_some_and(|with| self.is(with, &["with"]))
    }

    /// The token after the last amount before one, which ends what belongs to it.
    fn floor(&self, index: usize) -> usize {
        let before = self.money[..index]
            .iter()
            .rev()
            .find(|money| matches!(money.role, Role::Open | Role::Other));
        before.map_or(0, |money| money.tokens.end)
    }

    /// The token after the last amount before a token.
    fn floor_at(&self, at: usize) -> usize {
        let before = self.money.iter().rev().find(|money| {
            money.tokens.end <= at && money.role == Role::Open && !money.noun.is_other()
        });
        before.map_or(0, |money| money.tokens.end)
    }

    /// The nearest verb of some lists before a token, and in which list it is.
    fn verb(&self, start: usize, floor: usize, lists: &[&[&str]]) -> Option<(usize, usize)> {
        let from = floor.max(start.saturating_sub(MAX_BEFORE));
        for at in (from..start).rev() {
            let token = self.tokens[at];
            if token.is_any(&[";"]) {
                return None;
            }
            if self.sentence.name_at(at).is_some() {
                continue;
            }
            if let Some(list) = lists.iter().position(|list| token.is_any(list))
                && !self.is_no_verb(at)
            {
                return Some((at, list));
            }
        }
        None
    }

    /// Words that are verbs only in some places: "its SoftBank-led round", "close to", "up to".
    fn is_no_verb(&self, at: usize) -> bool {
        let token = self.tokens[at];
        let before = at.checked_sub(1).map(|at| self.tokens[at]);
        let is_nominal = before.is_some_and(|before| {
            (before.is_hyphen() && !self.is(at.wrapping_sub(2), &["co"]))
                || before.is("of") && !token.text.ends_with("ing")
                || before.is_any(&[
                    "a", "an", "the", "its", "their", "this", "capital", "latest", "previous",
                ])
        });
        let is_noun = token.is_any(&["fundraise", "fundraising"])
            && !before.is_some_and(|before| {
                before.is_any(&[
                    "is",
                    "are",
                    "to",
                    "currently",
                    "been",
                    "be",
                    "was",
                    "still",
                    "now",
                    "and",
                    "be",
                ])
            });
        is_nominal
            || is_noun
            || token.is("close") && self.is(at + 1, &["to"])
            || token.is("up")
                && (self.is(at + 1, &["to"])
                    || before.is_some_and(|before| {
                        before.text.ends_with("ks")
                            || before.text.ends_with("ed")
                            || before.is_any(&["racks", "snaps", "picks", "scoops"])
                    }))
            || token.is("near") && before.is_some_and(|before| before.is_any(&["at", "a"]))
            || token.is("back") && !before.is_none_or(|before| before.is("to"))
            || token.is("led") && self.is(at + 1, &["by"])
    }

    /// "round of", "Series E round to", "haul of": a noun just before the amount names the round.
    fn round_before(&self, start: usize, floor: usize) -> bool {
        const JOINTS: &[&str] = &[
            "of",
            "to",
            ":",
            "for",
            "at",
            "worth",
            "totaling",
            "totalling",
            ",",
            "—",
            "is",
            "was",
        ];
        const BETWEEN: &[&str] = &[
            "a", "an", "the", "new", "raise", "raising", "total", "its", "fresh", "up", "as",
            "much", "some",
        ];
        let is_letter =
            |token: &Token<'_>| token.text.len() <= 2 && token.text.starts_with(char::is_uppercase);
        let mut is_joined = false;
        let near = floor.max(start.saturating_sub(5))..start;
        for token in self.tokens.get(near).unwrap_or_default().iter().rev() {
            if token.is_any(SURELY_ROUND) || token.is_any(&["haul", "tranche", "sale", "offer"]) {
                return is_joined;
            }
            let is_joint = token.is_any(JOINTS);
            if !is_joint && !token.is_any(BETWEEN) && !is_letter(token) {
                return false;
            }
            is_joined |= is_joint;
        }
        false
    }

    /// The token before the noun phrase of an amount.
    fn noun_start(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(before) = at.checked_sub(1) {
            let token = self.tokens[before];
            let is_modifier = self.sentence.name_at(before).is_some_and(|name| name.is_modifier);
            let is_letter =
                token.text.len() == 1 && token.text.starts_with(|c: char| c.is_ascii_uppercase());
            if !(token.is_any(ADJECTIVES) || is_modifier || is_letter) || start - at > 12 {
                return before;
            }
            at = before;
        }
        0
    }

    /// The mention of an amount, if its company is known.
    fn mention(
        &self,
        index: usize,
        trigger: Trigger,
        shared: Option<Subject<'a>>,
        respective: Option<usize>,
    ) -> Option<Found<'a>> {
        let money = &self.money[index];
        let verb = trigger.verb();
        if verb.is_some_and(|verb| self.is_unreal(verb)) {
            return None;
        }
        let subject = shared.or_else(|| self.company_of(trigger, money))?;
        let givers = self.givers_of(trigger, money);
        let is_investment = matches!(trigger, Trigger::Invest(_) | Trigger::Investment(_));
        if is_investment && !Self::is_sound_investment(&givers, subject) {
            return None;
        }
        let from =
            verb.unwrap_or_else(|| self.noun_start(money.tokens.start)).min(money.tokens.start);
        let end = money.noun.end.max(money.tokens.end);
        let mut mention = self.blank(subject, verb, from..money.tokens.start, trigger.rule());
        if !self.sentence.is_headline {
            mention.date = self.date(from, end);
        }
        mention.amount = Some(money.amount.clone());
        mention.amount_alternatives.clone_from(&money.alternatives);
        let named_from = if shared.is_some() { money.tokens.start } else { from };
        (mention.kind, mention.modifier) = self.kind(named_from, money);
        if is_investment && mention.kind == RoundKind::Unknown && self.is_strategic(&givers) {
            mention.kind = RoundKind::Strategic;
        }
        mention.investors = match respective.and_then(|at| givers.get(at).copied()) {
            Some(giver) => vec![giver],
            None => givers,
        };
        // Of several who invest together none is said to lead.
        if is_investment && mention.investors.len() == 1 {
            mention.leads.clone_from(&mention.investors);
        }
        mention.is_sure = !verb.is_some_and(|verb| self.may_be_total(verb, money));
        Some(Found { mention, tokens: from..end })
    }

    /// The company of an amount.
    fn company_of(&self, trigger: Trigger, money: &Money) -> Option<Subject<'a>> {
        match trigger {
            Trigger::Verb(verb) => self.raiser(verb, money),
            Trigger::Invest(_) | Trigger::Investment(_) => self.target(money),
            Trigger::Lead(verb) => self.led(verb, money),
            Trigger::Noun => self.of_noun(money),
        }
    }

    /// Those whose verb it is that they give the money.
    fn givers_of(&self, trigger: Trigger, money: &Money) -> Vec<&'a str> {
        match trigger {
            Trigger::Invest(verb) | Trigger::Investment(Some(verb)) => {
                investors::texts(&self.investors_of(verb))
            }
            Trigger::Investment(None) => {
                self.owner_before(money.tokens.start).into_iter().collect()
            }
            Trigger::Lead(verb) if self.is(verb, &["back", "backs"]) => {
                investors::texts(&self.investors_of(verb))
            }
            Trigger::Verb(_) | Trigger::Lead(_) | Trigger::Noun => Vec::new(),
        }
    }

    /// "has raised more than $14 billion", "a startup that has raised $850 million": perhaps all it ever did.
    fn may_be_total(&self, verb: usize, money: &Money) -> bool {
        // "After raising $1 billion, X closes another $29 million".
        if verb == 1 && self.is(0, &["after"]) && self.has(&["another"]) {
            return !money.noun.is_surely_round();
        }
        if self.sentence.is_headline
            || money.noun.is_surely_round()
            || !self.tokens[verb].is("raised")
        {
            return false;
        }
        let before = verb.checked_sub(1).filter(|&at| self.is(at, &["has", "have"]));
        let is_relative = before
            .and_then(|at| at.checked_sub(1))
            .is_some_and(|at| self.is(at, &["that", "which", "who"]));
        let is_open = matches!(
            money.amount.qualifier,
            Qualifier::MoreThan | Qualifier::AtLeast | Qualifier::OrderOfMagnitude
        );
        before.is_some() && (is_relative || is_open)
    }

    /// The date of what the tokens tell, by the words of their clause.
    fn date(&self, verb: usize, end: usize) -> Option<String> {
        let near = verb.saturating_sub(10);
        let joint = (near..verb).rev().find(|&at| self.is(at, &["and", "but", ";"]));
        let from = joint.map_or(near, |at| at + 1);
        let next = self.money.iter().find(|money| money.tokens.start > end);
        let until = next.map_or(self.tokens.len(), |next| next.tokens.start).min(end + 14);
        let comma = (end..until).find(|&at| {
            self.is(at, &[","]) && !self.is(at + 1, &["in", "on", "back", "late", "early", "last"])
        });
        let words = self.tokens.get(from..comma.unwrap_or(until)).unwrap_or(&[]);
        status::date(words, self.document.published)
    }

    /// Whether the sentence is dated in a year before that of the text, or some months before it.
    fn is_dated_earlier(&self, verb: Option<usize>) -> bool {
        let at = verb.unwrap_or(0);
        let money =
            self.money.iter().find(|money| money.tokens.start > at && money.role == Role::Open);
        let end = money.map_or(at, |money| money.noun.end.max(money.tokens.end));
        let (Some(date), Some(published)) = (self.date(at, end), self.document.published) else {
            return false;
        };
        let number =
            |range: Range<usize>| date.get(range).and_then(|digits| digits.parse::<i32>().ok());
        let Some(year) = number(0..4) else { return false };
        let month = number(5..7).unwrap_or(12);
        let is_recent =
            (published.year() - year) * 12 + published.month().cast_signed() - month <= 1;
        year < published.year() && date.len() == 4
            || date.len() > 4 && !is_recent && !self.sentence.is_headline
    }

    /// "If it were to raise", "should raise", "has not raised".
    fn is_unreal(&self, verb: usize) -> bool {
        let group = subject::group_start(self.sentence, verb);
        let near = group.min(verb.saturating_sub(4));
        let is_denied = (near..verb).any(|at| {
            self.is(
                at,
                &[
                    "should", "must", "needs", "need", "ought", "not", "never", "denied", "denies",
                    "n’t", "without",
                ],
            ) || self.tokens[at].text.ends_with("n’t")
                || self.tokens[at].text.ends_with("n't")
        });
        let clause = (0..verb).rev().take_while(|&at| !self.is(at, &[",", ";"]));
        is_denied || clause.take(12).any(|at| self.is(at, &["if", "unless", "whether"]))
    }

    /// Who raises what the verb says; `for` names it where the subject is a person.
    fn raiser(&self, verb: usize, money: &Money) -> Option<Subject<'a>> {
        let before = subject::before(self.sentence, verb);
        let owner = self.owner_before(self.noun_start(money.tokens.start) + 1);
        if let Some(owner) = owner
            .filter(|_| !matches!(before, Before::Name(name) if name.kind == NameKind::Company))
        {
            return Some(Subject::Named(owner));
        }
        let is_person = match before {
            Before::Name(name) => matches!(name.kind, NameKind::Person | NameKind::Investor),
            Before::Phrase(_) | Before::Nothing => self.is(verb.wrapping_sub(1), PEOPLE),
        };
        if is_person && self.is(money.noun.end.max(money.tokens.end), &["for"]) {
            return subject::target(self.sentence, money.noun.end.max(money.tokens.end));
        }
        subject::company(before)
    }

    /// The company of the possessive that ends just before token `at`.
    fn owner_before(&self, at: usize) -> Option<&'a str> {
        let before = at.checked_sub(1)?;
        let before = if self.is(before, &["’", "'"]) { before.checked_sub(1)? } else { before };
        let name = self.sentence.name_at(before)?;
        let is_owner =
            name.is_possessive && !matches!(name.kind, NameKind::Place | NameKind::Outlet);
        is_owner.then(|| company_name(name))
    }

    /// Who puts money in: the names before the verb.
    fn investors_of(&self, verb: usize) -> Vec<&Name<'a>> {
        match subject::before(self.sentence, verb) {
            Before::Name(name) if investors::is_investor(name) => {
                let list = investors::list_before(self.sentence, name.tokens.end);
                if list.is_empty() { vec![name] } else { list }
            }
            Before::Phrase(_) => {
                let first = self
                    .sentence
                    .names
                    .iter()
                    .find(|name| !name.is_possessive && !name.is_modifier);
                first
                    .filter(|name| name.tokens.end <= verb && investors::is_investor(name))
                    .into_iter()
                    .collect()
            }
            Before::Name(_) | Before::Nothing => Vec::new(),
        }
    }

    /// The company into which the money goes.
    fn target(&self, money: &Money) -> Option<Subject<'a>> {
        let end = money.tokens.end;
        let at = (end..self.tokens.len().min(end + 12)).find(|&at| {
            self.is(at, &["in", "into"])
                && !self.is(at + 1, &["equity", "debt", "funding", "cash", "stock", "a", "total"])
                || self.is(at, &["in", "into"]) && self.is(at + 1, &["a"])
        })?;
        subject::target(self.sentence, at)
    }

    /// "A leads $50M round in B", "A led B's $50M round".
    fn led(&self, verb: usize, money: &Money) -> Option<Subject<'a>> {
        let start = self.noun_start(money.tokens.start) + 1;
        if let Some(owner) = self.owner_before(start) {
            return Some(Subject::Named(owner));
        }
        let end = money.noun.end.max(money.tokens.end);
        if self.is(end, &["in", "for", "into"]) {
            return subject::target(self.sentence, end);
        }
        if self.tokens[verb].is_any(&["back", "backs"]) {
            return self.of_noun(money);
        }
        Some(Subject::Main(""))
    }

    /// The company of a round that a noun names.
    fn of_noun(&self, money: &Money) -> Option<Subject<'a>> {
        let start = self.noun_start(money.tokens.start);
        if let Some(owner) = self.owner_before(start + 1) {
            return Some(Subject::Named(owner));
        }
        let token = self.tokens.get(start)?;
        let first = first_company(self.sentence).filter(|name| name.tokens.end <= start);
        let named = first.map(|name| Subject::Named(company_name(name)));
        if token.is_any(&["its", "their", "our", "with", "says", "following", "after", "to", "for"])
        {
            let is_own = token.is_any(&["its", "their", "our"]);
            return named.or(Some(Subject::Main(if is_own { token.text } else { "" })));
        }
        // "X’s latest round, a $75 million Series B"
        let owner = (start.saturating_sub(4)..start).rev().find_map(|at| self.owner_before(at));
        if token.is(",")
            && self.is(start.wrapping_sub(1), &["round", "financing", "raise"])
            && let Some(owner) = owner
        {
            return Some(Subject::Named(owner));
        }
        if token.is_any(&["off", "after", "following"]) && start <= 2 {
            return first_company(self.sentence).map(|name| Subject::Named(company_name(name)));
        }
        if token.is("in") {
            let name = start.checked_sub(1).and_then(|before| self.sentence.name_at(before));
            let Some(name) = name else {
                let opens = first.is_some_and(|name| {
                    name.tokens.start <= 4 && follows_subject(self.tokens, name.tokens.end)
                });
                return named.filter(|_| self.sentence.is_headline || opens);
            };
            return name.may_be_company().then(|| Subject::Named(company_name(name)));
        }
        let end = money.noun.end.max(money.tokens.end);
        if self.is(end, &["in", "for"]) && start == 0 {
            return subject::target(self.sentence, end);
        }
        // "X cements $124M Series B": any verb will do in a headline.
        let name = start.checked_sub(1).and_then(|before| self.sentence.name_at(before));
        if let Some(name) = name.filter(|name| {
            name.tokens.start <= 1 && name.may_be_company() && token.text.ends_with('s')
        }) && self.sentence.is_headline
        {
            return Some(Subject::Named(company_name(name)));
        }
        let is_round = |at: usize| self.is(at, &["round", "financing", "deal", "funding", "raise"]);
        let named_round = (start.saturating_sub(3)..money.tokens.start).any(|at| {
            is_round(at) && self.is(at.wrapping_sub(1), &["the", "this"])
                || at <= start && is_round(at)
        });
        named_round.then_some(Subject::Main(""))
    }

    /// Whether an investment is one of one company in another.
    fn is_sound_investment(leads: &[&'a str], subject: Subject<'a>) -> bool {
        match subject {
            Subject::Named(company) => !leads.is_empty() && !leads.contains(&company),
            Subject::Main(_) => !leads.is_empty(),
        }
    }

    /// Whether all who invest are companies that do something else.
    fn is_strategic(&self, leads: &[&'a str]) -> bool {
        leads.iter().all(|lead| {
            self.sentence.names.iter().any(|name| {
                let is_fund = (name.tokens.start.saturating_sub(2)..name.tokens.start)
                    .any(|at| self.is(at, &["fund", "investor", "firm"]));
                name.text == *lead
                    && !is_fund
                    && matches!(name.kind, NameKind::Company | NameKind::Unknown)
            })
        })
    }

    /// The name of the round of an amount: after it, or before.
    fn kind(&self, from: usize, money: &Money) -> (RoundKind, Option<String>) {
        let end = money.noun.end.max(money.tokens.end);
        let near =
            kind::of(self.tokens.get(from..self.tokens.len().min(end + 3)).unwrap_or_default());
        if near.0 != RoundKind::Unknown {
            return near;
        }
        if self.is(from.wrapping_sub(1), &[",", "and"]) && self.floor_at(from) == 0 {
            let before = kind::of(&self.tokens[..from]);
            if !matches!(before.0, RoundKind::Unknown | RoundKind::Debt) {
                return before;
            }
        }
        let next =
            self.money.iter().find(|next| next.tokens.start >= end && next.role == Role::Open);
        let until = next.map_or(self.tokens.len(), |next| self.noun_start(next.tokens.start) + 1);
        let rest = kind::of(self.tokens.get(end..until).unwrap_or(&[]));
        if matches!(rest.0, RoundKind::Debt | RoundKind::Secondary) {
            (RoundKind::Unknown, None)
        } else {
            rest
        }
    }

    /// A mention of which only company and time are known.
    fn blank(
        &self,
        subject: Subject<'a>,
        verb: Option<usize>,
        window: Range<usize>,
        rule: &'static str,
    ) -> Mention<'a> {
        let reach = verb.map_or(window.start, |verb| subject::group_start(self.sentence, verb));
        let window = reach.min(window.start)..window.end;
        Mention {
            sentence: self.index,
            is_headline: self.sentence.is_headline,
            subject,
            aliases: Vec::new(),
            kind: RoundKind::Unknown,
            modifier: None,
            amount: None,
            amount_alternatives: Vec::new(),
            valuation: None,
            valuation_alternatives: Vec::new(),
            basis: None,
            status: status::of(self.sentence, verb, window.clone()),
            leads: Vec::new(),
            investors: Vec::new(),
            date: None,
            is_sure: true,
            is_earlier: status::is_earlier(self.sentence, window, verb)
                || self.is_dated_earlier(verb),
            attributed_to: status::attributed_to(self.sentence),
            evidence: self.sentence.span.clone(),
            rules: vec![rule],
        }
    }
}

mod detail;
mod evidence;
mod valuation;
