//! Whether a snapshot is what was published, and what the schemas say.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::Schema;
use burnrate_model::generated::TABLES;
use burnrate_model::{TableDef, TableKind};

use crate::columns::{arrow_schema, row_ids};
use crate::manifest::{DataFile, Manifest};
use crate::parquet_file::{checksums, footer};
use crate::staging::sums;
use crate::warehouse::{MANIFEST_CHECKSUM, Snapshot};

/// What to do with a file that is not what was published.
const RESTORE: &str = "restore it from a copy: older snapshots may share the file";

/// What is wrong with a snapshot besides the contents of its data files: tables, files that are missing or
/// of which nothing is known, lists of checksums that do not agree.
pub fn snapshot_problems(snapshot: &Snapshot) -> Vec<String> {
    let (folder, manifest) = (snapshot.folder(), &snapshot.manifest);
    let mut problems = Vec::new();
    if !folder.join(MANIFEST_CHECKSUM).is_file() {
        problems.push(format!(
            "{MANIFEST_CHECKSUM}: not there, so that nothing proves snapshot.json; the next snapshot has it again"
        ));
    }
    if fs::read_to_string(folder.join("SHA256SUMS")).ok() != Some(sums(manifest)) {
        problems
            .push(format!("SHA256SUMS: not what snapshot.json says of the same files; {RESTORE}"));
    }
    for table in TABLES.iter().filter(|table| manifest.files(table.name).is_empty()) {
        problems.push(format!("snapshot.json: no file of table {}", table.name));
    }
    for table in manifest.tables.keys() {
        problems.extend(unknown_files(folder, table, manifest));
    }
    problems
}

fn unknown_files(folder: &Path, table: &str, manifest: &Manifest) -> Vec<String> {
    let known: BTreeSet<_> = manifest.files(table).iter().map(|file| file.name.as_str()).collect();
    let there = match fs::read_dir(folder.join(table)) {
        Ok(there) => there,
        Err(error) => return vec![format!("{table}: {error}; {RESTORE}")],
    };
    let names =
        there.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    let unknown = names.filter(|name| !known.contains(name.as_str()));
    unknown.map(|name| format!("{table}/{name}: snapshot.json does not know the file, and queries read it; remove it")).collect()
}

/// What is wrong with the bytes and the columns of a data file.
pub fn file_problems(
    snapshot: &Snapshot,
    table: &'static TableDef,
    file: &DataFile,
) -> Vec<String> {
    let path = snapshot.folder().join(table.name).join(&file.name);
    let name = format!("{}/{}", table.name, file.name);
    let found = match checksums(&path) {
        Ok(found) => found,
        Err(error) => return vec![format!("{name}: {error}; {RESTORE}")],
    };
    if found.sha256 != file.sha256 || found.bytes != file.bytes {
        return vec![format!(
            "{name}: SHA-256 {} over {} bytes, published were {} over {}; {RESTORE}",
            found.sha256, found.bytes, file.sha256, file.bytes
        )];
    }
    match footer(&path) {
        Ok((schema, rows)) => contract_problems(&name, table, file, &schema, rows),
        Err(error) => vec![format!("{name}: {error}; {RESTORE}")],
    }
}

fn contract_problems(
    name: &str,
    table: &'static TableDef,
    file: &DataFile,
    schema: &Schema,
    rows: u64,
) -> Vec<String> {
    let columns = |schema: &Schema| -> Vec<String> {
        let column =
            |field: &arrow::datatypes::FieldRef| format!("{} {}", field.name(), field.data_type());
        schema.fields().iter().map(column).collect()
    };
    let mut problems = Vec::new();
    let (found, expected) = (columns(schema), columns(&arrow_schema(table)));
    if found != expected {
        problems.push(format!("{name}: columns {found:?}, expected {expected:?}"));
    }
    if rows != file.rows {
        problems.push(format!("{name}: {rows} rows, and snapshot.json says {}", file.rows));
    }
    problems
}

/// What is wrong with rows: NULL where there may be none, and a `row_id` that their cells do not give.
pub fn row_problems(file: &str, table: &'static TableDef, rows: &RecordBatch) -> Vec<String> {
    let mut problems = Vec::new();
    for column in table.kind.provenance().iter().chain(table.columns) {
        let nulls = rows.column_by_name(column.name).map_or(0, Array::null_count);
        if nulls > 0 && !column.is_nullable {
            problems.push(format!("{file}: column {} is NULL in {nulls} rows", column.name));
        }
    }
    if matches!(table.kind, TableKind::Fact | TableKind::State) && rows.num_rows() > 0 {
        problems.extend(wrong_ids(file, table, rows));
    }
    problems
}

fn wrong_ids(file: &str, table: &'static TableDef, rows: &RecordBatch) -> Vec<String> {
    let column = |name| rows.column_by_name(name).map(AsArray::as_string::<i32>);
    let (Some(ids), Some(sources)) = (column("row_id"), column("source_id")) else {
        return vec![format!("{file}: no row_id or source_id")];
    };
    // A file holds the rows of one source.
    let source = sources.value(0);
    if let Some(other) = sources.iter().flatten().find(|other| *other != source) {
        return vec![format!("{file}: rows of both {source} and {other}")];
    }
    let recomputed = match row_ids(table, source, rows) {
        Ok(recomputed) => recomputed,
        Err(error) => return vec![format!("{file}: {error}")],
    };
    let pairs = ids.iter().flatten().zip(recomputed).map(|(id, hash)| (id, format!("{hash:032x}")));
    let wrong = pairs.filter(|(id, recomputed)| id != recomputed);
    wrong
        .map(|(id, recomputed)| {
            format!("{file}: row {id}: its cells give row_id {recomputed}; read the source again with `burnrate reparse`")
        })
        .collect()
}
