//! What differs between two versions of a table: rows added and removed, and each cell that changed.
//!
//! Rows are paired by what names them. Memory is bounded: of a large table a part of the names is compared
//! at a time, and only rows that differ are held whole.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::row::{RowConverter, SortField};
use burnrate_model::{TableDef, TableKind};
use sha2::{Digest as _, Sha256};

use crate::cell_text::cells;
use crate::columns::arrow_schema;
use crate::error::{Result, WarehouseError, contract};
use crate::manifest::{DataFile, Manifest};
use crate::parquet_file::{batches, footer};

/// Rows of the old version that are compared at a time, at about 80 bytes each.
const ROWS_AT_ONCE: u64 = 2_000_000;

/// Rows that differ, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows whose name the old version does not have.
    pub added: u64,
    /// Rows whose name the new version does not have.
    pub removed: u64,
    /// Rows of one name with another value in a column or more.
    pub changed: u64,
    /// Rows that say the same, read elsewhere: other in capture, locator, parser version or ids only.
    pub provenance_only: u64,
}

impl Counts {
    /// Whether nothing differs, provenance included.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Rows whose values differ.
    pub fn rows(&self) -> u64 {
        self.added + self.removed + self.changed
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.removed += other.removed;
        self.changed += other.changed;
        self.provenance_only += other.provenance_only;
    }
}

/// A row that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its table.
    pub table: &'static TableDef,
    columns: Arc<[&'static str]>,
    old: Option<Vec<Option<String>>>,
    new: Option<Vec<Option<String>>>,
}

/// A cell that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellChange<'a> {
    /// Its column.
    pub column: &'static str,
    /// What stood there, as text; `None` is NULL, or no such row.
    pub old: Option<&'a str>,
    /// What stands there.
    pub new: Option<&'a str>,
}

impl Change {
    pub(crate) fn new(
        table: &'static TableDef,
        columns: Arc<[&'static str]>,
        old: Option<Vec<Option<String>>>,
        new: Option<Vec<Option<String>>>,
    ) -> Self {
        Self { table, columns, old, new }
    }

    /// `added`, `removed` or `changed`.
    pub fn kind(&self) -> &'static str {
        match (&self.old, &self.new) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        }
    }

    /// What stood in a column of the old row.
    pub fn old(&self, column: &str) -> Option<&str> {
        self.cell(self.old.as_ref(), column)
    }

    /// What stands in a column of the new row.
    pub fn new_value(&self, column: &str) -> Option<&str> {
        self.cell(self.new.as_ref(), column)
    }

    fn cell<'a>(&self, row: Option<&'a Vec<Option<String>>>, column: &str) -> Option<&'a str> {
        let place = self.columns.iter().position(|name| *name == column)?;
        row?.get(place)?.as_deref()
    }

    /// The columns of the table's key that are not NULL, with their values.
    pub fn key(&self) -> Vec<(&'static str, &str)> {
        let row = self.new.as_ref().or(self.old.as_ref());
        let named = names(self.table).into_iter().filter(|name| *name != "source_id");
        named.filter_map(|name| Some((name, self.cell(row, name)?))).collect()
    }

    /// The cells that differ, without those that name the row or say where it was read.
    pub fn cells(&self) -> impl Iterator<Item = CellChange<'_>> {
        let names = names(self.table);
        let is_value =
            move |column: &&&'static str| !names.contains(column) && !is_provenance(column);
        self.columns.iter().filter(is_value).filter_map(|column| {
            let (old, new) = (self.old(column), self.new_value(column));
            (old != new).then_some(CellChange { column, old, new })
        })
    }
}

/// The columns that name a row across versions. Of a fact several rows may have one key, each correcting the
/// one before: their order tells them apart.
fn names(table: &'static TableDef) -> Vec<&'static str> {
    let of_kind: &[&str] = match table.kind {
        TableKind::Fact => &["source_id"],
        TableKind::State => &["source_id", "scope", "known_on"],
        TableKind::Reference | TableKind::Log | TableKind::Mart => &[],
    };
    of_kind.iter().chain(table.key).copied().collect()
}

/// Whether a column says where or by what a row was read, or names another row, not what it says.
fn is_provenance(column: &str) -> bool {
    let is_id = |name: &str| {
        column.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
    };
    is_id("row_id")
        || is_id("capture_id")
        || matches!(column, "capture_ids" | "locator" | "parser_version")
}

/// Where the files of a version are.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) manifest: &'a Manifest,
}

