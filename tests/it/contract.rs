//! The published columns, so that a change of the contract is seen in review.

use std::fmt::Write as _;

use burnrate_model::generated::TABLES;
use burnrate_warehouse::arrow_schema;

#[test]
fn published_columns_are_the_reviewed_ones() {
    let mut out = String::new();
    for table in TABLES {
        writeln!(out, "{} ({:?}): {}", table.name, table.kind, table.grain).unwrap();
        for field in arrow_schema(table).fields() {
            let null = if field.is_nullable() { "" } else { " NOT NULL" };
            writeln!(out, "  {} {}{null}", field.name(), field.data_type()).unwrap();
        }
    }
    insta::assert_snapshot!(out);
}
