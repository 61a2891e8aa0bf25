//! The readers of a filing's other parts: documents lie beside each other in a full submission, visible
//! text leads back to the document, and a report of something odd is short.

use burnrate_model::Issue;
use burnrate_xbrl::{
    DocumentText, FilingText, current_feed, filing_index, form_d, form_index, full_submission,
    index_headers, xbrl_feed,
};

/// The first byte says as what the others are read.
pub(crate) fn filing(bytes: &[u8]) {
    let Some((kind, body)) = bytes.split_first() else { return };
    let mut issues = Vec::new();
    match kind {
        b's' => submission(body, &mut issues),
        b't' => visible_text(body),
        b'd' => drop(form_d(body, &mut issues)),
        b'h' => drop(index_headers(body, &mut issues)),
        b'p' => drop(filing_index(body, &mut issues)),
        b'c' => drop(current_feed(body, &mut issues)),
        b'x' => drop(xbrl_feed(body, &mut issues)),
        _ => drop(form_index(body, &mut issues)),
    }
    assert!(issues.len() <= body.len() + 8);
    for Issue { locator, reason, .. } in &issues {
        assert!(!locator.is_empty() && !reason.is_empty(), "`{locator}`: `{reason}`");
    }
}

fn submission(body: &[u8], issues: &mut Vec<Issue>) {
    let Ok(submission) = full_submission(body, issues) else { return };
    let mut end = 0;
    for document in &submission.documents {
        assert!(end <= document.span.start, "{document:?}");
        assert!(document.span.start <= document.span.end, "{document:?}");
        end = document.span.end;
    }
    assert!(end <= body.len());
}

fn visible_text(body: &[u8]) {
    let Ok(document) = DocumentText::decode(body) else { return };
    let visible = FilingText::read(document.text());
    assert!(visible.as_str().len() <= 4 * document.text().len() + 100);
    let mut start = 0;
    for line in visible.as_str().split_inclusive('\n') {
        let source = visible.source(start..start + line.len());
        assert!(source.start <= source.end, "{source:?}");
        let bytes = document.bytes(source);
        assert!(bytes.start <= bytes.end && bytes.end <= body.len(), "{bytes:?}");
        start += line.len();
    }
}
