//! Reads periods from tokens.

use chrono::{Datelike as _, NaiveDate};

use super::{Part, Period, PeriodMention};
use crate::scale::number_word;
use crate::token::{Kind, Token, phrase_end, phrase_start};

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const ORDINALS: &[(&str, u8)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("1st", 1),
    ("2nd", 2),
    ("3rd", 3),
    ("4th", 4),
];

/// What a year, or the first of a list of years, may follow to be the time of a figure.
const YEAR_LEADS: &[&str] = &["in", "for", "during", "throughout", "calendar"];

/// What may follow a year that stands before a noun as an adjective.
const YEAR_NOUNS: &[&str] = &["capital", "capex", "cash", "ai", "revenue"];

/// Reads the tokens of one sentence.
pub(crate) fn read(tokens: &[Token<'_>]) -> Vec<PeriodMention> {
    let mut reader = Reader { tokens, found: Vec::new(), pending: Vec::new(), list: 0 };
    let mut at = 0;
    while at < tokens.len() {
        at = reader.step(at).unwrap_or(at + 1);
    }
    reader.found.sort_by_key(|mention| mention.tokens.start);
    join(tokens, reader.found)
}

struct Reader<'t, 'a> {
    tokens: &'t [Token<'a>],
    found: Vec<PeriodMention>,
    /// Parts of a year that no year followed, with their tokens.
    pending: Vec<(Part, usize, usize)>,
    list: usize,
}

/// Years with where each stands, and where the list of them ends.
struct Years {
    named: Vec<(i32, usize)>,
    is_fiscal: bool,
    /// Whether "fiscal", "full year" or the like stands before them.
    is_named: bool,
    end: usize,
}

