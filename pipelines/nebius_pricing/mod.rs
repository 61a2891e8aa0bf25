//! Nebius's prices of GPUs: in 2024 of instances of one and eight GPUs, on demand and reserved; in 2026
//! per GPU, with a second column for prices that are to come into force.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::layout_of;
use chrono::NaiveDate;

use crate::{StaticSpec, spec};

mod layout_2024;
mod layout_2026;

const URL: &str = "https://nebius.com/prices";

/// See the module.
pub(crate) struct NebiusPricing;

/// Reads a page into rows known on a day.
type Layout = fn(&RawDocument, NaiveDate, &mut Extract) -> Result<(), ShapeError>;

impl Source for NebiusPricing {
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
        // The second was recorded some time before 2026-10; it must say of its own columns what it is.
        let first_day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        let layouts: [(NaiveDate, Layout); 2] = [
            (first_day(2024, 11, 15).unwrap_or_default(), layout_2024::read),
            (first_day(2026, 9, 1).unwrap_or_default(), layout_2026::read),
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

    fn parse(body: &str, day: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: format!("{day}T00:00:00Z").parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        NebiusPricing.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn quirk_26_the_table_counts_not_the_card_that_says_as_low_as() {
        let file = "pricing/gpu/nebius-2024-11-15-section.html";
        let Some(extract) = of_capture("nebius_pricing", file).map(Result::unwrap) else { return };
        let prices: Vec<_> = ["1 × H100 SXM", "8 × H100 SXM"]
            .iter()
            .flat_map(|name| rows(&extract, name))
            .map(|row| (row.term, row.gpus_per_instance, row.price_per_gpu_hour.to_string()))
            .collect();
        let of = |term: &str, gpus, price: &str| (term.to_owned(), gpus, price.to_owned());
        // 23.60 / 8 and 16.00 / 8 are the same as one GPU's
        let (on_demand, reserved) = ("on_demand", "reserved_from");
        assert_eq!(
            prices,
            [
                of(on_demand, 1, "2.95"),
                of(reserved, 1, "2"),
                of(on_demand, 8, "2.95"),
                of(reserved, 8, "2"),
            ]
        );
        // The memory shown is that of all eight: 640 GB.
        assert_eq!(rows(&extract, "8 × H100 SXM")[0].gpu_memory_gb, Some(80));
    }

    const PAGE: &str = include_str!("fixtures/@2026-10-01/prices");

    /// Kind, price, first and last day of the H100.
    fn h100(day: &str) -> Vec<(String, String, Option<String>, Option<String>)> {
        let rows = rows(&parse(PAGE, day).unwrap(), "NVIDIA HGX H100");
        let text = |day: NaiveDate| day.to_string();
        rows.into_iter()
            .map(|row| {
                let price = row.price_per_gpu_hour.to_string();
                (row.price_kind, price, row.effective_from.map(text), row.effective_to.map(text))
            })
            .collect()
    }

    #[test]
    fn quirk_27_two_dated_columns_are_two_prices_with_their_days() {
        let day = |day: &str| Some(day.to_owned());
        let old = ("list".to_owned(), "3.85".to_owned(), None, day("2026-09-30"));
        let new = |kind: &str| (kind.to_owned(), "4.5".to_owned(), day("2026-10-01"), None);
        assert_eq!(h100("2026-09-30"), [old.clone(), new("announced")]);
        // From the day on, the new price is in force, and the left column says what was.
        assert_eq!(h100("2026-10-01"), [old, new("list")]);
    }

    #[test]
    fn trap_17_an_announced_price_is_not_in_force() {
        let extract = parse(PAGE, "2026-09-30").unwrap();
        let in_force = |row: &&GpuPrice| row.price_kind == "list";
        let all = rows(&extract, "NVIDIA HGX H200");
        let prices: Vec<_> =
            all.iter().filter(in_force).map(|row| row.price_per_gpu_hour.to_string()).collect();
        assert_eq!(prices, ["4.5"]);
    }

    #[test]
    fn quirk_26_a_price_from_which_others_rise_is_no_row() {
        let extract = parse(PAGE, "2026-10-01").unwrap();
        assert!(PAGE.contains("from $0.79") && PAGE.contains("from $1.55"));
        assert_eq!(extract.issues, []);
        assert_eq!(rows(&extract, "NVIDIA L40S with Intel CPU"), []);
        assert!(extract.rows.gpu_price.iter().all(|price| price.row.term == "on_demand"));
    }

    #[test]
    fn another_column_is_refused() {
        let page = PAGE.replace("On-demand, GPU-hour", "On-demand, GPU-month");
        let error = parse(&page, "2026-10-01").unwrap_err().to_string();
        assert!(error.contains("GPU-month"), "{error}");
    }

    #[test]
    fn trap_19_a_page_without_the_tables_is_refused() {
        let shell = "<html><body><h2>NVIDIA GPU Instances</h2><div></div></body></html>";
        for day in ["2024-11-15", "2026-11-24"] {
            assert!(parse(shell, day).is_err());
        }
    }
}
