#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../crates/burnrate-xbrl/tests/properties/mod.rs"]
#[expect(dead_code, unused_imports, reason = "those of the other targets")]
mod properties;

fuzz_target!(|body: &[u8]| properties::filing(body));
