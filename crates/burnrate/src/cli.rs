//! The command line.

use std::path::PathBuf;

use burnrate_model::Clock;
use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Overrides;

/// An auditable warehouse of the economics of generative AI.
///
/// Fetches filings and prices, keeps the raw bytes, writes Parquet, and computes ratios from it. Every
/// key of the config file is also an environment variable: `contact` is `BURNRATE_CONTACT`.
///
/// Exit status: 0 done; 1 failed, nothing was committed; 2 wrong usage; 3 the document is not what its
/// source publishes (parse); 4 committed, but something could not be read: the messages say what; 5 what is
/// archived or published is not what it was, or does not say so (explain, verify).
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Cli {
    /// Config file [default: burnrate.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE", env = "BURNRATE_CONFIG")]
    config: Option<PathBuf>,
    /// Warehouse folder [default: ./warehouse]
    #[arg(long, global = true, value_name = "FOLDER")]
    warehouse: Option<String>,
    /// Say more on standard error
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Fetch, archive, parse, compute, and publish a new snapshot
    Ingest(IngestArgs),
    /// Compute the marts anew over the newest core tables
    Transform(TransformArgs),
    /// Print all metrics as one SQL script over the core tables of the newest snapshot
    Sql(SqlArgs),
    /// Keep running, and ingest each source when it is due
    Schedule(ScheduleArgs),
    /// Show the newest snapshot, the last runs and what is due
    Status,
    /// Read one local file to rows, without touching the warehouse
    Parse(ParseArgs),
    /// Read texts on standard input to rows: funding rounds and reported metrics
    ///
    /// One JSON object a line comes in, {"id", "text", "published", "title"?}; one a line goes out, {"id", "rows"}.
    /// A line that is no text is told of on standard error, and the rest goes on; the exit status is then 4.
    #[command(verbatim_doc_comment)]
    Prose,
    /// Show what a row of any table was made of, down to the archived bytes, and prove it
    Explain(ExplainArgs),
    /// Check that a snapshot and the archive are whole, and agree
    Verify(SnapshotArgs),
    /// Look into the archive of raw answers
    #[command(subcommand)]
    Archive(ArchiveCommand),
    /// Show what differs between two snapshots, row by row and cell by cell
    Diff(DiffArgs),
    /// Read archived documents again with today's parsers, and show or commit what that changes
    Reparse(ReparseArgs),
    /// Look into the records that were not read, and read their documents again
    #[command(subcommand)]
    Quarantine(QuarantineCommand),
    /// List values that were published and have changed since
    Corrections(CorrectionsArgs),
    /// Run the whole path offline, from the fixtures, into ./demo-warehouse
    Demo(DemoArgs),
}

