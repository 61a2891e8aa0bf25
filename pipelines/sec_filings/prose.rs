//! Figures that a document states in sentences.

use burnrate_model::Extract;
use burnrate_model::generated::Disclosure;
use burnrate_prose::{Period, disclosures as read};
use burnrate_xbrl::{DocumentText, FilingText, SubmissionDocument, SubmissionHeader, locator};

/// Whether a document speaks for the filer: the report itself, its annual report to shareholders (EX-13), and
/// press releases (EX-99). Contracts and consents speak of others.
pub(super) fn speaks(header: &SubmissionHeader<'_>, part: &SubmissionDocument<'_>) -> bool {
    let kind = part.document_type;
    kind == header.form_type || kind.starts_with("EX-13") || kind.starts_with("EX-99")
}

/// Reads the disclosures of one document into `core_disclosure` rows.
pub(super) fn disclosures(
    text: &DocumentText<'_>,
    header: &SubmissionHeader<'_>,
    part: &SubmissionDocument<'_>,
    out: &mut Extract,
) {
    let Some(filer) = header.filers.first() else { return };
    let prose = FilingText::read(text.text());
    let (mut sentence_start, mut figure_number) = (None, 0);
    for disclosure in read(prose.as_str()) {
        let is_next =
            sentence_start.replace(disclosure.sentence.start) == Some(disclosure.sentence.start);
        figure_number = if is_next { figure_number + 1 } else { 1 };
        let sentence = text.bytes(prose.source(disclosure.sentence.clone()));
        let range = part.span.start + sentence.start..part.span.start + sentence.end;
        let words = |span: &std::ops::Range<usize>| prose.as_str()[span.clone()].to_owned();
        let row = Disclosure {
            cik: filer.cik.to_string(),
            disclosure_kind: disclosure.kind.as_str().to_owned(),
            subject: disclosure.subject,
            value_low: disclosure.low,
            value_high: disclosure.high,
            hedge: disclosure.hedge.as_str().to_owned(),
            figure_unit: disclosure.unit.to_string(),
            period_text: disclosure.period.as_ref().map(ToString::to_string),
            period_end: disclosure.period.as_ref().and_then(Period::end),
            figure: words(&disclosure.figure),
            figure_number,
            evidence: words(&disclosure.sentence),
            rules: disclosure.rules.join(" "),
            document_type: part.document_type.to_owned(),
            document_name: part.file_name.unwrap_or_default().to_owned(),
            accession_number: header.accession_number.to_owned(),
            form_type: header.form_type.to_owned(),
            filed_date: header.filed_date,
        };
        out.push(row, locator(&range), header.filed_date);
    }
}
