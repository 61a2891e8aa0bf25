//! Names of rounds.

use crate::news::RoundKind;
use crate::token::Token;

/// The round that tokens name, and what extends its name.
pub(super) fn of(tokens: &[Token<'_>]) -> (RoundKind, Option<String>) {
    for at in 0..tokens.len() {
        if let Some(found) = series(tokens, at) {
            return found;
        }
    }
    let has = |words: &[&str]| tokens.iter().any(|token| token.is_any(words));
    let has_phrase = |phrase: &[&str]| {
        (0..tokens.len()).any(|at| crate::token::phrase_end(tokens, at, phrase).is_some())
    };
    let kind = if has_phrase(&["pre", "seed"]) || has(&["preseed"]) {
        RoundKind::PreSeed
    } else if has(&["seed"]) {
        RoundKind::Seed
    } else if has_phrase(&["angel", "round"])
        || has_phrase(&["angel", "funding"])
        || has_phrase(&["angel", "investment"])
    {
        RoundKind::Angel
    } else if has(&["tender"]) {
        RoundKind::Tender
    } else if has_phrase(&["share", "sale"])
        || has_phrase(&["stock", "sale"])
        || has_phrase(&["secondary", "sale"])
        || has_phrase(&["secondary", "offering"])
        || has_phrase(&["employee", "shares"])
    {
        RoundKind::Secondary
    } else if is_debt(tokens) {
        RoundKind::Debt
    } else {
        RoundKind::Unknown
    };
    (kind, None)
}

/// Money that is only borrowed.
fn is_debt(tokens: &[Token<'_>]) -> bool {
    let has = |words: &[&str]| tokens.iter().any(|token| token.is_any(words));
    has(&["debt", "loan", "loans", "credit", "facility"]) && !has(&["equity", "round", "cloud"])
}

fn series(tokens: &[Token<'_>], at: usize) -> Option<(RoundKind, Option<String>)> {
    if !tokens[at].is("series") {
        return None;
    }
    let next = at + 1 + usize::from(tokens.get(at + 1).is_some_and(Token::is_hyphen));
    let label = tokens.get(next)?.text;
    let mut letters = label.chars();
    let letter = letters.next().filter(char::is_ascii_uppercase)?;
    let digits = letters.as_str();
    if digits.len() > 1 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let before = |back: usize, words: &[&str]| {
        at.checked_sub(back).is_some_and(|at| tokens[at].is_any(words))
    };
    if before(1, &["pre"]) || (before(2, &["pre"]) && tokens[at - 1].is_hyphen()) {
        let kind = match letter {
            'A' => RoundKind::PreSeriesA,
            'B' => RoundKind::PreSeriesB,
            'C' => RoundKind::PreSeriesC,
            _ => RoundKind::Unknown,
        };
        return Some((kind, None));
    }
    if letter == 'A' && before(2, &["seed"]) && before(1, &["and", "&", "/"]) {
        return Some((RoundKind::SeedAndSeriesA, None));
    }
    let after = tokens.get(next + 1);
    let modifier = if digits.is_empty() {
        match after {
            Some(token) if token.is("+") => Some("+".to_owned()),
            Some(token) if token.is("extension") => Some("extension".to_owned()),
            _ => None,
        }
    } else {
        Some(digits.to_owned())
    };
    Some((lettered(letter), modifier))
}

fn lettered(letter: char) -> RoundKind {
    match letter {
        'A' => RoundKind::SeriesA,
        'B' => RoundKind::SeriesB,
        'C' => RoundKind::SeriesC,
        'D' => RoundKind::SeriesD,
        'E' => RoundKind::SeriesE,
        'F' => RoundKind::SeriesF,
        'G' => RoundKind::SeriesG,
        'H' => RoundKind::SeriesH,
        _ => RoundKind::LaterSeries,
    }
}
