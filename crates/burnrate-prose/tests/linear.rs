//! Time grows with the text, whatever the text is.

use std::hint::black_box;
use std::time::{Duration, Instant};

use burnrate_prose::{disclosures, periods, quantities};

fn time(text: &str) -> Duration {
    let start = Instant::now();
    black_box(quantities(text).len() + periods(text).len() + disclosures(text).count());
    start.elapsed()
}

/// Eight times the text may take no more than thirty times as long; were time quadratic it would take 64
/// times as long. Another process may disturb one measurement, hardly three.
#[track_caller]
fn check(unit: &str) {
    let short = unit.repeat(8_000 / unit.len());
    let long = unit.repeat(64_000 / unit.len());
    let is_linear = (0..3).any(|_| time(&long) < time(&short) * 30);
    assert!(is_linear, "{unit:?}: {:?} and then {:?}", time(&short), time(&long));
}

#[test]
fn no_repetition_takes_quadratic_time() {
    for unit in [
        "$1 billion to $2 billion or ",
        "$1 billion, ",
        "between $",
        "1-",
        "in 2024, 2025 and ",
        "as of January 26, 2025 and ",
        "the second quarter and ",
        "the the of of ",
        "approximately up to an additional a ",
        "customers, Customer A, ",
        "......",
        ". A)",
        "capital expenditures of ",
        "U.S. ",
        "((((",
        "\t|\n",
        "亿",
    ] {
        check(unit);
    }
}
