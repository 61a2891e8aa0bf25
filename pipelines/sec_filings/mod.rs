//! Filings of watched companies as submitted: the facts and the figures in prose of their documents.
//!
//! Each is read from its full submission text file, which states by itself who filed it and when, and
//! holds all documents of the set that share one Inline XBRL header.

use burnrate_model::generated::{Filing, FilingDocument};
use burnrate_model::{Extract, Issue, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_xbrl::{
    DocumentText, Documents, SubmissionDocument, SubmissionHeader, filing_facts, full_submission,
    inline_facts, instance_facts, locator,
};
use chrono::NaiveDate;

use crate::sec_companyfacts::NEVER_NEGATIVE;
use crate::{StaticSpec, spec};

mod prose;

/// Forms that are read, besides their amendments (`/A`): annual, quarterly, transition and current reports.
/// Another form, or an earlier first day, needs a new parser version of `sec_submissions`, which makes the
/// requests: an index that has not changed is not read again otherwise.
const FORMS: &[&str] = &["10-K", "10-KT", "10-Q", "10-QT", "20-F", "8-K"];

/// Filings before this day are not asked for: generative AI has revenue since late 2022, and the reports of
/// 2022 state the year before beside their own.
const FIRST_FILED: NaiveDate = NaiveDate::from_ymd_opt(2022, 1, 1).unwrap();

/// See the module.
pub(crate) struct SecFilings;

impl Source for SecFilings {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        Vec::new()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let body = &document.body;
        let submission = full_submission(body, &mut out.issues)?;
        let header = &submission.header;
        let mut parts: Vec<_> =
            submission.documents.iter().map(|document| Part::read(document, body, out)).collect();
        facts(body, header, &mut parts, out);
        for part in &parts {
            out.push(part.row(header), locator(&part.document.span), header.filed_date);
            if let Some(text) = part.text.as_ref().filter(|_| prose::speaks(header, part.document))
            {
                prose::disclosures(text, header, part.document, out);
            }
        }
        Ok(())
    }
}

/// The request for a filing's full submission, where it is one that this source reads.
pub(crate) fn request(filing: &Filing) -> Option<Request> {
    let form = filing.form_type.strip_suffix("/A").unwrap_or(&filing.form_type);
    (FORMS.contains(&form) && filing.filed_date >= FIRST_FILED).then(|| Request {
        source_id: SecFilings.spec().id.clone(),
        url: full_submission_url(&filing.cik, &filing.accession_number),
    })
}

/// Where EDGAR serves all documents of a filing in one file.
pub(crate) fn full_submission_url(cik: &str, accession_number: &str) -> String {
    let folder = cik.trim_start_matches('0');
    format!("https://www.sec.gov/Archives/edgar/data/{folder}/{accession_number}.txt")
}

/// What a document of a filing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Markup {
    Inline,
    Instance,
    Html,
    Text,
    /// Nothing of the filer's own words: graphics, archives, schemas, pages that the SEC rendered.
    NotRead,
}

impl Markup {
    fn of(part: &SubmissionDocument<'_>, content: &[u8]) -> Self {
        let made_by_the_sec = matches!(part.document_type, "XML" | "JSON" | "ZIP" | "EXCEL");
        if part.document_type == "EX-101.INS" {
            Self::Instance
        } else if part.is_uuencoded
            || made_by_the_sec
            || part.document_type == "GRAPHIC"
            || part.document_type.starts_with("EX-101")
        {
            Self::NotRead
        } else if has(content, b"xmlns:ix=") || has(content, b"inlineXBRL") {
            Self::Inline
        } else if has(content, b"<html") || has(content, b"<HTML") {
            Self::Html
        } else {
            Self::Text
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Inline => "inline_xbrl",
            Self::Instance => "xbrl_instance",
            Self::Html => "html",
            Self::Text => "text",
            Self::NotRead => "not_read",
        }
    }
}

fn has(content: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(content, needle).is_some()
}

/// A document of a filing on its way to rows.
struct Part<'a> {
    document: &'a SubmissionDocument<'a>,
    markup: Markup,
    /// Its text, where it is one to be read and can be.
    text: Option<DocumentText<'a>>,
    facts_read: usize,
}

