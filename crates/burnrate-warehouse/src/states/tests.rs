use std::collections::BTreeMap;
use std::path::Path;

use arrow::array::{Array as _, AsArray as _};
use arrow::datatypes::{Date32Type, Decimal128Type};
use burnrate_model::generated::{CORE_MODEL_PRICE, ModelPrice};
use burnrate_model::{Clock, Decimal, Sighted};
use chrono::{DateTime, NaiveDate};

use super::{Listed, Reading};
use crate::{Snapshot, Warehouse, read_batches};

const SOURCE: &str = "openai_pricing";

/// A price list of one day: models and their input prices.
type List = (&'static str, &'static [(&'static str, &'static str)]);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn offer(model: &str, price: &str, observed_on: NaiveDate) -> Sighted<ModelPrice> {
    let row = ModelPrice {
        provider: "openai".to_owned(),
        vendor: "openai".to_owned(),
        model_id: model.to_owned(),
        meter: "input".to_owned(),
        modality: "any".to_owned(),
        price_unit: "1M tokens".to_owned(),
        service_tier: "standard".to_owned(),
        context_tier: "any".to_owned(),
        region: "any".to_owned(),
        currency: "USD".to_owned(),
        price_kind: "list".to_owned(),
        effective_from: None,
        model_name: model.to_owned(),
        price: price.parse().unwrap(),
        price_as_shown: format!("${price}"),
        unit_as_shown: "per 1M tokens".to_owned(),
        effective_to: None,
        price_note: None,
        is_rounded: false,
    };
    Sighted { locator: format!("{model} of {observed_on}"), known_on: observed_on, row }
}

/// Runs that read the lists, several of them in one where a slice has several; the newest snapshot.
fn snapshot(folder: &Path, runs: &[&[List]]) -> Snapshot {
    let warehouse = Warehouse::open(folder).unwrap();
    for (number, lists) in runs.iter().enumerate() {
        let latest = warehouse.latest().unwrap();
        let created_at = DateTime::UNIX_EPOCH;
        let mut staging =
            warehouse.stage(&format!("{number}"), latest.as_ref(), created_at, Clock::Now).unwrap();
        for (observed_on, offers) in *lists {
            let observed_on = day(observed_on);
            let rows: Vec<_> =
                offers.iter().map(|(model, price)| offer(model, price, observed_on)).collect();
            let capture_id = format!("capture of {observed_on}");
            let mut listed = Listed::default();
            listed.add(SOURCE, &capture_id, "page", &rows).unwrap();
            let reading = Reading { scope: "page", observed_on, capture_id: &capture_id };
            staging.reading(SOURCE, &reading, &listed).unwrap();
        }
        staging.commit(true).unwrap();
    }
    warehouse.latest().unwrap().unwrap()
}

/// A stored decimal as it is written.
fn decimal(scaled: i128) -> String {
    let digits = Decimal::parse_shifted(&scaled.to_string(), -i32::from(Decimal::SCALE));
    digits.unwrap().0.to_string()
}

/// Day, model, price (none of a withdrawal) and capture of each row.
fn rows(snapshot: &Snapshot) -> Vec<(String, String, Option<String>, String)> {
    let mut rows = Vec::new();
    for file in snapshot.files(CORE_MODEL_PRICE.name) {
        for batch in read_batches(&file, None).unwrap() {
            let column = |name: &str| batch.column_by_name(name).unwrap();
            let text = |name: &str, row| column(name).as_string::<i32>().value(row).to_owned();
            let prices = column("price").as_primitive::<Decimal128Type>();
            for row in 0..batch.num_rows() {
                let number = column("known_on").as_primitive::<Date32Type>().value(row);
                let day = NaiveDate::from_epoch_days(number).unwrap();
                let is_withdrawn = column("is_withdrawn").as_boolean().value(row);
                let price = prices.is_valid(row).then(|| decimal(prices.value(row)));
                assert_eq!(price.is_none(), is_withdrawn);
                rows.push((day.to_string(), text("model_id", row), price, text("capture_id", row)));
            }
        }
    }
    rows.sort();
    rows
}

fn expected(rows: &[(&str, &str, Option<&str>)]) -> Vec<(String, String, Option<String>, String)> {
    let row = |(day, model, price): &(&str, &str, Option<&str>)| {
        let capture = format!("capture of {day}");
        ((*day).to_owned(), (*model).to_owned(), price.map(str::to_owned), capture)
    };
    rows.iter().map(row).collect()
}

const MAY: List = ("2026-05-01", &[("gpt-a", "2.5"), ("gpt-b", "1")]);
const JUNE: List = ("2026-06-01", &[("gpt-a", "2.5"), ("gpt-b", "2")]);
const JULY: List = ("2026-07-01", &[("gpt-a", "2.5")]);
const AUGUST: List = ("2026-08-01", &[("gpt-a", "2.5"), ("gpt-b", "1")]);

const HISTORY: &[(&str, &str, Option<&str>)] = &[
    ("2026-05-01", "gpt-a", Some("2.5")),
    ("2026-05-01", "gpt-b", Some("1")),
    ("2026-06-01", "gpt-b", Some("2")),
    ("2026-07-01", "gpt-b", None),
    ("2026-08-01", "gpt-b", Some("1")),
];