impl Reader<'_, '_> {
    /// Reads what begins at token `at`; where it ends, if anything does.
    fn step(&mut self, at: usize) -> Option<usize> {
        self.list += 1;
        self.dates(at)
            .or_else(|| self.parts(at))
            .or_else(|| self.years_at(at))
            .or_else(|| self.ahead(at))
            .or_else(|| self.relative(at))
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(word))
    }

    fn push(&mut self, period: Period, start: usize, end: usize) {
        let is_compared = self.is_compared(start);
        let span = self.tokens[start].start..self.tokens[end - 1].end();
        let list = self.list;
        self.found.push(PeriodMention { period, is_compared, span, tokens: start..end, list });
    }

    /// Whether the words before token `at` make it the other side of a comparison.
    fn is_compared(&self, at: usize) -> bool {
        let mut words = self.tokens[..at].iter().rev().filter(|token| {
            !token.is_any(&["the", "as", "of", "at", "fiscal", "year", "quarter", "same", "period"])
        });
        let Some(last) = words.next() else { return false };
        let before = words.next();
        last.is_any(&["than", "versus", "vs", "against", "from", "over"])
            || (last.is_any(&["to", "with"])
                && before.is_some_and(|word| {
                    word.is_any(&["compared", "relative", "comparison", "comparing", "contrast"])
                }))
    }

    /// One date, or a list of them, after "as of", "at" or "months ended".
    fn dates(&mut self, at: usize) -> Option<usize> {
        let (first, mut end) = date(self.tokens, at)?;
        let Some(lead) = self.date_lead(at) else { return Some(end) };
        self.push(lead.period(first), at, end);
        while let Some(next) = list_joint(self.tokens, end) {
            let next = [&["as", "of"][..], &["at"]]
                .iter()
                .find_map(|lead| phrase_end(self.tokens, next, lead))
                .unwrap_or(next);
            let (day, next_end) = match date(self.tokens, next) {
                Some(found) => found,
                None => match year(self.tokens, next).and_then(|year| first.with_year(year)) {
                    Some(day) => (day, next + 1),
                    None => break,
                },
            };
            self.push(lead.period(day), next, next_end);
            end = next_end;
        }
        Some(end)
    }

    /// What the words before a date make of it.
    fn date_lead(&self, at: usize) -> Option<Lead> {
        let before = &self.tokens[..at];
        if phrase_start(before, at, &["as", "of"]).is_some() || before.last()?.is("at") {
            return Some(Lead::AsOf);
        }
        let ended = at.checked_sub(1).filter(|&at| before[at].is_any(&["ended", "ending"]))?;
        let unit = before.get(ended.checked_sub(1)?)?;
        // "three and six months ended", "quarter and year ended" are two periods of each date.
        let mut words = before[..ended - 1].iter().rev().filter(|token| !token.is("fiscal"));
        let count_first = words.next();
        let and = if unit.is("months") { words.next() } else { count_first };
        if and.is_some_and(|token| token.is("and")) {
            return None;
        }
        if unit.is_any(&["year", "years"]) {
            return Some(Lead::Ended(12));
        }
        if unit.is_any(&["quarter", "quarters"]) {
            return Some(Lead::Ended(3));
        }
        let count = before.get(ended.checked_sub(2)?).filter(|_| unit.is("months"))?;
        number(count).map(Lead::Ended)
    }

    /// Quarters, halves and first months of a year.
    fn parts(&mut self, at: usize) -> Option<usize> {
        let mut parts = Vec::new();
        let (part, mut end) = part(self.tokens, at)?;
        if self.shares_its_noun(at) {
            return Some(end);
        }
        parts.push((part, at, end));
        while let Some((part, start, next_end)) = list_joint(self.tokens, end).and_then(|next| {
            let next = next + usize::from(self.is(next, "the"));
            self::part(self.tokens, next).map(|(part, end)| (part, next, end))
        }) {
            parts.push((part, start, next_end));
            end = next_end;
        }
        let is_split = self.is(end, ",") && self.is(end + 1, "of");
        let of = end + usize::from(is_split);
        let of = of + usize::from(self.is(of, "of"));
        let Some(years) = years(self.tokens, of).filter(|years| years.is_fiscal || !is_split)
        else {
            self.pending.extend(parts);
            return Some(end);
        };
        if is_split {
            // "for the second quarter, and ... for the first half, of fiscal year 2025"
            parts = self.pending.drain(..).chain(parts).collect();
        }
        self.push_parts(&parts, &years, is_split);
        Some(years.end)
    }

    /// "the first and second quarters": the first has no noun of its own, and the figure may be of both.
    fn shares_its_noun(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map(|at| self.tokens[at]);
        before(1).is_some_and(|joint| joint.is_any(&["and", "through", "to"]) || joint.is_dash())
            && before(2).is_some_and(|token| ORDINALS.iter().any(|(ordinal, _)| token.is(ordinal)))
    }

    fn push_parts(&mut self, parts: &[(Part, usize, usize)], years: &Years, is_split: bool) {
        let of = |part, year| Period::Of { part, year, is_fiscal: years.is_fiscal };
        match (parts, years.named.as_slice()) {
            (parts, [(year, _)]) => {
                for &(part, start, end) in parts {
                    // The last one takes the year in.
                    let end = if parts.len() == 1 { years.end } else { end };
                    self.push(of(part, *year), start, end);
                    self.list += usize::from(is_split);
                }
            }
            ([(part, start, end)], years) => {
                for (index, (year, at)) in years.iter().enumerate() {
                    let (start, end) =
                        if index == 0 { (*start, *end.max(&(at + 1))) } else { (*at, at + 1) };
                    self.push(of(*part, *year), start, end);
                }
            }
            // Parts and years can be paired in more than one way.
            (_, _) => {}
        }
    }

    /// Whole years: "fiscal 2025", "in 2023 and 2024", "between fiscal years 2026 and 2030".
    fn years_at(&mut self, at: usize) -> Option<usize> {
        let years = years(self.tokens, at)?;
        let before = at.checked_sub(1).map(|at| self.tokens[at]);
        let is_led = before.is_some_and(|word| {
            word.is_any(YEAR_LEADS) || word.is_any(&["by", "through", "until", "between"])
        });
        let after = self.tokens.get(years.end);
        let is_noun = after.is_some_and(|word| word.is_any(YEAR_NOUNS));
        let is_told = years.is_named || is_led || is_noun || self.is_compared(at);
        if !is_told {
            return Some(years.end);
        }
        if let Some(last) = self.last_of_stretch(&years) {
            let [first, last] = [years.named[0].0, last].map(|year| {
                Box::new(Period::Of { part: Part::Year, year, is_fiscal: years.is_fiscal })
            });
            self.push(Period::Between(first, last), at, years.end + 2);
            if let Some(stretch) = self.found.last_mut() {
                // "from" begins the stretch here and compares with nothing.
                stretch.is_compared = false;
            }
            return Some(years.end + 2);
        }
        for (index, (year, place)) in years.named.iter().enumerate() {
            let start = if index == 0 { at } else { *place };
            let is_fiscal = years.is_fiscal;
            self.push(Period::Of { part: Part::Year, year: *year, is_fiscal }, start, place + 1);
        }
        Some(years.end)
    }

    /// The last year of "2022 through 2024".
    fn last_of_stretch(&self, years: &Years) -> Option<i32> {
        let joint = self.tokens.get(years.end)?;
        let is_joint = joint.is_any(&["to", "through", "until"]) || joint.is_dash();
        let first = years.named.first().filter(|_| years.named.len() == 1)?.0;
        year(self.tokens, years.end + 1).filter(|last| is_joint && *last > first)
    }

    /// "over the next four years", "in the next 12 months".
    fn ahead(&mut self, at: usize) -> Option<usize> {
        if !self.is(at, "next") {
            return None;
        }
        let count = u16::from(number(self.tokens.get(at + 1)?)?);
        let unit = self.tokens.get(at + 2)?;
        let months = if unit.is_any(&["years", "year"]) {
            count * 12
        } else if unit.is_any(&["months", "month"]) {
            count
        } else {
            return None;
        };
        self.push(Period::Next { months }, at, at + 3);
        Some(at + 3)
    }

    /// "this year", "the next quarter", "last fiscal year".
    fn relative(&mut self, at: usize) -> Option<usize> {
        let word = self.tokens.get(at)?;
        let offset = if word.is_any(&["this", "current"]) {
            0
        } else if word.is("next") {
            1
        } else if word.is_any(&["last", "prior", "previous"]) {
            -1
        } else {
            return None;
        };
        let unit = at + 1 + usize::from(self.is(at + 1, "fiscal"));
        let is_quarter = self.is(unit, "quarter");
        if !is_quarter && !self.is(unit, "year") {
            return None;
        }
        self.push(Period::Relative { is_quarter, offset }, at, unit + 1);
        Some(unit + 1)
    }
}

