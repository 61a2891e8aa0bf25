//! Number words, scales and currencies, and exact values made of them.

use burnrate_model::{Decimal, Rounding};

use crate::token::{Token, phrase_end};

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
    ("NOK", "NOK"),
    ("DKK", "DKK"),
    ("PLN", "PLN"),
    ("ILS", "ILS"),
    ("NIS", "ILS"),
    ("₪", "ILS"),
    ("AED", "AED"),
    ("SAR", "SAR"),
    ("BRL", "BRL"),
    ("MXN", "MXN"),
    ("ZAR", "ZAR"),
    ("IDR", "IDR"),
    ("VND", "VND"),
    ("NGN", "NGN"),
    ("₦", "NGN"),
    ("NZD", "NZD"),
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
const NAMES: &[(&[&str], &str)] = &[
    (&["dollar"], "USD"),
    (&["dollars"], "USD"),
    (&["US", "dollars"], "USD"),
    (&["U", ".", "S", ".", "dollars"], "USD"),
    (&["American", "dollars"], "USD"),
    (&["Canadian", "dollars"], "CAD"),
    (&["Australian", "dollars"], "AUD"),
    (&["Singapore", "dollars"], "SGD"),
    (&["Hong", "Kong", "dollars"], "HKD"),
    (&["New", "Taiwan", "dollars"], "TWD"),
    (&["New", "Zealand", "dollars"], "NZD"),
    (&["euro"], "EUR"),
    (&["euros"], "EUR"),
    (&["pounds", "sterling"], "GBP"),
    (&["pound"], "GBP"),
    (&["pounds"], "GBP"),
    (&["British", "pounds"], "GBP"),
    (&["yen"], "JPY"),
    (&["Japanese", "yen"], "JPY"),
    (&["yuan"], "CNY"),
    (&["Chinese", "yuan"], "CNY"),
    (&["renminbi"], "CNY"),
    (&["rupees"], "INR"),
    (&["Indian", "rupees"], "INR"),
    (&["won"], "KRW"),
    (&["Korean", "won"], "KRW"),
    (&["South", "Korean", "won"], "KRW"),
    (&["Swiss", "francs"], "CHF"),
    (&["Swedish", "kronor"], "SEK"),
    (&["Swedish", "crowns"], "SEK"),
    (&["Norwegian", "kroner"], "NOK"),
    (&["Danish", "kroner"], "DKK"),
    (&["shekels"], "ILS"),
    (&["dirhams"], "AED"),
    (&["riyals"], "SAR"),
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
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
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

/// Whether it is the code of a currency, in capitals: `RMB` in `RMB57.4`.
pub(crate) fn is_currency_code(letters: &str) -> bool {
    matches!(letters.len(), 2 | 3) && currency(letters).is_some()
}

/// The currency of a dollar sign with these letters directly before it.
pub(crate) fn dollar_of(letters: &str) -> Option<&'static str> {
    DOLLARS.iter().find(|(known, _)| *known == letters).map(|(_, code)| *code)
}

/// The currency whose name begins at token `at`, and where the name ends; the longest name counts.
pub(crate) fn currency_name(tokens: &[Token<'_>], at: usize) -> Option<(&'static str, usize)> {
    let names = NAMES
        .iter()
        .filter_map(|(name, code)| phrase_end(tokens, at, name).map(|end| (*code, end)));
    let (code, end) = names.max_by_key(|(_, end)| *end)?;
    // "5 million pounds of copper"
    let is_weight = code == "GBP" && tokens.get(end).is_some_and(|next| next.is("of"));
    (!is_weight).then_some((code, end))
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
