//! The folder that holds everything, and the snapshots in it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use burnrate_model::{Clock, sha256_hex};
use chrono::{DateTime, NaiveDate, Utc};

use crate::error::{Result, WarehouseError, at};
use crate::lock::RunLock;
use crate::manifest::Manifest;
use crate::staging::Staging;

/// A warehouse folder: `raw/`, `snapshots/` and the pointer `latest`.
#[derive(Debug, Clone)]
pub struct Warehouse {
    root: PathBuf,
}

/// A published, immutable snapshot.
#[derive(Debug, Clone)]
pub struct Snapshot {
    folder: PathBuf,
    /// What it holds.
    pub manifest: Manifest,
}

impl Warehouse {
    /// The warehouse in that folder, which is made where it does not exist.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub fn open(root: &Path) -> Result<Self> {
        let snapshots = root.join("snapshots");
        fs::create_dir_all(&snapshots).map_err(at(&snapshots))?;
        let root = root.canonicalize().map_err(at(root))?;
        Ok(Self { root })
    }

    /// The warehouse in that folder, where there is one.
    ///
    /// # Errors
    /// Where the folder exists and cannot be read.
    pub fn existing(root: &Path) -> Result<Option<Self>> {
        if root.join("snapshots").is_dir() { Self::open(root).map(Some) } else { Ok(None) }
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Waits for the only right to write, and removes what a run that was cut off left unfinished.
    ///
    /// # Errors
    /// Where the lock or the left-overs cannot be handled.
    pub fn lock(&self, holder: &str, on_wait: impl FnOnce(&str)) -> Result<RunLock> {
        let lock = RunLock::acquire(&self.root, holder, on_wait)?;
        let snapshots = self.root.join("snapshots");
        for entry in fs::read_dir(&snapshots).map_err(at(&snapshots))? {
            let path = entry.map_err(at(&snapshots))?.path();
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(STAGING)) {
                fs::remove_dir_all(&path).map_err(at(&path))?;
            }
        }
        Ok(lock)
    }

    /// The newest published snapshot; none in a new warehouse.
    ///
    /// # Errors
    /// Where the pointer or what it points to is damaged.
    pub fn latest(&self) -> Result<Option<Snapshot>> {
        let pointer = self.root.join("latest");
        match fs::read_link(&pointer) {
            Ok(target) => Snapshot::read(&self.root.join(target)).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(at(&pointer)(error)),
        }
    }

    /// The snapshot that was the newest one at that time.
    ///
    /// # Errors
    /// Where the pointer, or a snapshot that it leads to, is damaged.
    pub fn recorded(&self, time: DateTime<Utc>) -> Result<Option<Snapshot>> {
        let mut snapshot = self.latest()?;
        while let Some(newer) = snapshot.take_if(|newer| newer.manifest.created_at > time) {
            let Some(parent) = newer.manifest.parent else { return Ok(None) };
            snapshot = Some(Snapshot::read(&self.snapshot_folder(&parent))?);
        }
        Ok(snapshot)
    }

    /// The snapshot of that name; `latest` is the newest published one.
    ///
    /// # Errors
    /// Where there is none, or it is damaged.
    pub fn snapshot(&self, id: &str) -> Result<Snapshot> {
        let is_name = !id.is_empty() && !id.starts_with('.') && !id.contains(['/', '\\']);
        let folder = if id == "latest" { self.root.join(id) } else { self.snapshot_folder(id) };
        if !is_name || !folder.is_dir() {
            return Err(WarehouseError::NoSnapshot { path: folder });
        }
        Snapshot::read(&folder.canonicalize().map_err(at(&folder))?)
    }

    /// All snapshots, oldest first.
    ///
    /// # Errors
    /// Where one cannot be read.
    pub fn snapshots(&self) -> Result<Vec<Snapshot>> {
        let folder = self.root.join("snapshots");
        let mut all = Vec::new();
        for entry in fs::read_dir(&folder).map_err(at(&folder))? {
            let path = entry.map_err(at(&folder))?.path();
            if path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with(STAGING)) {
                all.push(Snapshot::read(&path)?);
            }
        }
        all.sort_by(|one, other| {
            let order =
                |snapshot: &Snapshot| (snapshot.manifest.created_at, snapshot.manifest.id.clone());
            order(one).cmp(&order(other))
        });
        Ok(all)
    }

    /// The newest snapshot whose marts are computed as of a day; none where no transform was asked for one.
    ///
    /// # Errors
    /// Where the folder cannot be listed, or a snapshot is damaged.
    pub fn as_of(&self, day: NaiveDate) -> Result<Option<Snapshot>> {
        let snapshots = self.root.join("snapshots");
        let mut newest: Option<Snapshot> = None;
        for entry in fs::read_dir(&snapshots).map_err(at(&snapshots))? {
            let path = entry.map_err(at(&snapshots))?.path();
            // Its name says the day of a snapshot: that of another one need not be read.
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            if !name
                .is_some_and(|name| name.ends_with(&day.to_string()) && !name.starts_with(STAGING))
            {
                continue;
            }
            let snapshot = Snapshot::read(&path)?;
            let is_newer = newest
                .as_ref()
                .is_none_or(|other| other.manifest.created_at <= snapshot.manifest.created_at);
            if snapshot.manifest.as_of == Some(day) && is_newer {
                newest = Some(snapshot);
            }
        }
        Ok(newest)
    }

    /// Begins a snapshot that starts out as a copy of `parent`.
    ///
    /// # Errors
    /// Where files cannot be linked or copied.
    pub fn stage(
        &self,
        id: &str,
        parent: Option<&Snapshot>,
        created_at: DateTime<Utc>,
        clock: Clock,
    ) -> Result<Staging> {
        let folder = self.snapshot_folder(id);
        if folder.exists() {
            return Err(WarehouseError::Snapshot {
                path: folder,
                reason: "a snapshot of this name exists already; run again".to_owned(),
            });
        }
        let staging = self.root.join("snapshots").join(format!("{STAGING}{id}"));
        fs::create_dir(&staging).map_err(at(&staging))?;
        let manifest = Manifest {
            id: id.to_owned(),
            parent: parent.map(|snapshot| snapshot.manifest.id.clone()),
            created_at,
            as_of: clock.as_of(),
            valid_on: clock.valid_on(),
            burnrate_version: env!("CARGO_PKG_VERSION").to_owned(),
            marts_made_from: parent.and_then(|snapshot| snapshot.manifest.marts_made_from.clone()),
            tables: parent.map(|snapshot| snapshot.manifest.tables.clone()).unwrap_or_default(),
        };
        Staging::new(self.clone(), staging, parent, manifest)
    }

    pub(crate) fn snapshot_folder(&self, id: &str) -> PathBuf {
        self.root.join("snapshots").join(id)
    }

    /// Makes a snapshot the newest one: a rename, so that readers see the old or the new, never neither.
    pub(crate) fn publish(&self, id: &str) -> Result<()> {
        let pointer = self.root.join("latest");
        let next = self.root.join(".latest-next");
        match fs::remove_file(&next) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&next)(error)),
            _ => {}
        }
        let target = Path::new("snapshots").join(id);
        std::os::unix::fs::symlink(&target, &next).map_err(at(&next))?;
        rename(&next, &pointer)?;
        sync_folder(&self.root)
    }
}

