//! Azure's retail prices of virtual machines with GPUs, from its documented interface.
//!
//! Asked for are the families NC and ND; a page has 1,000 items and the address of the next. A price is for
//! an hour of the whole machine, but a reservation's is the total of its term, though its unit says
//! `1 Hour`. Left out by rule are items of other services, sizes without a whole GPU, meters that are not
//! the primary one of their region, prices for development and test, and prices that have ended.

use std::num::NonZeroU32;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Currency, GpuCount, GpuCountSource, GpuOffer, InstanceType, Price, PriceKind, Term,
    instance_type, per_gpu, read_amount,
};
use chrono::NaiveDate;

use crate::{StaticSpec, spec};

use self::answer::{Item, NextPage, read_answer};

mod answer;

/// Asks for sizes of the families NC and ND; the interface compares letters exactly.
const FIRST_PAGE: &str = "https://prices.azure.com/api/retail/prices?$filter=serviceName%20eq%20%27Virtual%20Machines%27%20and%20(contains(armSkuName,%27Standard_NC%27)%20or%20contains(armSkuName,%27Standard_ND%27))";
/// Name of the list.
const SCOPE: &str = "virtual machines NC and ND";
/// Items of a page, by which `$skip` counts.
const ITEMS_A_PAGE: u32 = 1000;
const HOURS_A_YEAR: u32 = 8760;

/// See the module.
pub(crate) struct AzureRetailPrices;

impl Source for AzureRetailPrices {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: FIRST_PAGE.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let page = page_number(&document.url)?;
        let observed_on = document.fetched_at.date_naive();
        let next_page = read_answer(&document.body, &mut |number, item, text| match price(
            item,
            observed_on,
        ) {
            Ok(Some(row)) => {
                out.push(row, format!("/Items/{number}/retailPrice"), observed_on);
            }
            Ok(None) => {}
            Err(reason) => out.issue(format!("/Items/{number}"), reason, text),
        })?;
        // An answer that does not say whether there is a next page is not taken for the last one.
        let is_last = next_page == NextPage::None;
        if let NextPage::At(link) = next_page {
            let url = next_address(&link, page)?;
            out.requests.push(Request { source_id: self.spec().id.clone(), url });
        }
        let (scope, observed_at) = (SCOPE.to_owned(), document.fetched_at);
        out.listing = Some(Listing { scope, page, is_last, observed_at });
        Ok(())
    }
}

/// Number of the page that an address asks for, from 1.
fn page_number(url: &str) -> Result<u32, ShapeError> {
    let Some((_, skip)) = url.split_once("$skip=") else { return Ok(1) };
    let skip = skip.split('&').next().unwrap_or_default();
    let skip: u32 = skip.parse().map_err(|_| ShapeError::new("address", "$skip=number", url))?;
    Ok(skip / ITEMS_A_PAGE + 1)
}

/// The address of the page after this one, without the port, which the interface writes out.
fn next_address(link: &str, page: u32) -> Result<String, ShapeError> {
    let rest = link
        .strip_prefix("https://prices.azure.com:443/api/retail/prices?")
        .or_else(|| link.strip_prefix("https://prices.azure.com/api/retail/prices?"));
    let next = rest.filter(|rest| page_number(rest).is_ok_and(|next| next == page + 1));
    let next = next.ok_or_else(|| {
        ShapeError::new("/NextPageLink", format!("the address of page {}", page + 1), link)
    })?;
    Ok(format!("https://prices.azure.com/api/retail/prices?{next}"))
}

/// The row of an item; `None` where it is left out by a rule, a reason where it cannot be read.
fn price(item: &Item<'_>, observed_on: NaiveDate) -> Result<Option<GpuPrice>, String> {
    if item.service_name != "Virtual Machines" || !item.is_primary_meter_region {
        return Ok(None);
    }
    let machine = match instance_type("azure", &item.arm_sku_name) {
        InstanceType::Gpus(gpus) => gpus,
        InstanceType::NoWholeGpu => return Ok(None),
        InstanceType::Unlisted => return Err("the GPUs of this size are not known".to_owned()),
    };
    // Prices for development and test are only for subscriptions of developers.
    if item.kind == "DevTestConsumption" {
        return Ok(None);
    }
    let (term, hours) = conditions(item)?;
    let effective_from = day(&item.effective_start_date)?;
    let effective_to = item.effective_end_date.as_deref().map(day).transpose()?;
    if effective_to.is_some_and(|last| last < observed_on) {
        return Ok(None);
    }
    let gpus = NonZeroU32::new(machine.gpus).ok_or("a size with no GPU")?;
    let count = GpuCount { gpus, source: GpuCountSource::InstanceType };
    let (sku, product_name) = (item.arm_sku_name.as_str(), item.product_name.as_str());
    let gpu = machine.gpu;
    let offer = GpuOffer { provider: "azure", sku, product_name, gpu, count, term };
    let mut row = offer.at(price_per_gpu_hour(item, gpus, hours)?);
    row.price_note = item.reservation_term.as_ref().map(|term| format!("total for {term}"));
    let is_windows = item.product_name.ends_with("Windows");
    if is_windows { "windows" } else { "linux" }.clone_into(&mut row.operating_system);
    row.region.clone_from(&item.arm_region_name);
    row.effective_from = Some(effective_from);
    row.effective_to = effective_to;
    if effective_from > observed_on {
        row.price_kind = PriceKind::Announced.into();
    }
    Ok(Some(row))
}

