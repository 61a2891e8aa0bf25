//! Prices of Zhipu's models on `BigModel`, in yuan: the flagship models by length of the request, the
//! others at one price for input and output, pictures, films, speech, searches.
//!
//! Each table stands in two: one for its header, one for its body. What it holds, its header says.

use burnrate_model::{
    Decimal, Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList,
};
use burnrate_price::{
    Amount, Cell, ContextTier, Currency, Expect, Grid, Meter, Price, PriceKind, PriceUnit,
    ServiceTier, html_table, model_price, page, read_amount, select, select_one,
};
use chrono::NaiveDate;

use crate::hosts::context_tier;
use crate::{StaticSpec, spec};

const PROVIDER: &str = "zhipu";
const URL: &str = "https://bigmodel.cn/pricing";

/// See the module.
pub(crate) struct ZhipuPricing;

impl Source for ZhipuPricing {
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
        let mut has_flagships = false;
        for table in select(page.root_element(), "div.el-table", Expect::AtLeast(1))? {
            let header = html_table(select_one(table, "table.el-table__header")?)?;
            let body = html_table(select_one(table, "table.el-table__body")?)?;
            let header = header.texts(0);
            if NOT_READ.contains(&header.as_slice()) {
                continue;
            }
            let kind = KINDS.iter().find(|kind| kind.header == header).ok_or_else(|| {
                ShapeError::new(body.locator.clone(), "a known header", format!("{header:?}"))
            })?;
            has_flagships |= kind.header == FLAGSHIPS;
            kind.read(&body, observed_on, out)?;
        }
        if has_flagships {
            return Ok(());
        }
        Err(ShapeError::new("page", "a table of the flagship models", "none"))
    }
}

/// A table by its header, and what its columns hold.
struct Kind {
    header: &'static [&'static str],
    columns: &'static [Holds],
}

#[derive(Clone, Copy)]
enum Holds {
    Model,
    /// Lengths of the request, or the whole context.
    Lengths,
    /// A price for a million tokens (or for keeping them an hour): so says the header, in these words.
    Tokens(Meter, PriceUnit, &'static str),
    /// A price whose unit stands beside it.
    WithUnit(ServiceTier),
    /// What the model does.
    Purpose,
    /// Length of the context, resolution, a description of what is sent.
    NotRead,
}

const FLAGSHIPS: &[&str] = &[
    "模型名称",
    "上下文(千tokens)",
    "输入单价(百万tokens)",
    "输出单价(百万tokens)",
    "缓存存储(百万tokens/小时)",
    "缓存命中(百万tokens)",
];

const INPUT: Holds = Holds::Tokens(Meter::Input, PriceUnit::MillionTokens, "百万tokens");
const OUTPUT: Holds = Holds::Tokens(Meter::Output, PriceUnit::MillionTokens, "百万tokens");
const STORED: Holds =
    Holds::Tokens(Meter::CacheStorage, PriceUnit::MillionTokenHours, "百万tokens/小时");
const CACHED: Holds = Holds::Tokens(Meter::CachedInput, PriceUnit::MillionTokens, "百万tokens");
const STANDARD: Holds = Holds::WithUnit(ServiceTier::Standard);
const BATCH: Holds = Holds::WithUnit(ServiceTier::Batch);

const KINDS: [Kind; 8] = [
    Kind {
        header: FLAGSHIPS,
        columns: &[Holds::Model, Holds::Lengths, INPUT, OUTPUT, STORED, CACHED],
    },
    // Models that see.
    Kind {
        header: &[
            "模型名称",
            "上下文(千tokens)",
            "输入单价(百万tokens)",
            "输出单价(百万tokens)",
            "缓存存储(百万tokens/小时)",
            "缓存命中(百万tokens)",
            "输入模态",
        ],
        columns: &[Holds::Model, Holds::Lengths, INPUT, OUTPUT, STORED, CACHED, Holds::NotRead],
    },
    // Text, seeing, vectors.
    Kind {
        header: &["模型", "简介", "上下文", "单价", "Batch API 定价"],
        columns: &[Holds::Model, Holds::Purpose, Holds::NotRead, STANDARD, BATCH],
    },
    // Pictures and films.
    Kind {
        header: &["模型", "简介", "分辨率", "单价", "Batch API 定价"],
        columns: &[Holds::Model, Holds::Purpose, Holds::NotRead, STANDARD, BATCH],
    },
    // Speech.
    Kind {
        header: &["模型", "简介", "单价", "多模态支持"],
        columns: &[Holds::Model, Holds::Purpose, STANDARD, Holds::NotRead],
    },
    // Other models.
    Kind {
        header: &["模型", "简介", "上下文", "单价"],
        columns: &[Holds::Model, Holds::Purpose, Holds::NotRead, STANDARD],
    },
    // Earlier models.
    Kind {
        header: &["模型", "上下文", "单价", "Batch API 定价"],
        columns: &[Holds::Model, Holds::NotRead, STANDARD, BATCH],
    },
    // Searches.
    Kind {
        header: &["工具名称", "简介", "单价"],
        columns: &[Holds::Model, Holds::Purpose, STANDARD],
    },
];

/// Headers of tables that are not read: space for knowledge bases; training (in part or full); tuned models;
/// private instances by the day.
const NOT_READ: [&[&str]; 4] = [
    &["产品名称", "简介", "单价"],
    &["模型", "训练版本", "LoRA微调单价", "全参微调单价"],
    &["模型", "部署版本", "公共实例", "私有实例"],
    &["模型", "部署版本", "私有实例"],
];

/// Models that are not read: a voice cloned, by the piece; speech to text, priced by token and by second
/// in one cell; calls with sound and film, each with a price in one cell.
const MODELS_NOT_READ: [&str; 4] =
    ["GLM-TTS-Clone", "GLM-ASR-2512", "GLM-Realtime-Flash", "GLM-Realtime-Air"];

impl Kind {
    fn read(
        &self,
        body: &Grid,
        observed_on: NaiveDate,
        out: &mut Extract,
    ) -> Result<(), ShapeError> {
        for row in &body.rows {
            if row.len() != self.columns.len() {
                let place = row.first().map_or(&body.locator, |cell| &cell.locator);
                let expected = format!("{} cells", self.columns.len());
                return Err(ShapeError::new(place, expected, row.len().to_string()));
            }
            self.row(row, observed_on, out);
        }
        Ok(())
    }

