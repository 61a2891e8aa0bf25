//! One run writes at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use crate::error::{Result, at};

/// Held by the run that writes; the system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct RunLock {
    _file: File,
}

impl RunLock {
    /// Waits until no other run holds the lock. `on_wait` is told once who does.
    ///
    /// # Errors
    /// Where the lock file cannot be opened.
    pub fn acquire(root: &Path, holder: &str, on_wait: impl FnOnce(&str)) -> Result<Self> {
        let path = root.join(".lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(at(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut other = String::new();
                file.read_to_string(&mut other).map_err(at(&path))?;
                on_wait(other.trim());
                file.lock().map_err(at(&path))?;
            }
            Err(TryLockError::Error(error)) => return Err(at(&path)(error)),
        }
        file.set_len(0).map_err(at(&path))?;
        file.rewind().map_err(at(&path))?;
        writeln!(file, "{holder}").map_err(at(&path))?;
        Ok(Self { _file: file })
    }
}
