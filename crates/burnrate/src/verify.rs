//! `burnrate verify`: whether a snapshot and the archive are whole, and agree.

mod walk;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use anyhow::bail;
use arrow::array::RecordBatch;
use burnrate_model::generated::{CORE_CAPTURE, MART_LINEAGE, TABLES};
use burnrate_model::{TableDef, TableKind};
use burnrate_warehouse::{
    DataFile, Lookup, Snapshot, Warehouse, WarehouseError, cell_text, file_problems, row_problems,
    snapshot_problems,
};

use crate::Ending;
use crate::cli::SnapshotArgs;
use crate::config::Config;
use crate::progress::Progress;

pub(crate) fn verify(config: &Config, args: &SnapshotArgs) -> anyhow::Result<Ending> {
    let folder = config.warehouse();
    let Some(warehouse) = Warehouse::existing(&folder)? else {
        bail!("{} is no warehouse; `burnrate ingest` makes one", folder.display());
    };
    let chosen = match &args.snapshot {
        Some(id) => warehouse.snapshot(id).map(Some),
        None => warehouse.latest(),
    };
    let snapshot = match chosen {
        Ok(Some(snapshot)) => snapshot,
        Ok(None) => bail!("{} has no snapshot yet; run `burnrate ingest` first", folder.display()),
        Err(error @ WarehouseError::NoSnapshot { .. }) => return Err(error.into()),
        Err(error) => {
            println!("{error}");
            return Ok(Ending::Contradicted);
        }
    };
    let (answers, mut problems) = archive(&warehouse)?;
    let (rows, of_snapshot) = tables(&snapshot, answers);
    problems.extend(of_snapshot);
    if args.walk && problems.is_empty() {
        let walk = walk::walk(warehouse.root(), &snapshot)?;
        print!("{walk}");
        problems.extend(walk.problems);
    }
    for problem in &problems {
        println!("{problem}");
    }
    println!("snapshot {}: {rows} rows, {} problems", snapshot.manifest.id, problems.len());
    Ok(if problems.is_empty() { Ending::Done } else { Ending::Contradicted })
}

/// Payload digests of answers in the archive, by file and offset.
type Answers = HashMap<(String, u64), Option<String>>;

/// What the archive has, and what is wrong with it.
fn archive(warehouse: &Warehouse) -> anyhow::Result<(Answers, Vec<String>)> {
    let progress = Progress::start("archive", 1);
    let report = burnrate_fetch::verify(warehouse.root(), None)?;
    progress.step();
    progress.finish(&format!("{} files, {} records", report.files, report.records));
    let advice = "restore the file from a copy";
    let problems = report.problems.iter().map(|problem| format!("{problem}; {advice}")).collect();
    Ok((report.answers, problems))
}

/// What is wrong with the tables, and how many rows they have.
fn tables(snapshot: &Snapshot, answers: Answers) -> (usize, Vec<String>) {
    let problems = snapshot_problems(snapshot);
    let mut tables = Tables { answers, problems, ..Tables::default() };
    let files = || {
        let tables = TABLES.iter().copied();
        tables.flat_map(|table| {
            snapshot.manifest.files(table.name).iter().map(move |file| (table, file))
        })
    };
    let progress = Progress::start("tables", files().count());
    for (table, file) in files() {
        let problems = file_problems(snapshot, table, file);
        let is_whole = problems.is_empty();
        tables.problems.extend(problems);
        if is_whole {
            tables.learn(snapshot, table, file);
        }
        progress.step();
    }
    tables.conclude();
    progress.finish(&format!("{} rows", tables.rows));
    (tables.rows, tables.problems)
}

/// What is known of the rows so far. Rows are remembered by hashes of table and `row_id`.
#[derive(Default)]
struct Tables {
    rows: usize,
    there: HashSet<u64>,
    captures: HashSet<u64>,
    /// What rows refer to: where from, what to, and how to say it.
    captures_named: HashMap<u64, String>,
    inputs_named: HashMap<u64, String>,
    marts: HashMap<u64, String>,
    with_inputs: HashSet<u64>,
    answers: Answers,
    /// Captures that are not in the archive, by file, how many and the first.
    not_archived: BTreeMap<String, (usize, String)>,
    problems: Vec<String>,
}

