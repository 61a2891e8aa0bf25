//! Running `burnrate` against a warehouse of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// A warehouse in a temporary folder.
pub(crate) struct Warehouse {
    folder: TempDir,
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The run, where it ended with that status.
    #[track_caller]
    pub(crate) fn with_status(self, status: i32) -> Self {
        assert_eq!(self.status, status, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// The checkout.
pub(crate) fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The program without any configuration of the person who runs the tests.
pub(crate) fn burnrate() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_burnrate"));
    for (key, _) in std::env::vars().filter(|(key, _)| key.starts_with("BURNRATE_")) {
        command.env_remove(key);
    }
    command.current_dir(checkout()).stdin(Stdio::null());
    command
}

impl Warehouse {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("warehouse")
    }

    pub(crate) fn latest(&self) -> PathBuf {
        self.root().join("latest")
    }

    /// A command on this warehouse, with a contact.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = burnrate();
        command
            .env("BURNRATE_CONTACT", "Test test@example.org")
            .env("BURNRATE_UNLIMITED_ORIGINS", "true")
            .env("BURNRATE_STATE", self.folder.path().join("state"))
            .arg("--warehouse")
            .arg(self.root())
            .args(args);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.command(args).output().unwrap().into()
    }

    /// Starts a run whose words nobody hears.
    pub(crate) fn start(&self, args: &[&str]) -> Child {
        self.command(args).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap()
    }

    /// Ingests the fixtures of the checkout, as the demo does.
    pub(crate) fn demo(&self) -> Ran {
        self.run(&["demo"]).with_status(0)
    }

    /// The snapshot made by `transform --as-of`.
    pub(crate) fn snapshot_as_of(&self, day: &str) -> PathBuf {
        self.snapshot_named(&format!("as-of-{day}"))
    }

    /// The snapshot whose name ends so.
    pub(crate) fn snapshot_named(&self, end: &str) -> PathBuf {
        self.snapshots().into_iter().find(|path| path.to_string_lossy().ends_with(end)).unwrap()
    }

    /// The snapshot that was made last, whether it is the latest or not.
    pub(crate) fn newest_snapshot(&self) -> PathBuf {
        self.snapshots().into_iter().max().unwrap()
    }

    fn snapshots(&self) -> Vec<PathBuf> {
        let snapshots = self.root().canonicalize().unwrap().join("snapshots").read_dir().unwrap();
        snapshots.map(|entry| entry.unwrap().path()).collect()
    }

    /// The data files of the newest snapshot, with their contents' checksums.
    pub(crate) fn data_files(&self) -> Vec<String> {
        let sums = fs::read_to_string(self.latest().join("SHA256SUMS")).unwrap();
        sums.lines().map(str::to_owned).collect()
    }
}
