//! How well news is read, against labelled texts:
//! `cargo run --release -p burnrate-prose --example eval_prose -- FILE... [--rows] [--folds] [--floor FILE [--update]]`
//!
//! `--rows` also lists every row that is missing or wrong. `--floor` fails where a figure is below the
//! last committed one; `--update` writes the present figures there instead. `--folds` adds what becomes of
//! the texts of each fifth of the companies when the gazetteer does not know these.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;

use burnrate_prose::news::{Article, Gazetteer, JsonRow, Language, read_news_with};
use serde::Deserialize;
use serde_json::Value;

mod score;

use score::{Tally, score};

/// A labelled text.
#[derive(Deserialize)]
struct Item {
    id: String,
    text: String,
    title: Option<String>,
    published: Option<String>,
    lang: String,
    expect: Vec<Value>,
    #[serde(default)]
    phenomena: Vec<String>,
}

/// What the command line asks for.
#[derive(Default)]
struct Arguments {
    files: Vec<PathBuf>,
    lists_rows: bool,
    floor: Option<PathBuf>,
    updates: bool,
    holds_out: bool,
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut read = Arguments::default();
    let mut given = std::env::args_os().skip(1);
    while let Some(argument) = given.next() {
        match argument.to_str() {
            Some("--rows") => read.lists_rows = true,
            Some("--folds") => read.holds_out = true,
            Some("--update") => read.updates = true,
            Some("--floor") => {
                read.floor = Some(given.next().ok_or("--floor needs a file")?.into());
            }
            _ => read.files.push(argument.into()),
        }
    }
    Ok(read)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments()?;
    let items = items(&arguments.files)?;
    let mut out = std::io::stdout().lock();
    let mut all = Tally::default();
    let mut groups: BTreeMap<String, Tally> = BTreeMap::new();
    let mut negatives = (0, 0);
    for item in &items {
        let found = rows(item, Gazetteer::standard())?;
        let scored = score(&item.expect, &found);
        if item.expect.is_empty() {
            negatives.0 += 1;
            negatives.1 += usize::from(!found.is_empty());
        }
        if arguments.lists_rows && !scored.remarks.is_empty() {
            writeln!(out, "\n{} {:?} {:?}", item.id, item.phenomena, item.text)?;
            scored.remarks.iter().try_for_each(|remark| writeln!(out, "   {remark}"))?;
        }
        groups.entry(format!("lang {}", item.lang)).or_default().add(&scored.tally);
        all.add(&scored.tally);
    }
    writeln!(
        out,
        "{:<34} {:>9} {:>7} {:>7} {:>9} {:>9}",
        "", "expected", "found", "right", "precision", "recall"
    )?;
    for (name, count) in all.fields() {
        writeln!(out, "{}", count.line(name))?;
    }
    for (group, tally) in &groups {
        for (name, count) in tally.fields().filter(|(name, _)| name.ends_with(" row")) {
            writeln!(out, "{}", count.line(&format!("{group}: {name}")))?;
        }
    }
    writeln!(out, "texts without rows: {}, of which {} gave one", negatives.0, negatives.1)?;
    if arguments.holds_out {
        writeln!(out, "\neach fifth of the companies unknown to the gazetteer")?;
        for (name, count) in held_out(&items)?.fields() {
            writeln!(out, "{}", count.line(name))?;
        }
    }
    match (&arguments.floor, arguments.updates) {
        (Some(file), true) => std::fs::write(file, all.to_floor())?,
        (Some(file), false) => all.check(&std::fs::read_to_string(file)?)?,
        (None, _) => {}
    }
    Ok(())
}

fn items(files: &[PathBuf]) -> Result<Vec<Item>, Box<dyn Error>> {
    let mut items = Vec::new();
    for file in files {
        for line in std::fs::read_to_string(file)?.lines().filter(|line| !line.is_empty()) {
            let item = serde_json::from_str(line);
            items.push(item.map_err(|error| format!("{}: {error}", file.display()))?);
        }
    }
    Ok(items)
}

/// Fifths in which companies are held out.
const FOLDS: u32 = 5;

/// Which fifth a company belongs to, by the letters of its name.
fn fold(company: &str) -> u32 {
    score::plain(company).bytes().fold(0, |sum, byte| (sum * 31 + u32::from(byte)) % 9973) % FOLDS
}

/// The scores of texts of which a company is held out, over all fifths.
fn held_out(items: &[Item]) -> Result<Tally, Box<dyn Error>> {
    let mut all = Tally::default();
    for held in 0..FOLDS {
        let gazetteer = Gazetteer::without(|company| fold(company) == held);
        let companies = |item: &Item| {
            let names = item.expect.iter().filter_map(|row| row["company"].as_str());
            names.map(fold).any(|fold| fold == held)
        };
        for item in items.iter().filter(|item| companies(item)) {
            all.add(&score(&item.expect, &rows(item, &gazetteer)?).tally);
        }
    }
    Ok(all)
}

fn rows(item: &Item, gazetteer: &Gazetteer) -> Result<Vec<Value>, Box<dyn Error>> {
    let article = Article {
        text: &item.text,
        title: item.title.as_deref(),
        published: item.published.as_deref().and_then(|day| day.parse().ok()),
    };
    let reading = read_news_with(&article, gazetteer);
    if reading.language == Language::Other && !reading.events.is_empty() {
        return Err("rows of a text that is not read".into());
    }
    let rows = reading.events.iter();
    let rows = rows.map(|event| serde_json::to_value(JsonRow::new(event, &item.text)));
    Ok(rows.collect::<Result<_, _>>()?)
}
