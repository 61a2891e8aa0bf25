//! What today's parser makes of a document, held against rows that were read from it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use arrow::array::RecordBatch;
use burnrate_model::{Extract, RawDocument, Row, RowVisitor, Sighted, Source, TableDef, TableKind};
use burnrate_warehouse::{StoredRow, WarehouseError, cell_text, key_hashes, row_ids, sighted_rows};
use chrono::NaiveDate;

use super::{cell, text};
use crate::source_run::{self, shortened};

/// A document, parsed.
pub(super) struct Reread {
    source_id: String,
    capture_id: String,
    extract: Extract,
    tables: RefCell<HashMap<&'static str, Rc<Again>>>,
}

/// The rows of one table that a document gives.
struct Again {
    rows: RecordBatch,
    /// Places of a row, by the last 16 bytes of its `row_id`.
    by_id: HashMap<u128, Vec<usize>>,
    /// The first row of each key.
    by_key: HashMap<u128, usize>,
}

impl Reread {
    /// Parses a document as a run does.
    pub(super) fn of(source: &dyn Source, document: &RawDocument) -> Result<Self, String> {
        let extract = source_run::read(source, document).map_err(|reason| {
            format!("today's parser refuses the document, which an earlier one read: {reason}")
        })?;
        let (source_id, capture_id) = (source.spec().id.clone(), document.capture_id());
        Ok(Self { source_id, capture_id, extract, tables: RefCell::default() })
    }

    /// Proves that the document gives a row again, at its place and known since its day.
    pub(super) fn prove_row(&self, row: &StoredRow, captured_on: NaiveDate) -> Result<(), String> {
        let again = self.table(row.table)?;
        if row.table.kind == TableKind::State {
            let found = self.of_key(&again, row)?;
            return differences(row, &again.rows, found, row.table.content);
        }
        let row_id = u128::from_str_radix(&cell(row, "row_id")?, 16).map_err(text)?;
        let Some(places) = again.by_id.get(&row_id) else {
            let found = self.of_key(&again, row)?;
            differences(row, &again.rows, found, row.table.content)?;
            return Err("today's parser gives a row of the same cells another row_id".to_owned());
        };
        let locator = cell(row, "locator")?;
        let is_there =
            |place: &&usize| of(&again.rows, "locator", **place).as_deref() == Some(&*locator);
        let place = places.iter().find(is_there).or(places.first());
        let place = *place.ok_or("a row without a place")?;
        differences(row, &again.rows, place, &["locator"])?;
        let stated = of(&again.rows, "known_on", place).ok_or("a row without a day")?;
        let is_correction = row.text("corrects_row_id").is_some();
        let expected = if is_correction { stated.max(captured_on.to_string()) } else { stated };
        let known_on = cell(row, "known_on")?;
        if known_on != expected {
            return Err(format!(
                "known_on is {known_on} in the warehouse, and {expected} as the document is read today"
            ));
        }
        Ok(())
    }

    /// Proves that the document does not list the offer of a row.
    pub(super) fn prove_not_listed(&self, row: &StoredRow) -> Result<(), String> {
        let again = self.table(row.table)?;
        let key = self.key(row)?;
        match again.by_key.get(&key) {
            None => Ok(()),
            Some(&found) => Err(format!(
                "the row says that the offer is not listed, and the document lists it at {}",
                of(&again.rows, "locator", found).unwrap_or_default()
            )),
        }
    }

    /// Proves that the parser refuses a record again; of one that contradicts another row, that it reads it.
    pub(super) fn prove_issue(&self, row: &StoredRow) -> Result<(), String> {
        let (locator, reason) = (cell(row, "locator")?, cell(row, "reason")?);
        let record = cell(row, "record")?;
        let is_it = |issue: &&burnrate_model::Issue| {
            issue.locator == locator && issue.reason == reason && shortened(&issue.record) == record
        };
        if self.extract.issues.iter().any(|issue| is_it(&issue)) {
            return Ok(());
        }
        let tables = burnrate_model::generated::TABLES.iter().copied();
        let table = tables.filter(|table| table.kind.is_read());
        let contradicted =
            table.clone().find(|table| reason.starts_with(&format!("{}: ", table.name)));
        if let Some(table) = contradicted {
            let again = self.table(table)?;
            let mut places =
                (0..again.rows.num_rows()).map(|place| of(&again.rows, "locator", place));
            if places.any(|place| place.as_deref() == Some(&locator)) {
                return Ok(());
            }
        }
        Err(format!(
            "the record at {locator} was not read because: {reason}; today's parser has no such objection, and \
             `burnrate quarantine replay` takes it"
        ))
    }