/// What stands before a date.
#[derive(Clone, Copy)]
enum Lead {
    AsOf,
    Ended(u8),
}

impl Lead {
    fn period(self, day: NaiveDate) -> Period {
        match self {
            Self::AsOf => Period::AsOf(day),
            Self::Ended(months) => Period::Ended { months, end: day },
        }
    }
}

/// Puts together mentions that two words make one period of.
fn join(tokens: &[Token<'_>], found: Vec<PeriodMention>) -> Vec<PeriodMention> {
    let mut joined: Vec<PeriodMention> = Vec::with_capacity(found.len());
    for mention in found {
        let Some(last) = joined.last_mut().filter(|last| spans_to(tokens, last, &mention)) else {
            joined.push(mention);
            continue;
        };
        let (first, second) = (last.period.clone(), mention.period);
        last.period = Period::Between(Box::new(first), Box::new(second));
        last.span.end = mention.span.end;
        last.tokens.end = mention.tokens.end;
    }
    same_lists(tokens, &mut joined);
    for mention in &mut joined {
        let before = &tokens[..mention.tokens.start];
        let last = before.iter().rev().find(|token| !token.is_any(&["the", "end", "of"]));
        let is_through = last.is_some_and(|word| word.is_any(&["through", "until", "by"]));
        if is_through && matches!(mention.period, Period::Of { .. }) {
            mention.period = Period::Through(Box::new(mention.period.clone()));
        }
    }
    joined
}

/// "Q2 2022 and Q2 2023" is one list, though each of its members is read by itself.
fn same_lists(tokens: &[Token<'_>], mentions: &mut [PeriodMention]) {
    for index in 1..mentions.len() {
        let gap = mentions[index - 1].tokens.end..mentions[index].tokens.start;
        let gap = tokens.get(gap).unwrap_or(&[]);
        if gap.iter().all(|token| token.is_any(&[",", "and", "the", "in", "for"]))
            && !gap.is_empty()
        {
            mentions[index].list = mentions[index - 1].list;
        }
    }
}

/// Whether "between … and …" or "from … through …" stands around the two.
fn spans_to(tokens: &[Token<'_>], first: &PeriodMention, second: &PeriodMention) -> bool {
    let lead = tokens[..first.tokens.start].iter().rev().find(|token| {
        !token.is_any(&["the", "beginning", "remainder", "end", "of", "fiscal", "year", "years"])
    });
    let Some(lead) = lead else { return false };
    let mut gap = tokens[first.tokens.end..second.tokens.start].iter();
    let Some(joint) = gap.next() else { return false };
    let is_near = gap.all(|token| token.is_any(&["the", "end", "of", "fiscal", "year"]));
    is_near
        && ((lead.is("between") && joint.is("and"))
            || (lead.is("from") && joint.is_any(&["to", "through", "until"])))
}

/// The token after "and", "," or ", and" if one stands at `at`.
fn list_joint(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let comma = usize::from(tokens.get(at)?.is(","));
    let and = usize::from(tokens.get(at + comma)?.is_any(&["and", "or"]));
    (comma + and > 0).then_some(at + comma + and)
}

fn date(tokens: &[Token<'_>], at: usize) -> Option<(NaiveDate, usize)> {
    let month = month(tokens.get(at)?)?;
    let day = tokens.get(at + 1)?.text.parse().ok()?;
    let comma = usize::from(tokens.get(at + 2)?.is(","));
    let year = year(tokens, at + 2 + comma)?;
    Some((NaiveDate::from_ymd_opt(year, month, day)?, at + 3 + comma))
}

fn month(token: &Token<'_>) -> Option<u32> {
    let starts_high = token.text.starts_with(|c: char| c.is_ascii_uppercase());
    let index = MONTHS
        .iter()
        .position(|month| token.is(month) || (token.text.len() == 3 && token.is(&month[..3])))?;
    u32::try_from(index + 1).ok().filter(|_| starts_high)
}

/// A year of four digits.
fn year(tokens: &[Token<'_>], at: usize) -> Option<i32> {
    let token = tokens.get(at)?;
    let is_year = token.kind == Kind::Number && token.text.len() == 4;
    let year = token.text.parse().ok().filter(|year| is_year && (1990..2100).contains(year));
    // "$2025" and "2025%" are no years.
    let is_counted = at.checked_sub(1).is_some_and(|at| tokens[at].is_any(&["$", "€", "£", "¥"]))
        || tokens.get(at + 1).is_some_and(|next| next.is_any(&["%", "percent"]));
    year.filter(|_| !is_counted)
}

/// `FY2025` and `FY25`.
fn fiscal_word(token: &Token<'_>) -> Option<i32> {
    let digits = token.text.strip_prefix("FY")?;
    let number: i32 = digits.parse().ok()?;
    match digits.len() {
        2 => Some(2000 + number),
        4 => Some(number),
        _ => None,
    }
}

/// Words before a year, and whether they make it a fiscal one.
const YEAR_NAMES: &[(&[&str], bool)] = &[
    (&["fiscal", "years"], true),
    (&["fiscal", "year"], true),
    (&["fiscal"], true),
    (&["FY"], true),
    (&["full", "year"], false),
    (&["calendar", "year"], false),
];

/// Years that begin at token `at`, "fiscal" and the like before them included.
fn years(tokens: &[Token<'_>], at: usize) -> Option<Years> {
    if let Some(year) = tokens.get(at).and_then(fiscal_word) {
        return Some(Years {
            named: vec![(year, at)],
            is_fiscal: true,
            is_named: true,
            end: at + 1,
        });
    }
    let lead = YEAR_NAMES
        .iter()
        .find_map(|(phrase, is_fiscal)| Some((phrase_end(tokens, at, phrase)?, *is_fiscal)));
    let (first, is_fiscal) = lead.unwrap_or((at, false));
    let mut years = vec![(year(tokens, first)?, first)];
    let mut end = first + 1;
    while let Some(next) = list_joint(tokens, end) {
        // "fiscal 2025 and fiscal 2024" are two lists of one.
        let Some(year) = year(tokens, next) else { break };
        years.push((year, next));
        end = next + 1;
    }
    Some(Years { named: years, is_fiscal, is_named: lead.is_some(), end })
}

/// A quarter, a half or the first months of a year, without the year.
fn part(tokens: &[Token<'_>], at: usize) -> Option<(Part, usize)> {
    let first = tokens.get(at)?;
    if let Some(quarter) = first.text.strip_prefix(['Q', 'q']) {
        return match quarter {
            "1" => Some((Part::Quarter(1), at + 1)),
            "2" => Some((Part::Quarter(2), at + 1)),
            "3" => Some((Part::Quarter(3), at + 1)),
            "4" => Some((Part::Quarter(4), at + 1)),
            _ => None,
        };
    }
    let digits_end = usize::from(first.kind == Kind::Number);
    let ordinal = ORDINALS.iter().find(|(word, _)| {
        first.is(word)
            || (digits_end == 1
                && word
                    .strip_prefix(first.text)
                    .is_some_and(|rest| tokens.get(at + 1).is_some_and(|next| next.is(rest))))
    })?;
    let after = at + 1 + digits_end;
    let unit = after + usize::from(tokens.get(after)?.is_hyphen());
    let word = tokens.get(unit)?;
    if word.is_any(&["quarter", "quarters"]) {
        return Some((Part::Quarter(ordinal.1), unit + 1));
    }
    if word.is("half") && ordinal.1 <= 2 {
        return Some((Part::Half(ordinal.1), unit + 1));
    }
    let months = number(word).filter(|months| ordinal.1 == 1 && *months < 12)?;
    tokens.get(unit + 1)?.is("months").then_some((Part::Months(months), unit + 2))
}

fn number(token: &Token<'_>) -> Option<u8> {
    match token.kind {
        Kind::Number => token.text.parse().ok(),
        Kind::Word => number_word(token.text).and_then(|number| u8::try_from(number).ok()),
        Kind::Digits | Kind::Mark => None,
    }
}
