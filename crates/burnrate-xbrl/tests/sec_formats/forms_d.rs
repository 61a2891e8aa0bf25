//! Form D and D/A.

use std::path::Path;

use burnrate_model::Decimal;
use burnrate_xbrl::{Incorporated, OfferingAmount, Security, form_d, full_submission};

use crate::{captured, clean, day, one_issue, refused};

fn xml_of(file: &str) -> Option<Vec<u8>> {
    let body = captured(file)?;
    if Path::new(file).extension().is_none_or(|extension| extension != "nc") {
        return Some(body);
    }
    let submission = clean(|issues| full_submission(&body, issues));
    Some(body[submission.documents[0].span.clone()].to_vec())
}

fn usd(amount: i64) -> OfferingAmount {
    OfferingAmount::Usd(Decimal::from(amount))
}

#[test]
fn an_offering_of_two_issuers_that_is_sold_out() {
    let Some(xml) = xml_of("form-d/D.APFund.xml") else { return };
    let form = clean(|issues| form_d(&xml, issues));
    assert!(!form.is_test && !form.is_amendment);
    let issuers: Vec<_> =
        form.issuers.iter().map(|i| (i.cik.to_string(), i.name.as_str())).collect();
    assert_eq!(
        issuers,
        [
            ("0001958740".to_owned(), "AP Fund IV, a series of Inference Technology Partners, LP"),
            (
                "0001963203".to_owned(),
                "AP Fund IV AL Vehicle, a series of Inference Technology Partners, LP"
            ),
        ]
    );
    assert_eq!(form.issuers[0].entity_type, "Limited Partnership");
    assert_eq!(form.issuers[0].jurisdiction.as_deref(), Some("DELAWARE"));
    assert_eq!(form.issuers[1].incorporated, Incorporated::In(2022));
    assert_eq!(form.industry_group, "Pooled Investment Fund");
    assert_eq!(form.fund_type.as_deref(), Some("Venture Capital Fund"));
    assert_eq!(form.exemptions, ["06b", "3C.1"]);
    assert_eq!(form.first_sale_date, Some(day("2023-01-20")));
    assert!(!form.is_longer_than_a_year);
    assert_eq!(form.securities, [Security::PooledInvestmentFund]);
    assert_eq!(form.minimum_investment, Decimal::from(1_400));
    assert_eq!(form.offered, usd(659_752));
    assert_eq!(form.sold, Decimal::from(659_752));
    assert_eq!(form.remaining, usd(0));
    assert_eq!((form.investors, form.non_accredited_investors), (27, None));
    assert_eq!(form.proceeds_to_insiders.amount, Decimal::from(6_660));
    assert!(form.proceeds_to_insiders.is_estimate);
    assert!(!form.sales_commissions.is_estimate);
    assert_eq!(form.signed_date, day("2023-01-30"));
}

#[test]
fn an_offering_with_commissions() {
    let Some(xml) = xml_of("form-d/D.1685REIT.xml") else { return };
    let form = clean(|issues| form_d(&xml, issues));
    assert_eq!(form.issuers.len(), 1);
    assert_eq!(form.issuers[0].cik.to_string(), "0001961089");
    assert_eq!(form.issuers[0].entity_type, "Limited Liability Company");
    assert_eq!(form.industry_group, "REITS and Finance");
    assert_eq!(form.fund_type, None);
    assert_eq!(form.exemptions, ["06b", "3C", "3C.7"]);
    assert_eq!(form.first_sale_date, Some(day("2023-01-19")));
    assert_eq!(form.securities, [Security::Equity, Security::PooledInvestmentFund]);
    assert_eq!(form.minimum_investment, Decimal::from(1_000));
    assert_eq!((form.offered, form.remaining), (usd(125_000), usd(0)));
    assert_eq!(form.sold, Decimal::from(125_000));
    assert_eq!(form.investors, 125);
    assert_eq!(form.sales_commissions.amount, Decimal::from(6_250));
    assert_eq!(form.finders_fees.amount, Decimal::from(0));
    assert_eq!(form.signed_date, day("2023-01-27"));
}

