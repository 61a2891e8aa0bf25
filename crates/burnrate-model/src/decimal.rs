//! Exact decimal numbers, as the warehouse stores them.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

/// A number with twelve decimal places and up to 26 digits before them: `DECIMAL(38,12)`.
///
/// Read from the text of a document, never from a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i128);

/// Whether a text had more decimal places than are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Every digit was kept.
    Exact,
    /// Digits beyond the twelfth place were rounded half to even.
    Rounded,
}

/// Why a text is no number that can be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// Not written as a JSON number.
    #[error("not a decimal number")]
    Syntax,
    /// More than 26 digits before the decimal point.
    #[error("more than 26 digits before the decimal point")]
    TooLarge,
}

impl Decimal {
    /// Decimal places kept.
    pub const SCALE: u8 = 12;
    /// Significant digits kept.
    pub const PRECISION: u8 = 38;

    const ONE: i128 = 10_i128.pow(Self::SCALE as u32);
    const LIMIT: i128 = 10_i128.pow(Self::PRECISION as u32);

    /// Reads a number in JSON's notation (`-1.19`, `5E+9`).
    ///
    /// Digits beyond the twelfth place are rounded half to even, and [`Rounding`] says so.
    ///
    /// # Errors
    /// [`DecimalError`] where the text is no number, or is too large to keep.
    pub fn parse(text: &str) -> Result<(Self, Rounding), DecimalError> {
        Self::parse_shifted(text, 0)
    }

    /// Reads a number and multiplies it by ten to the power of `power`, before anything is rounded: a
    /// price per token has more places than one per million tokens.
    ///
    /// # Errors
    /// Those of [`Decimal::parse`].
    pub fn parse_shifted(text: &str, power: i32) -> Result<(Self, Rounding), DecimalError> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                (mantissa, exponent.parse::<i32>().map_err(|_| DecimalError::Syntax)?)
            }
            None => (text, 0),
        };
        let (is_negative, magnitude) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let (whole, fraction) = match magnitude.split_once('.') {
            Some((_, "")) => return Err(DecimalError::Syntax),
            Some(parts) => parts,
            None => (magnitude, ""),
        };
        let digits = || whole.bytes().chain(fraction.bytes());
        if whole.is_empty() || !digits().all(|b| b.is_ascii_digit()) {
            return Err(DecimalError::Syntax);
        }
        let fraction_len = i64::try_from(fraction.len()).map_err(|_| DecimalError::Syntax)?;
        let shift = i64::from(exponent) + i64::from(power) - fraction_len + i64::from(Self::SCALE);
        let (value, rounding) = scaled(digits(), shift)?;
        Ok((Self(if is_negative { -value } else { value }), rounding))
    }

    /// The number times 10¹², as Arrow and Parquet store it.
    pub fn scaled(self) -> i128 {
        self.0
    }

    /// The number that is stored as that integer.
    pub fn of_scaled(scaled: i128) -> Self {
        Self(scaled)
    }

    /// The number times a whole one; `None` where that is too large to keep.
    pub fn times(self, factor: u32) -> Option<Self> {
        let product = self.0.checked_mul(i128::from(factor))?;
        (product.abs() < Self::LIMIT).then_some(Self(product))
    }

    /// The number over a whole one, rounded half to even in the twelfth place.
    pub fn over(self, divisor: NonZeroU32) -> (Self, Rounding) {
        let divisor = i128::from(divisor.get());
        let (quotient, rest) = (self.0.div_euclid(divisor), self.0.rem_euclid(divisor));
        let is_up = match (rest * 2).cmp(&divisor) {
            Ordering::Less => false,
            Ordering::Equal => quotient % 2 != 0,
            Ordering::Greater => true,
        };
        let rounding = if rest == 0 { Rounding::Exact } else { Rounding::Rounded };
        (Self(quotient + i128::from(is_up)), rounding)
    }

    /// True for nothing at all.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// True below zero.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }
}

