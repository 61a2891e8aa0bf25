//! Which value of a row must stand in the bytes at its locator.

use burnrate_locate::{says_figure, says_words};
use burnrate_model::{ColumnType, TableDef};
use burnrate_warehouse::StoredRow;

/// Of each table that sources read the columns of which the first that is not NULL must stand there: a
/// decimal by its digits, whatever scale it is shown in, a text as it is. Every table is here; one with no
/// columns has rows of which nothing need be legible (what was not read may be anything).
const SHOWN: &[(&str, &[&str])] = &[
    ("core_article", &["headline"]),
    ("core_assumption", &["value_base", "assumed_text"]),
    ("core_claim", &["value_low", "value_high", "subject"]),
    ("core_claim_subject", &["subject"]),
    ("core_disclosure", &["evidence"]),
    ("core_filing", &["accession_number"]),
    ("core_filing_document", &["document_name", "document_type"]),
    ("core_filing_notice", &["accession_number"]),
    ("core_funding_digest", &["evidence"]),
    ("core_funding_round", &["evidence", "amount_low", "amount_high", "company_name"]),
    ("core_gpu_price", &["price_as_shown"]),
    ("core_model_price", &["price_as_shown"]),
    ("core_quarantine", &[]),
    ("core_reported_metric", &["evidence", "value_low", "value_high", "company_name"]),
    ("core_seat_price", &["price_as_shown"]),
    ("core_xbrl_fact", &["value"]),
];

/// The value of a row that must stand in the bytes; none where all of these columns are NULL, as the value
/// of a fact is that its filer reports as nil, and the headline of a text without one.
pub(super) fn shown(row: &StoredRow) -> Result<Option<(&'static str, String)>, String> {
    let of_table = SHOWN.iter().find(|(table, _)| *table == row.table.name);
    let (_, columns) = of_table.ok_or_else(|| {
        format!(
            "what of a row of {} must stand in its document is not said in the program",
            row.table.name
        )
    })?;
    Ok(columns.iter().find_map(|column| Some((*column, row.text(column)?))))
}

/// Whether the value of a column stands in the bytes.
pub(super) fn stands_in(table: &TableDef, column: &str, value: &str, bytes: &[u8]) -> bool {
    let is_decimal = |other: &burnrate_model::Column| {
        other.name == column && other.column_type == ColumnType::Decimal
    };
    if table.columns.iter().any(is_decimal) {
        says_figure(bytes, value)
    } else {
        says_words(bytes, value)
    }
}

#[cfg(test)]
mod tests {
    use burnrate_model::generated::TABLES;

    use super::*;

    #[test]
    fn every_table_that_sources_read_says_what_must_be_legible() {
        let read: Vec<_> = TABLES.iter().filter(|t| t.kind.is_read()).map(|t| t.name).collect();
        let listed: Vec<_> = SHOWN.iter().map(|(table, _)| *table).collect();
        assert_eq!(listed, read);
        for (table, columns) in SHOWN {
            let table = TABLES.iter().find(|other| other.name == *table).unwrap();
            for column in *columns {
                assert!(table.columns.iter().any(|other| other.name == *column), "{column}");
            }
        }
    }
}