#[test]
fn a_row_says_what_a_reading_changed() {
    let folder = tempfile::tempdir().unwrap();
    let latest = snapshot(folder.path(), &[&[MAY], &[JUNE], &[JULY], &[AUGUST]]);
    assert_eq!(rows(&latest), expected(HISTORY));
}

#[test]
fn a_price_that_comes_back_is_another_row() {
    let folder = tempfile::tempdir().unwrap();
    let latest = snapshot(folder.path(), &[&[MAY], &[JUNE], &[JULY], &[AUGUST]]);
    let files = latest.files(CORE_MODEL_PRICE.name);
    let batches = files.iter().flat_map(|file| read_batches(file, None).unwrap());
    let ids: Vec<String> = batches
        .flat_map(|batch| {
            let ids = batch.column_by_name("row_id").unwrap().as_string::<i32>().clone();
            ids.iter().flatten().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!((ids.len(), distinct.len()), (5, 5));
}

/// The same readings, in whatever runs, give the same bytes.
#[test]
fn rows_do_not_depend_on_how_readings_are_spread_over_runs() {
    let checksums = |runs: &[&[List]]| -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let latest = snapshot(folder.path(), runs);
        let files = latest.manifest.files(CORE_MODEL_PRICE.name);
        files.iter().map(|file| file.sha256.clone()).collect()
    };
    let one_by_one = checksums(&[&[MAY], &[JUNE], &[JULY], &[AUGUST]]);
    assert_eq!(one_by_one.len(), 1);
    assert_eq!(checksums(&[&[MAY, JUNE, JULY, AUGUST]]), one_by_one);
    // An older reading comes last: those that follow it are given again.
    assert_eq!(checksums(&[&[MAY], &[JULY, AUGUST], &[JUNE, JULY, AUGUST]]), one_by_one);
    assert_eq!(checksums(&[&[AUGUST], &[MAY, JUNE, JULY, AUGUST]]), one_by_one);
}

#[test]
fn the_last_reading_of_a_day_counts() {
    let folder = tempfile::tempdir().unwrap();
    let morning: List = ("2026-06-01", &[("gpt-a", "9"), ("gpt-b", "1"), ("gpt-c", "3")]);
    let latest = snapshot(folder.path(), &[&[MAY], &[morning], &[JUNE]]);
    assert_eq!(rows(&latest), expected(&HISTORY[..3]));
}

#[test]
fn an_unchanged_reading_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let before = snapshot(folder.path(), &[&[MAY]]);
    let other = tempfile::tempdir().unwrap();
    let again: List = ("2026-05-02", MAY.1);
    let after = snapshot(other.path(), &[&[MAY], &[again]]);
    assert_eq!(rows(&before), rows(&after));
    let names = |snapshot: &Snapshot| {
        let files = snapshot.manifest.files(CORE_MODEL_PRICE.name);
        files.iter().map(|file| file.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&before), names(&after));
}

#[test]
fn a_reading_that_contradicts_itself_keeps_the_first_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let warehouse = Warehouse::open(folder.path()).unwrap();
    let mut staging = warehouse.stage("0", None, DateTime::UNIX_EPOCH, Clock::Now).unwrap();
    let observed_on = day("2026-05-01");
    let offers = [("gpt-a", "2.5"), ("gpt-a", "3"), ("gpt-b", "1"), ("gpt-b", "1")];
    let offers = offers.map(|(model, price)| offer(model, price, observed_on));
    let mut listed = Listed::default();
    listed.add(SOURCE, "capture", "page", &offers).unwrap();
    let reading = Reading { scope: "page", observed_on, capture_id: "capture" };
    let changes = staging.reading(SOURCE, &reading, &listed).unwrap();
    assert_eq!((changes.appeared, changes.conflicts.len()), (2, 1));
    let prices: BTreeMap<_, _> = rows(&staging.commit(true).unwrap())
        .into_iter()
        .map(|(_, model, price, _)| (model, price))
        .collect();
    assert_eq!(prices["gpt-a"].as_deref(), Some("2.5"));
}

#[test]
fn lists_of_one_source_do_not_touch_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let warehouse = Warehouse::open(folder.path()).unwrap();
    let mut staging = warehouse.stage("0", None, DateTime::UNIX_EPOCH, Clock::Now).unwrap();
    for (scope, model, on) in [
        ("east", "gpt-a", "2026-05-01"),
        ("west", "gpt-a", "2026-05-01"),
        ("east", "gpt-b", "2026-05-02"),
    ] {
        let mut listed = Listed::default();
        listed.add(SOURCE, "capture", scope, &[offer(model, "1", day(on))]).unwrap();
        let reading = Reading { scope, observed_on: day(on), capture_id: "capture" };
        staging.reading(SOURCE, &reading, &listed).unwrap();
    }
    let rows = rows(&staging.commit(true).unwrap());
    let told: Vec<_> = rows
        .iter()
        .map(|(day, model, price, _)| (day.as_str(), model.as_str(), price.is_some()))
        .collect();
    let expected = [
        ("2026-05-01", "gpt-a", true),
        ("2026-05-01", "gpt-a", true),
        ("2026-05-02", "gpt-a", false),
        ("2026-05-02", "gpt-b", true),
    ];
    assert_eq!(told, expected);
}
