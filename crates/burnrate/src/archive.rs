//! `burnrate archive`: what is archived, one payload of it, and whether it is whole.

use std::io::{self, BufWriter, Write as _};

use anyhow::bail;
use burnrate_fetch::{Entry, Filter, list, read_at, verify};
use burnrate_warehouse::Warehouse;
use chrono::{NaiveTime, SecondsFormat};

use crate::cli::{ArchiveCommand, GetArgs, LsArgs, VerifyArgs};
use crate::config::Config;
use crate::{Ending, written};

pub(crate) fn archive(config: &Config, command: &ArchiveCommand) -> anyhow::Result<Ending> {
    let Some(warehouse) = Warehouse::existing(&config.warehouse())? else {
        bail!("{} is no warehouse", config.warehouse().display());
    };
    match command {
        ArchiveCommand::Ls(args) => written(ls(&warehouse, args)),
        ArchiveCommand::Get(args) => written(get(&warehouse, args)),
        ArchiveCommand::Verify(args) => check(&warehouse, args),
    }
}

/// One line an answer: time, status, type of record, length, file and offset, URL.
fn ls(warehouse: &Warehouse, args: &LsArgs) -> anyhow::Result<()> {
    let midnight = |day: chrono::NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
    let filter = Filter {
        source_id: args.source.clone(),
        url: args.url.clone(),
        since: args.since.map(midnight),
        before: args.before.map(midnight),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    for entry in list(warehouse.root(), &filter)? {
        let Entry { url, date, record_type, status, file, offset, length, .. } = entry?;
        let date = date.to_rfc3339_opts(SecondsFormat::Secs, true);
        let status = status.map_or_else(|| "-".to_owned(), |status| status.to_string());
        writeln!(out, "{date} {status} {record_type:8} {length:>9} {file} {offset} {url}")?;
    }
    out.flush()?;
    Ok(())
}

/// The payload at a file and offset, as `ls` and `core_capture` give them.
fn get(warehouse: &Warehouse, args: &GetArgs) -> anyhow::Result<()> {
    let answer = read_at(warehouse.root(), &args.file, args.offset)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if args.head {
        writeln!(out, "{} {}", answer.status, answer.url)?;
        for (name, value) in &answer.headers {
            writeln!(out, "{name}: {value}")?;
        }
    } else {
        out.write_all(&answer.body)?;
    }
    out.flush()?;
    Ok(())
}

fn check(warehouse: &Warehouse, args: &VerifyArgs) -> anyhow::Result<Ending> {
    let report = verify(warehouse.root(), args.path.as_deref())?;
    for problem in &report.problems {
        println!("{problem}");
    }
    println!(
        "{} files, {} records, {} answers stored whole, {} that refer to another: {} problems",
        report.files,
        report.records,
        report.responses,
        report.revisits,
        report.problems.len()
    );
    if report.unchecked_digests > 0 {
        println!("{} digests are of an algorithm that is not checked", report.unchecked_digests);
    }
    if !report.problems.is_empty() {
        bail!("the archive is not whole");
    }
    Ok(Ending::Done)
}
