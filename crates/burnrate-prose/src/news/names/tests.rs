use super::*;
use crate::news::Article;
use crate::news::english::Document;

fn check(text: &str, expected: &[&str]) {
    let article = Article { text, title: None, published: None };
    let document = Document::new(&article, Gazetteer::standard());
    let names: Vec<_> = document
        .sentences
        .iter()
        .flat_map(|sentence| &sentence.names)
        .map(|name| name.text)
        .collect();
    assert_eq!(names, expected, "{text}");
}

#[test]
fn a_name_ends_before_a_possessive_and_a_role() {
    check(
        "Zorbax’s CEO Ada Quill met Veltrix CTO Bo Marr.",
        &["Zorbax", "Ada Quill", "Veltrix", "Bo Marr"],
    );
    check("The deal pushes Databricks' valuation up.", &["Databricks"]);
}

#[test]
fn the_first_word_of_a_sentence_is_a_name_where_a_verb_or_a_comma_follows() {
    check("Zorbax raises $5M.", &["Zorbax"]);
    check("Zorbax, a maker of lamps, grew.", &["Zorbax"]);
    check("Legal software company Zorbax grew.", &["Zorbax"]);
    check("Observability startup Zorbax grew.", &["Zorbax"]);
    check("Swedish vibe coding startup Zorbax grew.", &["Zorbax"]);
    check("Surprisingly, costs fell.", &[]);
    check("Hundreds of startups fell.", &[]);
}

#[test]
fn odd_spellings_are_names() {
    check(
        "It is led by lool Ventures, 83North, a16z and M Ventures.",
        &["lool Ventures", "83North", "a16z", "M Ventures"],
    );
    check(
        "We met xAI, Quibble.ai and Fidelity Management & Research Company.",
        &["xAI", "Quibble.ai", "Fidelity Management & Research Company"],
    );
    check("UK investors Playfair and Episode 1. They agreed.", &["UK", "Playfair", "Episode 1"]);
}

#[test]
fn a_name_in_an_adjective_says_so() {
    let text = "SoftBank-backed Zorbax met ex-OpenAI staff.";
    let article = Article { text, title: None, published: None };
    let document = Document::new(&article, Gazetteer::standard());
    let names = &document.sentences[0].names;
    let modifiers: Vec<_> = names.iter().map(|name| (name.text, name.is_modifier)).collect();
    assert_eq!(modifiers, [("SoftBank", true), ("Zorbax", false), ("OpenAI", true)]);
}

#[test]
fn capitals_of_a_headline_in_title_case_are_told_by_the_body() {
    check(
        "Blue Heron Lands $5 Million to Streamline Legal Work\nToday Blue Heron said that it will streamline legal work.",
        &["Blue Heron", "Blue Heron"],
    );
    check("Zorbax Raises $5 Million to Build Better Robots", &["Zorbax"]);
}

#[test]
fn letters_of_rounds_months_and_peoples_are_no_names() {
    check("In March it raised a Series B from Swedish investors.", &[]);
}
