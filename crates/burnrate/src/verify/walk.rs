//! Every row of every table, down to the bytes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::path::Path;

use burnrate_model::generated::{MART_LINEAGE, TABLES};
use burnrate_model::{TableDef, TableKind};
use burnrate_warehouse::{Lookup, Snapshot, StoredRow};

use super::hashed;
use crate::evidence::Documents;
use crate::progress::Progress;

/// What was proved.
#[derive(Default)]
pub(super) struct Walk {
    /// By table: rows that were proved, and rows of which bytes say the value.
    counts: BTreeMap<&'static str, Count>,
    proved: HashSet<u64>,
    pub(super) problems: Vec<String>,
}

#[derive(Default)]
struct Count {
    rows: usize,
    proved: usize,
    shown: usize,
}

/// Proves every row that a source read from the archive, then every mart row by its inputs.
pub(super) fn walk(warehouse: &Path, snapshot: &Snapshot) -> anyhow::Result<Walk> {
    let mut walk = Walk::default();
    let lookup = Lookup::new(snapshot);
    let documents = Documents::new(warehouse, &lookup);
    let read: Vec<_> = TABLES.iter().copied().filter(|table| table.kind.is_read()).collect();
    let progress = Progress::start("walk", read.len() + 1);
    for table in read {
        walk.core(snapshot, &documents, table)?;
        progress.step();
    }
    walk.marts(snapshot)?;
    progress.finish(&format!("{} rows proved", walk.proved.len()));
    Ok(walk)
}

impl Walk {
    fn core(
        &mut self,
        snapshot: &Snapshot,
        documents: &Documents<'_>,
        table: &'static TableDef,
    ) -> anyhow::Result<()> {
        let mut rows = rows(snapshot, table)?;
        // Each document is read once.
        rows.sort_by_cached_key(|row| (row.text("capture_id"), row.text("known_on")));
        let count = self.counts.entry(table.name).or_default();
        count.rows += rows.len();
        for row in rows {
            let row_id = row.text("row_id").unwrap_or_default();
            match documents.prove(&row) {
                Ok(evidence) => {
                    count.proved += 1;
                    count.shown +=
                        usize::from(evidence.shown.is_some() && evidence.place.is_some());
                    self.proved.insert(hashed(table.name, &row_id));
                }
                Err(reason) => self.problems.push(format!("{} {row_id}: {reason}", row.file)),
            }
        }
        Ok(())
    }

    /// A mart row is proved where all its inputs are, and it has any. Marts that rest on others come later.
    fn marts(&mut self, snapshot: &Snapshot) -> anyhow::Result<()> {
        let mut inputs: HashMap<u64, Vec<u64>> = HashMap::new();
        for edge in rows(snapshot, &MART_LINEAGE)? {
            let cell = |name| edge.text(name).unwrap_or_default();
            let mart = hashed(&cell("mart_table"), &cell("mart_row_id"));
            inputs
                .entry(mart)
                .or_default()
                .push(hashed(&cell("input_table"), &cell("input_row_id")));
        }
        let marts = TABLES.iter().copied();
        let marts = marts.filter(|t| t.kind == TableKind::Mart && t.name != MART_LINEAGE.name);
        let mut left = Vec::new();
        for table in marts {
            for row in rows(snapshot, table)? {
                let row_id = row.text("row_id").unwrap_or_default();
                left.push((hashed(table.name, &row_id), table, row_id));
                self.counts.entry(table.name).or_default().rows += 1;
            }
        }
        loop {
            let (proved, unproved): (Vec<_>, Vec<_>) = left.into_iter().partition(|(mart, ..)| {
                inputs
                    .get(mart)
                    .is_some_and(|inputs| inputs.iter().all(|i| self.proved.contains(i)))
            });
            left = unproved;
            if proved.is_empty() {
                break;
            }
            for (mart, table, _) in proved {
                self.proved.insert(mart);
                self.counts.entry(table.name).or_default().proved += 1;
            }
        }
        let unproved = left.into_iter().map(|(_, table, row_id)| {
            format!("{} {row_id}: not all of its inputs lead to bytes", table.name)
        });
        self.problems.extend(unproved);
        Ok(())
    }
}

fn rows(snapshot: &Snapshot, table: &'static TableDef) -> anyhow::Result<Vec<StoredRow>> {
    let mut rows = Vec::new();
    for file in snapshot.manifest.files(table.name) {
        let name = format!("{}/{}", table.name, file.name);
        for batch in Lookup::new(snapshot).batches(table, file)? {
            let row = |row| StoredRow { table, cells: batch.slice(row, 1), file: name.clone() };
            rows.extend((0..batch.num_rows()).map(row));
        }
    }
    Ok(rows)
}

impl fmt::Display for Walk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (table, Count { rows, proved, shown }) in &self.counts {
            write!(f, "{table}: {proved} of {rows} rows proved")?;
            if table.starts_with("core_") {
                write!(f, ", {shown} by a value that stands in the bytes")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
