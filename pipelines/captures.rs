//! Recorded documents through the sources that read them.
//!
//! `captures.toml` of a source lists the recorded documents that it is given, and what becomes of each:
//! rows, shown in a reviewed snapshot or, where they are words of others, counted; or a refusal.
//! `unread_captures.toml` lists the documents that no
//! source reads, with the reason; the source that comes nearest is given each, and must refuse it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use burnrate_model::{Extract, RawDocument, Row, RowVisitor, ShapeError, Sighted};
use burnrate_price::PriceUnit;
use chrono::{DateTime, NaiveTime, Utc};
use flate2::read::GzDecoder;
use serde::Deserialize;

use crate::SOURCES;
use crate::makers::organisation;
use crate::tests::text;

/// Documents with more rows than this are shown by counts, and every so many rows.
const ROWS_SHOWN: usize = 400;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Captures {
    #[serde(default)]
    capture: Vec<Capture>,
    #[serde(default)]
    counted: Vec<Counted>,
}

/// Recorded documents of which no snapshot is kept, since their rows are words of others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counted {
    /// A file below the folder of recorded documents, or `*` and the end of its name.
    file: String,
    /// Where it was served.
    url: String,
    /// When it was captured; absent where the name of the file begins with the day.
    observed_at: Option<DateTime<Utc>>,
    /// Rows of all the files together, of the tables that count.
    #[serde(default)]
    rows: BTreeMap<String, usize>,
    /// Records that are not read.
    #[serde(default)]
    issues: usize,
    /// The refusal, where all are refused.
    refused: Option<String>,
}

/// A recorded document that a source is given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Capture {
    /// Below the folder of recorded documents.
    pub(crate) file: String,
    /// Where it was served.
    url: String,
    /// When it was captured, or a day on which it may have been.
    pub(crate) observed_at: DateTime<Utc>,
    /// The refusal, where it is refused.
    refused: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnreadCaptures {
    capture: Vec<UnreadCapture>,
}

/// A recorded document that no source reads.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnreadCapture {
    /// Below the folder of recorded documents.
    pub(crate) file: String,
    /// Why no source reads it.
    pub(crate) reason: String,
    /// The source that comes nearest, and must refuse it.
    pub(crate) nearest: String,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of recorded documents; `None` where there is none. CI has it.
pub(crate) fn recorded() -> Option<PathBuf> {
    let folder = std::env::var_os("BURNRATE_CAPTURES")
        .map_or_else(|| folder().join("../../shared/captures"), PathBuf::from);
    let is_there = folder.is_dir();
    assert!(is_there || std::env::var_os("CI").is_none(), "no recorded documents");
    is_there.then_some(folder)
}

fn read_toml<T: for<'a> Deserialize<'a>>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn listed() -> BTreeMap<String, Captures> {
    let ids = SOURCES.iter().map(|source| source.spec().id.clone());
    let paths = ids.map(|id| (folder().join(&id).join("captures.toml"), id));
    let there = paths.filter(|(path, _)| path.exists());
    there.map(|(path, id)| (id, read_toml(&path))).collect()
}

/// What each source is given, by source.
pub(crate) fn given() -> BTreeMap<String, Vec<Capture>> {
    listed().into_iter().map(|(id, captures)| (id, captures.capture)).collect()
}

/// What each source is given and counted.
pub(crate) fn counted() -> BTreeMap<String, Vec<Counted>> {
    listed().into_iter().map(|(id, captures)| (id, captures.counted)).collect()
}

/// What no source is given.
pub(crate) fn unread() -> Vec<UnreadCapture> {
    read_toml::<UnreadCaptures>(&folder().join("unread_captures.toml")).capture
}

impl Capture {
    /// What a source makes of it.
    pub(crate) fn read_by(&self, source_id: &str, recorded: &Path) -> Result<Extract, ShapeError> {
        parse(source_id, &recorded.join(&self.file), &self.url, self.observed_at)
    }
}

