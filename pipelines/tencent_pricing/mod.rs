//! Prices of models on Tencent Cloud `TokenHub`, the international site: language models by region and
//! length of the request, and embeddings.
//!
//! The page is in Chinese and in US dollars: the header says so (`美元`), the cells are bare numbers.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Cell, ContextTier, Currency, Expect, Meter, Modality, Price, PriceUnit, ServiceTier,
    model_price, page, read_amount, select, select_one, text,
};
use chrono::NaiveDate;
use scraper::ElementRef;

use crate::hosts::{grid, is_plausible_usd, thousands};
use crate::makers::maker_of;
use crate::{StaticSpec, spec};

const PROVIDER: &str = "tencent";
const URL: &str = "https://www.tencentcloud.com/zh/document/product/1300/78937";

/// See the module.
pub(crate) struct TencentPricing;

impl Source for TencentPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("models", document);
        let observed_on = listing.observed_on();
        out.listing = Some(listing);
        let page = page(&document.body)?;
        let content = select_one(page.root_element(), "div#id_doc_content1")?;
        let headings = select(content, "h2", Expect::Exactly(2))?;
        let headings: Vec<String> = headings.into_iter().map(text).collect();
        if headings != ["语言模型", "向量模型"] {
            let found = format!("{headings:?}");
            return Err(ShapeError::new("h2", "language models and vectors", found));
        }
        let by_region = select_one(content, "div.tse-tabs")?;
        let regions = select(by_region, "div.tse-tabs__item-label", Expect::AtLeast(1))?;
        let tabs = select(by_region, "div.tse-tabs__cont", Expect::Exactly(regions.len()))?;
        let tables = select(content, "table", Expect::Exactly(regions.len() + 1))?;
        for (region, tab) in regions.into_iter().zip(tabs) {
            let region = text(region);
            language_models(select_one(tab, "table")?, &region, observed_on, out)?;
        }
        // The last one stands behind the tabs.
        tables.last().map_or(Ok(()), |&table| embeddings(table, observed_on, out))
    }
}

/// Sold by the maker itself, and only passed on: priced apart from the same model on Tencent's machines.
const MAKER_DIRECT: &str = "原厂直供";
const UNIT: &str = "美元/百万 tokens";

/// The table of a region: a row for each model and length of the request.
fn language_models(
    table: ElementRef<'_>,
    region: &str,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let grid = grid(table)?;
    grid.expect_header(
        0,
        &[
            "模型名称",
            "条件（token）",
            "推理输入（美元/百万 tokens）",
            "推理输出（美元/百万 tokens）",
            "缓存命中（美元/百万 tokens）",
        ],
    )?;
    for [model, condition, input, output, cached] in grid.rows_of::<5>(1)? {
        let Some(lengths) = lengths(&condition.text) else {
            out.issue(&condition.locator, "lengths of a request unknown", &condition.text);
            continue;
        };
        let cells = [(input, Meter::Input), (output, Meter::Output), (cached, Meter::CachedInput)];
        for (cell, meter) in cells {
            let offer =
                Offer { model: &model.text, meter, modality: Modality::Any, lengths, region };
            offer.price(cell, observed_on, out);
        }
    }
    Ok(())
}

fn embeddings(
    table: ElementRef<'_>,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let grid = grid(table)?;
    grid.expect_header(0, &["模型名称", "计费项", "价格（美元/百万 tokens）"])?;
    for [model, item, cell] in grid.rows_of::<3>(1)? {
        let modality = match item.text.as_str() {
            "文本输入" => Modality::Text,
            "图片输入" => Modality::Image,
            "视频输入" => Modality::Video,
            other => {
                out.issue(&item.locator, "unknown input", other);
                continue;
            }
        };
        let (meter, lengths) = (Meter::Embedding, ContextTier::ANY);
        let offer = Offer { model: &model.text, meter, modality, lengths, region: "any" };
        offer.price(cell, observed_on, out);
    }
    Ok(())
}

/// Lengths of a request: `输入长度（0, 512k]`, `输入长度 512k+`, `0 ≤ 输入长度 ＜ 32k`, `输入长度 ≥ 32k`.
fn lengths(text: &str) -> Option<ContextTier> {
    if text == "-" {
        return Some(ContextTier::ANY);
    }
    let tokens = |text: &str| thousands(text.trim().strip_suffix('k')?);
    if let Some(below) = text.strip_prefix("0 ≤ 输入长度 ＜") {
        return Some(ContextTier::up_to(tokens(below)?.checked_sub(1)?));
    }
    let length = text.strip_prefix("输入长度")?.trim();
    if let Some(from) = length.strip_prefix('≥') {
        return Some(ContextTier::over(tokens(from)?.checked_sub(1)?));
    }
    if let Some(over) = length.strip_suffix('+') {
        return tokens(over).map(ContextTier::over);
    }
    tokens(length.strip_prefix("（0,")?.strip_suffix(']')?).map(ContextTier::up_to)
}