impl Version<'_> {
    fn files(&self, table: &TableDef, owner: &str) -> Vec<&DataFile> {
        self.manifest.files(table.name).iter().filter(|file| file.owner == owner).collect()
    }

    fn paths(&self, table: &TableDef, files: &[&DataFile]) -> Vec<PathBuf> {
        files.iter().map(|file| self.folder.join(table.name).join(&file.name)).collect()
    }

    /// Whose rows the table has.
    fn owners(&self, table: &TableDef) -> BTreeSet<String> {
        self.manifest.files(table.name).iter().map(|file| file.owner.clone()).collect()
    }
}

/// Compares a table of two versions, and hands out each row that differs.
///
/// # Errors
/// Where a file cannot be read, or `on_change` fails.
pub fn diff_table<E: From<WarehouseError>>(
    table: &'static TableDef,
    old: Version<'_>,
    new: Version<'_>,
    mut on_change: impl FnMut(Change) -> std::result::Result<(), E>,
) -> std::result::Result<Counts, E> {
    let mut counts = Counts::default();
    for owner in old.owners(table).union(&new.owners(table)) {
        counts += diff_owner(table, owner, old, new, &mut on_change)?;
    }
    Ok(counts)
}

/// Compares what a table has of one owner.
pub(crate) fn diff_owner<E: From<WarehouseError>>(
    table: &'static TableDef,
    owner: &str,
    old: Version<'_>,
    new: Version<'_>,
    on_change: &mut impl FnMut(Change) -> std::result::Result<(), E>,
) -> std::result::Result<Counts, E> {
    let (old_files, new_files) = (old.files(table, owner), new.files(table, owner));
    // Files are appended: what both begin with says the same, and counts the same rows of each key.
    let both = old_files.iter().zip(&new_files);
    let same = both.take_while(|(old, new)| old.sha256 == new.sha256).count();
    let (old_files, new_files) = (&old_files[same..], &new_files[same..]);
    let rows: u64 = old_files.iter().map(|file| file.rows).sum();
    let comparison =
        Comparison::new(table, old.paths(table, old_files), new.paths(table, new_files))?;
    comparison.run(rows / ROWS_AT_ONCE + 1, on_change)
}

/// A row across versions: a hash of what names it, and which of several of one name it is.
type Name = (u128, u32);

/// How a row differs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Differs {
    Added,
    Removed,
    Changed,
}

struct Comparison {
    table: &'static TableDef,
    old: Vec<PathBuf>,
    new: Vec<PathBuf>,
    columns: Arc<[&'static str]>,
    name: Hasher,
    value: Hasher,
    provenance: Hasher,
}

impl Comparison {
    /// Over the columns that all files have: an older version may lack some.
    fn new(table: &'static TableDef, old: Vec<PathBuf>, new: Vec<PathBuf>) -> Result<Self> {
        let mut columns: Vec<&'static str> =
            table.kind.provenance().iter().chain(table.columns).map(|column| column.name).collect();
        for path in old.iter().chain(&new) {
            let (schema, _) = footer(path)?;
            columns.retain(|column| schema.column_with_name(column).is_some());
        }
        let names = names(table);
        if let Some(missing) = names.iter().find(|name| !columns.contains(name)) {
            let reason =
                format!("one of the versions has no column `{missing}`, which names its rows");
            return Err(contract(table.name, reason));
        }
        let rest = columns.iter().copied().filter(|column| !names.contains(column));
        let (provenance, value): (Vec<_>, Vec<_>) = rest.partition(|column| is_provenance(column));
        Ok(Self {
            table,
            old,
            new,
            name: Hasher::new(table, names)?,
            value: Hasher::new(table, value)?,
            provenance: Hasher::new(table, provenance)?,
            columns: columns.into(),
        })
    }

    fn run<E: From<WarehouseError>>(
        &self,
        parts: u64,
        on_change: &mut impl FnMut(Change) -> std::result::Result<(), E>,
    ) -> std::result::Result<Counts, E> {
        let mut counts = Counts::default();
        for part in 0..parts {
            let is_of_part = |name: u128| name % u128::from(parts) == u128::from(part);
            let differing = self.differing(is_of_part, &mut counts)?;
            if !differing.is_empty() {
                self.hand_out(is_of_part, &differing, on_change)?;
            }
        }
        Ok(counts)
    }