/// The digits as one integer, times ten to the power of `shift`.
fn scaled(digits: impl Iterator<Item = u8>, shift: i64) -> Result<(i128, Rounding), DecimalError> {
    let significant: Vec<i128> =
        digits.map(|b| i128::from(b - b'0')).skip_while(|&digit| digit == 0).collect();
    if significant.is_empty() {
        return Ok((0, Rounding::Exact));
    }
    let len = i64::try_from(significant.len()).map_err(|_| DecimalError::TooLarge)?;
    let kept_len = len.saturating_add(shift);
    if kept_len > i64::from(Decimal::PRECISION) {
        return Err(DecimalError::TooLarge);
    }
    let digit = |index: i64| usize::try_from(index).ok().and_then(|i| significant.get(i)).copied();
    let mut value = 0_i128;
    for index in 0..kept_len {
        value = value * 10 + digit(index).unwrap_or(0);
    }
    let dropped_from = kept_len.max(0);
    let is_rounded = (dropped_from..len).any(|index| digit(index) != Some(0));
    if kept_len >= 0 {
        let first = digit(kept_len).unwrap_or(0);
        let rest = (kept_len + 1..len).any(|index| digit(index) != Some(0));
        if first > 5 || (first == 5 && (rest || value % 2 == 1)) {
            value += 1;
        }
    }
    if value >= Decimal::LIMIT {
        return Err(DecimalError::TooLarge);
    }
    Ok((value, if is_rounded { Rounding::Rounded } else { Rounding::Exact }))
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        Self::parse(text).map(|(value, _)| value)
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self(i128::from(value) * Self::ONE)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        let one = Self::ONE.unsigned_abs();
        let (whole, fraction) = (magnitude / one, magnitude % one);
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let fraction = format!("{fraction:012}");
        write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_price_per_token_keeps_its_places() {
        let shifted = |text, power| {
            let (value, rounding) = Decimal::parse_shifted(text, power).unwrap();
            (value.to_string(), rounding)
        };
        assert_eq!(shifted("0.0000025", 6), ("2.5".to_owned(), Rounding::Exact));
        assert_eq!(shifted("3.75e-08", 6), ("0.0375".to_owned(), Rounding::Exact));
        assert_eq!(
            shifted("0.00000000000000125", 6),
            ("0.00000000125".to_owned(), Rounding::Exact)
        );
        assert_eq!(shifted("98.32", -3), ("0.09832".to_owned(), Rounding::Exact));
    }

    #[test]
    fn quotients_round_half_to_even() {
        let over = |text: &str, divisor| {
            let divisor = NonZeroU32::new(divisor).unwrap();
            let (value, rounding) = text.parse::<Decimal>().unwrap().over(divisor);
            (value.to_string(), rounding)
        };
        assert_eq!(over("98.32", 8), ("12.29".to_owned(), Rounding::Exact));
        assert_eq!(over("-98.32", 8), ("-12.29".to_owned(), Rounding::Exact));
        assert_eq!(over("1", 3), ("0.333333333333".to_owned(), Rounding::Rounded));
        assert_eq!(over("2", 3), ("0.666666666667".to_owned(), Rounding::Rounded));
        assert_eq!(over("-1", 3), ("-0.333333333333".to_owned(), Rounding::Rounded));
        // Half of the last place: to the even neighbour, on both sides of zero.
        assert_eq!(over("0.000000000001", 2), ("0".to_owned(), Rounding::Rounded));
        assert_eq!(over("0.000000000003", 2), ("0.000000000002".to_owned(), Rounding::Rounded));
        assert_eq!(over("-0.000000000003", 2), ("-0.000000000002".to_owned(), Rounding::Rounded));
        assert_eq!("12.29".parse::<Decimal>().unwrap().times(8), "98.32".parse().ok());
        let largest: Decimal = "99999999999999999999999999".parse().unwrap();
        assert_eq!(largest.times(2), None);
    }

    fn check(text: &str, expected: &str, rounding: Rounding) {
        let (value, found) = Decimal::parse(text).unwrap();
        assert_eq!((value.to_string().as_str(), found), (expected, rounding), "{text}");
    }

    #[test]
    fn every_digit_that_fits_is_kept() {
        check("0", "0", Rounding::Exact);
        check("-0.00", "0", Rounding::Exact);
        check("1.19", "1.19", Rounding::Exact);
        check("-257637000000", "-257637000000", Rounding::Exact);
        check("1.5E+3", "1500", Rounding::Exact);
        check("25e-4", "0.0025", Rounding::Exact);
        check("0.000000000001", "0.000000000001", Rounding::Exact);
        check("1.5000000000000000", "1.5", Rounding::Exact);
        check(
            "99999999999999999999999999.999999999999",
            "99999999999999999999999999.999999999999",
            Rounding::Exact,
        );
    }

    #[test]
    fn further_digits_round_half_to_even_and_say_so() {
        check("0.0000000000005", "0", Rounding::Rounded);
        check("0.0000000000015", "0.000000000002", Rounding::Rounded);
        check("0.00000000000051", "0.000000000001", Rounding::Rounded);
        check("0.0000000000025", "0.000000000002", Rounding::Rounded);
        check("1e-40", "0", Rounding::Rounded);
    }

    #[test]
    fn what_is_no_number_or_too_large_is_refused() {
        for text in ["", "-", ".5", "5.", "1,000", "0x10", "NaN", "1e", "1e5.0", " 1", "--1"] {
            assert_eq!(Decimal::parse(text), Err(DecimalError::Syntax), "{text}");
        }
        for text in ["100000000000000000000000000", "1e26", "1e2147483647"] {
            assert_eq!(Decimal::parse(text), Err(DecimalError::TooLarge), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_and_back_is_the_same_number(scaled in -(10_i128.pow(38) - 1)..10_i128.pow(38)) {
            let value = Decimal(scaled);
            prop_assert_eq!(Decimal::parse(&value.to_string()), Ok((value, Rounding::Exact)));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[-+0-9.eE]{0,60}") {
            let _: Result<_, _> = Decimal::parse(&text);
        }
    }
}