/// What a snapshot holds, and the checksum of that.
pub(crate) const MANIFEST: &str = "snapshot.json";
pub(crate) const MANIFEST_CHECKSUM: &str = "snapshot.json.sha256";

/// Folders of unfinished snapshots begin so.
const STAGING: &str = ".staging-";

#[expect(clippy::disallowed_methods, reason = "this is the commit")]
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(at(to))
}

/// Sees a folder's entries to the disk.
pub(crate) fn sync_folder(folder: &Path) -> Result<()> {
    fs::File::open(folder).and_then(|file| file.sync_all()).map_err(at(folder))
}

impl Snapshot {
    /// Reads `snapshot.json` in that folder, and checks it against its checksum.
    ///
    /// # Errors
    /// Where it is missing, damaged, or not what was published.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(MANIFEST);
        let text = fs::read(&path).map_err(at(&path))?;
        let damaged = |reason: String| WarehouseError::Snapshot { path: path.clone(), reason };
        let checksum = folder.join(MANIFEST_CHECKSUM);
        let manifest = serde_json::from_slice(&text).map_err(|error| damaged(error.to_string()))?;
        match fs::read_to_string(&checksum) {
            Ok(line) if !line.starts_with(&sha256_hex(&text)) => {
                return Err(damaged(format!(
                    "its SHA-256 is not the one in {MANIFEST_CHECKSUM}: one of the two is damaged; restore it from a copy, \
                     or go back to an older snapshot by pointing `latest` to it"
                )));
            }
            // Snapshots of before it was written have none; `verify` says so.
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(at(&checksum)(error));
            }
            _ => {}
        }
        Ok(Self { folder: folder.to_owned(), manifest })
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The files of a table.
    pub fn files(&self, table: &str) -> Vec<PathBuf> {
        let folder = self.folder.join(table);
        self.manifest.files(table).iter().map(|file| folder.join(&file.name)).collect()
    }
}
