//! Number words, scales and currencies, and exact values made of them.

use burnrate_model::{Decimal, Rounding};

/// Words that multiply a number, with the power of ten.
const SCALES: &[(&str, u32)] = &[
    ("hundred", 2),
    ("thousand", 3),
    ("lakh", 5),
    ("lakhs", 5),
    ("million", 6),
    ("millions", 6),
    ("mn", 6),
    ("mln", 6),
    ("mm", 6),
    ("crore", 7),
    ("crores", 7),
    ("billion", 9),
    ("billions", 9),
    ("bn", 9),
    ("bln", 9),
    ("trillion", 12),
    ("trillions", 12),
    ("tn", 12),
];

/// Letters that multiply a number which they follow without a space.
const LETTERS: &[(&str, u32)] = &[("k", 3), ("m", 6), ("b", 9), ("t", 12)];

/// Characters that multiply in Chinese and Japanese, longest first.
const HAN: &[(&str, u32)] =
    &[("万亿", 12), ("万億", 12), ("兆", 12), ("亿", 8), ("億", 8), ("万", 4)];

/// Signs and codes of currencies, which stand before or after the number.
const CURRENCIES: &[(&str, &str)] = &[
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("￥", "CNY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("GBP", "GBP"),
    ("JPY", "JPY"),
    ("CNY", "CNY"),
    ("RMB", "CNY"),
    ("INR", "INR"),
    ("KRW", "KRW"),
    ("CHF", "CHF"),
    ("CAD", "CAD"),
    ("AUD", "AUD"),
    ("HKD", "HKD"),
    ("TWD", "TWD"),
    ("SGD", "SGD"),
    ("SEK", "SEK"),
    ("Rs", "INR"),
];

/// Countries whose letters stand directly before a dollar sign.
const DOLLARS: &[(&str, &str)] = &[
    ("US", "USD"),
    ("U.S", "USD"),
    ("C", "CAD"),
    ("CA", "CAD"),
    ("CAD", "CAD"),
    ("A", "AUD"),
    ("AU", "AUD"),
    ("HK", "HKD"),
    ("NT", "TWD"),
    ("S", "SGD"),
    ("NZ", "NZD"),
    ("R", "BRL"),
];

/// Names of currencies after a number.
const NAMES: &[(&str, &str)] = &[
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("renminbi", "CNY"),
    ("rupees", "INR"),
    ("won", "KRW"),
];

/// Names of currencies in Chinese and Japanese.
const HAN_NAMES: &[(&str, &str)] = &[
    ("美元", "USD"),
    ("人民币", "CNY"),
    ("元", "CNY"),
    ("円", "JPY"),
    ("日元", "JPY"),
    ("欧元", "EUR"),
    ("ドル", "USD"),
    ("ユーロ", "EUR"),
];

/// Numbers written as words, as filings write shares and counts.
const NUMBERS: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
];

fn lookup<T: Copy>(list: &[(&str, T)], word: &str) -> Option<T> {
    list.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, value)| *value)
}

/// The power of ten that a word of its own stands for.
pub(crate) fn scale(word: &str) -> Option<u32> {
    lookup(SCALES, word)
}

/// The power of ten of a letter that directly follows a number.
pub(crate) fn letter(word: &str) -> Option<u32> {
    lookup(LETTERS, word)
}

/// The power of ten and the currency that the characters directly after a number stand for, and
/// their length in bytes.
pub(crate) fn han(word: &str) -> Option<(u32, Option<&'static str>, usize)> {
    let (mark, power) = HAN.iter().find(|(mark, _)| word.starts_with(mark))?;
    let rest = &word[mark.len()..];
    let name = HAN_NAMES.iter().find(|(name, _)| rest.starts_with(name));
    let length = mark.len() + name.map_or(0, |(name, _)| name.len());
    Some((*power, name.map(|(_, currency)| *currency), length))
}

/// The currency that a sign or a code in capitals stands for.
pub(crate) fn currency(text: &str) -> Option<&'static str> {
    CURRENCIES.iter().find(|(known, _)| *known == text).map(|(_, code)| *code)
}

/// The currency of a dollar sign with these letters directly before it.
pub(crate) fn dollar_of(letters: &str) -> Option<&'static str> {
    DOLLARS.iter().find(|(known, _)| *known == letters).map(|(_, code)| *code)
}

/// The currency of a name after a number.
pub(crate) fn currency_name(word: &str) -> Option<&'static str> {
    lookup(NAMES, word)
}

/// The number that a word stands for.
pub(crate) fn number_word(word: &str) -> Option<u32> {
    lookup(NUMBERS, word)
}

/// The exact value of digits with grouping commas, times ten to a power; `None` if it cannot be
/// kept exactly.
pub(crate) fn value(digits: &str, power: u32, is_negative: bool) -> Option<Decimal> {
    let sign = if is_negative { "-" } else { "" };
    let text = format!("{sign}{}e{power}", digits.replace(',', ""));
    match Decimal::parse(&text) {
        Ok((value, Rounding::Exact)) => Some(value),
        Ok((_, Rounding::Rounded)) | Err(_) => None,
    }
}
