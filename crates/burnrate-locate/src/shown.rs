//! Whether bytes say a value, as a person would read them.

use std::iter;

use scraper::{Html, Node};

use crate::unescaped::Unescaped;

/// Whether the bytes contain a text: as they are, without the escapes of JSON, or as a page would show them.
/// White space does not count, which markup and mark-down have where nobody sees it.
pub fn says(bytes: &[u8], value: &str) -> bool {
    let wanted = squeezed(value);
    !wanted.is_empty() && readings(bytes).any(|reading| squeezed(&reading).contains(&wanted))
}

/// From the plainest to the most worked on: each is made only where those before do not do.
fn readings(bytes: &[u8]) -> impl Iterator<Item = String> {
    let raw = String::from_utf8_lossy(bytes).into_owned();
    let makers: [fn(&str) -> Option<String>; 5] = [
        |raw| Some(raw.to_owned()),
        unescaped,
        |raw| Some(shown(raw)),
        |raw| unescaped(raw).map(|text| shown(&text)),
        // Markup in a feed is text of its elements.
        |raw| Some(shown(&shown(&raw.replace("<![CDATA[", "").replace("]]>", "")))),
    ];
    makers.into_iter().filter_map(move |make| make(&raw))
}

/// A text in JSON, or part of one, or a value of which all texts matter.
fn unescaped(raw: &str) -> Option<String> {
    if !raw.contains('\\') {
        return None;
    }
    let quoted = format!("\"{}\"", raw.trim_matches('"'));
    if let Some(text) = Unescaped::of_json(&quoted) {
        return Some(text.text);
    }
    serde_json::from_str::<serde_json::Value>(raw).ok().map(|value| texts(&value))
}

/// The texts of a value, one after the other.
fn texts(value: &serde_json::Value) -> String {
    let (mut out, mut left) = (String::new(), vec![value]);
    while let Some(value) = left.pop() {
        match value {
            serde_json::Value::String(text) => {
                out.push_str(text);
                out.push('\n');
            }
            serde_json::Value::Array(values) => left.extend(values.iter().rev()),
            serde_json::Value::Object(members) => left.extend(members.values()),
            serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {
            }
        }
    }
    out
}

/// What a page of these bytes shows.
fn shown(raw: &str) -> String {
    let page = Html::parse_fragment(raw);
    let texts = page.tree.nodes().filter_map(|node| match node.value() {
        Node::Text(text) => Some(&**text),
        Node::Element(_)
        | Node::Comment(_)
        | Node::Document
        | Node::Fragment
        | Node::Doctype(_)
        | Node::ProcessingInstruction(_) => None,
    });
    texts.collect()
}

fn squeezed(text: &str) -> String {
    let is_shown =
        |c: &char| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}');
    text.chars().filter(is_shown).collect()
}

/// Whether the bytes contain a figure: a numeral with the same digits, whatever its unit, separators and
/// zeros at the end are ("6.5" of 6,500,000,000), or what a format says stands for it ("no", "ten").
pub fn says_figure(bytes: &[u8], value: &str) -> bool {
    let raw = String::from_utf8_lossy(bytes);
    let wanted = significant(value);
    let numerals = |text: &str| numerals(text).any(|numeral| significant(numeral) == wanted);
    if numerals(&raw) || numerals(&shown(&raw)) {
        return true;
    }
    let formats = ["word", "zero", "fixed", "nodash", "no-dash"];
    let in_words = raw.split("format=").nth(1).and_then(|rest| rest.split(['"', '\'']).nth(1));
    in_words.is_some_and(|format| formats.iter().any(|name| format.contains(name)))
}

/// Whether the bytes contain a text, or all of its words where it puts together what stands apart.
pub fn says_words(bytes: &[u8], value: &str) -> bool {
    let words = || value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    says(bytes, value) || (words().next().is_some() && words().all(|word| says(bytes, word)))
}

/// Runs of digits with what separates them; a comma may also stand between two of them.
fn numerals(text: &str) -> impl Iterator<Item = &str> {
    let is_separator = |c: char| matches!(c, '.' | ',' | '_' | '\'' | '’' | '\u{a0}' | '\u{202f}');
    let runs = text.split(move |c: char| !c.is_ascii_digit() && !is_separator(c));
    runs.flat_map(|run| iter::once(run).chain(run.split(',')))
        .filter(|numeral| numeral.contains(|c: char| c.is_ascii_digit()))
}

/// The digits of a numeral without zeros at either end.
fn significant(numeral: &str) -> String {
    let digits: String = numeral.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}