    fn of_key(&self, again: &Again, row: &StoredRow) -> Result<usize, String> {
        let found = again.by_key.get(&self.key(row)?).copied();
        found.ok_or_else(|| {
            let keys = row.table.key.iter().filter_map(|column| Some((column, row.text(column)?)));
            let keys: Vec<_> = keys.map(|(column, value)| format!("{column}={value}")).collect();
            format!("today's parser reads no row of this key from the document: {}", keys.join(" "))
        })
    }

    fn key(&self, row: &StoredRow) -> Result<u128, String> {
        let keys = key_hashes(row.table, &self.source_id, &row.cells).map_err(text)?;
        keys.first().copied().ok_or_else(|| "a row without a key".to_owned())
    }

    /// The rows of a table, hashed when they are first asked for.
    fn table(&self, table: &'static TableDef) -> Result<Rc<Again>, String> {
        if let Some(again) = self.tables.borrow().get(table.name) {
            return Ok(Rc::clone(again));
        }
        let mut rows = OfTable {
            reread: self,
            table,
            rows: RecordBatch::new_empty(burnrate_warehouse::arrow_schema(table)),
        };
        self.extract.rows.visit(&mut rows).map_err(text)?;
        let rows = rows.rows;
        let (mut by_id, mut by_key) = (HashMap::<_, Vec<_>>::new(), HashMap::new());
        let ids = row_ids(table, &self.source_id, &rows).map_err(text)?;
        for (place, id) in ids.into_iter().enumerate() {
            by_id.entry(id).or_default().push(place);
        }
        let keys = key_hashes(table, &self.source_id, &rows).map_err(text)?;
        for (place, key) in keys.into_iter().enumerate() {
            by_key.entry(key).or_insert(place);
        }
        let again = Rc::new(Again { rows, by_id, by_key });
        self.tables.borrow_mut().insert(table.name, Rc::clone(&again));
        Ok(again)
    }
}

/// Takes the rows of one table.
struct OfTable<'a> {
    reread: &'a Reread,
    table: &'static TableDef,
    rows: RecordBatch,
}

impl RowVisitor for OfTable<'_> {
    type Error = WarehouseError;

    fn table<R: Row>(&mut self, rows: &[Sighted<R>]) -> Result<(), WarehouseError> {
        if R::TABLE.name == self.table.name {
            let Reread { source_id, capture_id, extract, .. } = self.reread;
            let scope = extract.listing.as_ref().map_or("", |listing| &listing.scope);
            self.rows = sighted_rows(source_id, capture_id, scope, rows)?;
        }
        Ok(())
    }
}

fn of(rows: &RecordBatch, column: &str, place: usize) -> Option<String> {
    rows.column_by_name(column).and_then(|cells| cell_text(cells, place))
}

/// Says of each column in which a row and what is read today differ what both say.
fn differences(
    row: &StoredRow,
    again: &RecordBatch,
    place: usize,
    columns: &[&str],
) -> Result<(), String> {
    let differing = columns.iter().filter_map(|column| {
        let (stored, read) = (row.text(column), of(again, column, place));
        let shown =
            |value: Option<String>| value.map_or_else(|| "NULL".to_owned(), |v| format!("`{v}`"));
        (stored != read).then(|| {
            format!(
                "{column} is {} in the warehouse, and {} as today's parser reads the document",
                shown(stored),
                shown(read)
            )
        })
    });
    let differing: Vec<_> = differing.collect();
    if differing.is_empty() { Ok(()) } else { Err(differing.join("; ")) }
}
