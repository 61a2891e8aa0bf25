//! Form D: notice of an offering that is exempt from registration (17 CFR 239.500).
//!
//! The form is the `primary_doc.xml` of its filing, in a format of the SEC without a namespace. It states
//! neither its accession number nor the day of filing: these are in the filing's header. Elements are those
//! of schema version `X0708`.
//!
//! Left out: related persons, those who are paid for selling, addresses and clarifications.

mod read;

use burnrate_model::{Cik, Decimal};
use chrono::NaiveDate;

pub use read::form_d;

/// An offering as its issuer notifies it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "what the form asks with boxes for yes and no")]
pub struct FormD {
    /// Whether it was sent to try the system out.
    pub is_test: bool,
    /// Whether it amends an earlier notice.
    pub is_amendment: bool,
    /// The notice that it amends, where it names one.
    pub previous_accession_number: Option<String>,
    /// The primary issuer and all others, in order.
    pub issuers: Vec<FormDIssuer>,
    /// E.g. `Pooled Investment Fund` or `Other Technology`.
    pub industry_group: String,
    /// Kind of a pooled fund, e.g. `Venture Capital Fund`.
    pub fund_type: Option<String>,
    /// Exemptions and exclusions claimed, as coded: `06b` is Rule 506(b), `3C.1` is Section 3(c)(1).
    pub exemptions: Vec<String>,
    /// Date of first sale; none where it is yet to occur.
    pub first_sale_date: Option<NaiveDate>,
    /// Whether the offering is meant to last more than a year.
    pub is_longer_than_a_year: bool,
    /// Types of securities offered, in the order of the form.
    pub securities: Vec<Security>,
    /// What the securities of another type are.
    pub other_security: Option<String>,
    /// Whether the offering is made in a merger, acquisition or exchange offer.
    pub is_business_combination: bool,
    /// Least that an outside investor may invest, in US dollars.
    pub minimum_investment: Decimal,
    /// Total offering amount.
    pub offered: OfferingAmount,
    /// Total amount sold, in US dollars.
    pub sold: Decimal,
    /// Total remaining to be sold.
    pub remaining: OfferingAmount,
    /// Whether investors are among the buyers, or may be, who are not accredited.
    pub has_non_accredited_investors: bool,
    /// How many of them have invested.
    pub non_accredited_investors: Option<i64>,
    /// How many have invested in all.
    pub investors: i64,
    /// Sales commissions, in US dollars.
    pub sales_commissions: Fee,
    /// Finders' fees, in US dollars.
    pub finders_fees: Fee,
    /// Gross proceeds paid to executives, directors and promoters, in US dollars.
    pub proceeds_to_insiders: Fee,
    /// Last date of signature.
    pub signed_date: NaiveDate,
}

/// One issuer of an offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormDIssuer {
    /// Its number.
    pub cik: Cik,
    /// Its name.
    pub name: String,
    /// E.g. `Corporation` or `Limited Partnership`.
    pub entity_type: String,
    /// State or country of incorporation, spelled out.
    pub jurisdiction: Option<String>,
    /// When it was incorporated.
    pub incorporated: Incorporated,
}

/// When an issuer was incorporated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incorporated {
    /// Within the last five years, in the year stated.
    In(i32),
    /// More than five years ago; the year is asked of younger ones only.
    OverFiveYearsAgo,
    /// Not yet.
    YetToBeFormed,
}

/// An amount that may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferingAmount {
    /// US dollars.
    Usd(Decimal),
    /// The issuer states that it is indefinite.
    Indefinite,
}

impl OfferingAmount {
    /// The amount in US dollars, where there is one.
    pub fn usd(self) -> Option<Decimal> {
        match self {
            Self::Usd(amount) => Some(amount),
            Self::Indefinite => None,
        }
    }
}

/// An amount that may be estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fee {
    /// US dollars.
    pub amount: Decimal,
    /// Whether the issuer says that it is an estimate.
    pub is_estimate: bool,
}

/// A type of security, as the form lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Equity.
    Equity,
    /// Debt.
    Debt,
    /// Option, warrant or other right to acquire another security.
    OptionToAcquire,
    /// Security to be acquired upon exercise of such a right.
    SecurityToBeAcquired,
    /// Pooled investment fund interests.
    PooledInvestmentFund,
    /// Tenant-in-common securities.
    TenantInCommon,
    /// Mineral property securities.
    MineralProperty,
    /// Another, which the issuer describes.
    Other,
}

impl Security {
    /// The type in the words of the form, item 9.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equity => "Equity",
            Self::Debt => "Debt",
            Self::OptionToAcquire => "Option, Warrant or Other Right to Acquire Another Security",
            Self::SecurityToBeAcquired => {
                "Security to be Acquired Upon Exercise of Option, Warrant or Other Right to Acquire Security"
            }
            Self::PooledInvestmentFund => "Pooled Investment Fund Interests",
            Self::TenantInCommon => "Tenant-in-Common Securities",
            Self::MineralProperty => "Mineral Property Securities",
            Self::Other => "Other",
        }
    }
}
