//! Amazon EC2's prices on demand under Linux, from the files behind its price page: one for each region.
//!
//! A price is for an hour of the whole instance, as text; the number of GPUs is not in the file. Regions
//! stand there by their places only: rows have their codes, as in Amazon's other lists.

use std::num::NonZeroU32;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Currency, GpuCount, GpuCountSource, GpuOffer, InstanceGpus, InstanceType, Price, Term,
    instance_type, per_gpu, read_amount,
};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use crate::{StaticSpec, spec};

/// The regions that are asked for: their places, as the files name them, and the codes that Amazon
/// documents for these.
const REGIONS: [(&str, &str); 2] =
    [("US East (N. Virginia)", "us-east-1"), ("US East (Ohio)", "us-east-2")];

/// See the module.
pub(crate) struct AwsEc2Prices;

impl Source for AwsEc2Prices {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let spec = self.spec();
        let url = |place: &str| {
            format!("{}{}/Linux/index.json", spec.fixtures_url, place.replace(' ', "%20"))
        };
        let request = |(place, _)| Request { source_id: spec.id.clone(), url: url(place) };
        REGIONS.map(request).into()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let shape = |found: String| ShapeError::new("body", "prices by region", found);
        let body = serde_json::from_slice(&document.body).map_err(|e| shape(e.to_string()))?;
        let regions = regions(&body)?;
        let scope: Vec<&str> = regions.iter().map(|(_, region, _)| region.as_str()).collect();
        let listing = Listing::whole(&scope.join(", "), document);
        for (path, region, instances) in regions {
            let known = REGIONS.iter().find(|(place, _)| place == region);
            let (_, code) =
                known.ok_or_else(|| ShapeError::new(&path, "a known region", region))?;
            for (name, value) in instances {
                let place = format!("{path}/{}/{}", pointer(region), pointer(name));
                let instance: Instance = Instance::deserialize(value)
                    .map_err(|error| ShapeError::new(&place, "an instance", error.to_string()))?;
                match instance.price(region, code) {
                    Ok(Some(row)) => {
                        out.push(row, format!("{place}/price"), listing.observed_on());
                    }
                    Ok(None) => {}
                    Err(reason) => out.issue(place, reason, value.to_string()),
                }
            }
        }
        out.listing = Some(listing);
        Ok(())
    }
}

/// A name as part of a JSON pointer.
fn pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The instances of a region, with the path of the regions and the region's name.
type Region<'a> = (String, &'a String, &'a Map<String, Value>);

/// The regions of a file; or of several files, each under the name of its region.
fn regions(body: &Value) -> Result<Vec<Region<'_>>, ShapeError> {
    let files = if body.get("regions").is_some() {
        vec![(String::new(), body)]
    } else {
        let files = body.as_object().into_iter().flatten();
        files.map(|(name, file)| (format!("/{}", pointer(name)), file)).collect()
    };
    let mut found = Vec::new();
    for (path, file) in files {
        let shape = |what: &str| ShapeError::new(format!("`{path}`"), "prices by region", what);
        let file = file.as_object().ok_or_else(|| shape("no object"))?;
        // `manifest` says what the file is, `sets` has the values for the page's filters.
        let is_known = |key: &String| matches!(key.as_str(), "manifest" | "regions" | "sets");
        if let Some(unknown) = file.keys().find(|key| !is_known(key)) {
            return Err(shape(unknown));
        }
        let regions = file.get("regions").and_then(Value::as_object);
        for (region, instances) in regions.ok_or_else(|| shape("no regions"))? {
            let instances = instances.as_object().ok_or_else(|| shape("no instances"))?;
            found.push((format!("{path}/regions"), region, instances));
        }
    }
    if found.is_empty() {
        return Err(ShapeError::new("body", "prices by region", "no region"));
    }
    Ok(found)
}

/// An instance. Fields with a leading underscore are known and not used.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Instance {
    price: String,
    #[serde(rename = "Instance Type")]
    kind: String,
    #[serde(rename = "Location")]
    location: String,
    #[serde(rename = "Operating System")]
    operating_system: String,
    #[serde(rename = "Pre Installed S/W")]
    software: String,
    #[serde(rename = "License Model")]
    licence: String,
    #[serde(rename = "rateCode")]
    _rate_code: IgnoredAny,
    #[serde(rename = "Instance Family")]
    _family: IgnoredAny,
    #[serde(rename = "vCPU")]
    _processors: IgnoredAny,
    #[serde(rename = "Memory")]
    _memory: IgnoredAny,
    #[serde(rename = "Storage")]
    _storage: IgnoredAny,
    #[serde(rename = "Network Performance")]
    _network: IgnoredAny,
    #[serde(rename = "plc:OperatingSystem")]
    _filter_system: IgnoredAny,
    #[serde(rename = "plc:InstanceFamily")]
    _filter_family: IgnoredAny,
}

