//! Numbers in English words.

/// Words up to nineteen, by their number.
const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// Words of the tens, from twenty.
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Words of the powers of a thousand.
const POWERS: [(&str, u64); 6] = [
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("quadrillion", 1_000_000_000_000_000),
    ("quintillion", 1_000_000_000_000_000_000),
];

/// `twenty-five`, `one hundred and six thousand`, `no`; nothing where a word is none of a number.
pub(super) fn number(text: &str) -> Option<u64> {
    let text = text.to_ascii_lowercase();
    if matches!(text.as_str(), "no" | "none" | "zero") {
        return Some(0);
    }
    let is_break = |c: char| c.is_whitespace() || c == '-' || c == ',';
    let words: Vec<_> = text.split(is_break).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.last() == Some(&"and") {
        return None;
    }
    let (mut total, mut group, mut last_power) = (0_u64, 0_u64, u64::MAX);
    for word in words {
        if word == "and" {
            if total == 0 && group == 0 {
                return None;
            }
        } else if let Some(power) = power(word) {
            if group == 0 || power >= last_power {
                return None;
            }
            total = total.checked_add(group.checked_mul(power)?)?;
            (group, last_power) = (0, power);
        } else {
            group = grown(group, word)?;
        }
    }
    total.checked_add(group)
}

/// A number below a thousand with one more word; `nineteen hundred` goes too.
fn grown(group: u64, word: &str) -> Option<u64> {
    if word == "hundred" {
        return matches!(group, 1..=19).then_some(group * 100);
    }
    if let Some(tens) = position(&TENS, word) {
        return group.is_multiple_of(100).then_some(group + 20 + 10 * tens);
    }
    let small = position(&SMALL, word).filter(|small| *small > 0)?;
    let has_room = if small < 10 {
        group.is_multiple_of(10) && group % 100 != 10
    } else {
        group.is_multiple_of(100)
    };
    has_room.then_some(group + small)
}

fn power(word: &str) -> Option<u64> {
    POWERS.iter().find(|(name, _)| *name == word).map(|(_, power)| *power)
}

fn position(words: &[&str], word: &str) -> Option<u64> {
    words.iter().position(|known| *known == word).and_then(|index| u64::try_from(index).ok())
}
