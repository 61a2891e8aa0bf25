//! Runpod's page of prices. What it shows without scripts is `$0/s`; the prices, per hour, are in
//! attributes.

use std::num::NonZeroU32;

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Currency, Expect, Gpu, GpuCount, GpuCountSource, GpuOffer, Price, Term, css_path, gpu, page,
    read_amount, select, select_one, text,
};
use chrono::NaiveDate;
use scraper::ElementRef;

use crate::{StaticSpec, spec};

const URL: &str = "https://www.runpod.io/pricing";
/// The clouds, and the attributes of their prices.
const CLOUDS: [(&str, &str); 2] =
    [("secure", "data-secure-cloud-price"), ("community", "data-community-cloud-price")];

/// See the module.
pub(crate) struct RunpodPricing;

impl Source for RunpodPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("pods", document);
        let page = page(&document.body)?;
        let root = page.root_element();
        for row in select(root, "a.gpu-pricing-row", Expect::AtLeast(1))? {
            if select_one(row, ".cc-gpu-price").is_err() {
                out.issue(css_path(row), "a row without a price", text(row));
            }
        }
        // Found by their prices, not by their rows: a recording may begin within the first row.
        for price in select(root, ".cc-gpu-price[data-secure-cloud-price]", Expect::AtLeast(1))? {
            read_row(price, listing.observed_on(), out);
        }
        out.listing = Some(listing);
        Ok(())
    }
}

/// A row: the name, measures of the machine, the prices.
fn read_row(price: ElementRef<'_>, observed_on: NaiveDate, out: &mut Extract) {
    let place = place(price);
    let wrapper = price.parent().and_then(ElementRef::wrap).unwrap_or(price);
    let before: Vec<_> = wrapper.prev_siblings().filter_map(ElementRef::wrap).take(2).collect();
    let [measures, name] = before.as_slice() else {
        return out.issue(place, "no name before the price", text(wrapper));
    };
    let name = text(*name);
    let Some(gpu) = gpu(&name) else { return out.issue(place, "not a known GPU", name) };
    let gpu = gpu.or_memory_gb(memory_gb(*measures));
    for (cloud_type, attribute) in CLOUDS {
        let shown = price.value().attr(attribute).unwrap_or_default();
        // Not offered in that cloud.
        if matches!(shown, "" | "0") {
            continue;
        }
        let Some(price_shown) = read_amount(shown) else {
            out.issue(place.as_str(), format!("{attribute} is not a price"), name.clone());
            continue;
        };
        let offer = offer(&name, gpu);
        // Nothing on the page names the unit of the attributes: a script divides them to what it shows
        // per second, and the interface of the same provider has the same figures per hour.
        let mut row = offer.at(Price::new(price_shown, Currency::Usd, shown, attribute));
        cloud_type.clone_into(&mut row.cloud_type);
        out.push(row, place.clone(), observed_on);
    }
}

/// Every row has the same id, so that a price is located by its place in the list.
fn place(price: ElementRef<'_>) -> String {
    let is_item = |element: &ElementRef<'_>| element.value().attr("role") == Some("listitem");
    let item = price.ancestors().filter_map(ElementRef::wrap).find(is_item);
    item.map_or_else(|| css_path(price), |item| format!("{} .cc-gpu-price", css_path(item)))
}

fn offer(name: &str, gpu: Gpu) -> GpuOffer<'_> {
    GpuOffer {
        provider: "runpod",
        sku: name,
        product_name: name,
        gpu,
        count: GpuCount { gpus: NonZeroU32::MIN, source: GpuCountSource::StatedPerGpu },
        term: Term::OnDemand,
    }
}

/// The first measure, `141 GB VRAM`.
fn memory_gb(measures: ElementRef<'_>) -> Option<u32> {
    let first = measures.child_elements().next().map(text)?;
    first.strip_suffix("GB VRAM")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const PAGE: &str = include_str!("fixtures/@2025-09-09/pricing");
    const RECORDED: &str = "pricing/gpu/runpod-2025-09-09-section.html";

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2025-09-09T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        RunpodPricing.parse(&document, &mut out).map(|()| out)
    }

    fn prices(extract: &Extract, name: &str) -> Vec<(String, String)> {
        let rows = extract.rows.gpu_price.iter().map(|sighted| &sighted.row);
        rows.filter(|row| row.sku == name)
            .map(|row| (row.cloud_type.clone(), row.price_per_gpu_hour.to_string()))
            .collect()
    }

    fn of(secure: &str, community: &str) -> Vec<(String, String)> {
        let price = |cloud: &str, price: &str| (cloud.to_owned(), price.to_owned());
        vec![price("secure", secure), price("community", community)]
    }

    #[test]
    fn quirk_18_the_price_is_in_an_attribute_and_per_hour() {
        let Some(extract) = of_capture("runpod_pricing", RECORDED).map(Result::unwrap) else {
            return;
        };
        assert_eq!(prices(&extract, "H100 SXM"), of("2.69", "2.69"));
        assert_eq!(prices(&extract, "H100 PCIe"), of("2.39", "1.99"));
    }

    #[test]
    fn quirk_20_a_page_cut_within_its_first_and_last_rows_is_read() {
        let Some(extract) = of_capture("runpod_pricing", RECORDED).map(Result::unwrap) else {
            return;
        };
        assert_eq!(prices(&extract, "H200"), of("3.79", "3.59"));
        let reasons: Vec<_> = extract.issues.iter().map(|issue| issue.reason.as_str()).collect();
        assert_eq!(reasons, ["a row without a price"]);
    }

    #[test]
    fn quirk_28_a_price_of_nothing_is_no_row() {
        let page = PAGE.replacen(
            "data-community-cloud-price=\"2.69\"",
            "data-community-cloud-price=\"0\"",
            1,
        );
        let extract = parse(&page).unwrap();
        assert_eq!(prices(&extract, "H100 SXM"), of("2.69", "")[..1]);
        assert_eq!(extract.issues, []);
    }

    #[test]
    fn trap_19_a_page_without_the_attributes_is_refused() {
        assert!(parse("<html><body><div id=\"__next\"></div></body></html>").is_err());
        assert!(parse(&PAGE.replace("data-secure-cloud-price", "data-price")).is_err());
    }
}