impl Counted {
    /// The documents, each by its file and as a source is given it.
    pub(crate) fn documents(&self, recorded: &Path) -> Vec<(String, RawDocument)> {
        let document = |file: String| {
            let name = file.rsplit('/').next().unwrap();
            let day = || name[..10].parse::<chrono::NaiveDate>().unwrap();
            let midnight = || day().and_time(NaiveTime::MIN).and_utc();
            let fetched_at = self.observed_at.unwrap_or_else(midnight);
            let body = contents(&recorded.join(&file));
            (file, RawDocument { url: self.url.clone(), fetched_at, body })
        };
        self.files(recorded).into_iter().map(document).collect()
    }

    /// The files, below the folder of recorded documents.
    fn files(&self, recorded: &Path) -> Vec<String> {
        let Some((folder, end)) = self.file.split_once('*') else { return vec![self.file.clone()] };
        let entries = recorded.join(folder).read_dir().unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let names = names.filter(|name| name.ends_with(end));
        let mut files: Vec<_> = names.map(|name| format!("{folder}{name}")).collect();
        files.sort();
        files
    }
}

/// The bytes of a recorded document, unpacked.
fn contents(file: &Path) -> Vec<u8> {
    let body = fs::read(file).unwrap();
    if file.extension().is_none_or(|extension| extension != "gz") {
        return body;
    }
    let mut unpacked = Vec::new();
    GzDecoder::new(body.as_slice()).read_to_end(&mut unpacked).unwrap();
    unpacked
}

fn parse(
    source_id: &str,
    file: &Path,
    url: &str,
    observed_at: DateTime<Utc>,
) -> Result<Extract, ShapeError> {
    let body = contents(file);
    read(source_id, &RawDocument { url: url.to_owned(), fetched_at: observed_at, body })
}

fn read(source_id: &str, document: &RawDocument) -> Result<Extract, ShapeError> {
    let mut extract = Extract::default();
    crate::source(source_id).unwrap().parse(document, &mut extract).map(|()| extract)
}

/// What a source makes of a recorded document that its `captures.toml` lists; `None` where there are no
/// recorded documents.
pub(crate) fn of_capture(source_id: &str, file: &str) -> Option<Result<Extract, ShapeError>> {
    let recorded = recorded()?;
    let captures = given().remove(source_id).unwrap_or_default();
    let capture = captures.into_iter().find(|capture| capture.file == file);
    let capture = capture.unwrap_or_else(|| panic!("{source_id} is not given {file}"));
    Some(capture.read_by(source_id, &recorded))
}

/// Rows of each table, as a reviewer reads them.
struct Reviewed<'a>(&'a mut String);

impl RowVisitor for Reviewed<'_> {
    type Error = std::fmt::Error;

    fn table<R: Row>(&mut self, rows: &[Sighted<R>]) -> Result<(), std::fmt::Error> {
        let shown: Vec<&str> = R::TABLE.key.iter().chain(R::TABLE.content).copied().collect();
        writeln!(self.0, "{}: {} rows\n  {}", R::TABLE.name, rows.len(), shown.join(" | "))?;
        let step = rows.len().div_ceil(ROWS_SHOWN);
        let mut keys = BTreeSet::new();
        for (number, sighted) in rows.iter().enumerate() {
            let mut cells = BTreeMap::new();
            let mut columns = R::TABLE.columns.iter();
            sighted.row.cells(&mut |cell| {
                cells.insert(columns.next().map_or("", |column| column.name), text(cell));
            });
            let key: Vec<_> = R::TABLE.key.iter().map(|name| cells[name].clone()).collect();
            let line: Vec<_> = shown.iter().map(|name| cells[name].as_str()).collect();
            assert!(keys.insert(key), "{} twice: {}", R::TABLE.name, line.join(" | "));
            if number.is_multiple_of(step) {
                writeln!(self.0, "  {} @ {}", line.join(" | "), sighted.locator)?;
            }
        }
        Ok(())
    }
}

