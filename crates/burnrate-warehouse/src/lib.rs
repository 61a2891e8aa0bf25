//! Rows to Arrow to Parquet, and immutable snapshots of all tables.
//!
//! A snapshot is a folder that never changes; `latest` points to the newest one. A run stages a new
//! snapshot beside it, in which unchanged files are hard links, and one rename of `latest` publishes
//! all tables at once.

mod cell_text;
mod checked_file;
mod columns;
mod corrections;
mod diff;
mod diff_file;
mod error;
mod facts;
mod lock;
mod lookup;
mod manifest;
mod parquet_file;
mod staging;
mod states;
mod verify;
mod views;
mod warehouse;

pub use columns::{
    arrow_schema, batch, content_hashes, key_hashes, row_id_texts, row_ids, sighted_rows,
};
pub use diff::{CellChange, Change, Counts, Version, diff_table};
pub use diff_file::DiffFile;
pub use error::WarehouseError;
pub use facts::{Conflict, Inserted};
pub use lock::RunLock;
pub use lookup::{Lookup, Matches, StoredRow, Work, cell_text};
pub use manifest::{BLOCK_BYTES, DataFile, Manifest};
pub use parquet_file::{read_batches, write_batches};
pub use staging::Staging;
pub use states::{Changes, Listed, Reading};
pub use verify::{file_problems, row_problems, snapshot_problems};
pub use warehouse::{Snapshot, Warehouse};

#[cfg(test)]
mod tests;
