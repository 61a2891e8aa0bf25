//! What GitHub Copilot costs, from the variables that its documentation is filled with: the pages
//! themselves name the variables, without a number.

use std::collections::BTreeMap;
use std::ops::Range;

use burnrate_model::{
    Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList, locator,
};
use burnrate_price::{Currency, Price, SeatOffer, SeatUnit, read_amount};

use crate::{StaticSpec, spec};

const URL: &str = "https://raw.githubusercontent.com/github/docs/main/data/variables/copilot.yml";
const CURRENCY: &str = " USD";

/// Variables that are prices, with the plan, what the price is for, and how it is billed.
const PRICES: [(&str, &str, SeatUnit, &str); 6] = [
    ("cfi_price_per_month", "pro", SeatUnit::UserMonth, "monthly"),
    ("cpp_price_per_month", "pro+", SeatUnit::UserMonth, "monthly"),
    ("cm_price_per_month", "max", SeatUnit::UserMonth, "monthly"),
    ("cfb_price_per_month", "business", SeatUnit::UserMonth, "monthly"),
    ("ce_price_per_month", "enterprise", SeatUnit::UserMonth, "monthly"),
    ("additional_premium_requests", "premium requests", SeatUnit::Request, "per_use"),
];

/// See the module.
pub(crate) struct GithubCopilot;

impl Source for GithubCopilot {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("plans", document);
        let yaml = str::from_utf8(&document.body)
            .map_err(|_| ShapeError::new("document", "UTF-8", "other bytes"))?;
        let variables = variables(yaml)?;
        for (name, plan, unit, billing_period) in PRICES {
            let (Some(shown), Some(line)) = (variables.get(name), line(yaml, name)) else {
                return Err(ShapeError::new("document", format!("the variable {name}"), "none"));
            };
            let Some(amount) = shown.strip_suffix(CURRENCY).and_then(read_amount) else {
                out.issue(locator(&line), "not a price in USD", &yaml[line]);
                continue;
            };
            let offer = SeatOffer {
                vendor: "github",
                product: "github copilot",
                plan,
                unit,
                billing_period,
            };
            let price = Price::new(amount, Currency::Usd, shown, name);
            out.push(offer.at(price, None), locator(&line), listing.observed_on());
        }
        report_unknown_prices(&variables, out);
        out.listing = Some(listing);
        Ok(())
    }
}

fn variables(yaml: &str) -> Result<BTreeMap<String, String>, ShapeError> {
    serde_saphyr::from_str(yaml).map_err(|error| {
        // What follows shows the document.
        let error = error.to_string();
        let first_line = error.lines().next().unwrap_or_default();
        ShapeError::new("document", "variables in YAML", first_line)
    })
}

/// Where a variable stands, its name included.
fn line(yaml: &str, name: &str) -> Option<Range<usize>> {
    let mut start = 0;
    yaml.split_inclusive('\n').find_map(|line| {
        let range = start..start + line.trim_end().len();
        start += line.len();
        line.strip_prefix(name)?.starts_with(':').then_some(range)
    })
}

/// Other variables are names, and credits that a plan includes; an amount of dollars is a price.
fn report_unknown_prices(variables: &BTreeMap<String, String>, out: &mut Extract) {
    for (name, value) in variables {
        let is_known = PRICES.iter().any(|(known, ..)| known == name);
        if !is_known && value.starts_with('$') {
            out.issue(name, "a price of an unknown plan", value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const VARIABLES: &str = include_str!("fixtures/@2026-01-01/copilot.yml");

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-07-01T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        GithubCopilot.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn plans_have_their_prices_by_user_and_month() {
        let file = "pricing/saas/github-copilot-vars-2026.yml";
        let Some(extract) = of_capture("github_copilot", file).map(Result::unwrap) else { return };
        let prices: Vec<_> = extract
            .rows
            .seat_price
            .iter()
            .map(|price| {
                let row = &price.row;
                (row.plan.as_str(), row.seat_unit.as_str(), row.price.to_string())
            })
            .collect();
        let of = |plan, unit, price: &str| (plan, unit, price.to_owned());
        assert_eq!(
            prices,
            [
                of("pro", "user_month", "10"),
                of("pro+", "user_month", "39"),
                of("max", "user_month", "100"),
                of("business", "user_month", "19"),
                of("enterprise", "user_month", "39"),
                of("premium requests", "request", "0.04"),
            ]
        );
    }

    #[test]
    fn quirk_21_a_page_that_names_variables_is_refused() {
        let file = "pricing/saas/github-copilot-licenses-template-2026.md";
        let Some(refused) = of_capture("github_copilot", file) else { return };
        assert!(refused.is_err());
    }

    #[test]
    fn a_price_is_located_by_its_line() {
        let extract = parse(VARIABLES).unwrap();
        let start = VARIABLES.find("cfi_price_per_month").unwrap();
        let end = start + "cfi_price_per_month: '$10 USD'".len();
        assert_eq!(extract.rows.seat_price[0].locator, format!("bytes={start}..{end}"));
    }

    #[test]
    fn the_price_of_an_unknown_plan_is_reported() {
        let extract = parse(&format!("{VARIABLES}cx_price_per_month: '$200 USD'\n")).unwrap();
        let reasons: Vec<_> = extract.issues.iter().map(|issue| issue.reason.as_str()).collect();
        assert_eq!(reasons, ["a price of an unknown plan"]);
        assert_eq!(extract.rows.seat_price.len(), 6);
    }

    #[test]
    fn another_currency_is_reported() {
        let extract = parse(&VARIABLES.replace("$10 USD", "€10 EUR")).unwrap();
        assert_eq!(extract.issues.len(), 1);
    }

    #[test]
    fn a_plan_that_is_gone_is_refused() {
        assert!(parse(&VARIABLES.replace("ce_price_per_month", "renamed")).is_err());
    }
}
