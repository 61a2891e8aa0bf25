//! An explanation as one page that needs nothing else: no script, no style sheet, no image.

use std::fmt::Write as _;

use super::graph::{Basis, Explained, Explanation};
use crate::evidence::Evidence;
use crate::excerpt::Excerpt;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}\
    section{border-top:1px solid #bbb;margin-top:2rem}table{border-collapse:collapse}\
    td,th{text-align:left;vertical-align:top;padding:.1rem 1rem .1rem 0;font-weight:normal}th{color:#666}\
    pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f4f4;padding:1rem}\
    mark{background:#ffe066}.wrong{color:#b00020;font-weight:bold}";

/// The page.
pub(crate) fn page(explanation: &Explanation) -> String {
    let title = explanation.rows.first().map_or(String::new(), title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>{title}</title><style>{STYLE}</style></head>\n<body>\n<p>Snapshot {}</p>\n",
        escaped(&explanation.snapshot)
    );
    for (place, row) in explanation.rows.iter().enumerate() {
        section(&mut out, explanation, place, row);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn title(row: &Explained) -> String {
    format!("{} {}", escaped(row.table.name), escaped(&row.name))
}

// Writing to a String cannot fail: results of `write!` are not looked at.
fn section(out: &mut String, explanation: &Explanation, place: usize, row: &Explained) {
    let heading = if place == 0 { "h1" } else { "h2" };
    let _infallible = writeln!(
        out,
        "<section id=\"row-{place}\"><{heading}>{}</{heading}>\n<p>{}</p>",
        title(row),
        escaped(row.table.description)
    );
    if let Basis::Computed(header) = &row.basis {
        for (name, text) in header {
            let _infallible = writeln!(out, "<p><b>{}</b>: {}</p>", escaped(name), escaped(text));
        }
    }
    out.push_str("<table>\n");
    for (name, value) in &row.cells {
        let _infallible = writeln!(out, "<tr><th>{}<td>{}", escaped(name), escaped(value));
    }
    out.push_str("</table>\n");
    match &row.basis {
        Basis::Computed(_) => {}
        Basis::Read(evidence) => read(out, evidence),
        Basis::Contradicted(reason) => {
            let _infallible = writeln!(out, "<p class=\"wrong\">Not so: {}</p>", escaped(reason));
        }
        Basis::Recorded(by) => {
            let _infallible = writeln!(out, "<p>{}</p>", escaped(by));
        }
    }
    if !row.inputs.is_empty() {
        out.push_str("<p>Made of</p>\n<ul>\n");
        for (role, place) in &row.inputs {
            let Some(input) = explanation.rows.get(*place) else { continue };
            let _infallible = writeln!(
                out,
                "<li>{}: <a href=\"#row-{place}\">{}</a>",
                escaped(role),
                title(input)
            );
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
}

fn read(out: &mut String, evidence: &Evidence) {
    let capture = &evidence.document.capture;
    let _infallible = writeln!(
        out,
        "<p>Read by {} from {}<br>fetched {}, SHA-256 {}<br>archived in {} at offset {}</p>",
        escaped(&capture.source_id),
        escaped(&capture.url),
        capture.fetched_at.format("%Y-%m-%d %H:%M:%S UTC"),
        escaped(&capture.payload_sha256),
        escaped(&capture.warc_file),
        capture.warc_offset
    );
    if let Some(Excerpt { before, marked, after }) = Excerpt::of(evidence) {
        let (before, marked, after) = (escaped(&before), escaped(&marked), escaped(&after));
        let _infallible = writeln!(out, "<pre>…{before}<mark>{marked}</mark>{after}…</pre>");
    }
    if let Some((column, value)) = &evidence.shown {
        let (column, value) = (escaped(column), escaped(value));
        let _infallible = writeln!(
            out,
            "<p>Proved: the document has its digest, gives the row again, and says {column} {value} there.</p>"
        );
    }
    for note in &evidence.notes {
        let _infallible = writeln!(out, "<p>{}</p>", escaped(note));
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_document_can_write_markup() {
        assert_eq!(
            escaped("</pre><script>'a' & \"b\"</script>"),
            "&lt;/pre&gt;&lt;script&gt;&#39;a&#39; &amp; &quot;b&quot;&lt;/script&gt;"
        );
    }
}
