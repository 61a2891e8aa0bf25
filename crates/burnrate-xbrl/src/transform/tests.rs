use super::*;

const TR1: &str = "http://www.xbrl.org/inlineXBRL/transformation/2010-04-20";
const TR3: &str = "http://www.xbrl.org/inlineXBRL/transformation/2015-02-26";
const TR4: &str = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12";

/// Texts that a transformation reads, with their values.
fn check(registry: &str, name: &str, pairs: &[(&str, &str)]) {
    let transform = find(registry, name).unwrap_or_else(|| panic!("{name} is unknown"));
    for (text, value) in pairs {
        assert_eq!(transform.apply(text).as_deref(), Ok(*value), "{name} of `{text}`");
    }
}

/// Texts for which it is not defined.
fn refused(registry: &str, name: &str, texts: &[&str]) {
    let transform = find(registry, name).unwrap_or_else(|| panic!("{name} is unknown"));
    for text in texts {
        let outcome = transform.apply(text);
        assert!(outcome.is_err(), "{name} of `{text}`: {outcome:?}");
    }
}

#[test]
fn a_name_of_another_registry_is_not_known() {
    assert_eq!(find(TR4, "num-dot-decimals"), None);
    assert_eq!(
        find("http://www.xbrl.org/inlineXBRL/transformation/2030-01-01", "fixed-zero"),
        None
    );
    assert_eq!(find(SEC, "num-dot-decimal"), None);
    assert_eq!(find(TR4, "numwordsen"), None);
    assert_eq!(find(TR4, "date-day-monthname-year-fr"), None);
}

#[test]
fn numbers_lose_their_separators() {
    check(
        TR4,
        "num-dot-decimal",
        &[
            ("1,234,567.89", "1234567.89"),
            ("257637", "257637"),
            (" 4.1 ", "4.1"),
            ("12\u{a0}345", "12345"),
            (".5", "0.5"),
        ],
    );
    check(TR4, "num-comma-decimal", &[("1.234,5", "1234.5"), ("7", "7"), ("1 234", "1234")]);
    check(TR4, "num-dot-decimal-apos", &[("1'234’567.5", "1234567.5")]);
    check(TR3, "numdotdecimal", &[("1,234", "1234"), ("1234567.5", "1234567.5"), ("0", "0")]);
    check(TR3, "numcommadecimal", &[("1.234,56", "1234.56"), ("12", "12")]);
    check(TR1, "numcommadot", &[("1,234.5", "1234.5")]);
    check(TR1, "numdotcomma", &[("1.234,5", "1234.5"), ("1.234", "1234")]);
    check(TR1, "numspacecomma", &[("1 234,5", "1234.5")]);
    check(TR1, "numspacedot", &[("1 234.5", "1234.5")]);
    check(TR1, "numcomma", &[("1234,5", "1234.5")]);
}

#[test]
fn a_comma_is_what_the_format_says() {
    // The same text is twelve hundred in one notation and one and a fifth in the other.
    check(TR4, "num-dot-decimal", &[("1,200", "1200")]);
    check(TR4, "num-comma-decimal", &[("1,200", "1.200")]);
}

#[test]
fn signs_parentheses_and_currencies_are_no_part_of_a_number() {
    refused(TR4, "num-dot-decimal", &["(4.1)", "-4.1", "$4.1", "4.1%", "", "—", "1.2.3", "4."]);
    refused(TR3, "numdotdecimal", &["1,23", "1,,234", ",123", "(1)", "-1", "", "1.", "1.2,3"]);
    refused(TR3, "numcommadecimal", &["1.2,3"]);
}

#[test]
fn dashes_are_zero_only_where_the_format_says_so() {
    check(TR3, "zerodash", &[("—", "0"), ("-", "0"), ("–", "0")]);
    check(TR1, "numdash", &[("-", "0")]);
    refused(TR3, "zerodash", &["--", "0", "", "none"]);
    check(TR4, "fixed-zero", &[("—", "0"), ("no", "0"), ("", "0"), ("none", "0")]);
}

