//! `snapshot.json`: what a snapshot holds.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Tables, files and checksums of a snapshot, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Also the name of its folder.
    pub id: String,
    /// The snapshot it was made from.
    pub parent: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The date that its marts are computed as of; absent where they use all that is known.
    pub as_of: Option<NaiveDate>,
    /// The date that its marts look back on with all that is known; absent where they do not.
    #[serde(default)]
    pub valid_on: Option<NaiveDate>,
    /// Version of the program that made it.
    pub burnrate_version: String,
    /// Hash of what the marts were computed from: core files, metric texts, as-of date.
    pub marts_made_from: Option<String>,
    /// Files by table.
    pub tables: BTreeMap<String, Vec<DataFile>>,
}

/// One Parquet file of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataFile {
    /// File name within the table's folder.
    pub name: String,
    /// Whose rows it holds: a source, or the table itself.
    pub owner: String,
    /// Rows.
    pub rows: u64,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, hex.
    pub sha256: String,
    /// SHA-256 of each [`BLOCK_BYTES`] of it, hex: who reads a part need not read it all to know that it is
    /// what was published. None in files of before these were written.
    #[serde(default)]
    pub block_sha256: Vec<String>,
}

/// Length of a block that has a checksum of its own; the last one of a file is shorter.
pub const BLOCK_BYTES: usize = 1 << 20;

impl Manifest {
    /// Rows of a table over all its files.
    pub fn rows(&self, table: &str) -> u64 {
        self.files(table).iter().map(|file| file.rows).sum()
    }

    /// The files of a table; none where the snapshot lacks it.
    pub fn files(&self, table: &str) -> &[DataFile] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }
}
