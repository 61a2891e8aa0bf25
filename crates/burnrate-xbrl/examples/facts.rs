//! Prints the facts of a filing: `cargo run -p burnrate-xbrl --example facts -- nvda-20250126.htm`.
//!
//! Several documents are one set; an `.xml` is a standalone instance.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the command line")]

use std::error::Error;
use std::path::Path;

use burnrate_xbrl::{DocumentText, Value, inline_facts, instance_facts, most_precise};

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<_> = std::env::args().skip(1).collect();
    let bodies = paths.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let set =
        bodies.iter().map(|body| DocumentText::decode(body)).collect::<Result<Vec<_>, _>>()?;
    let reading = match set.as_slice() {
        [only] if Path::new(&paths[0]).extension() == Some("xml".as_ref()) => instance_facts(only)?,
        _ => inline_facts(&set)?,
    };
    if !reading.is_tagged {
        println!("no XBRL in it");
    }
    let (facts, conflicts) = most_precise(reading.facts);
    for fact in &facts {
        let value = match &fact.value {
            Value::Number(number, _) => number.to_string(),
            Value::Text(content) => content.visible().chars().take(60).collect(),
            Value::Nil => "nil".to_owned(),
        };
        println!(
            "{}\t{:?}\t{}\t{value}\t{}\tbytes {}..{} of {}",
            fact.concept,
            fact.context.period,
            fact.context.dimensions_text(),
            fact.unit.as_deref().unwrap_or(""),
            fact.span.start,
            fact.span.end,
            paths[fact.document],
        );
    }
    for problem in reading.problems.iter().chain(&conflicts) {
        let path = &paths[problem.document];
        eprintln!("{path}: bytes {}..{}: {}", problem.span.start, problem.span.end, problem.reason);
    }
    Ok(())
}
