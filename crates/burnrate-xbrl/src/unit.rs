//! Units of measure as filers tag them.

/// Currencies that SEC filers report in, by ISO 4217 code.
const CURRENCIES: &[&str] = &[
    "AED", "ARS", "AUD", "BRL", "CAD", "CHF", "CLP", "CNH", "CNY", "COP", "CRC", "CZK", "DKK",
    "EGP", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "KZT",
    "MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RUB",
    "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "UYU", "VND", "ZAR",
];

/// Counts and pure numbers, spelled in every way that filers were seen to spell them.
const COUNTS: &[&str] = &[
    "company",
    "contract",
    "country",
    "customer",
    "employee",
    "entity",
    "instrument",
    "investment",
    "item",
    "lawsuit",
    "lease",
    "patent",
    "position",
    "private_placement",
    "property",
    "pure",
    "segment",
    "share",
    "shares",
    "store",
    "subsidiary",
    "vote",
    "year",
];

/// Whether every measure of the unit is known: a currency, a count, or one over the other.
///
/// A unit that is not known may be a misspelt one, so its facts are put in quarantine rather than
/// published; adding it here and reading the document again brings them in.
pub(crate) fn is_known(unit: &str) -> bool {
    let mut measures = unit.split('/');
    let is_measure = |measure: &str| {
        CURRENCIES.contains(&measure) || COUNTS.contains(&measure.to_ascii_lowercase().as_str())
    };
    measures.by_ref().take(2).all(is_measure) && measures.next().is_none()
}

/// Whether a measure is a currency, shares or the pure number, which XBRL itself defines.
pub(crate) fn is_standard(measure: &str) -> bool {
    CURRENCIES.contains(&measure) || matches!(measure, "shares" | "pure")
}

/// Whether a measure of the unit is a standard one but for capitals, which no filer means as another.
pub(crate) fn is_misspelt(unit: &str) -> bool {
    let near = |measure: &str| {
        let standard = CURRENCIES.iter().chain(&["shares", "pure"]);
        standard.into_iter().any(|known| known.eq_ignore_ascii_case(measure))
    };
    unit.split(['/', '*']).any(|measure| near(measure) && !is_standard(measure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standard_measure_in_other_capitals_is_misspelt() {
        for unit in ["usd", "Shares", "USD/Shares", "Pure"] {
            assert!(is_misspelt(unit), "{unit}");
        }
        for unit in ["USD", "shares", "USD/shares", "pure", "jurisdiction", "Vendor"] {
            assert!(!is_misspelt(unit), "{unit}");
        }
    }

    #[test]
    fn currencies_counts_and_their_ratios_are_known() {
        for unit in
            ["USD", "shares", "USD/shares", "pure", "Segment", "USD/Contract", "private_placement"]
        {
            assert!(is_known(unit), "{unit}");
        }
        for unit in ["", "usd", "USD/", "/shares", "USD/shares/Year", "parsec", "USD per share"] {
            assert!(!is_known(unit), "{unit}");
        }
    }
}