impl Instance {
    /// The row, for a region by its place and its code; `None` where it has no whole GPU, a reason where it
    /// cannot be read.
    fn price(&self, place: &str, region: &str) -> Result<Option<GpuPrice>, String> {
        let InstanceGpus { gpu, gpus } = match instance_type("aws", &self.kind) {
            InstanceType::Gpus(gpus) => gpus,
            InstanceType::NoWholeGpu => return Ok(None),
            InstanceType::Unlisted => {
                return Err("the GPUs of this type are not known".to_owned());
            }
        };
        let context = (&*self.operating_system, &*self.software, &*self.licence);
        if context != ("Linux", "NA", "No License required") || self.location != place {
            return Err("not plain Linux in the region of the file".to_owned());
        }
        let amount = read_amount(&self.price).ok_or("no amount")?;
        if amount.value.is_zero() || amount.value.is_negative() {
            return Err("not a price".to_owned());
        }
        let gpus = NonZeroU32::new(gpus).ok_or("a type with no GPU")?;
        let count = GpuCount { gpus, source: GpuCountSource::InstanceType };
        let (sku, term) = (self.kind.as_str(), Term::OnDemand);
        let offer = GpuOffer { provider: "aws", sku, product_name: sku, gpu, count, term };
        // The page adds `per Hour` to the number in the file; the folder names the currency.
        let price = Price::new(amount, Currency::Usd, &self.price, "per instance and hour");
        let mut row = offer.at(per_gpu(price, gpus));
        "linux".clone_into(&mut row.operating_system);
        region.clone_into(&mut row.region);
        Ok(Some(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const FILE: &str =
        include_str!("fixtures/@2026-10-01/US%20East%20(N.%20Virginia)/Linux/index.json");

    fn read(body: &str) -> Result<Extract, ShapeError> {
        let mut out = Extract::default();
        let document = RawDocument {
            url: AwsEc2Prices.start(&WatchList::default())[0].url.clone(),
            fetched_at: "2026-10-01T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        AwsEc2Prices.parse(&document, &mut out).map(|()| out)
    }

    fn price(out: &Extract, region: &str, sku: &str) -> (String, i64) {
        let rows = out.rows.gpu_price.iter().map(|found| &found.row);
        let found: Vec<_> = rows.filter(|row| row.region == region && row.sku == sku).collect();
        assert_eq!(found.len(), 1, "{sku}");
        (found[0].price_per_gpu_hour.to_string(), found[0].gpus_per_instance)
    }

    /// 55.04 / 8 = 6.88, as one of p5.4xlarge, which is a single H100.
    #[test]
    fn quirk_22_an_instance_of_eight_gpus_is_parted_among_them() {
        let Some(capture) = of_capture("aws_ec2_prices", "pricing/gpu/aws-ec2-web-2026-10.json")
        else {
            return;
        };
        let out = capture.unwrap();
        for region in ["us-east-1", "us-east-2"] {
            assert_eq!(price(&out, region, "p5.48xlarge"), ("6.88".to_owned(), 8));
            assert_eq!(price(&out, region, "p5.4xlarge"), ("6.88".to_owned(), 1));
        }
        // 113.9328 / 8
        let b200 = price(&out, "us-east-1", "p6-b200.48xlarge");
        assert_eq!(b200.0, "14.2416");
        assert_eq!((out.rows.gpu_price.len(), out.issues.len()), (15, 0));
    }

    #[test]
    fn quirk_5_the_price_is_a_text_and_kept_as_written() {
        let out = read(FILE).unwrap();
        let p4d = out.rows.gpu_price.iter().find(|found| found.row.sku == "p4d.24xlarge").unwrap();
        assert_eq!(p4d.row.price_as_shown, "21.9576420000");
        // 21.957642 / 8
        assert_eq!(p4d.row.price_per_gpu_hour.to_string(), "2.74470525");
        assert_eq!(
            p4d.locator,
            "/regions/US East (N. Virginia)/p4d 24xlarge US East N. Virginia Linux/price"
        );
    }

    /// The names of instances repeat the region; each region is a list of its own.
    #[test]
    fn quirk_20_a_file_is_the_list_of_its_region() {
        assert_eq!(read(FILE).unwrap().listing.unwrap().scope, "US East (N. Virginia)");
        let moved = FILE
            .replace("\"Location\": \"US East (N. Virginia)\"", "\"Location\": \"US East (Ohio)\"");
        assert!(!read(&moved).unwrap().issues.is_empty());
    }

    /// Amazon's table of instances and this file name the same region.
    #[test]
    fn a_region_has_its_code_and_one_whose_code_is_not_known_is_refused() {
        let out = read(FILE).unwrap();
        assert!(out.rows.gpu_price.iter().all(|found| found.row.region == "us-east-1"));
        let other = FILE.replace("US East (N. Virginia)", "US East (Chicago)");
        assert_eq!(read(&other).unwrap_err().found, "US East (Chicago)");
    }

    #[test]
    fn trap_19_files_of_another_shape_are_refused() {
        for body in ["<html></html>", "{}", "[]", r#"{"regions": {}}"#, r#"{"a": {"b": {}}}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        assert!(read(&FILE.replace("\"vCPU\"", "\"Cores\"")).is_err());
    }

    #[test]
    fn a_type_whose_gpus_are_not_known_is_reported_and_one_without_left_out() {
        let out = read(&FILE.replace("p5.48xlarge", "p7.48xlarge")).unwrap();
        assert_eq!(out.issues.len(), 1);
        assert!(FILE.contains("m7i.xlarge"));
        let out = read(FILE).unwrap();
        assert!(out.issues.is_empty());
        assert!(out.rows.gpu_price.iter().all(|found| found.row.sku != "m7i.xlarge"));
    }
}
