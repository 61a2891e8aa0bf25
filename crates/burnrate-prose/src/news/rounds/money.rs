//! What the words next to an amount of money make of it.

use super::words::{OTHER_NOUNS, ROUND, SURELY_ROUND};
use crate::hedge::Hedge;
use crate::news::english::Sentence;
use crate::news::{Amount, Qualifier, ValuationBasis};
use crate::quantity::{Quantity, Unit};
use crate::token::{Kind, Token, phrase_start};

/// What an amount of money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// What a company is valued at, now or by a round.
    Valuation(Option<ValuationBasis>),
    /// What no round comes to: a total, an earlier valuation, a price, a size of a fund.
    Other,
    /// It may be raised.
    Open,
}

/// An amount of money with what the text says it is in other currencies.
pub(super) struct Money {
    pub(super) amount: Amount,
    pub(super) alternatives: Vec<Amount>,
    pub(super) role: Role,
    /// What the words after it say.
    pub(super) noun: Noun,
    /// Its tokens, those of its conversions among them.
    pub(super) tokens: std::ops::Range<usize>,
}

/// What a word of the noun phrase after an amount says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    /// It may name a round: "in equity".
    Round,
    /// It names one whatever the verb: "Series A round".
    SurelyRound,
    /// "investment"
    Investment,
    /// It names other money: "contract".
    Other,
    /// It is some other word.
    Unknown,
}

/// The noun phrase after an amount.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Noun {
    heads: Vec<Head>,
    /// The token after the words that were looked at.
    pub(super) end: usize,
}

impl Noun {
    fn has(&self, head: Head) -> bool {
        self.heads.contains(&head)
    }

    /// Whether it may name a round.
    pub(super) fn is_round(&self) -> bool {
        self.has(Head::Round) || self.has(Head::Investment)
    }

    /// Whether it names a round whatever the verb.
    pub(super) fn is_surely_round(&self) -> bool {
        self.has(Head::SurelyRound)
    }

    /// Whether it names an investment, which may be one in something that is no company.
    pub(super) fn is_investment(&self) -> bool {
        self.has(Head::Investment)
    }

    /// Whether it names other money.
    pub(super) fn is_other(&self) -> bool {
        self.has(Head::Other)
    }

    /// Whether there is a word in it of which nothing is known.
    pub(super) fn is_unknown(&self) -> bool {
        self.has(Head::Unknown)
    }
}

/// Words that end the noun phrase of an amount.
const STOPS: &[&str] = &[
    "in",
    "from",
    "at",
    "to",
    "for",
    "led",
    "with",
    "on",
    "by",
    "of",
    "as",
    "that",
    "which",
    "and",
    "or",
    "but",
    "is",
    "was",
    "has",
    "will",
    "would",
    "valuing",
    "via",
    "through",
    "after",
    "before",
    "while",
    "when",
    "if",
    "this",
    "last",
    "into",
    "since",
    "over",
    "backed",
    "bringing",
    "making",
    "pushing",
    "just",
    "months",
    "across",
    "amid",
    "against",
    "who",
    "so",
    "co",
    "raised",
    "than",
    "between",
    "during",
    "within",
    "alongside",
    "earlier",
    "late",
    "despite",
    "per",
    "more",
    "combined",
    "according",
    "up",
    "down",
    "plus",
    "following",
    "under",
    "it",
    "they",
    "the",
    "he",
    "she",
    "we",
    "closed",
    "including",
    "values",
    "could",
    "may",
    "are",
    "were",
    "be",
    "had",
    "have",
    "years",
    "also",
    "today",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "reports",
    "says",
    "announced",
    "reportedly",
    "only",
    "out",
    "ahead",
    "next",
    "soon",
    "half",
    "weeks",
    "days",
    "not",
];

/// The amounts of money of a sentence.
pub(super) fn read(sentence: &Sentence<'_>) -> Vec<Money> {
    let mut read: Vec<Money> = Vec::new();
    for quantity in sentence.money() {
        let Some(amount) = Amount::of(quantity) else { continue };
        if let Some(last) = read.last_mut().filter(|_| quantity.is_conversion) {
            last.alternatives.push(amount);
            last.tokens.end = closed(&sentence.tokens, quantity.tokens.end);
            last.noun = noun(&sentence.tokens, last.tokens.end);
            last.role = role(sentence, quantity, last, last.tokens.start);
            continue;
        }
        if let Some(last) =
            read.last_mut().filter(|last| is_aside(&sentence.tokens, last, quantity, &amount))
        {
            last.alternatives.push(amount);
            continue;
        }
        let tokens = quantity.tokens.clone();
        let noun = noun(&sentence.tokens, tokens.end);
        let mut money = Money { amount, alternatives: Vec::new(), role: Role::Open, noun, tokens };
        money.role = role(sentence, quantity, &money, money.tokens.start);
        read.push(money);
    }
    read
}