    fn row(&self, row: &[Cell], observed_on: NaiveDate, out: &mut Extract) {
        let mut context =
            Context { model: "", purpose: "", lengths: ContextTier::ANY, observed_on };
        for (cell, holds) in row.iter().zip(self.columns) {
            match *holds {
                Holds::Model => context.model = cell.text.trim_end_matches(NEW).trim(),
                Holds::Purpose => context.purpose = &cell.text,
                Holds::Lengths => {
                    let Some(lengths) = lengths(&cell.text) else {
                        out.issue(&cell.locator, "lengths of a request unknown", &cell.text);
                        return;
                    };
                    context.lengths = lengths;
                }
                Holds::Tokens(meter, unit, shown) => {
                    let offer = Offer { meter, unit, tier: ServiceTier::Standard, shown };
                    context.price(cell, &cell.text, 1, offer, out);
                }
                Holds::WithUnit(_) if MODELS_NOT_READ.contains(&context.model) => {}
                Holds::WithUnit(tier) => context.with_unit(cell, tier, out),
                Holds::NotRead => {}
            }
        }
    }
}

/// A badge behind the name of a model.
const NEW: &str = "新品";

/// Lengths of a request; the size of the whole context (`1M`, `200K`) and `/` are whatever length.
fn lengths(text: &str) -> Option<ContextTier> {
    let size = text.strip_suffix(['M', 'K']);
    if text == "/" || size.is_some_and(|size| size.bytes().all(|byte| byte.is_ascii_digit())) {
        return Some(ContextTier::ANY);
    }
    context_tier(text)
}

/// What a row is about.
struct Context<'a> {
    model: &'a str,
    purpose: &'a str,
    lengths: ContextTier,
    observed_on: NaiveDate,
}

/// What a price is for.
#[derive(Clone, Copy)]
struct Offer<'a> {
    meter: Meter,
    unit: PriceUnit,
    tier: ServiceTier,
    /// The unit as it is written.
    shown: &'a str,
}