    /// The names of rows that differ, by hashes.
    fn differing(
        &self,
        is_of_part: impl Fn(u128) -> bool,
        counts: &mut Counts,
    ) -> Result<HashMap<Name, Differs>> {
        let mut before = HashMap::new();
        let said = |batch: &RecordBatch| Ok((self.value.of(batch)?, self.provenance.of(batch)?));
        self.scan(&self.old, &is_of_part, |batch, names| {
            let (values, places) = said(batch)?;
            before.extend(names.iter().map(|&(row, name)| (name, (values[row], places[row]))));
            Ok::<_, WarehouseError>(())
        })?;
        let mut differing = HashMap::new();
        self.scan(&self.new, &is_of_part, |batch, names| {
            let (values, places) = said(batch)?;
            for &(row, name) in names {
                match before.remove(&name) {
                    None => {
                        counts.added += 1;
                        differing.insert(name, Differs::Added);
                    }
                    Some((value, _)) if value != values[row] => {
                        counts.changed += 1;
                        differing.insert(name, Differs::Changed);
                    }
                    Some((_, place)) => counts.provenance_only += u64::from(place != places[row]),
                }
            }
            Ok::<_, WarehouseError>(())
        })?;
        counts.removed += before.len() as u64;
        differing.extend(before.into_keys().map(|name| (name, Differs::Removed)));
        Ok(differing)
    }

    /// Reads the rows that differ once more, whole.
    fn hand_out<E: From<WarehouseError>>(
        &self,
        is_of_part: impl Fn(u128) -> bool,
        differing: &HashMap<Name, Differs>,
        on_change: &mut impl FnMut(Change) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let change = |old, new| Change::new(self.table, Arc::clone(&self.columns), old, new);
        let mut before = HashMap::new();
        self.scan(&self.old, &is_of_part, |batch, names| {
            for (row, name) in names {
                match differing.get(name) {
                    Some(Differs::Changed) => {
                        before.insert(*name, cells(self.table, batch, &self.columns, *row)?);
                    }
                    Some(_) => {
                        let old = cells(self.table, batch, &self.columns, *row)?;
                        on_change(change(Some(old), None))?;
                    }
                    None => {}
                }
            }
            Ok::<_, E>(())
        })?;
        self.scan(&self.new, &is_of_part, |batch, names| {
            for (row, name) in names.iter().filter(|(_, name)| differing.contains_key(name)) {
                let new = cells(self.table, batch, &self.columns, *row)?;
                on_change(change(before.remove(name), Some(new)))?;
            }
            Ok(())
        })
    }

    /// Goes through rows in the order of the files; `each` gets a batch, and rows of it with their names.
    fn scan<E: From<WarehouseError>>(
        &self,
        files: &[PathBuf],
        is_of_part: impl Fn(u128) -> bool,
        mut each: impl FnMut(&RecordBatch, &[(usize, Name)]) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut seen: HashMap<u128, u32> = HashMap::new();
        for path in files {
            for batch in batches(path, Some(&self.columns))? {
                let batch = batch?;
                let hashes = self.name.of(&batch)?.into_iter().enumerate();
                let names: Vec<(usize, Name)> = hashes
                    .filter(|(_, name)| is_of_part(*name))
                    .map(|(row, name)| {
                        let count = seen.entry(name).or_default();
                        *count += 1;
                        (row, (name, *count))
                    })
                    .collect();
                each(&batch, &names)?;
            }
        }
        Ok(())
    }
}

/// Hashes some columns of each row.
struct Hasher {
    table: &'static TableDef,
    columns: Vec<&'static str>,
    rows: RowConverter,
}

impl Hasher {
    fn new(table: &'static TableDef, columns: Vec<&'static str>) -> Result<Self> {
        let schema = arrow_schema(table);
        let field = |column: &&str| -> Result<SortField> {
            let field = schema.field_with_name(column).map_err(|e| contract(table.name, e))?;
            Ok(SortField::new(field.data_type().clone()))
        };
        let fields = columns.iter().map(field).collect::<Result<_>>()?;
        let rows = RowConverter::new(fields).map_err(|error| contract(table.name, error))?;
        Ok(Self { table, columns, rows })
    }

    fn of(&self, batch: &RecordBatch) -> Result<Vec<u128>> {
        if self.columns.is_empty() {
            return Ok(vec![0; batch.num_rows()]);
        }
        let column = |name: &&str| {
            let missing = || contract(self.table.name, format!("no column `{name}`"));
            batch.column_by_name(name).cloned().ok_or_else(missing)
        };
        let columns = self.columns.iter().map(column).collect::<Result<Vec<_>>>()?;
        let rows = self
            .rows
            .convert_columns(&columns)
            .map_err(|error| contract(self.table.name, error))?;
        let hash = |bytes: &[u8]| {
            let digest = Sha256::digest(bytes);
            digest.iter().take(16).fold(0, |hash, byte| (hash << 8) | u128::from(*byte))
        };
        Ok(rows.iter().map(|row| hash(row.as_ref())).collect())
    }
}
