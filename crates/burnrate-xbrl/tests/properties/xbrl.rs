//! The readers of Inline XBRL and of instances: every byte range is one of the document, facts come in
//! order and lie beside or within each other, and what comes out grows with what went in.

use std::ops::Range;

use burnrate_xbrl::markup::Tokens;
use burnrate_xbrl::{
    Content, DocumentText, Fact, Problem, Reading, Value, inline_facts, instance_facts,
    most_precise,
};

/// Texts of facts that are taken out: each may be as long as the document.
const TEXTS: usize = 8;

/// Bytes that begin with `i` are an instance; others are a set of documents with a zero byte between
/// any two, of which the first begins with any byte at all.
pub(crate) fn inline(bytes: &[u8]) {
    let (is_instance, documents) = match bytes {
        [b'i', instance @ ..] => (true, vec![instance]),
        set => (false, set.split(|byte| *byte == 0).collect()),
    };
    let texts: Result<Vec<_>, _> =
        documents.iter().map(|bytes| DocumentText::decode(bytes)).collect();
    let Ok(texts) = texts else { return };
    for (text, bytes) in texts.iter().zip(&documents) {
        tokens_cover(text, bytes);
    }
    let reading = if is_instance { instance_facts(&texts[0]) } else { inline_facts(&texts) };
    if let Ok(reading) = reading {
        check(reading, &documents);
    }
}

/// Tokens follow each other without a gap, and ranges of the text are ranges of the bytes.
fn tokens_cover(text: &DocumentText<'_>, bytes: &[u8]) {
    let (mut end, mut byte) = (0, 0);
    for (span, _) in Tokens::new(text.text()) {
        assert_eq!(span.start, end);
        assert!(span.end > span.start);
        end = span.end;
        let range = text.bytes(span);
        assert!(byte <= range.start && range.start <= range.end && range.end <= bytes.len());
        byte = range.end;
    }
    assert_eq!(end, text.text().len());
}

fn check(reading: Reading<'_>, documents: &[&[u8]]) {
    let size: usize = documents.iter().map(|bytes| bytes.len()).sum();
    assert!(reading.is_tagged || reading.facts.is_empty(), "facts of a document without tags");
    let count = reading.facts.len() + reading.problems.len() + reading.footnotes.len();
    assert!(count <= size, "{count} facts, problems and footnotes of {size} bytes");
    let references: usize = reading.facts.iter().map(|fact| fact.footnotes.len()).sum();
    assert!(references <= size, "{references} references to footnotes of {size} bytes");
    for fact in &reading.facts {
        check_fact(fact, &reading, documents);
    }
    for pair in reading.facts.windows(2) {
        let [one, next] = pair else { continue };
        assert!(
            (one.document, one.span.start) < (next.document, next.span.start),
            "{one:?} {next:?}"
        );
        let is_apart = one.document != next.document || one.span.end <= next.span.start;
        assert!(is_apart || next.span.end <= one.span.end, "{one:?} {next:?}");
    }
    check_problems(&reading.problems, documents);
    let texts = reading.facts.iter().filter_map(|fact| match &fact.value {
        Value::Text(content) => Some(content),
        Value::Number(..) | Value::Nil => None,
    });
    let notes = reading.footnotes.iter().map(|footnote| &footnote.content);
    texts.take(TEXTS).chain(notes.take(TEXTS)).for_each(|content| check_text(content, size));
    check_precision(reading.facts, documents);
}

fn check_fact(fact: &Fact<'_>, reading: &Reading<'_>, documents: &[&[u8]]) {
    let bytes = documents[fact.document];
    assert_eq!(bytes[fact.span.clone()].first(), Some(&b'<'), "{fact:?}");
    assert!(fact.footnotes.iter().all(|note| *note < reading.footnotes.len()), "{fact:?}");
    assert!(!matches!(fact.value, Value::Number(..)) || fact.unit.is_some(), "{fact:?}");
    assert!(fact.context.dimensions.is_sorted_by_key(|dimension| dimension.axis.to_string()));
}

fn check_problems(problems: &[Problem], documents: &[&[u8]]) {
    for Problem { document, span, reason } in problems {
        let Range { start, end } = *span;
        assert!(start <= end && end <= documents[*document].len(), "{start}..{end}: {reason}");
        // It may quote the name that stands there.
        assert!((1..2000 + end - start).contains(&reason.len()), "{reason}");
    }
}

/// A text is part of its documents; an entity may stand for a few bytes more than it has.
fn check_text(content: &Content<'_>, size: usize) {
    assert!(content.text().len() <= 4 * size + 100);
    assert!(content.visible().len() <= 4 * size + 100);
}

/// Of facts that are the same, one is left, and no other gets lost without a word.
fn check_precision(facts: Vec<Fact<'_>>, documents: &[&[u8]]) {
    let count = facts.len();
    let (kept, problems) = most_precise(facts);
    assert!(kept.len() <= count);
    assert!(kept.iter().map(|fact| fact.also.len()).sum::<usize>() + kept.len() <= count);
    for also in kept.iter().flat_map(|fact| &fact.also) {
        assert_eq!(documents[also.document][also.span.clone()].first(), Some(&b'<'));
    }
    check_problems(&problems, documents);
}