impl Context<'_> {
    /// A price with its unit, such as `5 元 / 百万Tokens`.
    fn with_unit(&self, cell: &Cell, tier: ServiceTier, out: &mut Extract) {
        if cell.text == "免费" {
            let (meter, unit) = self.free();
            self.price(cell, &cell.text, 1, Offer { meter, unit, tier, shown: "" }, out);
            return;
        }
        // Not offered in bulk.
        if cell.text == "不支持" {
            return;
        }
        let Some((amount, shown)) = cell.text.split_once('/') else {
            out.issue(&cell.locator, "no unit", &cell.text);
            return;
        };
        let known = match (shown.trim(), self.purpose) {
            ("百万Tokens", _) => Some((self.meter_of_tokens(), PriceUnit::MillionTokens, 1)),
            ("万字符", "语音生成") => {
                Some((Meter::Speech, PriceUnit::MillionCharacters, 100))
            }
            ("次", _) => self.by_request(),
            _ => None,
        };
        let Some((meter, unit, times)) = known else {
            out.issue(&cell.locator, "a unit or use that is not known", &cell.text);
            return;
        };
        let offer = Offer { meter, unit, tier, shown: shown.trim() };
        self.price(cell, amount, times, offer, out);
    }

    /// What is free where no unit is written: requests for pictures and films, else tokens.
    fn free(&self) -> (Meter, PriceUnit) {
        let of_tokens = (self.meter_of_tokens(), PriceUnit::MillionTokens);
        self.by_request().map_or(of_tokens, |(meter, unit, _)| (meter, unit))
    }

    fn meter_of_tokens(&self) -> Meter {
        match self.model {
            model if model.starts_with("Embedding-") => Meter::Embedding,
            "Rerank" => Meter::Rerank,
            _ => Meter::InputAndOutput,
        }
    }

    /// What is priced by request (`次`), its unit, and how many requests are one of these. A request makes
    /// one picture.
    fn by_request(&self) -> Option<(Meter, PriceUnit, u32)> {
        match self.purpose {
            "图像生成" => Some((Meter::Image, PriceUnit::Image, 1)),
            "视频生成" | "文生视频" | "图生视频" | "首尾帧" | "参考生视频" => {
                Some((Meter::Video, PriceUnit::ThousandRequests, 1000))
            }
            _ if self.model.starts_with("Search-") => {
                Some((Meter::Search, PriceUnit::ThousandRequests, 1000))
            }
            _ => None,
        }
    }

    fn price(&self, cell: &Cell, amount: &str, times: u32, offer: Offer<'_>, out: &mut Extract) {
        let (value, tier, kind) = match amount {
            "免费" if offer.tier == ServiceTier::Standard => {
                (Some(Decimal::default()), ServiceTier::Free, PriceKind::List)
            }
            "免费" => (Some(Decimal::default()), offer.tier, PriceKind::List),
            // Free for now, at a tier that will be paid for.
            "限时免费" => (Some(Decimal::default()), offer.tier, PriceKind::Promotional),
            amount => {
                let amount = read_amount(amount).filter(|a| a.currency == Some(Currency::Cny));
                let value = amount.and_then(|amount| amount.value.times(times));
                (value, offer.tier, PriceKind::List)
            }
        };
        let Some(value) = value else {
            out.issue(&cell.locator, "no price in yuan", &cell.text);
            return;
        };
        let amount = Amount { value, is_rounded: false, currency: None };
        let price = Price::new(amount, Currency::Cny, &cell.text, offer.shown);
        let mut row = model_price(self.maker(), self.model, offer.meter, offer.unit, price);
        PROVIDER.clone_into(&mut row.provider);
        row.service_tier = tier.into();
        row.context_tier = self.lengths.into();
        row.price_kind = kind.into();
        out.push(row, cell.locator.clone(), self.observed_on);
    }

    /// All are Zhipu's own but for Vidu, of Shengshu.
    fn maker(&self) -> &'static str {
        if self.model.starts_with("Vidu") { "shengshu" } else { PROVIDER }
    }
}

#[cfg(test)]
mod tests {
    use burnrate_model::generated::ModelPrice;