fn reviewed(extract: &Extract) -> String {
    let mut out = String::new();
    let listing = extract.listing.as_ref();
    let listed = listing.map_or("no list of offers".to_owned(), |listing| {
        format!(
            "{}, page {}{}, observed at {}",
            listing.scope,
            listing.page,
            if listing.is_last { " (the last)" } else { "" },
            listing.observed_at
        )
    });
    writeln!(out, "{listed}").unwrap();
    extract.rows.visit(&mut Reviewed(&mut out)).unwrap();
    for issue in &extract.issues {
        let record: String = issue.record.chars().take(200).collect();
        writeln!(out, "not read: {}: {}: {record}", issue.locator, issue.reason).unwrap();
    }
    for request in &extract.requests {
        writeln!(out, "next {}: {}", request.source_id, request.url).unwrap();
    }
    out
}

#[test]
fn recorded_price_lists_give_the_reviewed_rows_or_are_refused() {
    let Some(recorded) = recorded() else { return };
    for (source_id, captures) in given() {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder().join(&source_id).join("snapshots"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        for capture in captures {
            let read = capture.read_by(&source_id, &recorded);
            let Capture { file, refused, .. } = capture;
            match (read, refused) {
                (Ok(extract), None) => {
                    let name = file.rsplit('/').next().unwrap_or(&file).to_owned();
                    settings.bind(|| insta::assert_snapshot!(name, reviewed(&extract)));
                }
                (Ok(_), Some(_)) => panic!("{source_id} reads {file}, which it should refuse"),
                (Err(error), refused) => {
                    assert_eq!(Some(error.to_string()), refused, "{source_id}: {file}");
                }
            }
        }
    }
}

/// Rows by table; no key may stand twice in a document.
struct Count(BTreeMap<String, usize>);

impl RowVisitor for Count {
    type Error = std::fmt::Error;

    fn table<R: Row>(&mut self, rows: &[Sighted<R>]) -> Result<(), std::fmt::Error> {
        *self.0.entry(R::TABLE.name.to_owned()).or_default() += rows.len();
        Reviewed(&mut String::new()).table(rows)
    }
}

#[test]
fn recorded_texts_give_as_many_rows_as_were_counted_or_are_refused() {
    let Some(recorded) = recorded() else { return };
    let mut wrong = Vec::new();
    for (source_id, counted) in counted() {
        for given in counted {
            let (mut count, mut issues, mut refused) = (Count(BTreeMap::new()), 0, None);
            for (_, document) in given.documents(&recorded) {
                match read(&source_id, &document) {
                    Ok(extract) => {
                        extract.rows.visit(&mut count).unwrap();
                        issues += extract.issues.len();
                    }
                    Err(error) => refused = Some(error.to_string()),
                }
            }
            count.0.retain(|table, _| given.rows.contains_key(table));
            if (&count.0, issues, &refused) != (&given.rows, given.issues, &given.refused) {
                wrong.push(format!("{}: {:?}, {issues} issues, {refused:?}", given.file, count.0));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Folders of recorded documents of the press.
const NEWS: &[&str] = &[
    "articles-de",
    "articles-ja",
    "digests/ainews",
    "feeds/ai36kr",
    "feeds/company-newsrooms",
    "feeds/techcrunch-rss",
    "feeds/techcrunch-rss-fulltext",
    "feeds/tweakers-rss",
    "feeds/wired-rss",
    "html",
    "html-layout",
    "oracle/crunchbase-2015",
    "oracle/epoch-ai",
    "oracle/form-d",
    "oracle/layoffs-fyi",
];

#[test]
fn no_recorded_text_is_ignored() {
    let Some(recorded) = recorded() else { return };
    let mut listed: BTreeSet<_> = unread().into_iter().map(|unread| unread.file).collect();
    listed.extend(given().into_values().flatten().map(|capture| capture.file));
    for counted in counted().into_values().flatten() {
        listed.extend(counted.files(&recorded));
    }
    let mut ignored = Vec::new();
    for folder in NEWS.iter().map(|folder| format!("news/{folder}")) {
        for entry in recorded.join(&folder).read_dir().unwrap() {
            let file = format!("{folder}/{}", entry.unwrap().file_name().into_string().unwrap());
            ignored.extend((!listed.contains(&file)).then_some(file));
        }
    }
    assert_eq!(ignored, Vec::<String>::new());
}

/// Where a maker has two names, what one list says of a model is not compared with what another says.
#[test]
fn every_maker_has_one_name_in_all_recorded_price_lists() {
    let Some(recorded) = recorded() else { return };
    let mut others = BTreeSet::new();
    let mut makers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (source_id, captures) in given() {
        for extract in captures.iter().filter_map(|file| file.read_by(&source_id, &recorded).ok()) {
            for Sighted { row, .. } in extract.rows.model_price {
                assert!(!row.model_id.is_empty(), "{source_id}: {}", row.model_name);
                if organisation(&row.vendor) != row.vendor {
                    others.insert(format!("{source_id}: {}", row.vendor));
                }
                // Tools have the same names everywhere.
                if row.price_unit == PriceUnit::MillionTokens.name() && row.vendor != "unknown" {
                    makers.entry(row.model_id).or_default().insert(row.vendor);
                }
            }
        }
    }
    assert_eq!(others, BTreeSet::new());
    makers.retain(|_, makers| makers.len() > 1);
    assert_eq!(makers, BTreeMap::new());
}

#[test]
fn unread_price_lists_are_refused_by_the_nearest_source() {
    let Some(recorded) = recorded() else { return };
    for UnreadCapture { file, nearest, .. } in unread() {
        let url = crate::source(&nearest).unwrap().spec().fixtures_url.clone();
        let observed_at = "2026-11-24T00:00:00Z".parse().unwrap();
        let read = parse(&nearest, &recorded.join(&file), &url, observed_at);
        assert!(read.is_err(), "{nearest} reads {file}");
    }
}

/// Before a source reads them, `burnrate-fetch` knows them: this is what would stop them else.
#[test]
fn pages_of_failure_are_refused_by_every_price_source() {
    let Some(recorded) = recorded() else { return };
    let observed_at = "2026-11-24T00:00:00Z".parse().unwrap();
    let mut read = Vec::new();
    for spec in SOURCES.iter().map(|source| source.spec()).filter(|spec| spec.lists_offers) {
        for entry in recorded.join("pricing/failure").read_dir().unwrap() {
            let file = entry.unwrap().path();
            if parse(&spec.id, &file, &spec.fixtures_url, observed_at).is_ok() {
                read.push(format!("{} reads {}", spec.id, file.display()));
            }
        }
    }
    assert_eq!(read, Vec::<String>::new());
}

#[test]
fn no_recorded_price_list_is_ignored() {
    let Some(recorded) = recorded() else { return };
    let mut listed = BTreeSet::new();
    for file in given().into_values().flatten().map(|capture| capture.file) {
        listed.insert(file);
    }
    for UnreadCapture { file, reason, .. } in unread() {
        assert!(reason.len() > 10, "{file}: a reason is a sentence");
        assert!(listed.insert(file.clone()), "{file} is read and unread");
    }
    listed.retain(|file| file.starts_with("pricing/"));
    let mut found = BTreeSet::new();
    for kind in ["gpu", "model-api", "price-map", "saas"] {
        for entry in recorded.join("pricing").join(kind).read_dir().unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            found.insert(format!("pricing/{kind}/{name}"));
        }
    }
    assert_eq!(found.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new(), "not listed");
    assert_eq!(listed.difference(&found).collect::<Vec<_>>(), Vec::<&String>::new(), "not there");
}
