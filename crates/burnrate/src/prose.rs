//! `burnrate prose`: texts on standard input to rows on standard output, one JSON object a line.

use std::io::{self, BufRead as _, BufWriter, Write as _};

use anyhow::Context as _;
use burnrate_prose::news::{Article, JsonRow, read_news};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Ending, written};

/// A text; what else its line says is not looked at.
#[derive(Deserialize)]
struct Line {
    id: Value,
    text: String,
    title: Option<String>,
    published: Option<String>,
}

#[derive(Serialize)]
struct Rows<'a> {
    id: &'a Value,
    rows: Vec<JsonRow<'a>>,
}

/// Reads every line; one that is no text is told of, and the rest goes on.
pub(crate) fn prose() -> anyhow::Result<Ending> {
    let mut is_complete = true;
    let ending = written(each_line(&mut is_complete))?;
    Ok(if is_complete { ending } else { Ending::Incomplete })
}

fn each_line(is_complete: &mut bool) -> anyhow::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (number, line) in io::stdin().lock().split(b'\n').enumerate() {
        let line = line.context("standard input")?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Line>(&line) {
            Ok(line) => write_rows(&line, number + 1, &mut out)?,
            Err(error) => {
                eprintln!("line {}: not read: {error}", number + 1);
                *is_complete = false;
            }
        }
    }
    out.flush()?;
    Ok(())
}

fn write_rows(line: &Line, number: usize, out: &mut impl io::Write) -> anyhow::Result<()> {
    let published = line.published.as_deref().and_then(|time| {
        let day = day(time);
        if day.is_none() {
            eprintln!("line {number}: read without a date: published is `{time}`, not YYYY-MM-DD");
        }
        day
    });
    let article = Article { text: &line.text, title: line.title.as_deref(), published };
    let reading = read_news(&article);
    let rows = reading.events.iter().map(|event| JsonRow::new(event, &line.text)).collect();
    serde_json::to_writer(&mut *out, &Rows { id: &line.id, rows })?;
    writeln!(out)?;
    Ok(())
}

/// The day of a date or a time of RFC 3339.
fn day(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}
