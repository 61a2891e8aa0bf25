//! Seeds of fuzzing, and what it has found, read again.

#![expect(clippy::expect_used, reason = "a test")]

use std::fs;
use std::path::Path;

use proptest::prelude::*;

mod properties;

#[test]
fn seeds_and_what_fuzzing_found_are_read() {
    for kind in ["seeds", "regressions"] {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz").join(kind).join("news");
        for entry in folder.read_dir().unwrap() {
            properties::news(&fs::read(entry.unwrap().path()).unwrap());
        }
    }
}

/// Pieces of which sentences of news are made, and of which they are not.
const PIECES: &[&str] = &[
    "OpenAI",
    "Example",
    "the company",
    "it",
    "raises",
    "raised",
    "has raised",
    "in talks to raise",
    "$1",
    "$5M",
    "€3.5 million",
    "a billion",
    "billion",
    "to",
    "or",
    "and",
    "at a",
    "valuation",
    "of",
    "led by",
    "Sample Ventures",
    "revenue",
    "annualized",
    "ARR",
    "loss",
    "per GPU per hour",
    "in 2024",
    "respectively",
    "Series A",
    "(",
    ")",
    ",",
    ".",
    "\n",
    "“",
    "”",
    "’s",
    "亿元",
    "完成",
    "融资",
    "10",
    "Dollar",
    "eingesammelt",
    "reportedly",
    "according to",
    "—",
    "𝒳",
    "\u{a0}",
];

proptest! {
    #[test]
    fn any_order_of_words_is_read(words in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        properties::news(words.join(" ").as_bytes());
        properties::news(words.concat().as_bytes());
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        properties::news(&bytes);
    }
}
