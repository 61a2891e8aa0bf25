//! From the XML of the form to its values.

use burnrate_model::{Decimal, Issue, ShapeError};
use chrono::NaiveDate;
use roxmltree::Node;

use super::{Fee, FormD, FormDIssuer, Incorporated, OfferingAmount, Security};
use crate::companyfacts::is_accession_number;
use crate::xml::{Children, decoded, document, path, value};

/// Elements of the types of securities, in the order of the form.
const SECURITIES: [(&str, Security); 8] = [
    ("isEquityType", Security::Equity),
    ("isDebtType", Security::Debt),
    ("isOptionToAcquireType", Security::OptionToAcquire),
    ("isSecurityToBeAcquiredType", Security::SecurityToBeAcquired),
    ("isPooledInvestmentFundType", Security::PooledInvestmentFund),
    ("isTenantInCommonType", Security::TenantInCommon),
    ("isMineralPropertyType", Security::MineralProperty),
    ("isOtherType", Security::Other),
];

/// Reads a `primary_doc.xml` of Form D or D/A.
///
/// An element of an unknown name is an issue, and the form is read all the same.
///
/// # Errors
/// [`ShapeError`] where it is no Form D, or lacks or misstates something of the offering.
pub fn form_d(xml: &[u8], issues: &mut Vec<Issue>) -> Result<FormD, ShapeError> {
    let xml = decoded(xml)?;
    let document = document(xml.text().trim_start(), "edgarSubmission")?;
    let mut root = Children::of(document.root_element());
    root.leave_out(&[
        "schemaVersion",
        "returnCopy",
        "contactData",
        "notificationAddressList",
        "relatedPersonsList",
    ]);
    let is_amended = value(root.required("submissionType")?, "D or D/A", |text| match text {
        "D" => Some(false),
        "D/A" => Some(true),
        _ => None,
    })?;
    let is_test = value(root.required("testOrLive")?, "TEST or LIVE", |text| match text {
        "TEST" => Some(true),
        "LIVE" => Some(false),
        _ => None,
    })?;
    let issuers = issuers(&mut root, issues)?;
    let mut offering = Children::of(root.required("offeringData")?);
    let form = offering_data(&mut offering, issuers, is_test, issues)?;
    offering.report(issues);
    root.report(issues);
    if form.is_amendment == is_amended {
        return Ok(form);
    }
    Err(ShapeError {
        place: "/edgarSubmission/submissionType".to_owned(),
        expected: "the type that isAmendment states".to_owned(),
        found: "the other".to_owned(),
    })
}

fn issuers(
    root: &mut Children<'_, '_>,
    issues: &mut Vec<Issue>,
) -> Result<Vec<FormDIssuer>, ShapeError> {
    let mut nodes = vec![root.required("primaryIssuer")?];
    if let Some(list) = root.optional("issuerList") {
        let mut list = Children::of(list);
        nodes.extend(list.all("issuer"));
        list.report(issues);
    }
    nodes.into_iter().map(|node| issuer(node, issues)).collect()
}

fn issuer(node: Node<'_, '_>, issues: &mut Vec<Issue>) -> Result<FormDIssuer, ShapeError> {
    let mut children = Children::of(node);
    children.leave_out(&[
        "issuerAddress",
        "issuerPhoneNumber",
        "issuerPreviousNameList",
        "edgarPreviousNameList",
        "entityTypeOtherDesc",
    ]);
    let issuer = FormDIssuer {
        cik: value(children.required("cik")?, "a Central Index Key", |text| text.parse().ok())?,
        name: not_empty(children.required("entityName")?)?,
        entity_type: not_empty(children.required("entityType")?)?,
        jurisdiction: children.optional_text("jurisdictionOfInc")?.map(str::to_owned),
        incorporated: incorporated(children.required("yearOfInc")?, issues)?,
    };
    children.report(issues);
    Ok(issuer)
}

fn incorporated(node: Node<'_, '_>, issues: &mut Vec<Issue>) -> Result<Incorporated, ShapeError> {
    let mut children = Children::of(node);
    let choices =
        ["withinFiveYears", "overFiveYears", "yetToBeFormed"].map(|name| children.optional(name));
    let year = children.optional("value");
    children.report(issues);
    match (choices, year) {
        ([Some(_), None, None], Some(year)) => value(year, "a year", |text| {
            text.parse().ok().filter(|_| text.len() == 4).map(Incorporated::In)
        }),
        // The form asks for no year here; one that is given all the same says nothing more.
        ([None, Some(_), None], _) => Ok(Incorporated::OverFiveYearsAgo),
        ([None, None, Some(_)], _) => Ok(Incorporated::YetToBeFormed),
        _ => Err(ShapeError {
            place: path(node),
            expected: "withinFiveYears with its year, overFiveYears, or yetToBeFormed".to_owned(),
            found: "none or several".to_owned(),
        }),
    }
}

