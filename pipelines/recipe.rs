//! `just new-source`: what it makes, and that nothing that it makes passes for a source before it is
//! written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use burnrate_model::{Extract, RawDocument, Source, Spec, WatchList};

use crate::SOURCES;
use crate::new_source::NewSource;

/// The folder that new sources are made from.
pub(crate) const TEMPLATE: &str = "new_source";

/// Stands wherever something is to be written.
const UNWRITTEN: &str = "not written yet";

/// Stands for the publisher's host.
const NOWHERE: &str = "example.com";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of sources with nothing in it but what the recipe needs.
fn sources_elsewhere() -> tempfile::TempDir {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::copy(folder().join("lib.rs"), elsewhere.path().join("lib.rs")).unwrap();
    let template = elsewhere.path().join(TEMPLATE);
    fs::create_dir_all(template.join("fixtures")).unwrap();
    for file in ["mod.rs", "pipeline.toml", "captures.toml", "fixtures/README.md"] {
        fs::copy(folder().join(TEMPLATE).join(file), template.join(file)).unwrap();
    }
    elsewhere
}

fn new_source(id: &str, sources: &Path) -> Output {
    let script = folder().join("new_source.sh");
    Command::new("sh").arg(script).arg(id).arg(sources).output().unwrap()
}

/// The modules and the sources that `lib.rs` lists.
fn listed(sources: &Path) -> (Vec<String>, Vec<String>) {
    let text = fs::read_to_string(sources.join("lib.rs")).unwrap();
    let is_module = |line: &&str| line.starts_with("mod ") || line.starts_with("pub mod ");
    let modules = text.lines().skip_while(|line| !is_module(line)).take_while(is_module);
    let modules = modules.filter_map(|line| line.split_once("mod ")).map(|(_, name)| name);
    let offers = text.lines().filter_map(|line| line.strip_prefix("    &"));
    (modules.map(str::to_owned).collect(), offers.map(str::to_owned).collect())
}

#[test]
fn a_new_source_is_one_folder_and_two_lines_in_order() {
    let elsewhere = sources_elsewhere();
    let before = listed(elsewhere.path());
    // At the beginning, in between, at the end.
    for (id, name) in [
        ("aaa_prices", "AaaPrices"),
        ("hyper2_gpu_prices", "Hyper2GpuPrices"),
        ("zzz_prices", "ZzzPrices"),
    ] {
        let made = new_source(id, elsewhere.path());
        assert!(made.status.success(), "{made:?}");
        assert_eq!(String::from_utf8(made.stdout).unwrap().lines().count(), 6);
        let (modules, sources) = listed(elsewhere.path());
        assert!(modules.is_sorted() && sources.is_sorted(), "{modules:?} {sources:?}");
        assert!(modules.contains(&format!("{id};")));
        assert!(sources.contains(&format!("{id}::{name},")));
        let made = elsewhere.path().join(id);
        let spec = fs::read_to_string(made.join("pipeline.toml")).unwrap();
        assert_eq!(Spec::from_toml(&spec).unwrap().id, id);
        let module = fs::read_to_string(made.join("mod.rs")).unwrap();
        assert!(module.contains(&format!("pub(crate) struct {name};")));
        assert!(made.join("captures.toml").exists() && made.join("fixtures/README.md").exists());
    }
    let after = listed(elsewhere.path());
    assert_eq!((after.0.len(), after.1.len()), (before.0.len() + 3, before.1.len() + 3));
}

#[test]
fn names_that_are_taken_or_are_no_names_are_refused() {
    let elsewhere = sources_elsewhere();
    let before = fs::read(elsewhere.path().join("lib.rs")).unwrap();
    for id in [
        "",
        "lambda",
        "Lambda_pricing",
        "lambda-pricing",
        "lambda__pricing",
        "_lambda",
        "lambda_",
        "9_lives",
        "lambda pricing",
        "../lambda_pricing",
        "lambda_pricing\nx",
        "new_source",
        "model_list",
        "lambda_pricing",
    ] {
        let refused = new_source(id, elsewhere.path());
        assert_eq!(refused.status.code(), Some(2), "{id}");
        assert!(!refused.stderr.is_empty(), "{id}");
    }
    assert_eq!(fs::read(elsewhere.path().join("lib.rs")).unwrap(), before);
    assert_eq!(elsewhere.path().read_dir().unwrap().count(), 2);
}

#[test]
fn what_the_recipe_makes_refuses_every_page() {
    let document = RawDocument {
        url: NewSource.spec().fixtures_url.clone(),
        fetched_at: "2026-11-24T00:00:00Z".parse().unwrap(),
        body: b"<table><tr><th>Model</th><th>Input</th></tr><tr><td>a</td><td>$1</td></tr></table>"
            .to_vec(),
    };
    let error = NewSource.parse(&document, &mut Extract::default()).unwrap_err();
    assert!(error.to_string().contains(UNWRITTEN), "{error}");
}

#[test]
fn no_source_is_left_as_the_recipe_made_it() {
    for source in SOURCES {
        let id = &source.spec().id;
        let read = |file| fs::read_to_string(folder().join(id).join(file)).unwrap_or_default();
        for file in ["mod.rs", "pipeline.toml", "fixtures/README.md"] {
            assert!(!read(file).contains(UNWRITTEN), "{id}/{file}");
        }
        assert!(!read("pipeline.toml").contains(NOWHERE), "{id}");
        for request in source.start(&WatchList::default()) {
            assert!(!request.url.contains(NOWHERE), "{id} asks for {}", request.url);
        }
    }
}
