//! The program: configuration, one run, the schedule, the command line.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is the program's terminal")]

mod archive;
mod captures;
mod cli;
mod config;
mod corrections;
mod demo;
mod diff;
mod evidence;
mod excerpt;
mod explain;
mod headline;
mod ingest;
mod marts;
mod parse;
mod progress;
mod prose;
mod quarantine;
mod readings;
mod reparse;
mod run;
mod schedule;
mod source_run;
mod sql;
mod status;
mod verify;

use std::process::ExitCode;

use chrono::SubsecRound as _;
use clap::Parser as _;

use crate::cli::{Cli, Command};
use crate::config::Config;

/// Rows are many small texts, which the system's allocator is slow with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended, as its exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Everything was done: 0.
    Done,
    /// The document is not what its source publishes: 3.
    Refused,
    /// The request fits several rows: 2.
    Ambiguous,
    /// What is archived or published is not what it was, or does not say so: 5.
    Contradicted,
    /// What could be read was committed, and something could not: 4.
    Incomplete,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Done => Self::SUCCESS,
            Ending::Ambiguous => Self::from(2),
            Ending::Contradicted => Self::from(5),
            Ending::Refused => Self::from(3),
            Ending::Incomplete => Self::from(4),
        }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(cli.log_level()).init();
    match command(&cli) {
        Ok(ending) => ending.into(),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(cli: &Cli) -> anyhow::Result<Ending> {
    let config = Config::load(&cli.config_source())?;
    match &cli.command {
        Command::Ingest(args) => ingest::ingest(&config, args),
        Command::Transform(args) => marts::transform(&config, &args.clock),
        Command::Sql(args) => sql::sql(&config, args),
        Command::Schedule(args) => schedule::schedule(&config, args),
        Command::Status => status::status(&config),
        Command::Parse(args) => parse::parse(args),
        Command::Prose => prose::prose(),
        Command::Explain(args) => explain::explain(&config, args),
        Command::Verify(args) => verify::verify(&config, args),
        Command::Archive(command) => archive::archive(&config, command),
        Command::Diff(args) => diff::diff(&config, args),
        Command::Reparse(args) => reparse::reparse(&config, args),
        Command::Quarantine(command) => quarantine::quarantine(&config, command),
        Command::Corrections(args) => corrections::corrections(&config, args),
        Command::Demo(args) => demo::demo(&config, args),
    }
}

/// How a command ended that wrote to standard output: a reader such as `head` that has seen enough is no
/// failure.
fn written(result: anyhow::Result<()>) -> anyhow::Result<Ending> {
    let is_closed = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
    match result {
        Err(error) if error.downcast_ref().is_some_and(is_closed) => Ok(Ending::Done),
        result => result.map(|()| Ending::Done),
    }
}

/// The only place that asks the time: to the microsecond, as archive and tables keep it.
#[expect(clippy::disallowed_methods, reason = "the program asks, everything else is told")]
fn now() -> chrono::DateTime<chrono::Utc> {
    chrono::Utc::now().trunc_subsecs(6)
}