#[test]
fn whole_and_hundredths_go_by_their_units() {
    check(TR4, "num-unit-decimal", &[("5 dollars 30 cents", "5.30"), ("1,234 USD 5 c", "1234.05")]);
    check(TR4, "num-unit-decimal-apos", &[("1'234 Fr. 05 Rp.", "1234.05")]);
    refused(TR4, "num-unit-decimal", &["5 dollars", "5 dollars 300 cents", "dollars 5", "5 30 7"]);
}

#[test]
fn words_are_numbers() {
    check(
        SEC,
        "numwordsen",
        &[
            ("no", "0"),
            ("None", "0"),
            ("zero", "0"),
            ("Twelve", "12"),
            ("twenty-five", "25"),
            ("one hundred and six", "106"),
            ("nineteen hundred", "1900"),
            ("two hundred thousand", "200000"),
            ("One million, two hundred thirty-four thousand and seven", "1234007"),
        ],
    );
    refused(
        SEC,
        "numwordsen",
        &[
            "",
            "and",
            "several",
            "two three",
            "hundred",
            "twenty eleven",
            "million",
            "25",
            "one thousand two million",
            "ten one",
            "seven and",
        ],
    );
}

#[test]
fn what_is_not_finite_is_no_number() {
    for name in ["numinf", "numneginf", "numnan"] {
        refused(SEC, name, &["∞", "0"]);
    }
}

#[test]
fn truth_is_fixed_or_a_ballot_box() {
    check(TR3, "booleantrue", &[("☒", "true"), ("yes", "true")]);
    check(TR4, "fixed-false", &[("☒", "false"), ("No", "false")]);
    check(TR4, "fixed-empty", &[("anything", "")]);
    check(SEC, "boolballotbox", &[("☒", "true"), ("☑", "true"), (" ☐ ", "false")]);
    check(SEC, "yesnoballotbox", &[("☒", "Yes"), ("☐", "No")]);
    refused(SEC, "boolballotbox", &["X", "", "☐☒"]);
}

#[test]
fn dates_are_days_that_exist() {
    check(
        TR4,
        "date-monthname-day-year-en",
        &[
            ("July 1, 2023", "2023-07-01"),
            ("SEPT. 30th, 2023", "2023-09-30"),
            ("December\u{a0}31,\u{a0}2024", "2024-12-31"),
        ],
    );
    check(TR3, "datemonthdayyearen", &[("February 29, 2024", "2024-02-29")]);
    check(TR4, "date-day-monthname-year-en", &[("1 July 2023", "2023-07-01")]);
    check(TR4, "date-month-day-year", &[("2/3/2024", "2024-02-03"), ("12-31-24", "2024-12-31")]);
    check(TR4, "date-day-month-year", &[("2.3.2024", "2024-03-02")]);
    check(TR4, "date-year-month-day", &[("2024-2-3", "2024-02-03")]);
    check(TR1, "dateslashus", &[("2/3/2024", "2024-02-03")]);
    check(TR1, "dateslasheu", &[("2/3/2024", "2024-03-02")]);
    check(TR1, "datelongus", &[("March 2, 2024", "2024-03-02")]);
    refused(
        TR4,
        "date-monthname-day-year-en",
        &[
            "February 29, 2023",
            "Smarch 1, 2023",
            "December 31",
            "31 December 2024",
            "July 1, 202",
            "",
        ],
    );
    refused(TR4, "date-month-day-year", &["13/1/2024", "1/2", "1/2/3/4", "January 2, 2024"]);
}

#[test]
fn parts_of_dates_are_written_as_parts() {
    check(
        TR4,
        "date-month-day",
        &[("12/31", "--12-31"), ("04-30", "--04-30"), ("2/29", "--02-29")],
    );
    check(TR4, "date-monthname-day-en", &[("December 31", "--12-31")]);
    check(TR4, "date-day-month", &[("31.12.", "--12-31")]);
    check(TR4, "date-monthname-year-en", &[("January 2027", "2027-01")]);
    check(TR4, "date-year-month", &[("2027/1", "2027-01")]);
    refused(TR4, "date-month-day", &["2/30", "31/12", "1/2/2024"]);
}

