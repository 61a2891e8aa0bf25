//! Amounts of money as Chinese and Japanese write them, with what hedges them.

use std::ops::Range;

use burnrate_model::{Decimal, Rounding};

use super::{Amount, Qualifier};

mod numeral;

use numeral::{Form, Numeral};

/// An amount, and where it stands with its hedges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Money {
    pub(crate) amount: Amount,
    pub(crate) span: Range<usize>,
}

/// Currencies after a number, longest first.
const CURRENCIES: &[(&str, &str)] = &[
    ("元人民币", "CNY"),
    ("人民币", "CNY"),
    ("人民元", "CNY"),
    ("新加坡元", "SGD"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("米ドル", "USD"),
    ("ドル", "USD"),
    ("欧元", "EUR"),
    ("歐元", "EUR"),
    ("ユーロ", "EUR"),
    ("英镑", "GBP"),
    ("ポンド", "GBP"),
    ("日元", "JPY"),
    ("日圆", "JPY"),
    ("日円", "JPY"),
    ("円", "JPY"),
    ("韩元", "KRW"),
    ("韓元", "KRW"),
    ("ウォン", "KRW"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("新台币", "TWD"),
    ("卢比", "INR"),
    ("ルピー", "INR"),
    ("加元", "CAD"),
    ("澳元", "AUD"),
    ("瑞士法郎", "CHF"),
    ("元", "CNY"),
];

/// Signs and codes before a number, longest first.
const SIGNS: &[(&str, &str)] = &[
    ("人民币", "CNY"),
    ("US$", "USD"),
    ("HK$", "HKD"),
    ("RMB", "CNY"),
    ("USD", "USD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
];

/// Words for how an amount is meant, before it; one that ends another stands after it.
const BEFORE: &[(&str, Qualifier)] = &[
    ("不低于", Qualifier::AtLeast),
    ("不少于", Qualifier::AtLeast),
    ("至少", Qualifier::AtLeast),
    ("少なくとも", Qualifier::AtLeast),
    ("不超过", Qualifier::UpTo),
    ("不高于", Qualifier::UpTo),
    ("不超", Qualifier::UpTo),
    ("至多", Qualifier::UpTo),
    ("最多", Qualifier::UpTo),
    ("最高", Qualifier::UpTo),
    ("最大", Qualifier::UpTo),
    ("超过", Qualifier::MoreThan),
    ("突破", Qualifier::MoreThan),
    ("高于", Qualifier::MoreThan),
    ("多于", Qualifier::MoreThan),
    ("超", Qualifier::MoreThan),
    ("逾", Qualifier::MoreThan),
    ("破", Qualifier::MoreThan),
    // "lately", which is no hedge
    ("最近", Qualifier::Exact),
    ("接近", Qualifier::Nearly),
    ("将近", Qualifier::Nearly),
    ("近", Qualifier::Nearly),
    ("大约", Qualifier::About),
    ("约为", Qualifier::About),
    ("约合", Qualifier::About),
    ("約", Qualifier::About),
    ("约", Qualifier::About),
    ("およそ", Qualifier::About),
    ("ほぼ", Qualifier::About),
    ("大概", Qualifier::About),
];

/// Words for how an amount is meant, after it.
const AFTER: &[(&str, Qualifier)] = &[
    ("以上", Qualifier::AtLeast),
    ("左右", Qualifier::About),
    ("を超える", Qualifier::MoreThan),
    ("を突破", Qualifier::MoreThan),
    ("を超え", Qualifier::MoreThan),
    ("を上回る", Qualifier::MoreThan),
    ("超", Qualifier::MoreThan),
    ("近く", Qualifier::Nearly),
    ("弱", Qualifier::Nearly),
    ("強", Qualifier::MoreThan),
    ("級", Qualifier::OrderOfMagnitude),
    ("级", Qualifier::OrderOfMagnitude),
    ("+", Qualifier::MoreThan),
];

/// What may follow an amount of money that names no currency.
const MONEY_NOUNS: &[&str] = &[
    "融资",
    "的融资",
    "估值",
    "投前",
    "投后",
    "战略",
    "股权",
    "天使",
    "种子",
    "级",
    "級",
    "以上",
    "左右",
    "调达",
    "調達",
];

/// What joins the ends of a range.
const JOINS: &[&str] = &["至", "到", "-", "–", "—", "~", "～", "〜"];

/// The amounts of `text` in order.
///
/// One without a currency has an empty one: [`resolve`] says which it is in.
pub(crate) fn amounts(text: &str) -> Vec<Money> {
    let mut found: Vec<Money> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let floor = found.last().map_or(0, |last| last.span.end);
        match money(text, at, floor) {
            Some(money) => {
                at = money.span.end;
                found.push(money);
            }
            None => at = numeral::next(text, at),
        }
    }
    found
}

/// Gives amounts without a currency that of the same figure elsewhere in the text; else `home`, where
/// the text knows no other currency. One that stays without is removed.
pub(crate) fn resolve(found: &mut Vec<Money>, home: Option<&'static str>) {
    let known: Vec<Amount> = found
        .iter()
        .map(|money| &money.amount)
        .filter(|a| !a.currency.is_empty())
        .cloned()
        .collect();
    let is_home_only = known.iter().all(|amount| Some(amount.currency) == home);
    for Money { amount, .. } in found.iter_mut().filter(|money| money.amount.currency.is_empty()) {
        let value = amount.low.or(amount.high);
        let same = known.iter().take(64).find(|other| other.low.or(other.high) == value);
        amount.currency = match same {
            Some(other) => other.currency,
            None if is_home_only => home.unwrap_or_default(),
            None => "",
        };
    }
    found.retain(|money| !money.amount.currency.is_empty());
}

/// The amount whose figure begins at `at`; bytes before `floor` are taken.
fn money(text: &str, at: usize, floor: usize) -> Option<Money> {
    let (sign, start) = sign_at(text, at);
    let first = numeral::read(text, skip_spaces(text, start))?;
    let mut end = first.end;
    let mut unit = currency_at(text, end);
    let is_graded = unit.is_none() && text[end..].starts_with(['级', '級']);
    if let Some((_, after)) = unit {
        end = after;
    } else if is_graded {
        // "千万级美元"
        let grade = text[end..].chars().next().map_or(0, char::len_utf8);
        unit = currency_at(text, end + grade);
        end = unit.map_or(end, |(_, after)| after);
    }
    let currency = unit.map(|(code, _)| code).or(sign);
    if let Some(range) = range(text, at, floor, &first, currency, end) {
        return Some(range);
    }
    let is_money = currency.is_some() || first.is_large();
    let hedge = hedge_before(text, at, floor).or_else(|| above(text, at, floor, &first));
    if !is_money || currency.is_none() && !stands_alone(text, end) {
        return None;
    }
    if first.form == Form::Unit && hedge.is_none() && !is_graded && !grades(text, end) {
        return None;
    }
    let mut after = AFTER.iter().find(|(word, _)| text[end..].starts_with(word)).copied();
    if is_graded {
        after = Some(("", Qualifier::OrderOfMagnitude));
    }
    let qualifier = qualifier(&first, hedge.map(|(hedge, _)| hedge), after.map(|(_, hedge)| hedge));
    let end = end + after.map_or(0, |(word, _)| word.len());
    Some(Money {
        amount: first.amount(qualifier, currency.unwrap_or_default())?,
        span: hedge.map_or(at, |(_, start)| start)..end,
    })
}

/// The 上 of "上亿元", which before digits is none.
fn above(text: &str, at: usize, floor: usize, figure: &Numeral) -> Option<(Qualifier, usize)> {
    let before = text[floor..at].strip_suffix('上').filter(|_| figure.form == Form::Unit)?;
    Some((Qualifier::AtLeast, floor + before.len()))
}

/// Whether what follows a figure without a currency leaves it one of money, as `9亿用户` is not.
fn stands_alone(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches(' ');
    let is_broken = !rest.starts_with(char::is_alphanumeric);
    is_broken || MONEY_NOUNS.iter().any(|noun| rest.starts_with(noun))
}

fn grades(text: &str, at: usize) -> bool {
    text[at..].starts_with(['级', '級'])
}

fn qualifier(figure: &Numeral, before: Option<Qualifier>, after: Option<Qualifier>) -> Qualifier {
    match (before, after) {
        _ if figure.form == Form::Vague => Qualifier::OrderOfMagnitude,
        // "超亿元级": the hedge says more than the grade.
        (Some(before), Some(Qualifier::OrderOfMagnitude) | None) => before,
        (_, Some(after)) => after,
        (None, None) if figure.is_open => Qualifier::MoreThan,
        (None, None) => Qualifier::Exact,
    }
}

/// "20亿至30亿元", "2.7亿元-3.5亿元"
fn range(
    text: &str,
    at: usize,
    floor: usize,
    first: &Numeral,
    currency: Option<&'static str>,
    end: usize,
) -> Option<Money> {
    let joined = skip_spaces(text, end);
    let join = JOINS.iter().find(|join| text[joined..].starts_with(**join))?;
    let second = numeral::read(text, skip_spaces(text, joined + join.len()))?;
    let unit = currency_at(text, second.end);
    let code = unit.map(|(code, _)| code).or(currency);
    let low = first.scaled_like(&second)?;
    let high = second.value?;
    if low >= high || !(second.is_large() || code.is_some()) {
        return None;
    }
    let hedge = hedge_before(text, at, floor).filter(|(hedge, _)| *hedge == Qualifier::About);
    Some(Money {
        amount: Amount {
            low: Some(low),
            high: Some(high),
            qualifier: Qualifier::Range,
            currency: code.unwrap_or_default(),
        },
        span: hedge.map_or(at, |(_, start)| start)..unit.map_or(second.end, |(_, after)| after),
    })
}

/// The hedge that ends before `at`, and where it begins.
fn hedge_before(text: &str, at: usize, floor: usize) -> Option<(Qualifier, usize)> {
    let before = text[floor..at].trim_end_matches(' ');
    let (word, hedge) = BEFORE.iter().find(|(word, _)| before.ends_with(word))?;
    Some((*hedge, floor + before.len() - word.len()))
}

/// The currency at `at`, perhaps after a space, and where it ends.
fn currency_at(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let start = skip_spaces(text, at);
    let (name, code) = CURRENCIES.iter().find(|(name, _)| text[start..].starts_with(name))?;
    Some((code, start + name.len()))
}

fn sign_at(text: &str, at: usize) -> (Option<&'static str>, usize) {
    let sign = SIGNS.iter().find(|(sign, _)| text[at..].starts_with(sign));
    sign.map_or((None, at), |(sign, code)| (Some(*code), at + sign.len()))
}

fn skip_spaces(text: &str, at: usize) -> usize {
    at + text[at..].bytes().take(2).take_while(|byte| *byte == b' ').count()
}

impl Numeral {
    /// The amount as `qualifier` means it.
    fn amount(&self, qualifier: Qualifier, currency: &'static str) -> Option<Amount> {
        let value = self.value?;
        let (low, high) = match qualifier {
            Qualifier::MoreThan | Qualifier::AtLeast => (Some(value), None),
            Qualifier::UpTo => (None, Some(value)),
            // "数亿" is two to ten times the unit; "亿级" is one to ten.
            Qualifier::OrderOfMagnitude if self.form == Form::Vague => {
                (Some(value.times(2)?), Some(value.times(10)?))
            }
            Qualifier::OrderOfMagnitude => (Some(value), Some(value.times(10)?)),
            Qualifier::Exact | Qualifier::About | Qualifier::Nearly | Qualifier::Range => {
                (Some(value), Some(value))
            }
        };
        Some(Amount { low, high, qualifier, currency })
    }

    /// Its value, in the unit of `other` where it has none: the 20 of "20至30亿元".
    fn scaled_like(&self, other: &Self) -> Option<Decimal> {
        if self.power > 0 {
            return self.value;
        }
        exact(&self.digits, other.power)
    }
}

/// Digits times a power of ten, where that can be kept exactly.
fn exact(digits: &str, power: u32) -> Option<Decimal> {
    match Decimal::parse(&format!("{digits}e{power}")) {
        Ok((value, Rounding::Exact)) => Some(value),
        Ok((_, Rounding::Rounded)) | Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `low..high qualifier currency`
    fn read(text: &str) -> Vec<String> {
        let mut found = amounts(text);
        resolve(&mut found, Some("CNY"));
        let end = |end: Option<Decimal>| end.map_or_else(String::new, |end| end.to_string());
        let show = |Money { amount, .. }: &Money| {
            let Amount { low, high, qualifier, currency } = amount;
            format!("{}..{} {qualifier} {currency}", end(*low), end(*high))
        };
        found.iter().map(show).collect()
    }

    #[test]
    fn amounts_of_one_figure() {
        for (text, expected) in [
            ("6000万元", "60000000..60000000 exact CNY"),
            ("1.4 亿元", "140000000..140000000 exact CNY"),
            ("近10亿元人民币", "1000000000..1000000000 nearly CNY"),
            ("超5000万美元", "50000000.. more_than USD"),
            ("不超过2.55亿元", "..255000000 up_to CNY"),
            ("10余亿元", "1000000000.. more_than CNY"),
            ("3.14万亿韩元", "3140000000000..3140000000000 exact KRW"),
            ("1億2000万円", "120000000..120000000 exact JPY"),
            ("71億3,900万ドル", "7139000000..7139000000 exact USD"),
            ("約500億円", "50000000000..50000000000 about JPY"),
            ("1兆円", "1000000000000..1000000000000 exact JPY"),
            ("500億円超", "50000000000.. more_than JPY"),
            ("两亿元", "200000000..200000000 exact CNY"),
            ("五千万美元", "50000000..50000000 exact USD"),
            ("一百二十亿元", "12000000000..12000000000 exact CNY"),
            ("$2 billion", "2000000000..2000000000 exact USD"),
            ("$1.5B", "1500000000..1500000000 exact USD"),
            ("1.2亿美金左右", "120000000..120000000 about USD"),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
    }

    #[test]
    fn amounts_of_an_order_of_magnitude() {
        for (text, expected) in [
            ("数亿元", "200000000..1000000000 order_of_magnitude CNY"),
            ("数千万元", "20000000..100000000 order_of_magnitude CNY"),
            ("数十亿美元", "2000000000..10000000000 order_of_magnitude USD"),
            ("千万级", "10000000..100000000 order_of_magnitude CNY"),
            ("亿美元级", "100000000..1000000000 order_of_magnitude USD"),
            ("超亿元级", "100000000.. more_than CNY"),
            ("近亿元", "100000000..100000000 nearly CNY"),
            ("突破百亿元人民币", "10000000000.. more_than CNY"),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
    }

    #[test]
    fn amounts_of_a_range() {
        for (text, expected) in [
            ("约20亿至30亿元人民币", "2000000000..3000000000 range CNY"),
            ("20-30 亿元", "2000000000..3000000000 range CNY"),
            ("2.7亿元-3.5亿元", "270000000..350000000 range CNY"),
            ("1000万到2000万美元", "10000000..20000000 range USD"),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
    }

    #[test]
    fn amounts_are_no_other_numbers() {
        for text in
            ["1000mW", "2026年5月", "GPT5000", "亿", "亿万用户", "第3轮", "4.6%", "一目科技"]
        {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn resolve_takes_the_currency_of_the_same_figure() {
        assert_eq!(
            read("融资5亿；5亿美元"),
            ["500000000..500000000 exact USD", "500000000..500000000 exact USD"]
        );
        assert_eq!(read("融资5亿；7亿美元"), ["700000000..700000000 exact USD"]);
        assert_eq!(read("融资5亿"), ["500000000..500000000 exact CNY"]);
    }

    #[test]
    fn amounts_take_linear_time() {
        let text = "1亿至2亿".repeat(100_000);
        assert_eq!(amounts(&text).len(), 100_000);
        assert!(amounts(&"9".repeat(1_000_000)).is_empty());
    }
}