/// On which conditions the machine is rented, and for how many hours the price is.
fn conditions(item: &Item<'_>) -> Result<(Term, u32), String> {
    let consumption = [(" Spot", Term::Spot), (" Low Priority", Term::LowPriority)];
    let by_name = |name: &str| {
        let named = consumption.iter().find(|(suffix, _)| name.ends_with(suffix));
        named.map_or(Term::OnDemand, |(_, term)| *term)
    };
    let term = by_name(&item.sku_name);
    if by_name(&item.meter_name) != term {
        return Err("the names of product and meter differ in the conditions".to_owned());
    }
    match (item.kind.as_str(), item.reservation_term.as_deref(), term) {
        ("Consumption", None, term) => Ok((term, 1)),
        ("Reservation", Some("1 Year"), Term::OnDemand) => Ok((Term::Reserved1y, HOURS_A_YEAR)),
        ("Reservation", Some("3 Years"), Term::OnDemand) => {
            Ok((Term::Reserved3y, 3 * HOURS_A_YEAR))
        }
        ("Reservation", Some("5 Years"), Term::OnDemand) => {
            Ok((Term::Reserved5y, 5 * HOURS_A_YEAR))
        }
        (kind, reservation, _) => Err(format!("conditions not known: {kind}, {reservation:?}")),
    }
}

/// The price as one per GPU and hour: of a machine with so many GPUs, for so many hours.
fn price_per_gpu_hour(item: &Item<'_>, gpus: NonZeroU32, hours: u32) -> Result<Price, String> {
    if item.currency_code != "USD" || item.unit_of_measure != "1 Hour" {
        return Err(format!("in {} for {}", item.currency_code, item.unit_of_measure));
    }
    let is_zero = |text: &str| read_amount(text).is_some_and(|amount| amount.value.is_zero());
    if !is_zero(item.tier_minimum_units.get()) {
        return Err("only from a number of units on".to_owned());
    }
    let shown = item.retail_price.get();
    let amount = read_amount(shown).ok_or("no amount")?;
    if amount.value.is_zero() || amount.value.is_negative() {
        return Err("not a price".to_owned());
    }
    let parts = gpus.checked_mul(NonZeroU32::new(hours).ok_or("no hours")?).ok_or("too many")?;
    Ok(per_gpu(Price::new(amount, Currency::Usd, shown, &item.unit_of_measure), parts))
}

/// The day of a timestamp such as `2025-04-01T00:00:00Z`.
fn day(timestamp: &str) -> Result<NaiveDate, String> {
    let date = timestamp.split('T').next().unwrap_or_default();
    date.parse().map_err(|_| format!("`{timestamp}` is no timestamp"))
}

#[cfg(test)]
mod tests {
    use burnrate_model::{Decimal, Sighted};

    use super::*;
    use crate::captures::of_capture;

    const PAGE_1: &str = include_str!(
        "fixtures/@2026-10-01/prices?$filter=serviceName%20eq%20%27Virtual%20Machines%27%20and%20(contains(armSkuName,%27Standard_NC%27)%20or%20contains(armSkuName,%27Standard_ND%27))"
    );
    const AUGUST_2025: &str = include_str!(
        "fixtures/@2025-08-15/prices?$filter=serviceName%20eq%20%27Virtual%20Machines%27%20and%20(contains(armSkuName,%27Standard_NC%27)%20or%20contains(armSkuName,%27Standard_ND%27))"
    );
    const AUGUST_2026: &str = include_str!(
        "fixtures/@2026-08-22/prices?$filter=serviceName%20eq%20%27Virtual%20Machines%27%20and%20(contains(armSkuName,%27Standard_NC%27)%20or%20contains(armSkuName,%27Standard_ND%27))"
    );
    const CAPTURE: &str = "pricing/gpu/azure-retail-gpu-2026-10.json";

