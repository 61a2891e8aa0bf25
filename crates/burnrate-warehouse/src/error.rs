//! What can go wrong with files and their contents.

use std::io;
use std::path::{Path, PathBuf};

/// An error of the warehouse; each names the file or table it is about.
#[derive(Debug, thiserror::Error)]
pub enum WarehouseError {
    /// The file system refused.
    #[error("{path}: {error}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A Parquet file cannot be read or written.
    #[error("{path}: {error}", path = path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// What the library said.
        error: parquet::errors::ParquetError,
    },
    /// A published file is not what was published.
    #[error("{path}: {reason}; {}: restore it from a copy, or read another snapshot", Self::NOT_AS_PUBLISHED, path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is not as it was.
        reason: String,
    },
    /// Rows do not fit the table they are meant for.
    #[error("table {table}: {reason}")]
    Contract {
        /// The table.
        table: String,
        /// What does not fit.
        reason: String,
    },
    /// There is no snapshot of that name.
    #[error("{path}: no such snapshot; `ls` in the folder above shows those that there are", path = path.display())]
    NoSnapshot {
        /// Where it would be.
        path: PathBuf,
    },
    /// `snapshot.json` or the pointer to it is damaged.
    #[error("{path}: {reason}", path = path.display())]
    Snapshot {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl WarehouseError {
    /// What each error of a changed file says.
    pub(crate) const NOT_AS_PUBLISHED: &str = "the file has changed since it was published";
}

/// Short for the results of this crate.
pub(crate) type Result<T> = std::result::Result<T, WarehouseError>;

/// Puts the path into an I/O error.
pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> WarehouseError {
    let path = path.to_owned();
    |error| WarehouseError::Io { path, error }
}

#[expect(clippy::needless_pass_by_value, reason = "errors and texts alike are handed over")]
pub(crate) fn contract(table: &str, reason: impl ToString) -> WarehouseError {
    WarehouseError::Contract { table: table.to_owned(), reason: reason.to_string() }
}
