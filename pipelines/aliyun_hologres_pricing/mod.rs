//! Prices of the models that Alibaba Cloud offers within Hologres, in yuan: by region and length of the
//! input.
//!
//! Another list than that of Model Studio, and dearer: the provider has a name of its own here.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Cell, ContextTier, Currency, Expect, Grid, Meter, Modality, Price, PriceUnit, Scale,
    html_table, model_price, page, read_amount_scaled, select,
};
use chrono::NaiveDate;

use crate::hosts::thousands;
use crate::makers::maker_of;
use crate::{StaticSpec, spec};

const PROVIDER: &str = "aliyun_hologres";
const URL: &str = "https://help.aliyun.com/zh/hologres/user-guide/managed-models-billing";

/// See the module.
pub(crate) struct AliyunHologresPricing;

impl Source for AliyunHologresPricing {
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
        let tables = select(page.root_element(), "main table", Expect::Exactly(3))?;
        let grids = tables.into_iter().map(html_table).collect::<Result<Vec<_>, _>>()?;
        if let [by_token, pictures, by_second] = grids.as_slice() {
            models_by_token(by_token, observed_on, out)?;
            models_of_pictures(pictures, observed_on, out)?;
            models_by_second(by_second, observed_on, out)?;
        }
        Ok(())
    }
}

const BY_TOKEN: [&str; 9] = [
    "地域",
    "模型名称",
    "模型类别",
    "输入 Token 阶梯",
    "输入单价（元/千 Token）",
    "显式缓存创建（元/千 Token）",
    "显式缓存命中（元/千 Token）",
    "隐式缓存命中（元/千 Token）",
    "输出单价（元/千 Token）",
];

fn models_by_token(
    grid: &Grid,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    grid.expect_header(0, &BY_TOKEN)?;
    for [region, model, kind, lengths, input, write, explicit, implicit, output] in
        grid.rows_of::<9>(1)?
    {
        let (input_meter, modalities): (_, &[Modality]) = match kind.text.as_str() {
            "文本生成（非思考+思考）" | "翻译" => (Meter::Input, &[Modality::Any]),
            "向量" => (Meter::Embedding, &[Modality::Any]),
            "多模态向量-文本" => (Meter::Embedding, &[Modality::Text]),
            "多模态向量-图片/视频" => {
                (Meter::Embedding, &[Modality::Image, Modality::Video])
            }
            other => {
                out.issue(&kind.locator, "unknown kind of model", other);
                continue;
            }
        };
        let Some(lengths) = lengths_of_input(&lengths.text) else {
            out.issue(&lengths.locator, "lengths of a request unknown", &lengths.text);
            continue;
        };
        let cells = [
            (input, input_meter),
            (write, Meter::CacheWrite),
            (explicit, Meter::CachedInputExplicit),
            (implicit, Meter::CachedInput),
            (output, Meter::Output),
        ];
        for (cell, meter) in cells {
            for &modality in modalities {
                let offer = Offer {
                    region: &region.text,
                    model: &model.text,
                    meter,
                    modality,
                    lengths,
                    unit: PriceUnit::MillionTokens,
                    unit_as_shown: "元/千 Token",
                };
                offer.price(cell, observed_on, out);
            }
        }
    }
    Ok(())
}

/// `≤256K`, `256K~1M`, or `-` for any.
fn lengths_of_input(text: &str) -> Option<ContextTier> {
    let tokens = |text: &str| match text.strip_suffix('M') {
        Some(millions) => Some(thousands(millions)? * 1000),
        None => thousands(text.strip_suffix('K')?),
    };
    if text == "-" {
        return Some(ContextTier::ANY);
    }
    if let Some(up_to) = text.strip_prefix('≤') {
        return tokens(up_to).map(ContextTier::up_to);
    }
    let (over, up_to) = text.split_once('~')?;
    Some(ContextTier { input_over: Some(tokens(over)?), ..ContextTier::up_to(tokens(up_to)?) })
}

fn models_of_pictures(
    grid: &Grid,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    grid.expect_header(0, &["地域", "模型名称", "模型类别", "单价（元/张）"])?;
    for [region, model, _, cell] in grid.rows_of::<4>(1)? {
        let offer = Offer {
            region: &region.text,
            model: &model.text,
            meter: Meter::Image,
            modality: Modality::Any,
            lengths: ContextTier::ANY,
            unit: PriceUnit::Image,
            unit_as_shown: "元/张",
        };
        offer.price(cell, observed_on, out);
    }
    Ok(())
}

