//! Prices of Amazon EC2 instances in Northern Virginia on several days, as Karpenter keeps them.
//!
//! Each version of its table is a listing of the day on which it was made.

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::{StaticSpec, spec};

pub(crate) mod karpenter;

/// Versions of the table: of September 2024, April and June 2025, July 2026. June 2025 is the first one
/// with lower prices of P4 and P5.
const VERSIONS: [&str; 4] = ["b87c7ca5788e", "3c499175c5ce", "1b59328e5545", "6fc13b5236fd"];

/// See the module.
pub(crate) struct AwsEc2History;

impl Source for AwsEc2History {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let Spec { id, fixtures_url, .. } = self.spec();
        let path = "pkg/providers/pricing/zz_generated.pricing_aws.go";
        let url = |version| format!("{fixtures_url}{version}/{path}");
        VERSIONS.map(|version| Request { source_id: id.clone(), url: url(version) }).into()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        karpenter::read_table("aws", document, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    /// Price per GPU of a type in a recorded table.
    fn price(day: &str, sku: &str) -> Option<String> {
        let file = format!("pricing/gpu/aws-ec2-ondemand-{day}.csv");
        let out = of_capture("aws_ec2_history", &file)?.unwrap();
        let found = out.rows.gpu_price.iter().find(|found| found.row.sku == sku).unwrap();
        assert_eq!(found.known_on.to_string(), day);
        Some(found.row.price_per_gpu_hour.to_string())
    }

    #[test]
    fn quirk_22_prices_of_instances_are_parted_among_their_gpus() {
        for (day, sku, expected) in [
            // 98.32 / 8, and 55.04 / 8
            ("2024-09-21", "p5.48xlarge", "12.29"),
            ("2025-04-28", "p5.48xlarge", "12.29"),
            ("2025-06-23", "p5.48xlarge", "6.88"),
            ("2026-07-20", "p5.4xlarge", "6.88"),
            // 32.7726 / 8, and 21.957642 / 8
            ("2025-04-28", "p4d.24xlarge", "4.096575"),
            ("2025-06-23", "p4d.24xlarge", "2.74470525"),
            // 40.96575 / 8, and 27.44705 / 8
            ("2024-09-21", "p4de.24xlarge", "5.12071875"),
            ("2026-07-20", "p4de.24xlarge", "3.43088125"),
        ] {
            let Some(price) = price(day, sku) else { return };
            assert_eq!(price, expected, "{sku} on {day}");
        }
    }

    /// The table of February 2023 has three parts: Northern Virginia, US Gov, and China, where g3.16xlarge
    /// is 64.8179 yuan. Their names were lost, so that no price in it has a region or a currency.
    #[test]
    fn quirk_3_prices_without_region_and_currency_are_refused() {
        let file = "pricing/gpu/aws-ec2-ondemand-2023-02-20.csv";
        let Some(capture) = of_capture("aws_ec2_history", file) else { return };
        assert!(capture.unwrap_err().expected.contains("region"));
    }

    #[test]
    fn accelerators_that_are_no_gpus_have_no_rows() {
        let Some(capture) =
            of_capture("aws_ec2_history", "pricing/gpu/aws-ec2-ondemand-2026-07-20.csv")
        else {
            return;
        };
        let out = capture.unwrap();
        let is_other =
            |sku: &str| ["dl1", "inf", "trn", "g6f"].iter().any(|of| sku.starts_with(of));
        assert!(out.rows.gpu_price.iter().all(|found| !is_other(&found.row.sku)));
        // 88 rows, less dl1, three of Trainium, eight of Inferentia and four shares of a GPU.
        assert_eq!((out.rows.gpu_price.len(), out.issues.len()), (88 - 1 - 3 - 8 - 4, 0));
    }

    #[test]
    fn every_version_asked_for_is_dated_by_itself() {
        assert_eq!(AwsEc2History.start(&WatchList::default()).len(), VERSIONS.len());
        let mut out = Extract::default();
        let document = RawDocument {
            url: AwsEc2History.start(&WatchList::default())[0].url.clone(),
            fetched_at: "2026-11-24T00:00:00Z".parse().unwrap(),
            body: include_bytes!(
                "fixtures/b87c7ca5788e/pkg/providers/pricing/zz_generated.pricing_aws.go"
            )
            .to_vec(),
        };
        AwsEc2History.parse(&document, &mut out).unwrap();
        assert_eq!(out.listing.unwrap().observed_on(), "2024-09-21".parse().unwrap());
    }
}
