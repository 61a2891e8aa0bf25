use std::cell::RefCell;
use std::fs;
use std::path::Path;

use arrow::array::AsArray as _;
use burnrate_model::generated::{CORE_XBRL_FACT, Run, XbrlFact};
use burnrate_model::{Clock, Sighted};
use chrono::{DateTime, NaiveDate, Utc};
use tempfile::TempDir;

use crate::{
    Inserted, Lookup, Snapshot, Staging, Warehouse, WarehouseError, file_problems, read_batches,
    row_id_texts, row_problems, snapshot_problems,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Microsoft's capital expenditure of the quarter to 2024-09-30, or what it might have been.
fn fact(value: i64) -> XbrlFact {
    XbrlFact {
        cik: "0000789019".to_owned(),
        taxonomy: "us-gaap".to_owned(),
        concept: "PaymentsToAcquirePropertyPlantAndEquipment".to_owned(),
        unit: "USD".to_owned(),
        dimensions: None,
        period_start: Some(day("2024-07-01")),
        period_end: day("2024-09-30"),
        period_days: Some(92),
        value: Some(value.into()),
        decimals: None,
        is_rounded: false,
        also_stated: None,
        accession_number: "0000950170-24-118967".to_owned(),
        form_type: "10-Q".to_owned(),
        filed_date: day("2024-10-30"),
    }
}

fn sighted(locator: &str, row: XbrlFact) -> Sighted<XbrlFact> {
    Sighted { locator: locator.to_owned(), known_on: row.filed_date, row }
}

struct Fixture {
    _folder: TempDir,
    warehouse: Warehouse,
    captures: RefCell<Vec<(String, DateTime<Utc>)>>,
}

impl Fixture {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let warehouse = Warehouse::open(&folder.path().join("warehouse")).unwrap();
        Self { _folder: folder, warehouse, captures: RefCell::default() }
    }

    /// With the snapshot of one run that read these rows.
    fn new_with(rows: &[Sighted<XbrlFact>]) -> (Self, Snapshot) {
        let fixture = Self::new();
        let (_, snapshot) = fixture.run("1", "2026-11-24", rows);
        (fixture, snapshot)
    }

    fn stage(&self, id: &str) -> Staging {
        let latest = self.warehouse.latest().unwrap();
        let created_at = time("2026-11-24T00:00:00Z");
        let mut staging =
            self.warehouse.stage(id, latest.as_ref(), created_at, Clock::Now).unwrap();
        staging.know_captures(self.captures.borrow().clone());
        staging
    }

    /// One run that reads one document.
    fn run(&self, id: &str, captured_on: &str, rows: &[Sighted<XbrlFact>]) -> (Inserted, Snapshot) {
        let mut staging = self.stage(id);
        let captured_at = time(&format!("{captured_on}T00:00:00Z"));
        let inserted = staging.facts("sec_companyfacts", id, captured_at, rows).unwrap();
        self.captures.borrow_mut().push((id.to_owned(), captured_at));
        (inserted, staging.commit(true).unwrap())
    }
}

fn texts(snapshot: &Snapshot, column: &str) -> Vec<Option<String>> {
    let files = snapshot.files(CORE_XBRL_FACT.name);
    let batches = files.iter().flat_map(|file| read_batches(file, None).unwrap());
    batches
        .flat_map(|batch| {
            let column = batch.column_by_name(column).unwrap().as_string::<i32>();
            column.iter().map(|text| text.map(str::to_owned)).collect::<Vec<_>>()
        })
        .collect()
}

/// SHA-256 over table and source, then each key and content column: texts with their length as eight
/// bytes, dates as four, decimals as sixteen, all little-endian, a 1 before each value and a 0 for NULL.
/// The expected hash was computed from that description by another program.
#[test]
fn a_row_id_is_the_same_on_every_machine() {
    let row = sighted("/a", fact(14_923_000_000));
    let ids = row_id_texts("sec_companyfacts", "", std::slice::from_ref(&row)).unwrap();
    assert_eq!(ids, ["41363394be47db4b385f988856e95571"]);
    let elsewhere = Sighted { locator: "/b".to_owned(), known_on: day("2030-01-01"), row: row.row };
    assert_eq!(
        row_id_texts("sec_companyfacts", "", std::slice::from_ref(&elsewhere)).unwrap(),
        ids
    );
    assert_ne!(row_id_texts("another_source", "", &[elsewhere]).unwrap(), ids);
}