#[test]
fn quarters_end_on_their_last_day() {
    check(
        SEC,
        "datequarterend",
        &[
            ("Q3 1999", "1999-09-30"),
            ("The 3rd quarter, 1999", "1999-09-30"),
            ("Last quarter 1999", "1999-12-31"),
            ("1999 1st quarter-end", "1999-03-31"),
            ("second quarter of 2024", "2024-06-30"),
        ],
    );
    refused(SEC, "datequarterend", &["1999, Q5", "Q3", "1999", "Q3 Q4 1999", "June 1999"]);
}

/// A year has 12 months and a month 30.4375 days; what is left over is dropped.
#[test]
fn a_fraction_of_a_duration_spills_over() {
    check(
        SEC,
        "duryear",
        &[
            ("7", "P7Y"),
            ("-7", "-P7Y"),
            ("0", "P0Y"),
            // 0.3 x 12 = 3.6 months; 0.6 x 30.4375 = 18.2625 days
            ("7.3", "P7Y3M18D"),
            // 0.25 x 12 = 3 months exactly
            ("6.25", "P6Y3M"),
            // 0.84 x 12 = 10.08 months; 0.08 x 30.4375 = 2.435 days
            ("5.84", "P5Y10M2D"),
        ],
    );
    // 0.3 x 30.4375 = 9.13125 days
    check(SEC, "durmonth", &[("7.3", "P7M9D"), ("12", "P12M")]);
    // 7.3 x 7 = 51.1 days
    check(SEC, "durweek", &[("7.3", "P51D")]);
    check(SEC, "durday", &[("7.5", "P7DT12H"), ("364", "P364D")]);
    check(SEC, "durhour", &[("7.3", "PT7H")]);
    refused(SEC, "duryear", &["seven", "12,345", "", "1e3", "."]);
}

#[test]
fn durations_go_in_words_too() {
    check(
        SEC,
        "durwordsen",
        &[
            ("five years", "P5Y"),
            (" two-year", "P2Y"),
            ("364-day", "P364D"),
            ("12\u{a0}months", "P12M"),
            ("twenty-five years", "P25Y"),
            ("twelve years, six months and four days", "P12Y6M4D"),
            ("no days", "P0D"),
        ],
    );
    refused(
        SEC,
        "durwordsen",
        &[
            "about four days",
            "five",
            "days",
            "two days three years",
            "twelveyears",
            "",
            "five years and",
            "two years three years",
        ],
    );
}

#[test]
fn names_have_codes() {
    check(SEC, "stateprovnameen", &[("Delaware", "DE"), ("british columbia", "BC")]);
    check(
        SEC,
        "countrynameen",
        &[
            ("Afghanistan", "AF"),
            ("The Republic Of Colombia", "CO"),
            ("U.K.", "GB"),
            ("Côte d'Ivoire", "CI"),
        ],
    );
    check(SEC, "edgarprovcountryen", &[("Ontario", "A6"), ("Ireland", "L2"), ("Guam", "GU")]);
    check(
        SEC,
        "exchnameen",
        &[
            ("The Nasdaq Stock Market LLC", "NASDAQ"),
            ("New York Stock exchange", "NYSE"),
            ("NYSE American", "NYSEAMER"),
            ("Chicago Stock Exchange, Inc.", "CHX"),
        ],
    );
    check(
        SEC,
        "entityfilercategoryen",
        &[
            ("Large\n    Accelerated Filer", "Large Accelerated Filer"),
            ("Non-accelerated filer", "Non-accelerated Filer"),
        ],
    );
    for name in ["stateprovnameen", "countrynameen", "edgarprovcountryen", "exchnameen"] {
        refused(SEC, name, &["Endor", ""]);
    }
}