#[test]
fn an_amendment_of_an_indefinite_offering() {
    let Some(xml) = xml_of("form-d/0001398344-24-000491.nc") else { return };
    let form = clean(|issues| form_d(&xml, issues));
    assert!(form.is_amendment);
    assert_eq!(form.previous_accession_number.as_deref(), Some("0001398344-18-000523"));
    assert_eq!(form.offered, OfferingAmount::Indefinite);
    assert_eq!(form.offered.usd(), None);
    assert_eq!(form.sold, Decimal::from(561_224_695));
    assert_eq!(form.remaining, OfferingAmount::Indefinite);
    assert_eq!(form.first_sale_date, Some(day("2004-04-01")));
    assert_eq!(form.issuers[0].incorporated, Incorporated::OverFiveYearsAgo);
    assert!(form.is_longer_than_a_year);
    assert_eq!(form.investors, 45);
    assert_eq!(form.signed_date, day("2024-01-11"));
}

/// A notice in the true format, written for tests.
const FORM: &str = r#"<?xml version="1.0"?>
<edgarSubmission>
  <schemaVersion>X0708</schemaVersion>
  <submissionType>D</submissionType>
  <testOrLive>LIVE</testOrLive>
  <primaryIssuer>
<cik>0000000012</cik><entityName>Issuer &amp; Co</entityName>
<jurisdictionOfInc>DELAWARE</jurisdictionOfInc>
<entityType>Corporation</entityType>
<yearOfInc><withinFiveYears>true</withinFiveYears><value>2022</value></yearOfInc>
  </primaryIssuer>
  <relatedPersonsList><relatedPersonInfo/></relatedPersonsList>
  <offeringData>
<industryGroup><industryGroupType>Other Technology</industryGroupType></industryGroup>
<issuerSize><revenueRange>Decline to Disclose</revenueRange></issuerSize>
<federalExemptionsExclusions><item>06b</item></federalExemptionsExclusions>
<typeOfFiling>
  <newOrAmendment><isAmendment>false</isAmendment></newOrAmendment>
  <dateOfFirstSale><yetToOccur>true</yetToOccur></dateOfFirstSale>
</typeOfFiling>
<durationOfOffering><moreThanOneYear>false</moreThanOneYear></durationOfOffering>
<typesOfSecuritiesOffered>
  <isOtherType>true</isOtherType><descriptionOfOtherType>SAFE</descriptionOfOtherType>
</typesOfSecuritiesOffered>
<businessCombinationTransaction>
  <isBusinessCombinationTransaction>false</isBusinessCombinationTransaction>
</businessCombinationTransaction>
<minimumInvestmentAccepted>0</minimumInvestmentAccepted>
<salesCompensationList></salesCompensationList>
<offeringSalesAmounts>
  <totalOfferingAmount>100</totalOfferingAmount>
  <totalAmountSold>40</totalAmountSold>
  <totalRemaining>60</totalRemaining>
</offeringSalesAmounts>
<investors>
  <hasNonAccreditedInvestors>true</hasNonAccreditedInvestors>
  <numberNonAccreditedInvestors>3</numberNonAccreditedInvestors>
  <totalNumberAlreadyInvested>7</totalNumberAlreadyInvested>
</investors>
<salesCommissionsFindersFees>
  <salesCommissions><dollarAmount>0</dollarAmount></salesCommissions>
  <findersFees><dollarAmount>0</dollarAmount></findersFees>
</salesCommissionsFindersFees>
<useOfProceeds>
  <grossProceedsUsed><dollarAmount>0</dollarAmount></grossProceedsUsed>
</useOfProceeds>
<signatureBlock>
  <signature><signatureDate>2024-01-11</signatureDate></signature>