#[test]
fn a_known_row_is_not_added_again() {
    let fixture = Fixture::new();
    let rows = [sighted("/0", fact(1))];
    assert_eq!(fixture.run("1", "2026-11-24", &rows).0.added, 1);
    let (inserted, snapshot) = fixture.run("2", "2026-11-25", &rows);
    assert_eq!(inserted, Inserted::default());
    assert_eq!(snapshot.manifest.rows(CORE_XBRL_FACT.name), 1);
    assert_eq!(texts(&snapshot, "capture_id"), [Some("1".to_owned())], "first sighting stays");
}

#[test]
fn a_changed_row_supersedes_the_older_one() {
    let fixture = Fixture::new();
    fixture.run("1", "2026-11-24", &[sighted("/0", fact(1))]);
    let (inserted, snapshot) = fixture.run("2", "2026-11-25", &[sighted("/0", fact(2))]);
    assert_eq!((inserted.added, inserted.corrected), (1, 1));
    let ids = texts(&snapshot, "row_id");
    assert_eq!(texts(&snapshot, "corrects_row_id"), [None, ids[0].clone()]);
    // A third value corrects the second, not the first.
    let (_, snapshot) = fixture.run("3", "2026-11-26", &[sighted("/0", fact(3))]);
    let ids = texts(&snapshot, "row_id");
    assert_eq!(texts(&snapshot, "corrects_row_id")[2], ids[1]);
}

#[test]
fn a_document_that_contradicts_itself_keeps_its_first_row() {
    let fixture = Fixture::new();
    let rows = [sighted("/0", fact(1)), sighted("/1", fact(2)), sighted("/2", fact(1))];
    let (inserted, snapshot) = fixture.run("1", "2026-11-24", &rows);
    assert_eq!((inserted.added, inserted.corrected), (1, 0));
    let locators: Vec<_> = inserted.conflicts.iter().map(|row| row.locator.as_str()).collect();
    assert_eq!(locators, ["/1"]);
    assert_eq!(texts(&snapshot, "locator"), [Some("/0".to_owned())]);
}

#[test]
fn an_older_capture_does_not_supersede_a_newer_one() {
    let fixture = Fixture::new();
    fixture.run("1", "2026-11-24", &[sighted("/0", fact(2))]);
    let (inserted, snapshot) = fixture.run("2", "2024-05-01", &[sighted("/0", fact(1))]);
    assert_eq!((inserted.added, inserted.conflicts.len()), (0, 1));
    assert!(inserted.conflicts[0].reason.contains("newer capture"), "{:?}", inserted.conflicts);
    assert_eq!(snapshot.manifest.rows(CORE_XBRL_FACT.name), 1);
    // The archive in order of its captures: the older value first, the newer one corrects it.
    let fixture = Fixture::new();
    fixture.run("2", "2024-05-01", &[sighted("/0", fact(1))]);
    assert_eq!(fixture.run("1", "2026-11-24", &[sighted("/0", fact(2))]).0.corrected, 1);
    // Reading the older one again is no news.
    assert_eq!(fixture.run("3", "2024-05-01", &[sighted("/0", fact(1))]).0, Inserted::default());
}

#[test]
fn a_value_that_comes_back_is_told_of() {
    let fixture = Fixture::new();
    for (run, day, value) in [("1", "2026-11-24", 1), ("2", "2026-11-25", 2)] {
        fixture.run(run, day, &[sighted("/0", fact(value))]);
    }
    let (inserted, _) = fixture.run("3", "2026-11-26", &[sighted("/0", fact(1))]);
    assert_eq!(inserted.added, 0);
    assert!(inserted.conflicts[0].reason.contains("went back"), "{:?}", inserted.conflicts);
}

#[test]
fn what_is_not_committed_is_not_there() {
    let fixture = Fixture::new();
    let (_, before) = fixture.run("1", "2026-11-24", &[sighted("/0", fact(1))]);
    let mut staging = fixture.stage("2");
    staging
        .facts("sec_companyfacts", "2", time("2026-11-25T00:00:00Z"), &[sighted("/0", fact(2))])
        .unwrap();
    drop(staging);
    let latest = fixture.warehouse.latest().unwrap().unwrap();
    assert_eq!(latest.manifest, before.manifest);
    drop(fixture.warehouse.lock("test", |_| ()).unwrap());
    let left = fixture.warehouse.root().join("snapshots").read_dir().unwrap().count();
    assert_eq!(left, 1, "the lock's holder removes what was left unfinished");
}

