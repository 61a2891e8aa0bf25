#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../crates/burnrate-prose/tests/properties/mod.rs"]
mod properties;

fuzz_target!(|body: &[u8]| properties::news(body));