#[derive(Debug, Default, Args)]
pub(crate) struct IngestArgs {
    /// Sources to ingest [default: all]
    #[arg(value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    /// Read recorded answers (a WARC file, or a folder of them) instead of the network
    #[arg(long, value_name = "PATH")]
    pub(crate) replay: Option<PathBuf>,
    /// Send what is meant for HOST, or hosts below it, to another server, e.g. sec.gov=http://127.0.0.1:8080
    #[arg(long = "origin", value_name = "HOST=URL")]
    pub(crate) origins: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct TransformArgs {
    #[command(flatten)]
    pub(crate) clock: ClockArgs,
}

/// Without any of these all that is known counts; `transform` with one writes a snapshot of its own, beside `latest`.
#[derive(Debug, Args)]
pub(crate) struct ClockArgs {
    /// Use only what was known on that day, assumptions included
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// Look back on that day with all that is known now: what was restated or first seen later counts
    #[arg(long, value_name = "DATE", conflicts_with = "as_of")]
    valid_on: Option<NaiveDate>,
    /// Use the core tables of the snapshot that was `latest` at that time, e.g. 2026-11-24T07:40:00Z
    #[arg(long, value_name = "TIME")]
    pub(crate) as_recorded: Option<DateTime<Utc>>,
}

impl ClockArgs {
    pub(crate) fn clock(&self) -> Clock {
        match (self.as_of, self.valid_on) {
            (Some(day), _) => Clock::AsOf(day),
            (None, Some(day)) => Clock::ValidOn(day),
            (None, None) => Clock::Now,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct SqlArgs {
    /// The engine that is to run it
    #[arg(long, value_enum)]
    pub(crate) dialect: SqlDialect,
    #[command(flatten)]
    pub(crate) clock: ClockArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SqlDialect {
    Duckdb,
    Spark,
}

#[derive(Debug, Args)]
pub(crate) struct ScheduleArgs {
    /// Sources to keep up with [default: all]
    #[arg(value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    /// Ingest what is due now, then end
    #[arg(long)]
    pub(crate) once: bool,
    /// Send what is meant for HOST, or hosts below it, to another server
    #[arg(long = "origin", value_name = "HOST=URL")]
    pub(crate) origins: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ParseArgs {
    /// The source whose parser reads the file
    pub(crate) source: String,
    /// The file
    pub(crate) file: PathBuf,
    /// Where the publisher serves it [default: under the source's usual folder]
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// When it was fetched, e.g. 2026-11-24T07:40:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) fetched_at: Option<DateTime<Utc>>,
    /// A table for people, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The table, e.g. `mart_capex_quarterly`
    pub(crate) table: String,
    /// What the row has in a column, as often as it takes to tell it from all others
    #[arg(long = "where", value_name = "COLUMN=VALUE", required = true)]
    pub(crate) conditions: Vec<String>,
    /// Look into this snapshot [default: the newest]
    #[arg(long, value_name = "ID", conflicts_with = "as_of")]
    pub(crate) snapshot: Option<String>,
    /// Look into the newest snapshot that `transform --as-of` made for that day
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<NaiveDate>,
    /// Text for people, bounded; or all of it, as JSON or as one page of HTML
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub(crate) format: ExplainFormat,
    /// Say how much was read to find the rows
    #[arg(long, hide = true)]
    pub(crate) count_work: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    Text,
    Json,
    Html,
}

#[derive(Debug, Args)]
pub(crate) struct SnapshotArgs {
    /// The snapshot [default: the newest]
    #[arg(long, value_name = "ID")]
    pub(crate) snapshot: Option<String>,
    /// Prove every row, too, as `explain` does: each is read again from the archive
    #[arg(long)]
    pub(crate) walk: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ArchiveCommand {
    /// List archived answers: time, status, record type, length, file, offset, URL
    Ls(LsArgs),
    /// Write one archived payload to standard output
    Get(GetArgs),
    /// Read every record and check digests, references and indexes
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
pub(crate) struct LsArgs {
    /// Only this source
    #[arg(long)]
    pub(crate) source: Option<String>,
    /// Only URLs that contain this
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// Only answers of this day or later, in UTC
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<NaiveDate>,
    /// Only answers before this day, in UTC
    #[arg(long, value_name = "DATE")]
    pub(crate) before: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub(crate) struct GetArgs {
    /// The archive file, as `ls` and `core_capture` give it
    pub(crate) file: String,
    /// Where in it the record begins
    pub(crate) offset: u64,
    /// Show status and headers instead of the payload
    #[arg(long)]
    pub(crate) head: bool,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// A file or folder of the archive, relative to the warehouse [default: all]
    pub(crate) path: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// The checkout's folder of sources
    #[arg(long, value_name = "FOLDER", default_value = "pipelines")]
    pub(crate) fixtures: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The older snapshot, by name; `latest` is the newest published one
    pub(crate) old: String,
    /// The newer snapshot
    pub(crate) new: String,
    /// Some rows of each table for people, or one JSON object a row
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// Also write every cell that differs to a new Parquet file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Only this table
    #[arg(long)]
    pub(crate) table: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct ReparseArgs {
    /// Sources whose documents are read again
    #[arg(value_name = "SOURCE", required_unless_present = "all", conflicts_with = "all")]
    pub(crate) sources: Vec<String>,
    /// Read the documents of every source again
    #[arg(long)]
    pub(crate) all: bool,
    /// Show what would change, and change nothing: the default
    #[arg(long)]
    pub(crate) diff: bool,
    /// Publish it as a new snapshot, and record each value that changed
    #[arg(long)]
    pub(crate) commit: bool,
    /// Some rows of each table for people, or one JSON object a row
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// Also write the diff to new files in a folder: diff.parquet and diff.jsonl
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum QuarantineCommand {
    /// List the records in quarantine: id, source, reason, document
    List(QuarantineListArgs),
    /// Show one record, and where it stands
    Show {
        /// Its id, or how that begins
        id: String,
    },
    /// Read the documents of sources with records in quarantine again, and publish what that changes
    Replay {
        /// Only this source
        #[arg(long)]
        source: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct QuarantineListArgs {
    /// Only this source
    #[arg(long)]
    pub(crate) source: Option<String>,
    /// Also those that were read since
    #[arg(long)]
    pub(crate) resolved: bool,
    /// A table of the first ones for people, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct CorrectionsArgs {
    /// Only what changed on that day or later, in UTC
    #[arg(long, value_name = "DATE", required_unless_present_any = ["used", "row_id"])]
    pub(crate) since: Option<NaiveDate>,
    /// Only values of this table
    #[arg(long)]
    pub(crate) table: Option<String>,
    /// Only values of the row of this id, and of what took its place
    #[arg(long, value_name = "ID")]
    pub(crate) row_id: Option<String>,
    /// Only what a row was made from, of any table, as it was published at the end of a day
    #[arg(long, value_name = "TABLE", requires_all = ["on", "conditions"], conflicts_with = "row_id")]
    pub(crate) used: Option<String>,
    /// Which row of that table was used
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    pub(crate) conditions: Vec<String>,
    /// The day on which it was used, in UTC
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<NaiveDate>,
    /// A table of the first ones for people, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
}

impl Cli {
    /// Where the configuration comes from.
    pub(crate) fn config_source(&self) -> Overrides {
        Overrides { file: self.config.clone(), warehouse: self.warehouse.clone() }
    }

    pub(crate) fn log_level(&self) -> tracing_subscriber::filter::LevelFilter {
        use tracing_subscriber::filter::LevelFilter;
        if self.verbose { LevelFilter::DEBUG } else { LevelFilter::WARN }
    }
}