#[test]
fn a_snapshot_does_not_change_with_its_successors() {
    let fixture = Fixture::new();
    let (_, first) = fixture.run("1", "2026-11-24", &[sighted("/0", fact(1))]);
    let file = first.files(CORE_XBRL_FACT.name).remove(0);
    let before = fs::read(&file).unwrap();
    let mut last = first.clone();
    for run in 2..30 {
        last = fixture.run(&run.to_string(), "2026-11-24", &[sighted("/0", fact(run))]).1;
    }
    assert_eq!(fs::read(&file).unwrap(), before);
    assert!(last.files(CORE_XBRL_FACT.name).len() <= 16, "small files are merged");
    assert_eq!(last.manifest.rows(CORE_XBRL_FACT.name), 29);
    assert!(fs::metadata(&file).unwrap().permissions().readonly());
}

#[test]
fn every_table_can_be_read_from_the_first_snapshot_on() {
    let fixture = Fixture::new();
    let snapshot = fixture.stage("1").commit(true).unwrap();
    for table in burnrate_model::generated::TABLES {
        let [file] = snapshot.files(table.name).try_into().unwrap();
        assert_eq!(read_batches(&file, None).unwrap().len(), 0, "{}", table.name);
    }
}

#[test]
fn a_snapshot_that_is_not_published_is_read_by_name() {
    let fixture = Fixture::new();
    fixture.stage("1").commit(true).unwrap();
    let beside = fixture.stage("2").commit(false).unwrap();
    assert_eq!(fixture.warehouse.latest().unwrap().unwrap().manifest.id, "1");
    assert_eq!(Snapshot::read(beside.folder()).unwrap().manifest.id, "2");
}

#[test]
fn a_damaged_file_is_named() {
    let fixture = Fixture::new();
    let (_, snapshot) = fixture.run("1", "2026-11-24", &[sighted("/0", fact(1))]);
    let file = snapshot.files(CORE_XBRL_FACT.name).remove(0);
    replace(&file, b"PAR1 no more");
    let mut staging = fixture.stage("2");
    let error = staging
        .facts("sec_companyfacts", "2", time("2026-11-25T00:00:00Z"), &[sighted("/0", fact(1))])
        .unwrap_err();
    assert!(matches!(&error, WarehouseError::Parquet { .. }), "{error}");
    assert!(error.to_string().contains("core_xbrl_fact/sec_companyfacts.1.parquet"), "{error}");
    replace(&snapshot.folder().join("snapshot.json"), b"{");
    let error = fixture.warehouse.latest().unwrap_err();
    assert!(error.to_string().contains("1/snapshot.json: "), "{error}");
}

/// Facts of as many filings, whose values are their numbers.
fn many(count: i64) -> Vec<Sighted<XbrlFact>> {
    let row = |number: i64| {
        let accession_number = format!("0000950170-24-{number:06}");
        sighted(&format!("/{number}"), XbrlFact { accession_number, ..fact(number) })
    };
    (0..count).map(row).collect()
}

#[test]
fn a_row_is_found_in_one_row_group_of_many() {
    // Three row groups of 16,384 rows at most.
    let (_fixture, snapshot) = Fixture::new_with(&many(40_000));
    let row_id = texts(&snapshot, "row_id")[20_000].clone().unwrap();
    let lookup = Lookup::new(&snapshot);
    let row = lookup.row(&CORE_XBRL_FACT, &row_id).unwrap().unwrap();
    assert_eq!(row.text("value").as_deref(), Some("20000"));
    assert_eq!(row.text("known_on").as_deref(), Some("2024-10-30"));
    assert_eq!(row.text("dimensions"), None);
    assert_eq!(lookup.work().row_groups, 1);
    assert!(lookup.row(&CORE_XBRL_FACT, &"0".repeat(32)).unwrap().is_none());
    let of_value =
        lookup.find(&CORE_XBRL_FACT, &[("value", "39999.0"), ("dimensions", "")], 9).unwrap();
    assert_eq!((of_value.total, of_value.rows[0].text("locator")), (1, Some("/39999".to_owned())));
    let all = lookup.find(&CORE_XBRL_FACT, &[("unit", "USD")], 2).unwrap();
    assert_eq!((all.total, all.rows.len()), (40_000, 2));
    let error = lookup.find(&CORE_XBRL_FACT, &[("worth", "1")], 1).unwrap_err();
    assert!(error.to_string().contains("no column `worth`"), "{error}");
}