impl Tables {
    fn learn(&mut self, snapshot: &Snapshot, table: &'static TableDef, file: &DataFile) {
        let name = format!("{}/{}", table.name, file.name);
        let batches = match Lookup::new(snapshot).batches(table, file) {
            Ok(batches) => batches,
            Err(error) => return self.problems.push(error.to_string()),
        };
        for rows in batches {
            self.rows += rows.num_rows();
            self.problems.extend(row_problems(&name, table, &rows));
            for row in 0..rows.num_rows() {
                self.row(&name, table, &rows, row);
            }
        }
    }

    fn row(&mut self, file: &str, table: &'static TableDef, rows: &RecordBatch, row: usize) {
        let cell = |name: &str| {
            rows.column_by_name(name).and_then(|cells| cell_text(cells, row)).unwrap_or_default()
        };
        let has_id = rows.column_by_name("row_id").is_some();
        let key: Vec<_> = table.key.iter().map(|column| cell(column)).collect();
        let row_id = if has_id { cell("row_id") } else { key.join("\u{1f}") };
        let hash = hashed(table.name, &row_id);
        let is_new = self.there.insert(hash);
        // What runs did may be noted twice: a log has no key that counts.
        if !is_new && table.kind != TableKind::Log {
            self.problems.push(format!("{file}: row {row_id}: there twice"));
        }
        if table.name == CORE_CAPTURE.name {
            self.captures.insert(hashed("", &cell("capture_id")));
            self.capture(&cell);
        } else if table.kind.is_read() {
            let capture_id = cell("capture_id");
            let named =
                || format!("{file}: row {row_id}: capture {capture_id} is not in core_capture");
            self.captures_named.entry(hashed("", &capture_id)).or_insert_with(named);
        }
        if table.name == MART_LINEAGE.name {
            self.with_inputs.insert(hashed(&cell("mart_table"), &cell("mart_row_id")));
            let (input_table, input_id) = (cell("input_table"), cell("input_row_id"));
            let named = || {
                let of = format!("{} {}", cell("mart_table"), cell("mart_row_id"));
                format!(
                    "{file}: {of} is made of row {input_id} of {input_table}, which is not there"
                )
            };
            self.inputs_named.entry(hashed(&input_table, &input_id)).or_insert_with(named);
        } else if table.kind == TableKind::Mart {
            let named = format!("{file}: row {row_id}: mart_lineage has no input of it");
            self.marts.insert(hash, named);
        }
    }

    /// Holds a row of `core_capture` against the archive.
    fn capture(&mut self, cell: &impl Fn(&str) -> String) {
        let (file, offset) = (cell("warc_file"), cell("warc_offset"));
        let place = (file.clone(), offset.parse().unwrap_or(u64::MAX));
        let sha256 = cell("payload_sha256");
        let is_there = match self.answers.get(&place) {
            // What confirms an earlier answer has no payload of its own.
            Some(digest) => digest.as_ref().is_none_or(|digest| {
                let hex = digest.strip_prefix("sha256:");
                hex.is_none_or(|hex| hex.eq_ignore_ascii_case(&sha256))
            }),
            None => false,
        };
        if !is_there {
            let first = || (0, format!("{} at offset {offset}", cell("capture_id")));
            self.not_archived.entry(file).or_insert_with(first).0 += 1;
        }
    }

    /// Holds what rows refer to against what is there.
    fn conclude(&mut self) {
        let advice = "; run `burnrate transform`, and if that does not mend it, restore the snapshot from a copy";
        let lacking = |named: &HashMap<u64, String>, there: &HashSet<u64>| {
            let lacking = named.iter().filter(|(hash, _)| !there.contains(hash));
            let mut lacking: Vec<_> = lacking.map(|(_, text)| format!("{text}{advice}")).collect();
            lacking.sort();
            lacking
        };
        let mut found = lacking(&self.captures_named, &self.captures);
        found.extend(self.not_archived.iter().map(|(file, (captures, first))| {
            format!(
                "core_capture: {captures} captures are not in {file} as published, the first {first}; restore the file from a copy"
            )
        }));
        found.extend(lacking(&self.inputs_named, &self.there));
        found.extend(lacking(&self.marts, &self.with_inputs));
        self.problems.append(&mut found);
    }
}

/// A row as 64 bits: that two of them are taken for one is beyond all odds.
fn hashed(table: &str, row_id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (table, row_id).hash(&mut hasher);
    hasher.finish()
}
