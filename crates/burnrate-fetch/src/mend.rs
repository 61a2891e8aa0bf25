//! Making whole what an interrupted run left behind.
//!
//! Only archives without an index are touched: a writer that came to its end has written one. What
//! is torn off is kept beside the archive, and any other damage is reported and left alone.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use crate::archive::{LAYOUT, error_at, files};
use crate::cdxj::{self, Scan};
use crate::error::{ArchiveError, ArchiveErrorKind};
use crate::warc::corrupt;

#[cfg(test)]
mod tests;

/// What was done about an archive file.
#[derive(Debug)]
pub enum Mended {
    /// It was whole; its index was written.
    Indexed {
        /// The file, relative to the warehouse.
        file: String,
        /// Answers in it.
        answers: usize,
    },
    /// The record at its end was torn off: it was cut away, and the index written.
    Cut {
        /// The file, relative to the warehouse.
        file: String,
        /// Answers left in it.
        answers: usize,
        /// Where it ends now.
        offset: u64,
        /// Bytes cut away.
        bytes: u64,
        /// Where they are kept, relative to the warehouse.
        kept_in: String,
    },
    /// It is damaged elsewhere than at its end, and was not touched.
    Damaged(ArchiveError),
}

impl fmt::Display for Mended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Indexed { file, answers } => write!(f, "{file}: {answers} answers indexed"),
            Self::Cut { file, answers, offset, bytes, kept_in } => write!(
                f,
                "{file}: torn at {offset}, {bytes} bytes moved to {kept_in}; {answers} answers indexed"
            ),
            Self::Damaged(error) => write!(f, "{error}; not mended"),
        }
    }
}

/// Mends every archive of a warehouse that has no index, and says what was done.
///
/// No run may be writing: its archive looks like one that was left behind.
///
/// # Errors
/// Where files cannot be read or written. That one is damaged is no error.
pub fn mend(warehouse: &Path) -> Result<Vec<Mended>, ArchiveError> {
    let folder = warehouse.join(LAYOUT);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let files = files(&folder).map_err(|e| error_at(&folder, 0, e.into()))?;
    files.iter().filter_map(|path| mend_file(warehouse, path).transpose()).collect()
}

/// Nothing where there was nothing to do.
fn mend_file(warehouse: &Path, path: &Path) -> Result<Option<Mended>, ArchiveError> {
    let failed = |error: io::Error| error_at(path, 0, error.into());
    let len = path.metadata().map_err(failed)?.len();
    match cdxj::indexed_bytes(path) {
        Some(bytes) if bytes == len => return Ok(None),
        // It was whole once. What has changed it since is not ours to undo.
        Some(bytes) => {
            let kind = corrupt(format!("the file has {len} bytes, its index is for {bytes}"));
            return Ok(Some(Mended::Damaged(error_at(path, len.min(bytes), kind))));
        }
        None => {}
    }
    let file = cdxj::relative(warehouse, path);
    let Scan { entries, tear } = match cdxj::scan(path, &file) {
        Ok(scan) => scan,
        Err(error @ ArchiveError { kind: ArchiveErrorKind::Corrupt(_), .. }) => {
            return Ok(Some(Mended::Damaged(error)));
        }
        Err(error) => return Err(error),
    };
    let answers = entries.len();
    let offset = tear.map_or(len, |tear| tear.offset);
    let mended = if offset < len {
        let kept_in = cut(path, offset).map_err(failed)?;
        let kept_in = cdxj::relative(warehouse, &kept_in);
        Mended::Cut { file, answers, offset, bytes: len - offset, kept_in }
    } else {
        Mended::Indexed { file, answers }
    };
    cdxj::write(path, offset, &entries).map_err(failed)?;
    Ok(Some(mended))
}

/// Cuts a file off at `offset`, and says where the tail is kept. It is safe there before it is cut.
fn cut(path: &Path, offset: u64) -> io::Result<PathBuf> {
    let mut kept_in = path.as_os_str().to_owned();
    kept_in.push(".torn");
    let kept_in = PathBuf::from(kept_in);
    let mut tail = File::open(path)?;
    tail.seek(SeekFrom::Start(offset))?;
    cdxj::write_whole(&kept_in, &mut tail)?;
    let file = OpenOptions::new().write(true).open(path)?;
    file.set_len(offset)?;
    file.sync_all()?;
    Ok(kept_in)
}
