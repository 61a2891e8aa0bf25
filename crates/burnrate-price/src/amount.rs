//! Amounts of money as price lists write them.

use burnrate_model::{Decimal, Rounding};

/// A currency, by its ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Currency {
    /// US dollar.
    Usd,
    /// Chinese yuan.
    Cny,
    /// Euro.
    Eur,
    /// Pound sterling.
    Gbp,
}

impl Currency {
    /// ISO 4217 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Cny => "CNY",
            Self::Eur => "EUR",
            Self::Gbp => "GBP",
        }
    }
}

/// An amount, with the currency where one stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub value: Decimal,
    /// Whether digits beyond the twelfth place were rounded away.
    pub is_rounded: bool,
    /// The currency written beside the number; a list may state it once for all, elsewhere.
    pub currency: Option<Currency>,
}

/// What a list counts in, in powers of ten: what turns an amount as shown into one per normal unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// As it is.
    One,
    /// Per thousand tokens: times a thousand for a million.
    PerThousand,
    /// Per token: times a million for a million.
    PerOne,
    /// In hundredths of the currency, per token.
    HundredthsPerOne,
}

impl Scale {
    fn power(self) -> i32 {
        match self {
            Self::One => 0,
            Self::PerThousand => 3,
            Self::PerOne => 6,
            Self::HundredthsPerOne => 4,
        }
    }
}

/// Signs of currencies as they stand before or behind a number; the longer ones first.
const SIGNS: [(&str, Currency); 11] = [
    ("US$", Currency::Usd),
    ("USD", Currency::Usd),
    ("$", Currency::Usd),
    ("CNY", Currency::Cny),
    ("RMB", Currency::Cny),
    ("¥", Currency::Cny),
    ("￥", Currency::Cny),
    ("元", Currency::Cny),
    ("EUR", Currency::Eur),
    ("€", Currency::Eur),
    ("£", Currency::Gbp),
];

/// Reads a text that is an amount and nothing else: `$1,134.50`, `US$ 3`, `8元`, `0.10`.
///
/// `None` for anything else: `Contact sales`, `-`, `from $2`, `$1/h`, a number with two points. The sign
/// `¥` is taken for yuan: no list that is read here is in yen.
pub fn read_amount(text: &str) -> Option<Amount> {
    read_amount_scaled(text, Scale::One)
}

/// Reads an amount and turns it into one per normal unit, before anything is rounded.
pub fn read_amount_scaled(text: &str, scale: Scale) -> Option<Amount> {
    let is_space = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    let text = text.trim_matches(is_space);
    let (number, currency) = SIGNS
        .iter()
        .find_map(|&(sign, currency)| {
            let number = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign))?;
            Some((number.trim_matches(is_space), Some(currency)))
        })
        .unwrap_or((text, None));
    let number = without_separators(number)?;
    let (value, rounding) = Decimal::parse_shifted(&number, scale.power()).ok()?;
    Some(Amount { value, is_rounded: rounding == Rounding::Rounded, currency })
}

/// The number without its commas, which must part groups of three digits.
fn without_separators(number: &str) -> Option<String> {
    let first = number.chars().next()?;
    if !first.is_ascii_digit() && first != '-' && first != '.' {
        return None;
    }
    let number = if first == '.' { format!("0{number}") } else { number.to_owned() };
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut groups = whole.split(',');
    let leading = groups.next()?;
    let is_grouped = groups.clone().count() > 0;
    if is_grouped && (leading.is_empty() || leading.trim_start_matches('-').len() > 3) {
        return None;
    }
    let is_group =
        |group: &str| group.len() == 3 && group.bytes().all(|digit| digit.is_ascii_digit());
    groups.all(is_group).then(|| format!("{}{rest}", whole.replace(',', "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Option<&'static str>)> {
        let amount = read_amount(text)?;
        Some((amount.value.to_string(), amount.currency.map(Currency::code)))
    }

    #[test]
    fn amounts_carry_their_currency() {
        let usd = |value: &str| Some((value.to_owned(), Some("USD")));
        assert_eq!(read("$1.25"), usd("1.25"));
        assert_eq!(read("US$ 3"), usd("3"));
        assert_eq!(read("$\u{a0}2.20"), usd("2.2"));
        assert_eq!(read(" $1,134,310.00 "), usd("1134310"));
        assert_eq!(read("$.50"), usd("0.5"));
        assert_eq!(read("8元"), Some(("8".to_owned(), Some("CNY"))));
        assert_eq!(read("\u{200b}0.8\u{200b}"), Some(("0.8".to_owned(), None)));
    }

    #[test]
    fn what_is_more_or_less_than_an_amount_is_none() {
        for text in [
            "",
            "-",
            "N/A",
            "Contact sales",
            "$",
            "from $2",
            "$1/h",
            "$1.2.3",
            "1,23",
            "12,3456",
            "1234,567",
            "$0.35/M tokens",
            "$$0.35",
            "Free",
            "$1 $2",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn units_are_normalised_before_rounding() {
        let read = |text, scale| read_amount_scaled(text, scale).unwrap().value.to_string();
        assert_eq!(read("0.0000025", Scale::PerOne), "2.5");
        assert_eq!(read("$0.03", Scale::PerThousand), "30");
        assert_eq!(read("0.00025", Scale::HundredthsPerOne), "2.5");
        assert_eq!(read("2.50", Scale::One), "2.5");
    }
}
