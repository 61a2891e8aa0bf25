//! Form D and D/A: what an exempt offering is to raise and what it has raised so far.
//!
//! Read from the full submission, since the form itself states neither its number nor the day of filing.
//! `sec_submissions` asks for those of watched filers. The private laboratories of the watch list have no
//! number at the SEC that is known here, so nothing is asked for about them.

use burnrate_model::generated::{Filing, FundingRound};
use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_xbrl::{
    FormD, FullSubmission, OfferingAmount, SubmissionDocument, SubmissionHeader, Wrapper, form_d,
    full_submission, locator,
};

use crate::company_key::company_key;
use crate::sec_filings::full_submission_url;
use crate::{StaticSpec, spec};

/// See the module.
pub(crate) struct SecFormD;

impl Source for SecFormD {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        Vec::new()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let submission = full_submission(&document.body, &mut out.issues)?;
        let notice = notice(&submission)?;
        let form = form_d(&document.body[notice.span.clone()], &mut out.issues)?;
        check(&form, &submission.header)?;
        let locator = locator(&notice.span);
        out.push(row(form, &submission.header), locator, submission.header.filed_date);
        Ok(())
    }
}

/// The request for a filing's full submission, where it is a notice of an exempt offering.
pub(crate) fn request(filing: &Filing) -> Option<Request> {
    matches!(filing.form_type.as_str(), "D" | "D/A").then(|| Request {
        source_id: SecFormD.spec().id.clone(),
        url: full_submission_url(&filing.cik, &filing.accession_number),
    })
}

/// The notice among the documents of its filing.
fn notice<'a>(
    submission: &'a FullSubmission<'_>,
) -> Result<&'a SubmissionDocument<'a>, ShapeError> {
    let form_type = submission.header.form_type;
    let mut notices = submission.documents.iter().filter(|document| {
        document.document_type == form_type && document.wrapper == Some(Wrapper::Xml)
    });
    match (form_type, notices.next(), notices.next()) {
        ("D" | "D/A", Some(notice), None) => Ok(notice),
        _ => Err(ShapeError {
            place: "documents".to_owned(),
            expected: "one XML document of Form D or D/A".to_owned(),
            found: format!("{} documents of a {form_type}", submission.documents.len()),
        }),
    }
}

/// That the form belongs to its header, and was meant.
fn check(form: &FormD, header: &SubmissionHeader<'_>) -> Result<(), ShapeError> {
    let odd = |place: &str, expected: &str, found: String| {
        Err(ShapeError { place: place.to_owned(), expected: expected.to_owned(), found })
    };
    if form.is_test {
        return odd("testOrLive", "LIVE", "TEST".to_owned());
    }
    if form.is_amendment != (header.form_type == "D/A") {
        return odd("isAmendment", "what the form type says", header.form_type.to_owned());
    }
    match form.issuers.iter().find(|issuer| header.filers.iter().all(|f| f.cik != issuer.cik)) {
        Some(issuer) => odd("issuers", "filers of the filing", issuer.cik.to_string()),
        None => Ok(()),
    }
}

fn row(form: FormD, header: &SubmissionHeader<'_>) -> FundingRound {
    let mut issuers = form.issuers.into_iter();
    let (cik, company_name) =
        issuers.next().map(|issuer| (issuer.cik.to_string(), issuer.name)).unwrap_or_default();
    FundingRound {
        mention_id: header.accession_number.to_owned(),
        company_key: company_key(&company_name),
        company_name,
        // The form knows kinds of securities, not of rounds.
        round_kind: "unknown".to_owned(),
        round_modifier: None,
        amount_low: Some(form.sold),
        amount_high: Some(form.sold),
        amount_hedge: "exact".to_owned(),
        amounts_also_stated: None,
        valuation_low: None,
        valuation_high: None,
        valuation_hedge: None,
        valuation_currency: None,
        valuation_basis: None,
        round_status: "closed".to_owned(),
        round_date: form.first_sale_date.map(|day| day.to_string()),
        mention_role: "headline".to_owned(),
        lead_investors: None,
        named_investors: None,
        attributed_to: None,
        article_url: None,
        published_on: None,
        evidence: None,
        rules: None,
        source_url: None,
        cik: Some(cik),
        co_issuers: listed(issuers.map(|issuer| issuer.name)),
        // The form asks for US dollars.
        currency: Some("USD".to_owned()),
        offered_amount: form.offered.usd(),
        is_offer_indefinite: Some(form.offered == OfferingAmount::Indefinite),
        sold_amount: Some(form.sold),
        remaining_amount: form.remaining.usd(),
        first_sale_date: form.first_sale_date,
        is_amendment: Some(form.is_amendment),
        amends_accession_number: form.previous_accession_number,
        investors: Some(form.investors),
        securities: listed(form.securities.iter().map(|security| security.as_str().to_owned())),
        exemptions: listed(form.exemptions.into_iter()),
        industry: Some(form.industry_group),
        is_business_combination: Some(form.is_business_combination),
        accession_number: Some(header.accession_number.to_owned()),
        form_type: Some(header.form_type.to_owned()),
        filed_date: Some(header.filed_date),
    }
}

