//! Numbers in digits or characters, with the characters that multiply them.

use burnrate_model::Decimal;

use super::exact;

/// Digits beyond so many are no figure of money.
const DIGITS: usize = 24;

/// Characters that multiply, longest first.
const SCALES: &[(&str, u32)] = &[
    ("万亿", 12),
    ("万億", 12),
    ("兆", 12),
    ("千亿", 11),
    ("千億", 11),
    ("百亿", 10),
    ("百億", 10),
    ("十亿", 9),
    ("十億", 9),
    ("亿", 8),
    ("億", 8),
    ("千万", 7),
    ("百万", 6),
    ("万", 4),
    ("萬", 4),
    ("billion", 9),
    ("million", 6),
    ("bn", 9),
    ("B", 9),
    ("M", 6),
];

/// A number as written.
#[derive(Debug)]
pub(super) struct Numeral {
    /// Absent where it cannot be kept exactly.
    pub(super) value: Option<Decimal>,
    /// What is multiplied, in ASCII digits.
    pub(super) digits: String,
    /// The power of ten by which.
    pub(super) power: u32,
    /// "10余亿": it and more.
    pub(super) is_open: bool,
    pub(super) form: Form,
    pub(super) end: usize,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A figure of its own.
    Figure,
    /// "数亿": some of the unit.
    Vague,
    /// A unit alone, which is a figure only with a hedge: the 亿 of "近亿元".
    Unit,
}

impl Numeral {
    /// Whether it is multiplied by ten thousand or more: no count of rounds or years.
    pub(super) fn is_large(&self) -> bool {
        self.power > 0
    }
}

/// Where after `at` the next number or sign of money may begin.
pub(super) fn next(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let word = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    // Digits within a word are no number; a sign such as `USD` begins one.
    if word > 0 { at + word } else { at + rest.chars().next().map_or(1, char::len_utf8) }
}

/// The number that begins at `at`.
pub(super) fn read(text: &str, at: usize) -> Option<Numeral> {
    let rest = &text[at..];
    match rest.chars().next()? {
        '0'..='9' => in_digits(text, at),
        '数' | '數' | '几' => vague(text, at),
        _ => in_characters(text, at),
    }
}

/// "1.4亿", "71億3,900万", "5000"
fn in_digits(text: &str, at: usize) -> Option<Numeral> {
    let (digits, mut end) = digits(text, at)?;
    let opened = open(text, end);
    end = opened.unwrap_or(end);
    let Some((power, after)) = scale(text, end) else {
        let is_word = text[end..].starts_with(|c: char| c.is_ascii_alphabetic());
        return (!is_word).then(|| Numeral {
            value: exact(&digits, 0),
            digits,
            power: 0,
            form: Form::Figure,

            is_open: opened.is_some(),

            end,
        });
    };
    let reopened = open(text, after);
    end = reopened.unwrap_or(after);
    let mut value = exact(&digits, power);
    if let Some((more, after)) = smaller_part(text, end, power) {
        value = sum(value?, more);
        end = after;
    }
    Some(Numeral {
        value,
        digits,
        power,
        form: Form::Figure,
        is_open: opened.or(reopened).is_some(),

        end,
    })
}

fn sum(one: Decimal, other: Decimal) -> Option<Decimal> {
    let sum = one.scaled().checked_add(other.scaled())?;
    let read = Decimal::parse_shifted(&sum.to_string(), -i32::from(Decimal::SCALE));
    read.ok().map(|(sum, _)| sum)
}

/// The 3,900万 of "71億3,900万".
fn smaller_part(text: &str, at: usize, power: u32) -> Option<(Decimal, usize)> {
    let (digits, end) = digits(text, at)?;
    let (smaller, end) = scale(text, end).filter(|(smaller, _)| *smaller < power)?;
    Some((exact(&digits, smaller)?, end))
}

/// "数亿", "数千万", "几十亿"
fn vague(text: &str, at: usize) -> Option<Numeral> {
    let end = at + text[at..].chars().next()?.len_utf8();
    let (power, end) = scale(text, end)?;
    Some(Numeral {
        value: exact("1", power),
        digits: "1".to_owned(),
        power,
        form: Form::Vague,
        is_open: false,

        end,
    })
}

/// "两亿", "一百二十亿", "百亿", and 亿 alone.
fn in_characters(text: &str, at: usize) -> Option<Numeral> {
    let (mut total, mut digit, mut end) = (0_u32, None, at);
    for c in text[at..].chars().take(8) {
        if let Some(value) = digit_of(c) {
            digit = Some(value);
        } else if let Some(unit) = unit_of(c) {
            total += digit.take().unwrap_or(1) * unit;
        } else {
            break;
        }
        end += c.len_utf8();
    }
    total += digit.unwrap_or(0);
    let is_unit_alone = end == at;
    let (power, end) = scale(text, end).filter(|(power, _)| *power == 4 || *power >= 8)?;
    let power = if is_unit_alone && power == 4 { return None } else { power };
    let digits = if is_unit_alone { "1".to_owned() } else { total.to_string() };
    let is_round = is_unit_alone || text[at..].starts_with(['十', '百', '千']);
    Some(Numeral {
        value: exact(&digits, power),
        digits,
        power,

        is_open: false,
        form: if is_round { Form::Unit } else { Form::Figure },
        end,
    })
}

fn digit_of(c: char) -> Option<u32> {
    let digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = if c == '两' { Some(2) } else { digits.iter().position(|digit| *digit == c) };
    digit.and_then(|digit| u32::try_from(digit).ok())
}

fn unit_of(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

/// Digits with grouping commas and one point, and where they end.
fn digits(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = &text.as_bytes()[at..];
    let mut end = 0;
    let mut has_point = false;
    while end <= DIGITS {
        let is_digit = |at: usize| rest.get(at).is_some_and(u8::is_ascii_digit);
        match rest.get(end) {
            Some(byte) if byte.is_ascii_digit() => end += 1,
            Some(b',') if !has_point && (end + 1..end + 4).all(is_digit) => end += 1,
            Some(b'.') if !has_point && is_digit(end + 1) => {
                has_point = true;
                end += 1;
            }
            _ => break,
        }
    }
    let digits = text[at..at + end].replace(',', "");
    (end > 0 && end <= DIGITS).then_some((digits, at + end))
}

/// The scale at `at`, perhaps after a space, and where it ends.
fn scale(text: &str, at: usize) -> Option<(u32, usize)> {
    let start = super::skip_spaces(text, at);
    let (word, power) = SCALES.iter().find(|(word, _)| text[start..].starts_with(word))?;
    let end = start + word.len();
    let is_cut = word.is_ascii() && text[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
    (!is_cut).then_some((*power, end))
}

/// The end of what leaves a number open: 余, 多.
fn open(text: &str, at: usize) -> Option<usize> {
    let mark = text[at..].chars().next().filter(|c| matches!(c, '余' | '餘' | '多' | '+'))?;
    Some(at + mark.len_utf8())
}
