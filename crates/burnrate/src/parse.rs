//! `burnrate parse`: one local file to rows, the quickest way to try a parser.

use std::fs;
use std::io::{self, BufWriter, StdoutLock, Write as _};

use anyhow::Context as _;
use burnrate_model::{Cell, Extract, Issue, Listing, RawDocument, Row, RowVisitor, Sighted};
use burnrate_warehouse::row_id_texts;
use serde_json::{Map, Value, json};

use crate::cli::{Format, ParseArgs};
use crate::{Ending, headline, now, written};

/// Rows of each table that the table format shows.
const ROWS_SHOWN: usize = 20;

pub(crate) fn parse(args: &ParseArgs) -> anyhow::Result<Ending> {
    let source = burnrate_pipelines::source(&args.source)?;
    let body = fs::read(&args.file).with_context(|| args.file.display().to_string())?;
    let name =
        args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let url = args.url.clone().unwrap_or_else(|| format!("{}{name}", source.spec().fixtures_url));
    let document = RawDocument { url, fetched_at: args.fetched_at.unwrap_or_else(now), body };
    let mut extract = Extract::default();
    if let Err(error) = source.parse(&document, &mut extract) {
        eprintln!("{}: {error}", args.file.display());
        return Ok(Ending::Refused);
    }
    let mut print = Print {
        out: BufWriter::new(io::stdout().lock()),
        format: args.format,
        source_id: &source.spec().id,
        capture_id: document.capture_id(),
        scope: extract.listing.as_ref().map_or(String::new(), |listing| listing.scope.clone()),
    };
    written(print.all(&extract))
}

struct Print<'a> {
    out: BufWriter<StdoutLock<'static>>,
    format: Format,
    source_id: &'a str,
    capture_id: String,
    scope: String,
}

impl Print<'_> {
    fn all(&mut self, extract: &Extract) -> anyhow::Result<()> {
        if let Some(listing) = extract.listing.as_ref().filter(|_| self.format == Format::Table) {
            let Listing { scope, page, is_last, observed_at } = listing;
            let more = if *is_last { "the last" } else { "more follow" };
            writeln!(self.out, "list `{scope}` as of {observed_at}: page {page}, {more}")?;
        }
        extract.rows.visit(self)?;
        for issue in &extract.issues {
            self.issue(issue)?;
        }
        if self.format == Format::Table {
            for request in &extract.requests {
                writeln!(self.out, "reads next: {}", request.url)?;
            }
        }
        self.out.flush()?;
        Ok(())
    }

    fn issue(&mut self, issue: &Issue) -> io::Result<()> {
        match self.format {
            Format::Json => {
                let object = json!({"locator": issue.locator, "reason": issue.reason, "record": issue.record});
                writeln!(self.out, "{}", json!({ "issue": object }))
            }
            Format::Table => writeln!(
                self.out,
                "not read: {}: {}: {}",
                issue.locator, issue.reason, issue.record
            ),
        }
    }

    /// A row with its provenance, as it would be stored.
    fn object<R: Row>(&self, row_id: &str, sighted: &Sighted<R>) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("row_id".to_owned(), row_id.into());
        object.insert("source_id".to_owned(), self.source_id.into());
        object.insert("capture_id".to_owned(), self.capture_id.clone().into());
        object.insert("locator".to_owned(), sighted.locator.clone().into());
        object.insert("known_on".to_owned(), sighted.known_on.to_string().into());
        let mut columns = R::TABLE.columns.iter();
        sighted.row.cells(&mut |cell| {
            if let Some(column) = columns.next() {
                object.insert(column.name.to_owned(), value(cell));
            }
        });
        object
    }

    fn table_of<R: Row>(&mut self, objects: &[Map<String, Value>]) -> io::Result<()> {
        let columns: Vec<&str> = R::TABLE.key.iter().chain(R::TABLE.content).copied().collect();
        let cell = |object: &Map<String, Value>, column: &str| match object.get(column) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        };
        let shown = objects.iter().take(ROWS_SHOWN);
        let rows = shown.map(|object| columns.iter().map(|column| cell(object, column)).collect());
        let header = columns.iter().map(|column| (*column).to_owned()).collect();
        writeln!(self.out, "{}: {} rows", R::TABLE.name, objects.len())?;
        writeln!(self.out, "{}", headline::table(header, rows.collect::<Vec<_>>()))?;
        if objects.len() > ROWS_SHOWN {
            writeln!(
                self.out,
                "… and {} more; --format json shows all",
                objects.len() - ROWS_SHOWN
            )?;
        }
        Ok(())
    }
}

/// A cell as JSON. Decimals are texts: a JSON number would be read as a float.
fn value(cell: Cell<'_>) -> Value {
    match cell {
        Cell::Text(text) => text.into(),
        Cell::Date(date) => date.map(|date| date.to_string()).into(),
        Cell::Timestamp(time) => time.map(|time| time.to_rfc3339()).into(),
        Cell::Integer(integer) => integer.into(),
        Cell::Boolean(boolean) => boolean.into(),
        Cell::Decimal(decimal) => decimal.map(|decimal| decimal.to_string()).into(),
    }
}

impl RowVisitor for Print<'_> {
    type Error = anyhow::Error;

    fn table<R: Row>(&mut self, rows: &[Sighted<R>]) -> anyhow::Result<()> {
        let ids = row_id_texts(self.source_id, &self.scope, rows)?;
        let objects = ids.iter().zip(rows).map(|(id, sighted)| self.object(id, sighted));
        let objects: Vec<_> = objects.collect();
        match self.format {
            Format::Json => {
                for row in objects {
                    writeln!(self.out, "{}", json!({"table": R::TABLE.name, "row": row}))?;
                }
            }
            Format::Table => self.table_of::<R>(&objects)?,
        }
        Ok(())
    }
}
