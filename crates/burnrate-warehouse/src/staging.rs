//! A snapshot in the making.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;
use burnrate_model::generated::{CORE_READING, TABLES};
use burnrate_model::{Record, Row, Sighted, TableDef, TableKind, sha256_hex};
use chrono::{DateTime, NaiveDate, Utc};

use crate::columns::{arrow_schema, batch, records};
use crate::error::{Result, at, contract};
use crate::facts::{FactTable, Inserted};
use crate::manifest::{DataFile, Manifest};
use crate::parquet_file::{self, Checksums, read_batches, write_batches};
use crate::states::{Changes, Listed, Reading, StateTable};
use crate::views::views_sql;
use crate::warehouse::{MANIFEST, MANIFEST_CHECKSUM, Snapshot, Warehouse, rename, sync_folder};

/// Files of one owner that a table may have before they are merged into one.
const FILES_BEFORE_MERGE: usize = 16;

/// A snapshot that is being written; dropped without [`Staging::commit`] it leaves no trace in
/// `latest`, and the next run removes its folder.
pub struct Staging {
    warehouse: Warehouse,
    pub(crate) folder: PathBuf,
    pub(crate) manifest: Manifest,
    facts: BTreeMap<(&'static str, String), FactTable>,
    states: BTreeMap<(&'static str, String), StateTable>,
    captured_at: HashMap<String, DateTime<Utc>>,
    pub(crate) superseded: Vec<Superseded>,
    /// States that are not what they were, by table and source.
    pub(crate) rewritten: Vec<(&'static TableDef, String)>,
}

/// Facts of one source that new rows correct.
pub(crate) struct Superseded {
    pub(crate) table: &'static TableDef,
    pub(crate) source_id: String,
    /// Ids of the new row and of the old one.
    pub(crate) pairs: Vec<(String, String)>,
}

impl Staging {
    pub(crate) fn new(
        warehouse: Warehouse,
        folder: PathBuf,
        parent: Option<&Snapshot>,
        manifest: Manifest,
    ) -> Result<Self> {
        for table in TABLES {
            let table_folder = folder.join(table.name);
            fs::create_dir(&table_folder).map_err(at(&table_folder))?;
        }
        if let Some(parent) = parent {
            for (table, files) in &parent.manifest.tables {
                let table_folder = folder.join(table);
                fs::create_dir_all(&table_folder).map_err(at(&table_folder))?;
                for file in files {
                    link(
                        &parent.folder().join(table).join(&file.name),
                        &table_folder.join(&file.name),
                    )?;
                }
            }
        }
        Ok(Self {
            warehouse,
            folder,
            manifest,
            facts: BTreeMap::new(),
            states: BTreeMap::new(),
            captured_at: HashMap::new(),
            superseded: Vec::new(),
            rewritten: Vec::new(),
        })
    }

    /// Tells when the captures of earlier runs were made, which decides what supersedes what.
    pub fn know_captures(
        &mut self,
        captured_at: impl IntoIterator<Item = (String, DateTime<Utc>)>,
    ) {
        self.captured_at.extend(captured_at);
    }

    /// Adds the rows of one document of a source that are not there yet.
    ///
    /// # Errors
    /// Where rows do not fit the table, or files cannot be read or written.
    pub fn facts<R: Row>(
        &mut self,
        source_id: &str,
        capture_id: &str,
        captured_at: DateTime<Utc>,
        rows: &[Sighted<R>],
    ) -> Result<Inserted> {
        let batch = batch(source_id, capture_id, rows)?;
        let table = R::TABLE;
        let key = (table.name, source_id.to_owned());
        if !self.facts.contains_key(&key) {
            let files = self.files_of(table.name, source_id);
            let path = self.new_path(table.name, source_id);
            self.facts.insert(
                key.clone(),
                FactTable::open(table, source_id, &files, path, &self.captured_at)?,
            );
        }
        match self.facts.get_mut(&key) {
            Some(facts) => facts.insert(&batch, captured_at),
            None => Ok(Inserted::default()),
        }
    }

    /// Makes a list what a complete reading says from its day on. Readings of later days, where there are
    /// any, are to be given again, in order.
    ///
    /// # Errors
    /// Where rows do not fit the table, or files cannot be read.
    pub fn reading(
        &mut self,
        source_id: &str,
        reading: &Reading<'_>,
        listed: &Listed,
    ) -> Result<Changes> {
        let mut all = Changes::default();
        for table in TABLES.iter().copied().filter(|table| table.kind == TableKind::State) {
            let listed = listed.of(table)?;
            let Some(state) = self.state(table, source_id, listed.is_some())? else { continue };
            let changes = state.apply(reading, listed.as_ref())?;
            all.appeared += changes.appeared;
            all.changed += changes.changed;
            all.withdrawn += changes.withdrawn;
            all.conflicts.extend(changes.conflicts);
        }
        Ok(all)
    }

    /// Drops what was concluded from the readings of a list from a day on: those that count are to be given
    /// again, in order.
    ///
    /// # Errors
    /// Where files cannot be read.
    pub fn forget_readings(&mut self, source_id: &str, scope: &str, from: NaiveDate) -> Result<()> {
        for table in TABLES.iter().copied().filter(|table| table.kind == TableKind::State) {
            if let Some(state) = self.state(table, source_id, false)? {
                state.forget(scope, from)?;
            }
        }
        Ok(())
    }

    /// The rows of a source in a table; none where there are none, unless they are to be made.
    fn state(
        &mut self,
        table: &'static TableDef,
        source_id: &str,
        is_made: bool,
    ) -> Result<Option<&mut StateTable>> {
        let files = self.files_of(table.name, source_id);
        match self.states.entry((table.name, source_id.to_owned())) {
            Entry::Occupied(state) => Ok(Some(state.into_mut())),
            Entry::Vacant(_) if files.is_empty() && !is_made => Ok(None),
            Entry::Vacant(none) => {
                Ok(Some(none.insert(StateTable::open(table, source_id, &files)?)))
            }
        }
    }

    /// Appends what a run did.
    ///
    /// # Errors
    /// Where rows do not fit the table or the file cannot be written.
    pub fn log<R: Record>(&mut self, rows: &[R]) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let path = self.new_path(R::TABLE.name, R::TABLE.name);
        write_batches(&path, arrow_schema(R::TABLE), &[records(rows)?])?;
        self.adopt(R::TABLE, R::TABLE.name, &path)
    }

    /// Replaces what a table of records has of one source.
    ///
    /// # Errors
    /// Where rows do not fit the table or the file cannot be written.
    pub fn records_of<R: Record>(&mut self, source_id: &str, rows: &[R]) -> Result<()> {
        let path = self.new_path(R::TABLE.name, source_id);
        write_batches(&path, arrow_schema(R::TABLE), &[records(rows)?])?;
        self.replace_of(R::TABLE, source_id, &path)?;
        Ok(())
    }

    /// Replaces a table that is authored or computed; returns whether that changed anything.
    ///
    /// # Errors
    /// Where rows do not fit the table or the file cannot be written.
    pub fn reference<R: Record>(&mut self, rows: &[R]) -> Result<bool> {
        let path = self.new_path(R::TABLE.name, R::TABLE.name);
        write_batches(&path, arrow_schema(R::TABLE), &[records(rows)?])?;
        self.replace(R::TABLE, &path)
    }

    /// Where the transform is to write a derived table.
    pub fn mart_path(&self, table: &TableDef) -> PathBuf {
        self.new_path(table.name, table.name)
    }

    /// Takes over a derived table written at [`Staging::mart_path`]; returns whether it changed.
    ///
    /// # Errors
    /// Where its columns are not those of the schema.
    pub fn mart(&mut self, table: &'static TableDef) -> Result<bool> {
        let path = self.mart_path(table);
        let (found, _) = parquet_file::footer(&path)?;
        let expected = arrow_schema(table);
        let columns = |schema: &arrow::datatypes::Schema| -> Vec<String> {
            schema
                .fields()
                .iter()
                .map(|field| format!("{} {}", field.name(), field.data_type()))
                .collect()
        };
        let (found, expected) = (columns(&found), columns(&expected));
        if found != expected {
            return Err(contract(
                table.name,
                format!("expected columns {expected:?}, found {found:?}"),
            ));
        }
        self.replace(table, &path)
    }

    /// Files of a table as they will be published. New facts count once [`Staging::seal`] was called.
    pub fn files(&self, table: &str) -> Vec<PathBuf> {
        let folder = self.folder.join(table);
        self.manifest.files(table).iter().map(|file| folder.join(&file.name)).collect()
    }

    /// Checksums of the core tables, one line a file: equal texts mean equal core tables. Logs do not
    /// count, but for that of the readings: no metric reads them.
    pub fn core_checksums(&self) -> String {
        let is_input = |table: &&&TableDef| match table.kind {
            TableKind::Fact | TableKind::State | TableKind::Reference => true,
            TableKind::Log => table.name == CORE_READING.name,
            TableKind::Mart => false,
        };
        let tables = TABLES.iter().filter(is_input);
        tables
            .flat_map(|table| self.manifest.files(table.name).iter().map(move |file| (table, file)))
            .map(|(table, file)| format!("{} {}\n", file.sha256, table.name))
            .collect()
    }

    /// What the marts were made from, as noted by [`Staging::note_marts_made_from`].
    pub fn marts_made_from(&self) -> Option<&str> {
        self.manifest.marts_made_from.as_deref()
    }

    /// Notes what the marts were made from, so that the next run can tell whether they are current.
    pub fn note_marts_made_from(&mut self, hash: String) {
        self.manifest.marts_made_from = Some(hash);
    }

    /// Ends the files of new facts, merges what has become many small files, and gives every table at
    /// least an empty file. Core tables are complete after this.
    ///
    /// # Errors
    /// Where files cannot be written.
    pub fn seal(&mut self) -> Result<()> {
        for ((name, source_id), facts) in std::mem::take(&mut self.facts) {
            let table = definition(name)?;
            let pairs = facts.corrections();
            if let Some(path) = facts.finish()? {
                self.adopt(table, &source_id, &path)?;
            }
            if !pairs.is_empty() {
                self.superseded.push(Superseded { table, source_id, pairs });
            }
        }
        for ((name, source_id), state) in std::mem::take(&mut self.states) {
            let path = self.new_path(name, &source_id);
            let table = definition(name)?;
            if state.finish(&path)? && self.replace_of(table, &source_id, &path)? {
                self.rewritten.push((table, source_id));
            }
        }
        for table in TABLES.iter().filter(|table| table.kind != TableKind::Mart) {
            self.merge(table)?;
            if self.manifest.files(table.name).is_empty() {
                self.write_empty(table)?;
            }
        }
        Ok(())
    }

    /// Writes what describes the snapshot, and with `publish` makes it the newest one.
    ///
    /// # Errors
    /// Where files cannot be written or renamed; `latest` is then as it was.
    pub fn commit(mut self, publish: bool) -> Result<Snapshot> {
        self.seal()?;
        for table in TABLES.iter().filter(|table| table.kind == TableKind::Mart) {
            if self.manifest.files(table.name).is_empty() {
                self.write_empty(table)?;
            }
        }
        let id = self.manifest.id.clone();
        let folder = self.warehouse.snapshot_folder(&id);
        self.write_text("views.sql", &views_sql(&folder, &self.manifest))?;
        self.write_text("SHA256SUMS", &sums(&self.manifest))?;
        let manifest = serde_json::to_string_pretty(&self.manifest)
            .map_err(|error| contract("snapshot.json", error))?;
        let manifest = manifest + "\n";
        let checksum = format!("{}  {MANIFEST}\n", sha256_hex(manifest.as_bytes()));
        self.write_text(MANIFEST_CHECKSUM, &checksum)?;
        self.write_text(MANIFEST, &manifest)?;
        for table in self.manifest.tables.keys() {
            sync_folder(&self.folder.join(table))?;
        }
        sync_folder(&self.folder)?;
        rename(&self.folder, &folder)?;
        sync_folder(&self.warehouse.root().join("snapshots"))?;
        if publish {
            self.warehouse.publish(&id)?;
        }
        Snapshot::read(&folder)
    }

    fn files_of(&self, table: &str, owner: &str) -> Vec<PathBuf> {
        let folder = self.folder.join(table);
        let files = self.manifest.files(table).iter().filter(|file| file.owner == owner);
        files.map(|file| folder.join(&file.name)).collect()
    }

    fn new_path(&self, table: &str, owner: &str) -> PathBuf {
        self.folder.join(table).join(format!("{owner}.{}.parquet", self.manifest.id))
    }

    /// Enters a finished file into the manifest. It is shared with later snapshots: nobody may change it.
    pub(crate) fn adopt(&mut self, table: &TableDef, owner: &str, path: &Path) -> Result<()> {
        let file = describe(owner, path)?;
        self.manifest.tables.entry(table.name.to_owned()).or_default().push(file);
        Ok(())
    }

    /// Makes `path` the only file of a table, unless the present one has the same bytes.
    fn replace(&mut self, table: &TableDef, path: &Path) -> Result<bool> {
        self.replace_of(table, table.name, path)
    }

    /// Makes `path` the only file of an owner in a table, unless the present one has the same bytes.
    fn replace_of(&mut self, table: &TableDef, owner: &str, path: &Path) -> Result<bool> {
        let new = describe(owner, path)?;
        let files = self.manifest.tables.entry(table.name.to_owned()).or_default();
        let old: Vec<_> = files.extract_if(.., |file| file.owner == owner).collect();
        if let [file] = old.as_slice()
            && file.sha256 == new.sha256
        {
            files.extend(old);
            fs::remove_file(path).map_err(at(path))?;
            return Ok(false);
        }
        files.push(new);
        for file in old {
            let old = self.folder.join(table.name).join(file.name);
            fs::remove_file(&old).map_err(at(&old))?;
        }
        Ok(true)
    }

    fn write_empty(&mut self, table: &'static TableDef) -> Result<()> {
        let path = self.folder.join(table.name).join("empty.parquet");
        write_batches(&path, arrow_schema(table), &[])?;
        self.adopt(table, table.name, &path)
    }

    fn merge(&mut self, table: &'static TableDef) -> Result<()> {
        let folder = self.folder.join(table.name);
        let mut files = self.manifest.tables.remove(table.name).unwrap_or_default();
        if files.len() > 1 {
            drop_empty(&folder, &mut files)?;
        }
        let mut by_owner: BTreeMap<String, Vec<DataFile>> = BTreeMap::new();
        for file in files {
            by_owner.entry(file.owner.clone()).or_default().push(file);
        }
        for (owner, files) in by_owner {
            if files.len() <= FILES_BEFORE_MERGE {
                self.manifest.tables.entry(table.name.to_owned()).or_default().extend(files);
                continue;
            }
            let mut batches: Vec<RecordBatch> = Vec::new();
            for file in &files {
                batches.extend(read_batches(&folder.join(&file.name), None)?);
            }
            let path = folder.join(format!("{owner}.{}.merged.parquet", self.manifest.id));
            write_batches(&path, arrow_schema(table), &batches)?;
            self.adopt(table, &owner, &path)?;
            for file in files {
                let old = folder.join(file.name);
                fs::remove_file(&old).map_err(at(&old))?;
            }
        }
        Ok(())
    }

    fn write_text(&self, name: &str, text: &str) -> Result<()> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(at(&path))?;
        protect(&path)
    }
}

/// The lines of `SHA256SUMS`.
pub(crate) fn sums(manifest: &Manifest) -> String {
    let files = manifest
        .tables
        .iter()
        .flat_map(|(table, files)| files.iter().map(move |file| (table, file)));
    files.map(|(table, file)| format!("{}  {table}/{}\n", file.sha256, file.name)).collect()
}

/// The placeholder of a table without rows goes once there is a file with rows.
fn drop_empty(folder: &Path, files: &mut Vec<DataFile>) -> Result<()> {
    for file in files.extract_if(.., |file| file.rows == 0) {
        let path = folder.join(file.name);
        fs::remove_file(&path).map_err(at(&path))?;
    }
    Ok(())
}

fn describe(owner: &str, path: &Path) -> Result<DataFile> {
    let (_, rows) = parquet_file::footer(path)?;
    let Checksums { sha256, block_sha256, bytes } = parquet_file::checksums(path)?;
    protect(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(DataFile { name, owner: owner.to_owned(), rows, bytes, sha256, block_sha256 })
}

/// Sees a finished file to the disk and makes it read-only.
fn protect(path: &Path) -> Result<()> {
    let file = fs::File::open(path).map_err(at(path))?;
    file.sync_all().map_err(at(path))?;
    let mut permissions = file.metadata().map_err(at(path))?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions).map_err(at(path))
}

/// A hard link, or a copy where the file system has none.
pub(crate) fn link(from: &Path, to: &Path) -> Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to).map_err(at(from))?;
    protect(to)
}

fn definition(name: &str) -> Result<&'static TableDef> {
    TABLES
        .iter()
        .copied()
        .find(|table| table.name == name)
        .ok_or_else(|| contract(name, "no such table"))
}
