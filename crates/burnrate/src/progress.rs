//! Telling how a run goes: bars on a terminal, plain lines in a log.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Progress of one piece of work of a known length.
pub(crate) struct Progress {
    name: String,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Begins to tell of `name`, which has `len` steps as far as is known.
    pub(crate) fn start(name: &str, len: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(len as u64);
            let style =
                ProgressStyle::with_template("{prefix:>18} {wide_bar} {pos}/{len} {elapsed}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_prefix(name.to_owned());
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        if bar.is_none() {
            eprintln!("{name}: {len} to do");
        }
        Self { name: name.to_owned(), bar }
    }

    /// More steps turned up.
    pub(crate) fn extend(&self, steps: usize) {
        if let Some(bar) = &self.bar {
            bar.inc_length(steps as u64);
        }
    }

    /// One step is done.
    pub(crate) fn step(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// Something that the reader should know.
    pub(crate) fn note(&self, text: &str) {
        let line = format!("{}: {text}", self.name);
        match &self.bar {
            Some(bar) => bar.println(line),
            None => eprintln!("{line}"),
        }
    }

    /// The work is over; `summary` says what came of it.
    pub(crate) fn finish(self, summary: &str) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        eprintln!("{}: {summary}", self.name);
    }
}
