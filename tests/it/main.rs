//! Whole runs of the program: real HTTP over loopback, real documents, and DuckDB as a second opinion.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod argument;
mod as_of;
mod bad_input;
mod captures;
mod clocks;
mod command_line;
mod contract;
mod crash;
mod duckdb;
mod economy;
mod engines;
mod explain;
mod filings;
mod mend;
mod news;
mod odd_filings;
mod origin;
mod prices;
mod program;
mod recording;
mod repeated_runs;
mod rounds;
mod second_source;
mod sql;
mod verify;
mod vintages;