#[test]
fn no_row_is_read_from_a_block_that_has_changed() {
    let (_fixture, snapshot) = Fixture::new_with(&many(2_000));
    let row_id = texts(&snapshot, "row_id")[0].clone().unwrap();
    let published = &snapshot.manifest.files(CORE_XBRL_FACT.name)[0];
    let path = snapshot.files(CORE_XBRL_FACT.name).remove(0);
    let sound = fs::read(&path).unwrap();
    for at in [4, sound.len() / 2, sound.len() - 9] {
        let mut damaged = sound.clone();
        damaged[at] ^= 1;
        replace(&path, &damaged);
        let error = Lookup::new(&snapshot).row(&CORE_XBRL_FACT, &row_id).unwrap_err();
        assert!(matches!(&error, WarehouseError::Damaged { .. }), "{error}");
        assert!(
            error.to_string().contains("core_xbrl_fact/sec_companyfacts.1.parquet: bytes 0 to"),
            "{error}"
        );
        let problems = file_problems(&snapshot, &CORE_XBRL_FACT, published);
        assert!(problems[0].contains("published were"), "{problems:?}");
    }
    replace(&path, &sound);
    assert_eq!(file_problems(&snapshot, &CORE_XBRL_FACT, published), [""; 0]);
    assert_eq!(snapshot_problems(&snapshot), [""; 0]);
}

#[test]
fn a_manifest_that_has_changed_is_named() {
    let (fixture, snapshot) = Fixture::new_with(&many(1));
    let path = snapshot.folder().join("snapshot.json");
    let text = fs::read_to_string(&path).unwrap();
    // Well-formed still, and of another time.
    replace(&path, text.replace("2026-11-24T00", "2026-11-24T01").as_bytes());
    let error = fixture.warehouse.latest().unwrap_err();
    assert!(error.to_string().contains("snapshot.json: its SHA-256 is not the one in"), "{error}");
    replace(&path, text.as_bytes());
    assert!(fixture.warehouse.latest().is_ok());
}

#[test]
fn a_row_whose_cells_do_not_give_its_row_id_is_named() {
    let (_fixture, snapshot) = Fixture::new_with(&many(2));
    let rows = read_batches(&snapshot.files(CORE_XBRL_FACT.name)[0], None).unwrap().remove(0);
    assert_eq!(row_problems("file", &CORE_XBRL_FACT, &rows), [""; 0]);
    let index = rows.schema().index_of("value").unwrap();
    let mut columns = rows.columns().to_vec();
    // The two values have changed places.
    columns[index] =
        arrow::compute::concat(&[&columns[index].slice(1, 1), &columns[index].slice(0, 1)])
            .unwrap();
    let swapped = arrow::array::RecordBatch::try_new(rows.schema(), columns).unwrap();
    let problems = row_problems("file", &CORE_XBRL_FACT, &swapped);
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].starts_with("file: row "), "{problems:?}");
}

fn replace(path: &Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn rows_of_one_log_add_up() {
    let fixture = Fixture::new();
    let run = |id: &str| Run {
        run_id: id.to_owned(),
        source_id: "sec_companyfacts".to_owned(),
        started_at: time("2026-11-24T00:00:00Z"),
        finished_at: time("2026-11-24T00:00:01Z"),
        documents: 1,
        documents_read: 1,
        documents_missing: 0,
        documents_failed: 0,
        rows_added: 0,
        records_quarantined: 0,
        is_replay: false,
        burnrate_version: "0.0.0".to_owned(),
    };
    for id in ["1", "2"] {
        let mut staging = fixture.stage(id);
        staging.log(&[run(id)]).unwrap();
        let snapshot = staging.commit(true).unwrap();
        assert_eq!(snapshot.manifest.rows("core_run").to_string(), id);
    }
}

#[test]
fn a_reference_table_is_replaced_only_by_other_rows() {
    let fixture = Fixture::new();
    let company = |name: &str| burnrate_model::generated::Company {
        company_id: "msft".to_owned(),
        company_name: name.to_owned(),
        aliases: None,
        cik: None,
        ticker: None,
        fiscal_year_end: None,
        cohort: None,
    };
    let replace = |id: &str, name: &str| {
        let mut staging = fixture.stage(id);
        let changed = staging.reference(&[company(name)]).unwrap();
        assert_eq!(staging.commit(true).unwrap().manifest.rows("core_company"), 1);
        changed
    };
    assert!(replace("1", "Microsoft"));
    assert!(!replace("2", "Microsoft"));
    assert!(replace("3", "Microsoft Corporation"));
}