/// What a price is for.
struct Offer<'a> {
    model: &'a str,
    meter: Meter,
    modality: Modality,
    lengths: ContextTier,
    region: &'a str,
}

impl Offer<'_> {
    fn price(&self, cell: &Cell, observed_on: NaiveDate, out: &mut Extract) {
        // Not offered.
        if cell.text == "-" {
            return;
        }
        let (model, note) = match self.model.strip_suffix(MAKER_DIRECT) {
            Some(model) => (model.trim(), Some(MAKER_DIRECT)),
            None => (self.model, None),
        };
        if model.is_empty() || !model.is_ascii() {
            out.issue(&cell.locator, "no name of a model", self.model);
            return;
        }
        let Some(amount) = read_amount(&cell.text).filter(|a| is_plausible_usd(a.value)) else {
            out.issue(&cell.locator, "no plausible price", &cell.text);
            return;
        };
        let price = Price::new(amount, Currency::Usd, &cell.text, UNIT);
        let mut row =
            model_price(&maker_of(model), model, self.meter, PriceUnit::MillionTokens, price);
        PROVIDER.clone_into(&mut row.provider);
        row.modality = self.modality.into();
        row.context_tier = self.lengths.into();
        self.region.clone_into(&mut row.region);
        if note.is_some() {
            row.service_tier = ServiceTier::MakerDirect.into();
            row.price_note = note.map(str::to_owned);
        }
        out.push(row, cell.locator.clone(), observed_on);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const FIXTURE: &str = include_str!("fixtures/@2026-07-17/zh/document/product/1300/78937");

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-07-17T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        TencentPricing.parse(&document, &mut out).map(|()| out)
    }

    /// Every price of a meter of a model: tier, lengths, region, price, currency.
    fn of_model(out: &Extract, model: &str, meter: Meter) -> Vec<String> {
        let rows = out.rows.model_price.iter().map(|sighted| &sighted.row);
        let found = rows.filter(|row| row.model_id == model && row.meter == meter.name());
        let lines = found.map(|row| {
            format!(
                "{} {} {} {} {}",
                row.service_tier, row.context_tier, row.region, row.price, row.currency
            )
        });
        lines.collect()
    }

    #[test]
    fn quirk_3_dollars_stand_in_the_header_alone() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(out.issues, []);
        let rows = &out.rows.model_price;
        assert!(rows.iter().all(|sighted| sighted.row.currency == "USD"));
        assert!(rows.iter().all(|sighted| sighted.row.unit_as_shown == "美元/百万 tokens"));
        assert_eq!(rows[0].row.price_as_shown, "0.14");
        // With yuan in the header it is another list.
        let error = parse(&FIXTURE.replace("美元", "元")).unwrap_err().to_string();
        assert!(error.contains("a table with the header"), "{error}");
    }

    #[test]
    fn quirk_6_lengths_of_the_input_in_four_spellings() {
        let read = |text| lengths(text).map(|lengths| lengths.to_string());
        assert_eq!(read("输入长度（0, 512k]").as_deref(), Some("input<=512000"));
        assert_eq!(read("输入长度 512k+").as_deref(), Some("input>512000"));
        assert_eq!(read("0 ≤ 输入长度 ＜ 32k").as_deref(), Some("input<=31999"));
        assert_eq!(read("输入长度 ≥ 32k").as_deref(), Some("input>31999"));
        assert_eq!(read("输出长度 ≥ 32k"), None);
        let out = parse(FIXTURE).unwrap();
        assert_eq!(
            of_model(&out, "glm-5-1", Meter::Input),
            [
                "standard any 新加坡 1.4 USD",
                "standard input<=31999 广州 0.84 USD",
                "standard input>31999 广州 1.12 USD",
            ]
        );
    }

    #[test]
    fn trap_18_what_the_maker_serves_is_no_other_model() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(
            of_model(&out, "deepseek-v4-flash", Meter::CachedInput),
            ["maker_direct any 新加坡 0.0028 USD", "standard any 新加坡 0.028 USD"]
        );
    }

    #[test]
    fn a_price_of_another_magnitude_is_reported() {
        let out = parse(&FIXTURE.replace(">0.0028<", ">2800<")).unwrap();
        assert_eq!(out.issues.len(), 1);
        assert_eq!(out.issues[0].reason, "no plausible price");
    }

    #[test]
    fn the_recorded_page_is_read_whole() {
        let file = "pricing/model-api/tencent-intl-2026-07-17.html";
        let Some(out) = of_capture("tencent_pricing", file) else { return };
        let out = out.unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(
            of_model(&out, "minimax-m3", Meter::Output),
            [
                "standard input<=512000 新加坡 1.2 USD",
                "standard input>512000 新加坡 2.4 USD",
                "standard input<=512000 广州 1.2 USD",
                "standard input>512000 广州 2.4 USD",
            ]
        );
    }
}
