//! DuckDB, from PyPI, in a virtual environment under the target folder.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::program::checkout;

/// Rows of the last statement. `init` is a file of statements that is run before.
#[track_caller]
pub(crate) fn rows(init: &Path, sql: &str) -> Vec<Vec<Value>> {
    run(&[fs::read_to_string(init).unwrap(), sql.to_owned()])
}

/// Rows of the last of several statements.
#[track_caller]
pub(crate) fn run(statements: &[String]) -> Vec<Vec<Value>> {
    let mut child = Command::new(python())
        .arg(checkout().join("tests/it/duckdb_rows.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let input = json!({ "sql": statements }).to_string();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "DuckDB refused: {statements:#?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Views of a snapshot in a DuckDB schema of its own, so that two snapshots can be compared.
pub(crate) fn views_in(schema: &str, snapshot: &Path) -> String {
    let views = fs::read_to_string(snapshot.join("views.sql")).unwrap();
    format!("CREATE SCHEMA {schema}; USE {schema}; {views}; USE memory.main;")
}

/// The virtual environment's Python; it is made on first use, by one process at a time.
pub(crate) fn python() -> &'static PathBuf {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let requirements = checkout().join("tests/requirements.txt");
        let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python");
        let installed = venv.join("requirements.txt");
        let python = venv.join("bin/python");
        let lock =
            File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join("python.lock")).unwrap();
        lock.lock().unwrap();
        let wanted = fs::read(&requirements).unwrap();
        if fs::read(&installed).ok().as_ref() != Some(&wanted) {
            succeed(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv));
            let mut pip = Command::new(&python);
            pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
                .arg(&requirements);
            succeed(&mut pip);
            fs::write(&installed, wanted).unwrap();
        }
        python
    })
}

fn succeed(command: &mut Command) {
    let status = command.status().unwrap_or_else(|error| {
        panic!("{command:?}: {error}; the tests need Python 3 with venv and pip")
    });
    assert!(status.success(), "{command:?} failed; the tests need Python 3 with venv and pip");
}
