//! Names of rounds: 天使++轮, Pre-A轮, A1 轮.

use crate::news::RoundKind;

/// Rounds by name.
const NAMES: &[(&str, RoundKind)] = &[
    ("种子前轮", RoundKind::PreSeed),
    ("前种子", RoundKind::PreSeed),
    ("Pre-seed", RoundKind::PreSeed),
    ("种子", RoundKind::Seed),
    ("天使", RoundKind::Angel),
];

/// What may close the name of a round.
const ENDS: &[&str] = &["系列轮", "系列", "轮次", "轮"];

/// What may stand between the letter of a round and its end.
const MODIFIERS: &[&str] = &["+++", "++", "+", "1", "2", "3", "4"];

/// The round that `rest` begins with, what extends its name, and its length in bytes.
pub(super) fn read(rest: &str) -> Option<(RoundKind, Option<&'static str>, usize)> {
    if let Some((name, kind)) = NAMES.iter().find(|(name, _)| rest.starts_with(name)) {
        if name.ends_with('轮') {
            return Some((*kind, None, name.len()));
        }
        let (modifier, end) = closing(rest, name.len())?;
        return Some((*kind, modifier, end));
    }
    let pre = ["Pre-", "Pre ", "Pre", "pre-", "PRE-"].iter().find(|pre| rest.starts_with(**pre));
    let at = pre.map_or(0, |pre| pre.len());
    let (kind, end) = match letter(&rest[at..])? {
        ('A', end) if pre.is_some() => (RoundKind::PreSeriesA, end),
        ('B', end) if pre.is_some() => (RoundKind::PreSeriesB, end),
        ('C', end) if pre.is_some() => (RoundKind::PreSeriesC, end),
        (_, end) if pre.is_some() => (RoundKind::Unknown, end),
        (letter, end) => (series(letter), end),
    };
    let (modifier, end) = closing(rest, at + end)?;
    Some((kind, modifier, end))
}

fn letter(rest: &str) -> Option<(char, usize)> {
    let letter = rest.chars().next().filter(|c| matches!(c, 'A'..='K'))?;
    Some((letter, 1))
}

/// The series of a capital letter.
pub(crate) fn series(letter: char) -> RoundKind {
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

/// The modifier at `at`, and where the name ends, if it ends as that of a round does.
fn closing(rest: &str, at: usize) -> Option<(Option<&'static str>, usize)> {
    let mut at = skip_space(rest, at);
    let modifier = MODIFIERS.iter().find(|modifier| rest[at..].starts_with(**modifier)).copied();
    at = skip_space(rest, at + modifier.map_or(0, str::len));
    if rest[at..].starts_with("新一轮") {
        return modifier.map(|modifier| (Some(modifier), at));
    }
    let end = ENDS.iter().find(|end| rest[at..].starts_with(**end))?;
    Some((modifier, at + end.len()))
}

fn skip_space(rest: &str, at: usize) -> usize {
    at + usize::from(rest[at..].starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_knows_the_names_of_rounds() {
        for (text, kind, modifier) in [
            ("天使轮融资", RoundKind::Angel, None),
            ("天使 ++ 轮", RoundKind::Angel, Some("++")),
            ("种子轮", RoundKind::Seed, None),
            ("Pre-A+轮", RoundKind::PreSeriesA, Some("+")),
            ("Pre B 轮", RoundKind::PreSeriesB, None),
            ("A1 轮", RoundKind::SeriesA, Some("1")),
            ("B++轮", RoundKind::SeriesB, Some("++")),
            ("F轮", RoundKind::SeriesF, None),
            ("J轮", RoundKind::LaterSeries, None),
        ] {
            let read = read(text).map(|(kind, modifier, _)| (kind, modifier));
            assert_eq!(read, Some((kind, modifier)), "{text}");
        }
        for text in ["A股", "AI", "天使投资人", "种子用户", "B2B"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