</signatureBlock>
  </offeringData>
</edgarSubmission>
"#;

#[test]
fn a_first_sale_may_be_yet_to_occur() {
    let form = clean(|issues| form_d(FORM.as_bytes(), issues));
    assert_eq!(form.first_sale_date, None);
    assert_eq!(form.securities, [Security::Other]);
    assert_eq!(form.other_security.as_deref(), Some("SAFE"));
    assert_eq!(form.non_accredited_investors, Some(3));
    assert_eq!(form.issuers[0].name, "Issuer & Co");
}

#[test]
fn an_unknown_element_is_reported_and_the_form_read() {
    let xml = FORM.replace("<totalAmountSold>", "<mood>glad</mood><totalAmountSold>");
    let (form, issue) = one_issue(|issues| form_d(xml.as_bytes(), issues));
    assert_eq!(form.sold, Decimal::from(40));
    assert_eq!(issue.locator, "/edgarSubmission/offeringData/offeringSalesAmounts/mood");
    assert_eq!(issue.record, "<mood>glad</mood>");
}

#[test]
fn an_amount_that_stands_twice_is_reported() {
    let xml =
        FORM.replace("<totalAmountSold>", "<totalAmountSold>1</totalAmountSold><totalAmountSold>");
    let (_, issue) = one_issue(|issues| form_d(xml.as_bytes(), issues));
    assert_eq!(
        issue.locator,
        "/edgarSubmission/offeringData/offeringSalesAmounts/totalAmountSold[2]"
    );
}

#[test]
fn every_missing_element_is_noticed() {
    for element in [
        "<submissionType>D</submissionType>",
        "<testOrLive>LIVE</testOrLive>",
        "<cik>0000000012</cik>",
        "<entityType>Corporation</entityType>",
        "<value>2022</value>",
        "<isAmendment>false</isAmendment>",
        "<yetToOccur>true</yetToOccur>",
        "<moreThanOneYear>false</moreThanOneYear>",
        "<totalOfferingAmount>100</totalOfferingAmount>",
        "<totalAmountSold>40</totalAmountSold>",
        "<totalRemaining>60</totalRemaining>",
        "<totalNumberAlreadyInvested>7</totalNumberAlreadyInvested>",
        "<signature><signatureDate>2024-01-11</signatureDate></signature>",
    ] {
        let xml = FORM.replace(element, "");
        assert_ne!(xml, FORM, "{element}");
        assert!(form_d(xml.as_bytes(), &mut Vec::new()).is_err(), "{element}");
    }
}

fn check(from: &str, to: &str, reason: &str) {
    let xml = FORM.replace(from, to);
    assert_ne!(xml, FORM, "{from}");
    let error = refused(|issues| form_d(xml.as_bytes(), issues));
    assert!(error.contains(reason), "{from} -> {to}: {error}");
}

#[test]
fn a_value_of_another_kind_is_refused_with_its_place() {
    let amounts = "/edgarSubmission/offeringData/offeringSalesAmounts";
    check(">40<", ">forty<", &format!("{amounts}/totalAmountSold: expected US dollars"));
    check(">40<", ">-40<", "not negative, found `-40`");
    check(">40<", "><b/><", "expected text, found further elements");
    check(">100<", ">indefinite<", "expected US dollars or Indefinite, found `indefinite`");
    check(">40<", ">Indefinite<", "not negative, found `Indefinite`");
    check("2024-01-11", "2024-01-32", "expected a date, YYYY-MM-DD");
    check(">LIVE<", ">live<", "expected TEST or LIVE");
    check(">D<", ">D/A<", "the type that isAmendment states");
    check("edgarSubmission", "ownershipDocument", "expected edgarSubmission");
    check("<withinFiveYears>", "<overFiveYears/><withinFiveYears>", "none or several");
    check("</offeringData>", "", "XML of <edgarSubmission>");
    check("<?xml version=\"1.0\"?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "DTD");
}