    fn read(url: &str, observed_at: &str, body: &str) -> Result<Extract, ShapeError> {
        let mut out = Extract::default();
        let document = RawDocument {
            url: url.to_owned(),
            fetched_at: observed_at.parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        AzureRetailPrices.parse(&document, &mut out).map(|()| out)
    }

    fn page_1() -> Extract {
        read(FIRST_PAGE, "2026-10-01T00:00:00Z", PAGE_1).unwrap()
    }

    fn rows<'a>(out: &'a Extract, sku: &str, term: &str) -> Vec<&'a Sighted<GpuPrice>> {
        let rows = out.rows.gpu_price.iter();
        rows.filter(|found| found.row.sku == sku && found.row.term == term).collect()
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    const H100: &str = "Standard_ND96isr_H100_v5";

    #[test]
    fn quirk_22_a_price_of_a_machine_is_parted_among_its_gpus() {
        let out = page_1();
        let h100 = rows(&out, H100, "on_demand");
        let linux = h100.iter().find(|found| found.row.operating_system == "linux").unwrap();
        // 98.32 / 8
        assert_eq!(linux.row.price_per_gpu_hour, decimal("12.29"));
        assert_eq!(linux.row.gpus_per_instance, 8);
        assert_eq!(linux.row.price_as_shown, "98.32");
        assert_eq!(linux.row.effective_from, "2023-12-01".parse().ok());
        // 108.16 / 4: a GB200 is one GPU.
        let gb200 = rows(&out, "Standard_ND128isr_NDR_GB200_v6", "on_demand");
        assert_eq!(gb200[0].row.price_per_gpu_hour, decimal("27.04"));
    }

    #[test]
    fn quirk_23_a_reservation_is_the_total_of_its_term_whatever_its_unit_says() {
        let out = page_1();
        for (term, total, hours) in [
            ("reserved_1y", "551221.0", 8760),
            ("reserved_3y", "1134310.0", 26280),
            ("reserved_5y", "1722566.0", 43800),
        ] {
            let [found] = rows(&out, H100, term)[..] else { panic!("{term}") };
            let parts = NonZeroU32::new(hours * 8).unwrap();
            assert_eq!(found.row.price_per_gpu_hour, decimal(total).over(parts).0, "{term}");
            assert_eq!(found.row.price_as_shown, total);
            assert_eq!(found.row.unit_as_shown, "1 Hour");
        }
        // As the table of facts has it: 7.87 a GPU and hour for a year, 5.40 for three.
        let year = rows(&out, H100, "reserved_1y")[0].row.price_per_gpu_hour;
        assert_eq!(year.to_string(), "7.865596461187");
        let three = rows(&out, H100, "reserved_3y")[0].row.price_per_gpu_hour;
        assert_eq!(three.to_string()[..5], *"5.395");
    }

    /// A third party stored 551221 as a price per hour (azure-gpu-unfiltered-2025-06-21.json): here it is
    /// 62.92 for the machine.
    #[test]
    fn quirk_23_the_reservation_that_a_tracker_took_for_551221_an_hour_is_62_92() {
        let Some(capture) = of_capture("azure_retail_prices", CAPTURE) else { return };
        let out = capture.unwrap();
        let year = rows(&out, H100, "reserved_1y")[0].row.price_per_gpu_hour;
        let machine = year.times(8).unwrap();
        assert!(machine > decimal("62.924") && machine < decimal("62.925"), "{machine}");
        assert!(
            out.rows.gpu_price.iter().all(|found| found.row.price_per_gpu_hour < decimal("30"))
        );
    }

    #[test]
    fn quirk_23_trap_18_windows_spot_and_low_priority_are_contexts() {
        let Some(capture) = of_capture("azure_retail_prices", CAPTURE) else { return };
        let out = capture.unwrap();
        assert_eq!(out.rows.gpu_price.len(), 22);
        let price = |term, os| {
            let mut found = rows(&out, H100, term);
            found.retain(|found| found.row.operating_system == os);
            assert_eq!(found.len(), 1, "{term} {os}");
            found[0].row.price_as_shown.as_str()
        };
        assert_eq!(price("on_demand", "windows"), "102.736");
        assert_eq!(price("low_priority", "linux"), "19.664");
        assert_eq!(price("low_priority", "windows"), "41.094");
        assert_eq!(price("spot", "linux"), "18.169536");
        // A spot price may equal the one on demand: it stays spot.
        let h200 =
            |term| rows(&out, "Standard_ND96isr_H200_v5", term)[0].row.price_as_shown.clone();
        assert_eq!(rows(&out, "Standard_ND96isr_H200_v5", "spot").len(), 2);
        assert_eq!(h200("on_demand"), h200("spot"));
    }

