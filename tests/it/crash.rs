//! A run that is killed leaves the old snapshot whole, and the next run makes good.

use std::fs;
use std::thread::sleep;
use std::time::Instant;

use crate::origin::{Answer, Origin, facts_path};
use crate::program::{Warehouse, checkout};
use crate::repeated_runs::assert_same_tables;

/// Serves the fixtures of every source under the SEC's paths.
fn fixtures() -> Origin {
    let origin = Origin::start();
    for (source, path) in
        [("sec_companyfacts", "/api/xbrl/companyfacts/"), ("sec_submissions", "/submissions/")]
    {
        for entry in checkout().join("pipelines").join(source).join("fixtures").read_dir().unwrap()
        {
            let file = entry.unwrap().path();
            let name = file.file_name().unwrap().to_str().unwrap();
            origin.serve(&format!("{path}{name}"), fs::read(&file).unwrap());
        }
    }
    origin
}

fn undisturbed() -> Warehouse {
    let warehouse = Warehouse::new();
    warehouse
        .run(&["ingest", "sec_companyfacts", "sec_submissions", &fixtures().sec()])
        .with_status(0);
    warehouse
}

/// Every file that the newest snapshot names is there with the bytes it should have.
fn assert_whole(warehouse: &Warehouse) {
    for line in warehouse.data_files() {
        let (sum, file) = line.split_once("  ").unwrap();
        let bytes = fs::read(warehouse.latest().join(file)).unwrap();
        assert_eq!(burnrate_model::sha256_hex(&bytes), sum, "{file}");
    }
}

#[test]
fn a_run_killed_while_fetching_is_made_good_by_the_next() {
    let origin = fixtures();
    let oracle = facts_path("0001341439");
    let good = fs::read(checkout().join("pipelines/sec_companyfacts/fixtures/CIK0001341439.json"))
        .unwrap();
    origin.answer(&oracle, Answer::Silence);
    let warehouse = Warehouse::new();
    let mut child =
        warehouse.start(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()]);
    origin.wait_for(&oracle);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!warehouse.latest().exists(), "nothing was committed");
    origin.serve(&oracle, good);
    warehouse.run(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()]).with_status(0);
    assert_same_tables(&warehouse, &undisturbed());
    assert_eq!(
        warehouse.root().join("snapshots").read_dir().unwrap().count(),
        1,
        "the unfinished snapshot is gone"
    );
}

/// At every stage from the first byte to past the commit: what `latest` names is whole, and the next run's
/// tables are those of an undisturbed run.
#[test]
fn a_run_killed_at_any_time_never_damages_latest() {
    let origin = fixtures();
    let expected = undisturbed();
    let warehouse = Warehouse::new();
    let begun = Instant::now();
    warehouse.run(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()]).with_status(0);
    let whole_run = begun.elapsed();
    let pointer = || fs::read_link(warehouse.latest()).unwrap();
    let (mut before_commit, mut after_commit) = (0, 0);
    for twentieth in 0..30 {
        let published = pointer();
        let mut child =
            warehouse.start(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()]);
        sleep(whole_run * twentieth / 20);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_whole(&warehouse);
        let is_committed = pointer() != published;
        before_commit += i32::from(!is_committed);
        after_commit += i32::from(is_committed);
    }
    assert!(before_commit > 0 && after_commit > 0, "{before_commit} before, {after_commit} after");
    warehouse.run(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()]).with_status(0);
    assert_whole(&warehouse);
    assert_same_tables(&warehouse, &expected);
}