fn models_by_second(
    grid: &Grid,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    grid.expect_header(0, &["地域", "模型名称", "计费规则", "分辨率/规格", "单价（元/秒）"])?;
    for [region, model, rule, _, cell] in grid.rows_of::<5>(1)? {
        // Films are priced by resolution, which no column keeps apart.
        if rule.text != "按音频时长计费" {
            continue;
        }
        let offer = Offer {
            region: &region.text,
            model: &model.text,
            meter: Meter::Transcription,
            modality: Modality::Audio,
            lengths: ContextTier::ANY,
            unit: PriceUnit::Second,
            unit_as_shown: "元/秒",
        };
        offer.price(cell, observed_on, out);
    }
    Ok(())
}

/// What a price is for.
struct Offer<'a> {
    region: &'a str,
    model: &'a str,
    meter: Meter,
    modality: Modality,
    lengths: ContextTier,
    unit: PriceUnit,
    unit_as_shown: &'a str,
}

impl Offer<'_> {
    fn price(&self, cell: &Cell, observed_on: NaiveDate, out: &mut Extract) {
        // Not offered.
        if cell.text == "-" {
            return;
        }
        let scale =
            if self.unit == PriceUnit::MillionTokens { Scale::PerThousand } else { Scale::One };
        let Some(amount) = read_amount_scaled(&cell.text, scale) else {
            out.issue(&cell.locator, "no price", &cell.text);
            return;
        };
        let price = Price::new(amount, Currency::Cny, &cell.text, self.unit_as_shown);
        let mut row = model_price(&maker_of(self.model), self.model, self.meter, self.unit, price);
        PROVIDER.clone_into(&mut row.provider);
        row.modality = self.modality.into();
        row.context_tier = self.lengths.into();
        self.region.clone_into(&mut row.region);
        out.push(row, cell.locator.clone(), observed_on);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const FIXTURE: &str = include_str!("fixtures/@2026-07-20/managed-models-billing");

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-07-20T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        AliyunHologresPricing.parse(&document, &mut out).map(|()| out)
    }

    fn of_model(out: &Extract, model: &str, region: &str) -> Vec<String> {
        let rows = out.rows.model_price.iter().map(|sighted| &sighted.row);
        let found = rows.filter(|row| row.model_id == model && row.region == region);
        let lines = found.map(|row| {
            format!(
                "{} {} {} {} {}",
                row.meter, row.modality, row.context_tier, row.price, row.currency
            )
        });
        lines.collect()
    }

    #[test]
    fn quirk_1_prices_of_a_thousand_tokens_become_those_of_a_million() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(
            of_model(&out, "qwen3-7-max", "北京 上海 杭州 深圳"),
            [
                "input any any 14.4 CNY",
                "cache_write any any 18 CNY",
                "cached_input_explicit any any 1.44 CNY",
                "cached_input any any 2.88 CNY",
                "output any any 43.2 CNY",
            ]
        );
        let first = &out.rows.model_price[0].row;
        assert_eq!(
            (first.price_as_shown.as_str(), first.unit_as_shown.as_str()),
            ("0.01440", "元/千 Token")
        );
    }

    #[test]
    fn quirk_3_yuan_stay_yuan_abroad() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(of_model(&out, "qwen3-7-max", "新加坡")[0], "input any any 22.48 CNY");
        assert!(parse(&FIXTURE.replace("元/千", "美元/千")).is_err());
    }

    #[test]
    fn quirk_6_lengths_of_the_input() {
        let out = parse(FIXTURE).unwrap();
        let lines = of_model(&out, "qwen3-7-plus", "北京 上海 杭州 深圳");
        assert_eq!(lines[0], "input any input<=256000 2.4 CNY");
        assert_eq!(lines[5], "input any 256000<input<=1000000 7.2 CNY");
    }

    #[test]
    fn trap_18_forms_of_input_are_modalities() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(
            of_model(&out, "qwen3-vl-embedding", "北京 上海 杭州 深圳"),
            [
                "embedding text any 0.84 CNY",
                "embedding image any 2.16 CNY",
                "embedding video any 2.16 CNY"
            ]
        );
    }

    #[test]
    fn the_recorded_page_is_read_whole() {
        let file = "pricing/model-api/aliyun-hologres-models-2026-07-20-zh.html";
        let Some(out) = of_capture("aliyun_hologres_pricing", file) else { return };
        let out = out.unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(of_model(&out, "fun-asr", "新加坡"), ["transcription audio any 0.000264 CNY"]);
    }
}