    #[test]
    fn quirk_23_prices_for_development_and_other_machines_are_left_out_by_rule() {
        let out = page_1();
        assert!(PAGE_1.contains("DevTestConsumption") && PAGE_1.contains("Standard_D14"));
        assert!(PAGE_1.contains("RTXPRO6000BSE"));
        // NC64as_T4_v3 under Windows, low priority: 3.627 for all, 1.225 for developers.
        let [t4] = rows(&out, "Standard_NC64as_T4_v3", "low_priority")[..] else { panic!() };
        assert_eq!(t4.row.price_as_shown, "3.627");
        assert!(out.rows.gpu_price.iter().all(|found| found.row.sku.starts_with("Standard_N")));
        assert_eq!(out.issues, []);
    }

    #[test]
    fn quirk_23_pages_are_followed_until_there_is_no_next_one() {
        let first = page_1();
        let listing = first.listing.unwrap();
        assert_eq!((listing.page, listing.is_last), (1, false));
        assert_eq!(first.requests.len(), 1);
        let second = &first.requests[0].url;
        assert_eq!(*second, format!("{FIRST_PAGE}&$skip=1000"));
        let last =
            PAGE_1.replace(&second.replace(".com/", ".com:443/"), "-").replace("\"-\"", "null");
        let last = read(second, "2026-10-01T00:00:00Z", &last).unwrap();
        let listing = last.listing.unwrap();
        assert_eq!((listing.page, listing.is_last, last.requests), (2, true, vec![]));
        // A page of another length, or one that leads back to itself, is not followed.
        assert!(read(second, "2026-10-01T00:00:00Z", PAGE_1).is_err());
        let shorter = PAGE_1.replace("&$skip=1000", "&$skip=100");
        assert!(read(FIRST_PAGE, "2026-10-01T00:00:00Z", &shorter).is_err());
    }

    #[test]
    fn quirk_23_a_first_page_cut_short_is_not_the_whole_list() {
        let Some(capture) = of_capture("azure_retail_prices", CAPTURE) else { return };
        assert!(!capture.unwrap().listing.unwrap().is_last);
    }

    #[test]
    fn trap_17_a_price_to_come_is_announced_and_one_that_ended_is_not_listed() {
        let kinds = |day: &str| {
            let out = read(FIRST_PAGE, &format!("{day}T00:00:00Z"), PAGE_1).unwrap();
            let rows = rows(&out, "Standard_ND96ams_A100_v4", "spot");
            let kinds = rows.into_iter().map(|found| found.row.price_kind.clone());
            kinds.collect::<Vec<_>>()
        };
        assert_eq!(kinds("2025-05-31"), ["announced"]);
        assert_eq!(kinds("2026-08-31"), ["list"]);
        assert_eq!(kinds("2026-09-01"), [""; 0]);
    }

    #[test]
    fn trap_19_answers_of_another_shape_are_refused() {
        let refuse =
            |body: &str| read(FIRST_PAGE, "2026-10-01T00:00:00Z", body).unwrap_err().to_string();
        for body in ["<html></html>", "[]", "{}", r#"{"Items": []}"#] {
            refuse(body);
        }
        assert!(refuse(&PAGE_1.replace("\"location\"", "\"place\"")).contains("unknown field"));
        assert!(refuse(&PAGE_1.replacen("\"Count\": ", "\"Count\": 9", 1)).contains("Count"));
    }

    /// A year of `ND96isr_H200_v5` in US Gov Virginia: 495201 in August 2025, 509408 from August 2026.
    #[test]
    fn a_changed_price_has_another_beginning() {
        let year = |day: &str, body: &str| {
            let out = read(FIRST_PAGE, &format!("{day}T00:00:00Z"), body).unwrap();
            let [found] = rows(&out, "Standard_ND96isr_H200_v5", "reserved_1y")[..] else {
                panic!()
            };
            (
                found.row.price_per_gpu_hour.to_string(),
                found.row.effective_from.unwrap().to_string(),
            )
        };
        // 495201 / 8760 / 8, and 509408 / 8760 / 8
        let before = ("7.066224315068".to_owned(), "2025-05-01".to_owned());
        assert_eq!(year("2025-08-15", AUGUST_2025), before);
        let after = ("7.268949771689".to_owned(), "2026-08-01".to_owned());
        assert_eq!(year("2026-08-22", AUGUST_2026), after);
    }

    #[test]
    fn a_size_whose_gpus_are_not_known_is_reported() {
        let body = PAGE_1.replace(H100, "Standard_ND96isr_X100_v7");
        let out = read(FIRST_PAGE, "2026-10-01T00:00:00Z", &body).unwrap();
        assert!(!out.issues.is_empty());
        assert!(out.issues.iter().all(|issue| issue.reason.contains("not known")));
    }
}
