//! CoreWeave's prices of GPUs: in 2023 of the GPU alone, with processors and memory billed apart; since
//! then of whole instances. The two are not comparable, and `billed_scope` keeps them apart.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::layout_of;
use chrono::NaiveDate;

use crate::{StaticSpec, spec};

mod layout_2023;
mod layout_2026;

const URL: &str = "https://www.coreweave.com/pricing";

/// See the module.
pub(crate) struct CoreweavePricing;

/// Reads a page into rows known on a day.
type Layout = fn(&RawDocument, NaiveDate, &mut Extract) -> Result<(), ShapeError>;

impl Source for CoreweavePricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("GPUs", document);
        let observed_on = listing.observed_on();
        // First recorded on these days; when the page changed in between is not known.
        let first_day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        let layouts: [(NaiveDate, Layout); 2] = [
            (first_day(2023, 9, 21).unwrap_or_default(), layout_2023::read),
            (first_day(2026, 10, 7).unwrap_or_default(), layout_2026::read),
        ];
        let read = layout_of(&layouts, observed_on).unwrap_or(layout_2026::read);
        read(document, observed_on, out)?;
        out.listing = Some(listing);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use burnrate_model::generated::GpuPrice;

    use super::*;
    use crate::captures::of_capture;

    fn rows(extract: &Extract, name: &str) -> Vec<GpuPrice> {
        let rows = extract.rows.gpu_price.iter().map(|sighted| sighted.row.clone());
        rows.filter(|row| row.product_name == name).collect()
    }

    fn recorded(file: &str) -> Option<Extract> {
        of_capture("coreweave_pricing", file).map(Result::unwrap)
    }

    #[test]
    fn quirk_25_the_price_of_2023_is_that_of_the_gpu_alone() {
        let Some(extract) = recorded("pricing/gpu/coreweave-2023-09-21-section.html") else {
            return;
        };
        assert!(extract.rows.gpu_price.iter().all(|price| price.row.billed_scope == "gpu_only"));
        let h100 = &rows(&extract, "NVIDIA HGX H100")[0];
        assert_eq!(
            (h100.price_per_gpu_hour.to_string().as_str(), h100.gpus_per_instance),
            ("4.76", 1)
        );
        assert_eq!(rows(&extract, "A100 80GB NVLINK")[0].price_per_gpu_hour.to_string(), "2.21");
    }

    #[test]
    fn quirk_20_a_row_cut_off_is_reported() {
        let Some(extract) = recorded("pricing/gpu/coreweave-2023-09-21-section.html") else {
            return;
        };
        let records: Vec<_> = extract.issues.iter().map(|issue| issue.record.as_str()).collect();
        assert_eq!(records, ["Tesla V100 NVLINK"]);
    }

    #[test]
    fn quirk_22_the_price_of_2026_is_that_of_an_instance() {
        let Some(extract) = recorded("pricing/gpu/coreweave-2026-10-07-section.html") else {
            return;
        };
        let h100: Vec<_> = rows(&extract, "NVIDIA HGX H100")
            .iter()
            .map(|row| {
                (row.term.clone(), row.cloud_type.clone(), row.price_per_gpu_hour.to_string())
            })
            .collect();
        let of = |term: &str, cloud: &str, price: &str| {
            (term.to_owned(), cloud.to_owned(), price.to_owned())
        };
        // 49.24 / 8, 19.71 / 8, and 6.16 for one GPU
        assert_eq!(
            h100,
            [
                of("on_demand", "any", "6.155"),
                of("spot", "any", "2.46375"),
                of("on_demand", "inference", "6.16"),
            ]
        );
    }

    #[test]
    fn quirk_22_the_footnote_behind_the_count_is_not_a_digit_of_it() {
        let Some(extract) = recorded("pricing/gpu/coreweave-2026-10-07-section.html") else {
            return;
        };
        let gb200 = &rows(&extract, "NVIDIA GB200 NVL72")[0];
        assert_eq!(gb200.gpus_per_instance, 4);
        // 42.00 / 4
        assert_eq!(gb200.price_per_gpu_hour.to_string(), "10.5");
        assert_eq!(gb200.gpu_memory_gb, Some(186));
    }

    const PAGE: &str = include_str!("fixtures/@2026-10-07/pricing");

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-10-07T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        CoreweavePricing.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn quirk_19_what_is_repeated_for_small_screens_is_read_once() {
        assert_eq!(PAGE.matches("NVIDIA HGX H100</h3>").count(), 2);
        assert_eq!(rows(&parse(PAGE).unwrap(), "NVIDIA HGX H100").len(), 3);
    }

    #[test]
    fn quirk_28_contact_sales_and_not_available_are_no_rows() {
        let extract = parse(PAGE).unwrap();
        assert!(PAGE.contains("Contact sales") && PAGE.contains("N/A"));
        assert_eq!(extract.issues, []);
        let terms: Vec<_> =
            rows(&extract, "NVIDIA HGX B300").into_iter().map(|row| row.term).collect();
        assert_eq!(terms, ["spot"]);
    }

    #[test]
    fn another_header_is_refused() {
        let page = PAGE.replace("Spot Price (Per Hour)", "Spot Price (Per Day)");
        let error = parse(&page).unwrap_err().to_string();
        assert!(error.contains("Per Day"), "{error}");
    }

    #[test]
    fn trap_19_a_page_without_the_table_is_refused() {
        assert!(parse("<html><body><main>CoreWeave pricing</main></body></html>").is_err());
    }
}
