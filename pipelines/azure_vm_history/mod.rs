//! Prices of Azure's virtual machines in all regions on two days, as Karpenter keeps them.
//!
//! Each version of its table is a listing of the day on which it was made.

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::aws_ec2_history::karpenter;
use crate::{StaticSpec, spec};

/// Versions of the table: of October 2023 and June 2026.
const VERSIONS: [&str; 2] = ["bee5a163c1ac", "2b431da153a6"];

/// See the module.
pub(crate) struct AzureVmHistory;

impl Source for AzureVmHistory {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let Spec { id, fixtures_url, .. } = self.spec();
        let path = "pkg/providers/pricing/zz_generated.pricing.go";
        let url = |version| format!("{fixtures_url}{version}/{path}");
        VERSIONS.map(|version| Request { source_id: id.clone(), url: url(version) }).into()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        karpenter::read_table("azure", document, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    fn capture(day: &str) -> Option<Extract> {
        let file = format!("pricing/gpu/azure-vm-ondemand-{day}.csv");
        Some(of_capture("azure_vm_history", &file)?.unwrap())
    }

    /// Price per GPU of a size in a region.
    fn price(out: &Extract, region: &str, sku: &str) -> String {
        let rows = out.rows.gpu_price.iter().map(|found| &found.row);
        let found: Vec<_> = rows.filter(|row| row.region == region && row.sku == sku).collect();
        assert_eq!(found.len(), 1, "{sku}");
        found[0].price_per_gpu_hour.to_string()
    }

    #[test]
    fn quirk_22_prices_of_machines_are_parted_among_their_gpus() {
        for day in ["2023-10-27", "2026-06-18"] {
            let Some(out) = capture(day) else { return };
            assert_eq!(out.issues, []);
            // 27.197 / 8 and 32.77 / 8: the A100 with 40 and 80 GB.
            assert_eq!(price(&out, "eastus", "Standard_ND96asr_v4"), "3.399625", "{day}");
            assert_eq!(price(&out, "eastus", "Standard_ND96amsr_A100_v4"), "4.09625", "{day}");
        }
        let Some(out) = capture("2026-06-18") else { return };
        // One GPU, and two.
        assert_eq!(price(&out, "eastus", "Standard_NC40ads_H100_v5"), "6.98");
        assert_eq!(price(&out, "eastus", "Standard_NC80adis_H100_v5"), "6.98");
    }

    #[test]
    fn quirk_23_prices_differ_by_region() {
        let Some(out) = capture("2026-06-18") else { return };
        let h100 = |region| price(&out, region, "Standard_ND96isr_H100_v5");
        assert_eq!(h100("eastus"), "12.29");
        // 117.968 / 8
        assert_eq!(h100("southcentralus"), "14.746");
    }

    #[test]
    fn shares_of_a_gpu_and_sizes_that_azure_does_not_document_have_no_rows() {
        let Some(out) = capture("2026-06-18") else { return };
        for part in ["RTXPRO6000", "NV6ads_A10", "_NP", "NV4as"] {
            assert!(out.rows.gpu_price.iter().all(|found| !found.row.sku.contains(part)), "{part}");
        }
    }
}