fn listed(items: impl Iterator<Item = String>) -> Option<String> {
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| items.join(" | "))
}

#[cfg(test)]
mod tests {
    use burnrate_model::Decimal;

    use super::*;

    const FIXTURE: &str = include_str!("fixtures/1296490/0001398344-24-000491.txt");

    fn parse(text: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: "https://www.sec.gov/Archives/edgar/data/1296490/0001398344-24-000491.txt"
                .to_owned(),
            fetched_at: "2024-01-12T00:00:00Z".parse().unwrap(),
            body: text.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        SecFormD.parse(&document, &mut out)?;
        Ok(out)
    }

    fn day(text: &str) -> chrono::NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_notice_becomes_a_round() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(out.issues, []);
        let [sighted] = out.rows.funding_round.as_slice() else { panic!("one row") };
        assert_eq!(sighted.known_on, day("2024-01-11"));
        assert_eq!(
            sighted.row,
            FundingRound {
                mention_id: "0001398344-24-000491".to_owned(),
                company_name: "INVESTURE OPPORTUNITY FUND, LP".to_owned(),
                company_key: "investureopportunityfund".to_owned(),
                round_kind: "unknown".to_owned(),
                round_modifier: None,
                amount_low: Some(Decimal::from(561_224_695)),
                amount_high: Some(Decimal::from(561_224_695)),
                amount_hedge: "exact".to_owned(),
                currency: Some("USD".to_owned()),
                amounts_also_stated: None,
                valuation_low: None,
                valuation_high: None,
                valuation_hedge: None,
                valuation_currency: None,
                valuation_basis: None,
                round_status: "closed".to_owned(),
                round_date: Some("2004-04-01".to_owned()),
                mention_role: "headline".to_owned(),
                lead_investors: None,
                named_investors: None,
                attributed_to: None,
                article_url: None,
                published_on: None,
                evidence: None,
                rules: None,
                source_url: None,
                cik: Some("0001296490".to_owned()),
                co_issuers: None,
                offered_amount: None,
                is_offer_indefinite: Some(true),
                sold_amount: Some(Decimal::from(561_224_695)),
                remaining_amount: None,
                first_sale_date: Some(day("2004-04-01")),
                is_amendment: Some(true),
                amends_accession_number: Some("0001398344-18-000523".to_owned()),
                investors: Some(45),
                securities: Some("Equity | Pooled Investment Fund Interests".to_owned()),
                exemptions: Some("06b | 3C | 3C.1".to_owned()),
                industry: Some("Pooled Investment Fund".to_owned()),
                is_business_combination: Some(false),
                accession_number: Some("0001398344-24-000491".to_owned()),
                form_type: Some("D/A".to_owned()),
                filed_date: Some(day("2024-01-11")),
            }
        );
    }

    #[test]
    fn the_locator_is_the_form_in_bytes_of_the_submission() {
        let out = parse(FIXTURE).unwrap();
        let start = FIXTURE.find("<?xml").unwrap();
        let end = FIXTURE.find("</XML>").unwrap();
        assert_eq!(out.rows.funding_round[0].locator, format!("bytes={start}..{end}"));
    }

    #[test]
    fn further_issuers_are_named() {
        let second = "<issuerList><issuer><cik>0001296490</cik><entityName>Second, LP</entityName><entityType>Limited Partnership</entityType><yearOfInc><overFiveYears>true</overFiveYears></yearOfInc></issuer></issuerList><relatedPersonsList>";
        let out = parse(&FIXTURE.replace("<relatedPersonsList>", second)).unwrap();
        assert_eq!(out.rows.funding_round[0].row.co_issuers.as_deref(), Some("Second, LP"));
    }

    #[test]
    fn what_does_not_fit_its_header_is_refused() {
        let check = |from: &str, to: &str, place: &str| {
            assert!(FIXTURE.contains(from), "{from}");
            assert_eq!(parse(&FIXTURE.replace(from, to)).unwrap_err().place, place, "{from}");
        };
        check(">LIVE<", ">TEST<", "testOrLive");
        check("<cik>0001296490<", "<cik>0000320193<", "issuers");
        check("SUBMISSION TYPE:\tD/A", "SUBMISSION TYPE:\tD", "documents");
        check("SUBMISSION TYPE:\tD/A", "SUBMISSION TYPE:\t8-K", "documents");
    }
}
