//! What a staged snapshot no longer says as its parent did, and putting back what was forgotten in vain.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use arrow::array::{AsArray, BooleanArray, RecordBatch, StringArray};
use arrow::compute::filter_record_batch;
use burnrate_model::TableDef;
use burnrate_model::generated::{CORE_QUARANTINE, CORE_READING, TABLES};

use crate::cell_text::cells;
use crate::columns::arrow_schema;
use crate::diff::{Change, Counts, Version, diff_owner};
use crate::error::{Result, WarehouseError, at, contract};
use crate::manifest::DataFile;
use crate::parquet_file::{batches, write_batches};
use crate::staging::{Staging, Superseded, link};
use crate::warehouse::Snapshot;

/// Tables that follow from a source's documents alone.
fn derived_from_documents() -> impl Iterator<Item = &'static TableDef> {
    let is_derived = |table: &&TableDef| table.kind.is_read() || table.name == CORE_READING.name;
    TABLES.iter().copied().filter(is_derived)
}

impl Snapshot {
    /// Its files, for a comparison.
    pub fn version(&self) -> Version<'_> {
        Version { folder: self.folder(), manifest: &self.manifest }
    }
}

impl Staging {
    /// Its files as they will be published, for a comparison. Core tables count once it is sealed.
    pub fn version(&self) -> Version<'_> {
        Version { folder: &self.folder, manifest: &self.manifest }
    }

    /// Drops all that was made of a source's documents, so that they can be read anew.
    ///
    /// # Errors
    /// Where files cannot be removed.
    pub fn forget_source(&mut self, source_id: &str) -> Result<()> {
        for table in derived_from_documents() {
            self.forget_owner(table, source_id)?;
        }
        Ok(())
    }

    fn forget_owner(&mut self, table: &TableDef, owner: &str) -> Result<()> {
        let Some(files) = self.manifest.tables.get_mut(table.name) else { return Ok(()) };
        for file in files.extract_if(.., |file| file.owner == owner) {
            let path = self.folder.join(table.name).join(file.name);
            fs::remove_file(&path).map_err(at(&path))?;
        }
        Ok(())
    }

    /// Compares what was made of a source's documents with the parent, once it is sealed. What is the same
    /// is linked again; each row that differs is handed out.
    ///
    /// # Errors
    /// Where files cannot be read or linked, or `on_change` fails.
    pub fn settle_source<E: From<WarehouseError>>(
        &mut self,
        parent: &Snapshot,
        source_id: &str,
        mut on_change: impl FnMut(Change) -> std::result::Result<(), E>,
    ) -> std::result::Result<Vec<(&'static TableDef, Counts)>, E> {
        let mut all = Vec::new();
        for table in derived_from_documents() {
            let (old, new) = (parent.version(), self.version());
            let counts = diff_owner(table, source_id, old, new, &mut on_change)?;
            if counts.is_none() {
                self.restore(parent, table, source_id)?;
            }
            all.push((table, counts));
        }
        Ok(all)
    }

    fn restore(&mut self, parent: &Snapshot, table: &TableDef, owner: &str) -> Result<()> {
        self.forget_owner(table, owner)?;
        let of_owner = |file: &&DataFile| file.owner == owner;
        for file in parent.manifest.files(table.name).iter().filter(of_owner) {
            let from = parent.folder().join(table.name).join(&file.name);
            link(&from, &self.folder.join(table.name).join(&file.name))?;
            self.manifest.tables.entry(table.name.to_owned()).or_default().push(file.clone());
        }
        Ok(())
    }

    /// Takes over records that the parent has in quarantine and today's parser no longer refuses: that they
    /// were refused stays on record.
    ///
    /// # Errors
    /// Where files cannot be read or written.
    pub fn keep_quarantined(
        &mut self,
        parent: &Snapshot,
        source_id: &str,
        row_ids: &HashSet<String>,
    ) -> Result<()> {
        if row_ids.is_empty() {
            return Ok(());
        }
        let table = &CORE_QUARANTINE;
        let mut kept = Vec::new();
        for path in owner_files(parent.version(), table, source_id) {
            for batch in batches(&path, None)? {
                let batch = batch?;
                let ids = text(table, &batch, "row_id")?;
                let is_kept: BooleanArray =
                    ids.iter().map(|id| Some(id.is_some_and(|id| row_ids.contains(id)))).collect();
                let rows = filter_record_batch(&batch, &is_kept);
                kept.push(rows.map_err(|error| contract(table.name, error))?);
            }
        }
        let name = format!("{source_id}.{}.kept.parquet", self.manifest.id);
        let path = self.folder.join(table.name).join(name);
        write_batches(&path, arrow_schema(table), &kept)?;
        self.adopt(table, source_id, &path)
    }

    /// Rows that the parent published and that this snapshot says otherwise, once it is sealed: facts that a
    /// later row corrects, and rows of states that are others or gone.
    ///
    /// # Errors
    /// Where files cannot be read.
    pub fn corrected(&self, parent: &Snapshot) -> Result<Vec<Change>> {
        let mut all = Vec::new();
        for superseded in &self.superseded {
            all.extend(self.corrected_facts(parent, superseded)?);
        }
        for (table, source_id) in &self.rewritten {
            let (old, new) = (parent.version(), self.version());
            diff_owner(table, source_id, old, new, &mut |change| {
                if change.kind() != "added" {
                    all.push(change);
                }
                Ok::<_, WarehouseError>(())
            })?;
        }
        Ok(all)
    }

    /// Facts that the parent published, each with the last of those that supersede it.
    fn corrected_facts(&self, parent: &Snapshot, superseded: &Superseded) -> Result<Vec<Change>> {
        let Superseded { table, source_id, pairs } = superseded;
        let columns = table.kind.provenance().iter().chain(table.columns);
        let columns: Arc<[&'static str]> = columns.map(|column| column.name).collect();
        let next: HashMap<&str, &str> =
            pairs.iter().map(|(new, old)| (old.as_str(), new.as_str())).collect();
        let last =
            |old: &str| std::iter::successors(next.get(old), |id| next.get(**id)).last().copied();
        let rows = |version: Version<'_>, wanted: &HashSet<&str>| {
            rows_by_id(&owner_files(version, table, source_id), table, &columns, wanted)
        };
        let mut published = rows(parent.version(), &next.keys().copied().collect())?;
        let wanted = published.keys().filter_map(|old| last(old)).collect();
        let standing = rows(self.version(), &wanted)?;
        let change = |(_, old): &(String, String)| {
            let new = last(old).and_then(|new| standing.get(new)).cloned();
            let old = published.remove(old)?;
            Some(Change::new(table, Arc::clone(&columns), Some(old), new))
        };
        Ok(pairs.iter().filter_map(change).collect())
    }

    /// Gives the snapshot up, and removes what was written of it.
    ///
    /// # Errors
    /// Where files cannot be removed.
    pub fn discard(self) -> Result<()> {
        fs::remove_dir_all(&self.folder).map_err(at(&self.folder))
    }
}

/// Whole rows of those ids.
fn rows_by_id(
    files: &[PathBuf],
    table: &TableDef,
    columns: &[&str],
    wanted: &HashSet<&str>,
) -> Result<HashMap<String, Vec<Option<String>>>> {
    let mut rows = HashMap::new();
    for path in files {
        for batch in batches(path, None)? {
            let batch = batch?;
            for (row, id) in text(table, &batch, "row_id")?.iter().enumerate() {
                if let Some(id) = id.filter(|id| wanted.contains(id)) {
                    rows.insert(id.to_owned(), cells(table, &batch, columns, row)?);
                }
            }
        }
    }
    Ok(rows)
}

fn owner_files(version: Version<'_>, table: &TableDef, owner: &str) -> Vec<PathBuf> {
    let files = version.manifest.files(table.name).iter().filter(|file| file.owner == owner);
    files.map(|file| version.folder.join(table.name).join(&file.name)).collect()
}

fn text<'a>(table: &TableDef, batch: &'a RecordBatch, name: &str) -> Result<&'a StringArray> {
    let missing = || contract(table.name, format!("no column `{name}`"));
    Ok(batch.column_by_name(name).ok_or_else(missing)?.as_string::<i32>())
}