fn offering_data(
    offering: &mut Children<'_, '_>,
    issuers: Vec<FormDIssuer>,
    is_test: bool,
    issues: &mut Vec<Issue>,
) -> Result<FormD, ShapeError> {
    offering.leave_out(&["issuerSize", "salesCompensationList"]);
    let industry = industry(offering.required("industryGroup")?, issues)?;
    let filing = type_of_filing(offering.required("typeOfFiling")?, issues)?;
    let (securities, other_security) =
        securities(offering.required("typesOfSecuritiesOffered")?, issues)?;
    let amounts = amounts(offering.required("offeringSalesAmounts")?, issues)?;
    let investors = investors(offering.required("investors")?, issues)?;
    let [sales_commissions, finders_fees] = fees(
        offering.required("salesCommissionsFindersFees")?,
        ["salesCommissions", "findersFees"],
        issues,
    )?;
    let [proceeds_to_insiders] =
        fees(offering.required("useOfProceeds")?, ["grossProceedsUsed"], issues)?;
    Ok(FormD {
        is_test,
        is_amendment: filing.is_amendment,
        previous_accession_number: filing.previous_accession_number,
        issuers,
        industry_group: industry.0,
        fund_type: industry.1,
        exemptions: exemptions(offering.required("federalExemptionsExclusions")?, issues)?,
        first_sale_date: filing.first_sale_date,
        is_longer_than_a_year: only_flag(
            offering.required("durationOfOffering")?,
            "moreThanOneYear",
            issues,
        )?,
        securities,
        other_security,
        is_business_combination: only_flag(
            offering.required("businessCombinationTransaction")?,
            "isBusinessCombinationTransaction",
            issues,
        )?,
        minimum_investment: dollars(offering.required("minimumInvestmentAccepted")?)?,
        offered: amounts.offered,
        sold: amounts.sold,
        remaining: amounts.remaining,
        has_non_accredited_investors: investors.has_non_accredited,
        non_accredited_investors: investors.non_accredited,
        investors: investors.total,
        sales_commissions,
        finders_fees,
        proceeds_to_insiders,
        signed_date: signed_date(offering.required("signatureBlock")?)?,
    })
}

/// Industry group, and of a pooled fund its kind.
fn industry(
    node: Node<'_, '_>,
    issues: &mut Vec<Issue>,
) -> Result<(String, Option<String>), ShapeError> {
    let mut children = Children::of(node);
    let group = not_empty(children.required("industryGroupType")?)?;
    let fund_type = match children.optional("investmentFundInfo") {
        None => None,
        Some(node) => {
            let mut fund = Children::of(node);
            fund.leave_out(&["is40Act"]);
            let fund_type = not_empty(fund.required("investmentFundType")?)?;
            fund.report(issues);
            Some(fund_type)
        }
    };
    children.report(issues);
    Ok((group, fund_type))
}

fn exemptions(node: Node<'_, '_>, issues: &mut Vec<Issue>) -> Result<Vec<String>, ShapeError> {
    let mut children = Children::of(node);
    let items = children.all("item").into_iter().map(not_empty).collect();
    children.report(issues);
    items
}

struct TypeOfFiling {
    is_amendment: bool,
    previous_accession_number: Option<String>,
    first_sale_date: Option<NaiveDate>,
}

fn type_of_filing(node: Node<'_, '_>, issues: &mut Vec<Issue>) -> Result<TypeOfFiling, ShapeError> {
    let mut children = Children::of(node);
    let mut notice = Children::of(children.required("newOrAmendment")?);
    let is_amendment = flag(notice.required("isAmendment")?)?;
    let previous = notice.optional("previousAccessionNumber").map(|node| {
        value(node, "an accession number", |text| {
            is_accession_number(text).then(|| text.to_owned())
        })
    });
    notice.report(issues);
    let first_sale_date = first_sale_date(children.required("dateOfFirstSale")?, issues)?;
    children.report(issues);
    Ok(TypeOfFiling {
        is_amendment,
        previous_accession_number: previous.transpose()?,
        first_sale_date,
    })
}

fn first_sale_date(
    node: Node<'_, '_>,
    issues: &mut Vec<Issue>,
) -> Result<Option<NaiveDate>, ShapeError> {
    let mut children = Children::of(node);
    let is_yet_to_occur = children.optional("yetToOccur").is_some();
    let date = if is_yet_to_occur { None } else { Some(date(children.required("value")?)?) };
    children.report(issues);
    Ok(date)
}

