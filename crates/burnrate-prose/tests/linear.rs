//! Time grows with the text, whatever the text is.

use std::hint::black_box;
use std::time::{Duration, Instant};

use burnrate_prose::news::{Article, read_news};
use burnrate_prose::{disclosures, periods, quantities};

fn time(text: &str) -> Duration {
    let start = Instant::now();
    black_box(quantities(text).len() + periods(text).len() + disclosures(text).count());
    black_box(read_news(&Article { text, title: None, published: None }).events.len());
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
        "Example raises $5 million led by Sample and Other, ",
        "OpenAI, Anthropic and xAI raise ",
        "the company raised $1 million, it ",
        "A B C D ",
        "“Example”完成数亿元A轮融资，由甲资本领投，",
        "Example sammelt 5 Millionen Dollar ein. ",
        "revenue of $1, $2 and $3 in 2021, 2022 and 2023, respectively. ",
    ] {
        check(unit);
    }
}