/// "€115 million Series C round (around $133 million)": the same money in another currency.
fn is_aside(tokens: &[Token<'_>], last: &Money, quantity: &Quantity, amount: &Amount) -> bool {
    // A hedge that stands between two amounts belongs to both.
    let gap = tokens.get(last.tokens.end..quantity.tokens.start);
    let opens = gap.and_then(<[_]>::split_last).is_some_and(|(open, between)| {
        open.is("(") && between.len() <= 6 && between.iter().all(|token| token.kind == Kind::Word)
    });
    let closes = tokens.get(quantity.tokens.end).is_some_and(|token| token.is(")"));
    opens && closes && amount.currency != last.amount.currency
}

/// The token after a closing parenthesis at `at`.
fn closed(tokens: &[Token<'_>], at: usize) -> usize {
    let close = (at..tokens.len().min(at + 6)).find(|&at| tokens[at].is(")"));
    close.map_or(at, |close| close + 1)
}

fn role(sentence: &Sentence<'_>, quantity: &Quantity, money: &Money, start: usize) -> Role {
    let tokens = &sentence.tokens;
    // "**$1.9 billion**"
    let stars = tokens[..start].iter().rev().take(4).take_while(|token| token.is("*")).count();
    let start = start - stars;
    let before = tokens.get(start.saturating_sub(16)..start).unwrap_or_default();
    if quantity.rate.is_some() {
        return Role::Other;
    }
    if let Some(role) = valuation(tokens, before, money) {
        return role;
    }
    let is_boxed = before.last().is_some_and(|token| token.is(":"))
        && before.iter().rev().nth(1).is_some_and(|token| token.is("funding"));
    if is_boxed {
        return Role::Other;
    }
    if is_total(before, tokens, money.tokens.end) || is_compared(before) {
        return Role::Other;
    }
    Role::Open
}

/// Whether it is a valuation, and on which basis.
fn valuation(tokens: &[Token<'_>], before: &[Token<'_>], money: &Money) -> Option<Role> {
    let after =
        tokens.get(money.tokens.end..tokens.len().min(money.tokens.end + 4)).unwrap_or_default();
    let is_named_after = after
        .iter()
        .take_while(|token| {
            !token.is_any(&["in", "at", "to", "from", ",", "and", "series", "round", "with"])
        })
        .any(|token| token.is_any(&["valuation", "valuations"]));
    let touches_basis = after.first().is_some_and(|token| token.is_any(&["premoney", "postmoney"]))
        || (after.first().is_some_and(|token| token.is_any(&["pre", "post"]))
            && after.iter().skip(1).take(2).any(|token| token.is("money")));
    if !(is_named_after || touches_basis || is_valued(before)) {
        return None;
    }
    let near = before.iter().rev().take(5).chain(after);
    let basis = near.clone().find_map(|token| {
        if token.is_any(&["pre", "premoney"]) {
            Some(ValuationBasis::PreMoney)
        } else if token.is_any(&["post", "postmoney"]) {
            Some(ValuationBasis::PostMoney)
        } else {
            None
        }
    });
    let is_earlier = before.iter().rev().take(6).any(|token| {
        token.is_any(&[
            "last",
            "previous",
            "previously",
            "earlier",
            "was",
            "times",
            "prior",
            "from",
        ])
    }) && !before.iter().rev().take(4).any(|token| token.is_any(&["round", "at"]))
        || tokens
            .get(money.tokens.end..tokens.len().min(money.tokens.end + 4))
            .unwrap_or_default()
            .iter()
            .any(|token| token.is_any(&["earlier", "ago"]))
            && before.last().is_some_and(|token| token.text.ends_with('s') && !token.is("is"));
    // "including fresh capital", "including the new funds"
    let with_money = tokens[money.tokens.end..].windows(4).take(4).any(|words| {
        words[0].is("including") && words[1..].iter().any(|token| token.is_any(&["fresh", "new"]))
    });
    let basis = basis.or_else(|| with_money.then_some(ValuationBasis::PostMoney));
    let rest =
        tokens.get(money.tokens.end..tokens.len().min(money.tokens.end + 6)).unwrap_or_default();
    let clause = rest.iter().take_while(|token| !token.is_any(&[",", "—", ";"])).count();
    let is_of_last_round = rest[..clause].windows(2).any(|words| {
        words[0].is_any(&["last", "previous", "prior"])
            && words[1].is_any(&["round", "funding", "financing", "raise"])
    });
    let is_earlier = is_earlier || is_of_last_round;
    Some(if is_earlier { Role::Other } else { Role::Valuation(basis) })
}

/// Whether the words before an amount say that something is valued at it.
fn is_valued(before: &[Token<'_>]) -> bool {
    let Some(last) = before.last() else { return false };
    if last.is("worth") {
        return true;
    }
    let recent = || {
        before
            .iter()
            .rev()
            .take(14)
            .take_while(|token| !token.is_any(&[";", "raised", "raises", "raising"]))
    };
    if last.is_any(&["at", "than"])
        || last.is("of") && recent().take(3).any(|token| token.is("valuation"))
    {
        let near = if last.is("of") { 4 } else { 14 };
        return recent().take(near).any(|token| {
            token.is_any(&["value", "values", "valued", "valuing", "valuation", "pegged"])
        });
    }
    if last.is_any(&[
        "to", "is", "was", "reach", "reaches", "hit", "hits", "exceed", "exceeds", "reaching",
        "topped", "now", "be", "about",
    ]) {
        return recent().take(6).any(|token| token.is("valuation"));
    }
    let values_name = last.text.starts_with(char::is_uppercase)
        && recent().take(4).any(|token| token.is_any(&["values", "valuing"]));
    values_name
        || last.is_any(&["value", "values", "valuing"])
        || last.is("a")
            && recent().take(3).any(|token| token.is("with"))
            && before.iter().rev().nth(2).is_some_and(|token| token.is("valuation"))
}

/// Whether it is what was raised in all.
fn is_total(before: &[Token<'_>], tokens: &[Token<'_>], end: usize) -> bool {
    let recent: Vec<_> =
        before.iter().rev().take(7).take_while(|token| !token.is_any(&[",", ";"])).collect();
    let is_in_total = |token: &Token<'_>| {
        token.is_any(&[
            "total",
            "totaling",
            "totalling",
            "altogether",
            "cumulative",
            "overall",
            "combined",
            "totals",
            "lifetime",
        ])
    };
    let is_sale = recent
        .get(1)
        .is_some_and(|token| token.is_any(&["sale", "round", "financing", "funding", "offer"]));
    if recent.iter().any(|token| is_in_total(token))
        && !is_sale
        && !recent.first().is_some_and(|token| token.is("a"))
    {
        return true;
    }
    let after = tokens.get(end..tokens.len().min(end + 9)).unwrap_or_default();
    let phrase = |words: &[&str]| {
        after
            .windows(words.len())
            .any(|window| window.iter().zip(words).all(|(token, word)| token.is(word)))
    };
    after.first().is_some_and(is_in_total)
        || phrase(&["to", "date"])
        || phrase(&["in", "total"])
        || phrase(&["so", "far"])
        || phrase(&["since", "its"])
        || phrase(&["since", "launching"])
        || phrase(&["since", "being", "founded"])
        || phrase(&["over", "the", "years"])
        || phrase(&["since", "inception"])
        || phrase(&["in", "all"])
        || before.windows(2).any(|words| words[0].is("to") && words[1].is("date"))
        || after.first().is_some_and(|token| token.is("across"))
        || phrase(&["total", "funding"])
}

/// Whether it is only what another amount is compared with.
fn is_compared(before: &[Token<'_>]) -> bool {
    const PHRASES: &[&[&str]] = &[
        &["up", "from"],
        &["down", "from"],
        &["from"],
        &["compared", "with"],
        &["compared", "to"],
        &["exceeding", "the"],
        &["instead", "of"],
        &["rather", "than"],
        &["target", "of"],
        &["initially", "set", "out", "to", "raise"],
        &["originally", "planned", "to", "raise"],
        &["initially", "planned", "to", "raise"],
        &["per"],
        &["than", "the"],
    ];
    PHRASES.iter().any(|phrase| phrase_start(before, before.len(), phrase).is_some())
}

/// The noun phrase after token `at`: "Series A round", "in equity", "for its third fund".
fn noun(tokens: &[Token<'_>], at: usize) -> Noun {
    let mut noun = Noun { end: at, ..Noun::default() };
    let first = phrase(tokens, at, &mut noun);
    let joint =
        tokens.get(first).filter(|token| token.is_any(&["in", "of", "via", "through", "for"]));
    let Some(joint) = joint.filter(|_| !noun.is_surely_round() && !noun.is_investment()) else {
        return noun;
    };
    let mut tail = Noun::default();
    let end = phrase(tokens, first + 1, &mut tail);
    let is_fund = tokens
        .get(first..end)
        .unwrap_or_default()
        .iter()
        .any(|token| token.is_any(&["fund", "funds", "vehicle"]));
    if tail.is_round() || tail.is_surely_round() || tail.is_other() {
        let is_for = joint.is("for");
        noun.heads.extend(tail.heads.into_iter().filter(|head| match head {
            Head::Round | Head::SurelyRound => !is_for,
            Head::Other => !is_for || is_fund,
            Head::Investment | Head::Unknown => false,
        }));
        noun.end = if is_for { noun.end } else { end };
    }
    noun
}

/// Reads the words of one noun phrase from token `at`; returns the token that ends it.
fn phrase(tokens: &[Token<'_>], at: usize, noun: &mut Noun) -> usize {
    const GLUE: &[&str] = &["(", ")", "*", "+", "a", "an", "its", "their", "additional"];
    let mut next = at;
    while let Some(token) = tokens.get(next).filter(|_| next < at + 9) {
        let goes_on = token.is("and")
            && tokens.get(next + 1).is_some_and(|next| next.is("pre") || next.is_any(SURELY_ROUND));
        let is_glue = goes_on || token.is_hyphen() || token.is_any(GLUE);
        let stops = token.is_any(STOPS) && !(token.is("the") && next == at);
        if !is_glue && (stops || token.kind == Kind::Mark) {
            break;
        }
        if token.kind == Kind::Word && !is_glue {
            noun.heads.push(head(tokens, next));
            noun.end = next + 1;
        } else if token.text == "A" && next > 0 && tokens[next - 1].is("series") {
            noun.end = next + 1;
        }
        next += 1;
    }
    next
}

/// What the word at token `at` says of the amount before it.
fn head(tokens: &[Token<'_>], at: usize) -> Head {
    let token = tokens[at];
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| token.is_any(words));
    let is_share_sale = token.is_any(&["share", "stock", "secondary"])
        && is(at + 1, &["sale", "offering", "purchase"])
        || token.is_any(&["sale", "offering", "purchase"])
            && is(at.wrapping_sub(1), &["share", "stock", "secondary"]);
    let is_closing =
        token.is("close") && is(at.wrapping_sub(1), &["first", "second", "third", "final"]);
    let is_tender = token.is("offer") && is(at.wrapping_sub(1), &["tender"]);
    if token.is_any(SURELY_ROUND) || is_share_sale || is_closing || is_tender {
        Head::SurelyRound
    } else if token.is_any(OTHER_NOUNS) {
        Head::Other
    } else if token.is("investment") {
        Head::Investment
    } else if token.is_any(ROUND) {
        Head::Round
    } else {
        Head::Unknown
    }
}

impl Amount {
    /// The amount that a quantity of money states.
    pub(in crate::news) fn of(quantity: &Quantity) -> Option<Self> {
        let Unit::Money(currency) = quantity.unit else { return None };
        Some(Self {
            low: quantity.low,
            high: quantity.high,
            qualifier: quantity.hedge.into(),
            currency,
        })
    }
}

impl From<Hedge> for Qualifier {
    fn from(hedge: Hedge) -> Self {
        match hedge {
            Hedge::Exact => Self::Exact,
            Hedge::About => Self::About,
            Hedge::Nearly => Self::Nearly,
            Hedge::MoreThan => Self::MoreThan,
            Hedge::AtLeast => Self::AtLeast,
            Hedge::UpTo => Self::UpTo,
            Hedge::Range => Self::Range,
            Hedge::OrderOfMagnitude => Self::OrderOfMagnitude,
        }
    }
}