fn securities(
    node: Node<'_, '_>,
    issues: &mut Vec<Issue>,
) -> Result<(Vec<Security>, Option<String>), ShapeError> {
    let mut children = Children::of(node);
    let mut securities = Vec::new();
    for (name, security) in SECURITIES {
        if let Some(node) = children.optional(name)
            && flag(node)?
        {
            securities.push(security);
        }
    }
    let other = children.optional_text("descriptionOfOtherType")?.map(str::to_owned);
    children.report(issues);
    Ok((securities, other))
}

struct Amounts {
    offered: OfferingAmount,
    sold: Decimal,
    remaining: OfferingAmount,
}

fn amounts(node: Node<'_, '_>, issues: &mut Vec<Issue>) -> Result<Amounts, ShapeError> {
    let mut children = Children::of(node);
    children.leave_out(&["clarificationOfResponse"]);
    let amounts = Amounts {
        offered: dollars_or_indefinite(children.required("totalOfferingAmount")?)?,
        sold: dollars(children.required("totalAmountSold")?)?,
        remaining: dollars_or_indefinite(children.required("totalRemaining")?)?,
    };
    children.report(issues);
    Ok(amounts)
}

struct Investors {
    has_non_accredited: bool,
    non_accredited: Option<i64>,
    total: i64,
}

fn investors(node: Node<'_, '_>, issues: &mut Vec<Issue>) -> Result<Investors, ShapeError> {
    let mut children = Children::of(node);
    let non_accredited = children.optional("numberNonAccreditedInvestors").map(count);
    let investors = Investors {
        has_non_accredited: flag(children.required("hasNonAccreditedInvestors")?)?,
        non_accredited: non_accredited.transpose()?,
        total: count(children.required("totalNumberAlreadyInvested")?)?,
    };
    children.report(issues);
    Ok(investors)
}

fn fees<const N: usize>(
    node: Node<'_, '_>,
    names: [&str; N],
    issues: &mut Vec<Issue>,
) -> Result<[Fee; N], ShapeError> {
    let mut children = Children::of(node);
    children.leave_out(&["clarificationOfResponse"]);
    let mut fees = [Fee { amount: Decimal::default(), is_estimate: false }; N];
    for (fee, name) in fees.iter_mut().zip(names) {
        let mut parts = Children::of(children.required(name)?);
        fee.amount = dollars(parts.required("dollarAmount")?)?;
        fee.is_estimate = parts.optional("isEstimate").map(flag).transpose()?.unwrap_or(false);
        parts.report(issues);
    }
    children.report(issues);
    Ok(fees)
}

/// Several issuers sign one by one; the notice is complete with the last.
fn signed_date(node: Node<'_, '_>) -> Result<NaiveDate, ShapeError> {
    let mut last = None;
    for signature in Children::of(node).all("signature") {
        last = last.max(Some(date(Children::of(signature).required("signatureDate")?)?));
    }
    last.ok_or_else(|| ShapeError {
        place: path(node),
        expected: "<signature>".to_owned(),
        found: "none".to_owned(),
    })
}

/// An element that holds one flag, and perhaps a clarification.
fn only_flag(node: Node<'_, '_>, name: &str, issues: &mut Vec<Issue>) -> Result<bool, ShapeError> {
    let mut children = Children::of(node);
    children.leave_out(&["clarificationOfResponse"]);
    let flag = flag(children.required(name)?)?;
    children.report(issues);
    Ok(flag)
}

fn not_empty(node: Node<'_, '_>) -> Result<String, ShapeError> {
    value(node, "text", |text| (!text.is_empty()).then(|| text.to_owned()))
}

fn flag(node: Node<'_, '_>) -> Result<bool, ShapeError> {
    value(node, "true or false", |text| text.parse().ok())
}

fn date(node: Node<'_, '_>) -> Result<NaiveDate, ShapeError> {
    value(node, "a date, YYYY-MM-DD", |text| text.parse().ok().filter(|_| text.len() == 10))
}

fn count(node: Node<'_, '_>) -> Result<i64, ShapeError> {
    value(node, "a count", |text| text.parse().ok().filter(|count| *count >= 0))
}

fn dollars(node: Node<'_, '_>) -> Result<Decimal, ShapeError> {
    value(node, "US dollars, not negative", amount)
}

fn dollars_or_indefinite(node: Node<'_, '_>) -> Result<OfferingAmount, ShapeError> {
    value(node, "US dollars or Indefinite", |text| match text {
        "Indefinite" => Some(OfferingAmount::Indefinite),
        text => amount(text).map(OfferingAmount::Usd),
    })
}

fn amount(text: &str) -> Option<Decimal> {
    text.parse::<Decimal>().ok().filter(|amount| !amount.is_negative())
}