impl<'a> Part<'a> {
    /// A document that cannot be read is an issue, and the rest of the filing stands.
    fn read(document: &'a SubmissionDocument<'a>, body: &'a [u8], out: &mut Extract) -> Self {
        let content = &body[document.span.clone()];
        let markup = Markup::of(document, content);
        let mut text = None;
        if markup != Markup::NotRead {
            match DocumentText::decode(content) {
                Ok(decoded) => text = Some(decoded),
                Err(error) => out.issues.push(unreadable(document, body, &error)),
            }
        }
        Self { document, markup, text, facts_read: 0 }
    }

    fn row(&self, header: &SubmissionHeader<'_>) -> FilingDocument {
        FilingDocument {
            cik: header.filers.first().map(|filer| filer.cik.to_string()).unwrap_or_default(),
            accession_number: header.accession_number.to_owned(),
            form_type: header.form_type.to_owned(),
            filed_date: header.filed_date,
            sequence: i64::from(self.document.sequence),
            document_type: self.document.document_type.to_owned(),
            document_name: self.document.file_name.map(str::to_owned),
            document_description: self.document.description.map(str::to_owned),
            markup: self.markup.as_str().to_owned(),
            document_bytes: i64::try_from(self.document.span.len()).unwrap_or(i64::MAX),
            facts_read: i64::try_from(self.facts_read).unwrap_or(i64::MAX),
        }
    }
}

/// Reads the facts of the Inline XBRL documents, which are one set, or else of the standalone instances,
/// which hold the same facts again where there is a set.
fn facts(body: &[u8], header: &SubmissionHeader<'_>, parts: &mut [Part<'_>], out: &mut Extract) {
    let of = |parts: &[Part<'_>], markup| -> Vec<usize> {
        let is_one = |part: &Part<'_>| part.markup == markup && part.text.is_some();
        (0..parts.len()).filter(|&index| is_one(&parts[index])).collect()
    };
    let inline = of(parts, Markup::Inline);
    let sets = if inline.is_empty() {
        of(parts, Markup::Instance).into_iter().map(|index| vec![index]).collect()
    } else {
        vec![inline]
    };
    for set in sets {
        let texts: Vec<_> = set.iter().filter_map(|&index| parts[index].text.clone()).collect();
        let reading = match &texts[..] {
            [text] if parts[set[0]].markup == Markup::Instance => instance_facts(text),
            texts => inline_facts(texts),
        };
        match reading {
            Ok(reading) => {
                let starts = set.iter().map(|&index| parts[index].document.span.start).collect();
                let documents = Documents { body, starts };
                let rows = filing_facts(reading, &documents, header, NEVER_NEGATIVE, out);
                set.iter().zip(rows).for_each(|(&index, rows)| parts[index].facts_read = rows);
            }
            Err(error) => {
                let issue = |&index: &usize| unreadable(parts[index].document, body, &error);
                out.issues.extend(set.iter().map(issue));
            }
        }
    }
}

/// A document that cannot be read; its beginning stands for it.
fn unreadable(document: &SubmissionDocument<'_>, body: &[u8], error: &ShapeError) -> Issue {
    let content = &body[document.span.clone()];
    Issue {
        locator: locator(&document.span),
        reason: format!("the document cannot be read: {error}"),
        record: String::from_utf8_lossy(&content[..content.len().min(200)]).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filing(form_type: &str, filed_date: &str) -> Filing {
        Filing {
            cik: "0001045810".to_owned(),
            accession_number: "0001045810-25-000023".to_owned(),
            form_type: form_type.to_owned(),
            filed_date: filed_date.parse().unwrap(),
            report_date: None,
            accepted_text: None,
            primary_document: None,
            primary_document_description: None,
            items: None,
            size_bytes: 0,
            is_xbrl: true,
            is_inline_xbrl: true,
        }
    }

    #[test]
    fn reports_and_their_amendments_are_asked_for_whole() {
        let url = "https://www.sec.gov/Archives/edgar/data/1045810/0001045810-25-000023.txt";
        for form in ["10-K", "10-K/A", "10-Q", "10-Q/A", "20-F", "20-F/A", "8-K", "8-K/A"] {
            let request = request(&filing(form, "2025-02-26")).unwrap();
            assert_eq!((request.source_id.as_str(), request.url.as_str()), ("sec_filings", url));
        }
        for form in ["4", "DEF 14A", "S-1", "D", "10-D", "NT 10-K"] {
            assert_eq!(request(&filing(form, "2025-02-26")), None, "{form}");
        }
        assert_eq!(request(&filing("10-K", "2021-12-31")), None, "before the first day");
    }
}