    use super::*;
    use crate::captures::of_capture;

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-07-20T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        ZhipuPricing.parse(&document, &mut out).map(|()| out)
    }

    const FIXTURE: &str = include_str!("fixtures/@2026-07-20/pricing");

    /// Every price of a model: meter, tier, lengths, kind, price, currency, unit.
    fn of_model(out: &Extract, model: &str) -> Vec<String> {
        let rows = out.rows.model_price.iter().map(|sighted| &sighted.row);
        let line = |row: &ModelPrice| {
            format!(
                "{} {} {} {} {} {} / {}",
                row.meter,
                row.service_tier,
                row.context_tier,
                row.price_kind,
                row.price,
                row.currency,
                row.price_unit
            )
        };
        rows.filter(|row| row.model_id == model).map(line).collect()
    }

    #[test]
    fn quirk_3_yuan_stay_yuan_and_free_for_now_is_a_promotion() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(
            of_model(&out, "glm-5-2"),
            [
                "input standard any list 8 CNY / 1M tokens",
                "output standard any list 28 CNY / 1M tokens",
                "cache_storage standard any promotional 0 CNY / 1M token-hours",
                "cached_input standard any list 2 CNY / 1M tokens",
            ]
        );
        assert!(out.rows.model_price.iter().all(|sighted| sighted.row.currency == "CNY"));
    }

    #[test]
    fn what_is_free_is_a_tier_of_its_own() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(of_model(&out, "glm-4-7-flash")[0], "input free any list 0 CNY / 1M tokens");
        assert_eq!(
            of_model(&out, "glm-4-flash"),
            [
                "input_and_output free any list 0 CNY / 1M tokens",
                "input_and_output batch any list 0 CNY / 1M tokens"
            ]
        );
    }

    #[test]
    fn quirk_6_bands_of_input_and_of_output() {
        let out = parse(FIXTURE).unwrap();
        let output: Vec<_> = of_model(&out, "glm-4-7")
            .into_iter()
            .filter(|line| line.starts_with("output"))
            .collect();
        assert_eq!(
            output,
            [
                "output standard input<=31999,output<=199 list 8 CNY / 1M tokens",
                "output standard input<=31999,output>199 list 14 CNY / 1M tokens",
                "output standard 31999<input<=199999 list 16 CNY / 1M tokens",
            ]
        );
    }

    #[test]
    fn trap_16_units_beside_the_price_are_made_equal() {
        let out = parse(FIXTURE).unwrap();
        // 0.1 a picture, 0.01 a search, 2 for 10,000 characters.
        assert_eq!(of_model(&out, "glm-image"), ["image standard any list 0.1 CNY / image"]);
        assert_eq!(of_model(&out, "search-std"), ["search standard any list 10 CNY / 1K requests"]);
        assert_eq!(of_model(&out, "glm-tts"), ["speech standard any list 200 CNY / 1M characters"]);
    }

    #[test]
    fn trap_19_the_wrong_page_is_refused() {
        let Some(read) = of_capture("zhipu_pricing", "pricing/model-api/zai-2026-05-08.html")
        else {
            return;
        };
        assert!(read.is_err());
    }

    #[test]
    fn the_recorded_page_is_read_whole() {
        let file = "pricing/model-api/zhipu-bigmodel-2026-07-20-zh.html";
        let Some(out) = of_capture("zhipu_pricing", file) else { return };
        let out = out.unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(
            of_model(&out, "embedding-3"),
            [
                "embedding standard any list 0.5 CNY / 1M tokens",
                "embedding batch any list 0.25 CNY / 1M tokens"
            ]
        );
        // Pictures: 0.06 and 0.03 in bulk, and one that is free. Films stay requests.
        assert_eq!(
            of_model(&out, "cogview-4"),
            ["image standard any list 0.06 CNY / image", "image batch any list 0.03 CNY / image"]
        );
        assert_eq!(of_model(&out, "cogview-3-flash"), ["image free any list 0 CNY / image"]);
        assert_eq!(
            of_model(&out, "cogvideox-3"),
            ["video standard any list 1000 CNY / 1K requests"]
        );
    }

    #[test]
    fn an_unknown_header_or_unit_is_not_guessed() {
        let error = parse(&FIXTURE.replace("简介", "说明")).unwrap_err().to_string();
        assert!(error.contains("expected a known header"), "{error}");
        let error = parse(&FIXTURE.replace("输入单价", "单价")).unwrap_err().to_string();
        assert!(error.contains("expected a known header"), "{error}");
        let out = parse(&FIXTURE.replace("10 元 / 百万Tokens", "10 元 / 千Tokens")).unwrap();
        assert_eq!(out.issues.len(), 1);
        let out = parse(&FIXTURE.replace("8元", "$8")).unwrap();
        assert_eq!(out.issues[0].reason, "no price in yuan");
    }
}
