//! The SEC's `companyfacts` API: one document for each watched filer.

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::{StaticSpec, spec};

/// Concepts that metrics add up, and of which no filer reports less than nothing: a negative value
/// is a mistake in the filing.
pub(crate) const NEVER_NEGATIVE: &[&str] = &[
    "Assets",
    "Depreciation",
    "DepreciationAmortizationAndAccretionNet",
    "DepreciationAndAmortization",
    "DepreciationDepletionAndAmortization",
    "PaymentsToAcquireProductiveAssets",
    "PaymentsToAcquirePropertyPlantAndEquipment",
    "RevenueFromContractWithCustomerExcludingAssessedTax",
    "RevenueFromContractWithCustomerIncludingAssessedTax",
    "Revenues",
    "SalesRevenueNet",
];

/// See the module.
pub(crate) struct SecCompanyfacts;

impl Source for SecCompanyfacts {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, watch: &WatchList) -> Vec<Request> {
        let url = |cik| format!("https://data.sec.gov/api/xbrl/companyfacts/CIK{cik}.json");
        let source_id = &self.spec().id;
        watch.ciks().map(|cik| Request { source_id: source_id.clone(), url: url(cik) }).collect()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        burnrate_xbrl::company_facts(&document.body, NEVER_NEGATIVE, out)
    }
}
