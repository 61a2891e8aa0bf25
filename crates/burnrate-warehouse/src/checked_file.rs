//! A data file of which every block that is read is checked against the manifest first.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use burnrate_model::sha256_hex;
use bytes::{Buf as _, Bytes, BytesMut};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

use crate::error::{Result, WarehouseError, at};
use crate::manifest::{BLOCK_BYTES, DataFile};
use crate::parquet_file::checksums;

/// A data file of a snapshot; clones share the blocks that were read.
#[derive(Debug, Clone)]
pub(crate) struct CheckedFile(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    file: File,
    published: DataFile,
    blocks: Mutex<BTreeMap<usize, Bytes>>,
}

impl CheckedFile {
    /// Opens a file of a snapshot. One that was published without checksums of its blocks is read whole here.
    pub(crate) fn open(path: &Path, published: &DataFile) -> Result<Self> {
        let file = File::open(path).map_err(at(path))?;
        let length = file.metadata().map_err(at(path))?.len();
        if length != published.bytes {
            let found = format!("it has {length} bytes instead of {}", published.bytes);
            return Err(damaged(path, &found));
        }
        if published.block_sha256.is_empty() && checksums(path)?.sha256 != published.sha256 {
            return Err(damaged(path, "its SHA-256 is another"));
        }
        let (path, published) = (path.to_owned(), published.clone());
        Ok(Self(Arc::new(Inner { path, file, published, blocks: Mutex::default() })))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0.path
    }

    /// Blocks that were read so far.
    pub(crate) fn blocks_read(&self) -> usize {
        self.0.blocks.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The bytes from `start` to the end of its block.
    fn rest_of_block(&self, start: u64) -> Result<Bytes> {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let mut blocks = self.0.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        let block = match blocks.entry(start / BLOCK_BYTES) {
            Entry::Occupied(block) => block.into_mut(),
            Entry::Vacant(unread) => unread.insert(self.block(start / BLOCK_BYTES)?),
        };
        Ok(block.slice((start % BLOCK_BYTES).min(block.len())..))
    }

    /// Reads a block, and checks it.
    fn block(&self, index: usize) -> Result<Bytes> {
        let Inner { path, file, published, .. } = self.0.as_ref();
        let first = index.saturating_mul(BLOCK_BYTES) as u64;
        let left = usize::try_from(published.bytes.saturating_sub(first)).unwrap_or(usize::MAX);
        let mut block = vec![0; left.min(BLOCK_BYTES)];
        file.read_exact_at(&mut block, first).map_err(at(path))?;
        let expected = published.block_sha256.get(index);
        // Past the end of the file there is nothing to be checked.
        let is_checked = !published.block_sha256.is_empty() && !block.is_empty();
        if is_checked && expected != Some(&sha256_hex(&block)) {
            let last = first + block.len() as u64;
            return Err(damaged(path, &format!("bytes {first} to {last} are not those published")));
        }
        Ok(Bytes::from(block))
    }
}

/// Says what to do, too: a published file never changes.
fn damaged(path: &Path, reason: &str) -> WarehouseError {
    WarehouseError::Damaged { path: path.to_owned(), reason: reason.to_owned() }
}

impl Length for CheckedFile {
    fn len(&self) -> u64 {
        self.0.published.bytes
    }
}

impl ChunkReader for CheckedFile {
    type T = CheckedRead;

    fn get_read(&self, start: u64) -> std::result::Result<CheckedRead, ParquetError> {
        Ok(CheckedRead { file: self.clone(), at: start })
    }

    fn get_bytes(&self, start: u64, length: usize) -> std::result::Result<Bytes, ParquetError> {
        let mut bytes = self.rest_of_block(start).map_err(external)?;
        if bytes.len() < length {
            let mut joined = BytesMut::from(&bytes[..]);
            while joined.len() < length {
                let next = self.rest_of_block(start + joined.len() as u64).map_err(external)?;
                if next.is_empty() {
                    return Err(ParquetError::EOF(format!("{length} bytes at {start}")));
                }
                joined.extend_from_slice(&next);
            }
            bytes = joined.freeze();
        }
        Ok(bytes.slice(..length))
    }
}

fn external(error: WarehouseError) -> ParquetError {
    ParquetError::External(Box::new(error))
}

/// Reads on from a place of a [`CheckedFile`].
pub(crate) struct CheckedRead {
    file: CheckedFile,
    at: u64,
}

impl Read for CheckedRead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut rest = self.file.rest_of_block(self.at).map_err(io::Error::other)?;
        let read = rest.len().min(buffer.len());
        rest.copy_to_slice(&mut buffer[..read]);
        self.at += read as u64;
        Ok(read)
    }
}
