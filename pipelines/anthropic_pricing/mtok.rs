//! Prices of a million tokens, as both of Anthropic's pages write them.

use std::ops::RangeInclusive;

use burnrate_price::{Amount, Currency, Price, read_amount};

/// US dollars that are believed: 0.001 to 1000, in units of 10⁻¹².
const PLAUSIBLE: RangeInclusive<i128> = 1_000_000_000..=1_000_000_000_000_000;

/// Reads a text such as `$3 / MTok`; `None` for anything else, and for what cannot be a price.
pub(crate) fn per_mtok(text: &str) -> Option<Price> {
    let is_plausible = |amount: &Amount| PLAUSIBLE.contains(&amount.value.scaled());
    let amount = text.strip_suffix(" / MTok").and_then(read_amount).filter(is_plausible)?;
    Some(Price::new(amount, Currency::Usd, text, "MTok"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_beyond_belief_are_none() {
        assert_eq!(per_mtok("$0.03 / MTok").unwrap().value.to_string(), "0.03");
        for text in ["$0 / MTok", "$1,001 / MTok", "$0.0003 / MTok", "$3", "$3 / KTok", "3% / MTok"]
        {
            assert_eq!(per_mtok(text), None, "{text}");
        }
    }
}
