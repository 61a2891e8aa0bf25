//! Prices of models on Alibaba Cloud Model Studio (Bailian), in yuan: by region, where within it the model
//! runs, length of the input, and with or without reasoning.
//!
//! The help centre serves its documents as JSON, with the HTML of the text in it: some 270 tables under
//! headings. Those of models that read and write text, of vectors and of ranking are read. What remarks
//! say of discounts (`Batch调用半价`, calls in bulk at half the price) stays a note of the price that they
//! stand beside: nothing is concluded from it, and no row made of an amount that the document does not show.

use burnrate_model::{
    Decimal, Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList,
};
use burnrate_price::{
    Amount, Cell, ContextTier, Currency, Expect, Grid, Meter, Modality, Price, PriceKind,
    PriceUnit, ServiceTier, html_table, model_id, model_price, page, read_amount, select, text,
};
use chrono::NaiveDate;
use scraper::ElementRef;

use crate::hosts::thousands;
use crate::makers::maker_of;
use crate::{StaticSpec, spec};

const PROVIDER: &str = "aliyun_bailian";
const URL: &str = "https://help.aliyun.com/help/json/document_detail.json?nodeId=2987148&pageNum=1&pageSize=20&website=cn&language=zh";

/// See the module.
pub(crate) struct AliyunBailianPricing;

impl Source for AliyunBailianPricing {
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
        let page = page(content(&document.body)?.as_bytes())?;
        for (headings, table) in tables(page.root_element())? {
            let chapter = headings.first().map_or("", String::as_str);
            if CHAPTERS_NOT_READ.contains(&chapter) {
                continue;
            }
            let only_meter = match chapter {
                "文本生成-千问" | "文本生成-千问-开源版" | "文本生成-第三方模型" | "行业模型" => {
                    None
                }
                "文本向量" | "多模态向量" => Some(Meter::Embedding),
                "排序模型" => Some(Meter::Rerank),
                other => return Err(ShapeError::new("h2", "a known chapter", other)),
            };
            if headings.iter().any(|heading| RESELLERS.contains(&heading.as_str())) {
                continue;
            }
            let grid = html_table(table)?;
            let region = headings.iter().rev().find(|heading| REGIONS.contains(&heading.as_str()));
            let region = region.ok_or_else(|| {
                ShapeError::new(grid.locator.clone(), "a region above", headings.join(" > "))
            })?;
            let columns = columns(&grid, only_meter)?;
            let is_own = chapter != "文本生成-第三方模型";
            Section { region, is_own, observed_on }.read(&grid, &columns, out);
        }
        if out.rows.model_price.is_empty() {
            return Err(ShapeError::new(CONTENT, "tables of prices", "none"));
        }
        Ok(())
    }
}

const CONTENT: &str = "/data/content";

/// The text of the document, which must be the one that is asked for.
fn content(body: &[u8]) -> Result<String, ShapeError> {
    let json: serde_json::Value = serde_json::from_slice(body)
        .map_err(|error| ShapeError::new("document", "JSON", error.to_string()))?;
    let at = |pointer| json.pointer(pointer).and_then(serde_json::Value::as_str);
    if at("/data/alias") != Some("/model-studio/model-pricing") {
        let found = at("/data/alias").unwrap_or("none");
        return Err(ShapeError::new("/data/alias", "/model-studio/model-pricing", found));
    }
    let content = at(CONTENT).ok_or_else(|| ShapeError::new(CONTENT, "a text", "none"))?;
    Ok(content.to_owned())
}

/// The tables in order, each with the headings above it, the outermost first.
fn tables(page: ElementRef<'_>) -> Result<Vec<(Vec<String>, ElementRef<'_>)>, ShapeError> {
    let mut tables = Vec::new();
    let mut headings: Vec<(String, String)> = Vec::new();
    for element in select(page, "h2, h3, h4, h5, h6, table", Expect::AtLeast(2))? {
        let name = element.value().name();
        if name == "table" {
            let texts = headings.iter().map(|(_, text)| text.clone()).collect();
            tables.push((texts, element));
        } else {
            headings.retain(|(level, _)| level.as_str() < name);
            headings.push((name.to_owned(), text(element)));
        }
    }
    Ok(tables)
}

const REGIONS: [&str; 5] =
    ["华北2（北京）", "美国（弗吉尼亚）", "新加坡", "德国（法兰克福）", "日本（东京）"];

/// Chapters that are not read: pictures, films, objects, music and speech, by resolution and kind. Of
/// pictures, regions have chapters of their own.
const CHAPTERS_NOT_READ: [&str; 11] = [
    "图像生成",
    "图像生成-第三方模型",
    "德国（法兰克福）",
    "日本（东京）",
    "音乐生成",
    "语音合成（文本转语音）",
    "语音识别（语音转文本）与翻译（语音转成指定语种的文本）",
    "语音对话",
    "视频生成",
    "视频生成-第三方模型",
    "3D模型生成-第三方模型",
];

/// Headings of models that hosts other than their makers serve here, beside Alibaba Cloud's own service
/// of the same models: no column keeps three sellers on one platform apart.
const RESELLERS: [&str; 2] = ["DeepSeek-硅基流动", "DeepSeek-快手万擎"];

#[derive(Clone, Copy)]
enum Holds {
    Model,
    /// Within a region: the whole world, or a jurisdiction.
    Scope,
    Lengths,
    /// One price for each of these forms.
    Price(Meter, &'static [Modality]),
    /// Whether the model reasons; tokens free for the first months.
    NotRead,
}

const ANY: &[Modality] = &[Modality::Any];

/// The columns of a table, and how many rows its header has.
fn columns(grid: &Grid, only_meter: Option<Meter>) -> Result<(Vec<Holds>, usize), ShapeError> {
    let (above, below) = (grid.texts(0), grid.texts(1));
    let is_double = below.first() == above.first();
    let mut columns = Vec::new();
    for (at, header) in above.into_iter().enumerate() {
        let part = below.get(at).copied().filter(|part| is_double && *part != header);
        let header: String = header.split_whitespace().collect();
        // Some tables have parentheses of half the width.
        let header = header.replace('(', "（").replace(')', "）");
        let holds = match header.as_str() {
            "模型ID（ModelID）" => Some(Holds::Model),
            "服务部署范围" => Some(Holds::Scope),
            "模式" => Some(Holds::NotRead),
            "单次请求的输入Token数" | "单次请求的输入Token范围" | "输入Token数量" => {
                Some(Holds::Lengths)
            }
            "输入单价（每百万Token）" => input(part, only_meter.unwrap_or(Meter::Input)),
            "输出单价（每百万Token）"
            | "输出单价（每百万Token）思维链+回答"
            | "输出单价（每百万Token）思维链和回答" => output(part),
            header if header.starts_with("免费额度") => Some(Holds::NotRead),
            _ => None,
        };
        columns.push(holds.ok_or_else(|| {
            let found = format!("{header} {}", part.unwrap_or_default());
            ShapeError::new(grid.locator.clone(), "a known header", found)
        })?);
    }
    Ok((columns, if is_double { 2 } else { 1 }))
}

/// A column of input, by its part of the header's second row.
fn input(part: Option<&str>, meter: Meter) -> Option<Holds> {
    let modalities: &[Modality] = match part {
        None => ANY,
        Some("文本") => &[Modality::Text],
        Some("音频" | "输入：音频") => &[Modality::Audio],
        Some("图片" | "输入：图片") => &[Modality::Image],
        Some("图片/视频") => &[Modality::Image, Modality::Video],
        Some("文本/图片") => &[Modality::Text, Modality::Image],
        Some("文本/图片/视频") => &[Modality::Text, Modality::Image, Modality::Video],
        Some(_) => return None,
    };
    Some(Holds::Price(meter, modalities))
}

/// A column of output, by its part of the header's second row.
fn output(part: Option<&str>) -> Option<Holds> {
    Some(match part {
        None | Some("非思考模式") => Holds::Price(Meter::Output, ANY),
        Some("思考模式（思维链+回答）") => Holds::Price(Meter::OutputReasoning, ANY),
        Some("文本" | "输出：文本") => Holds::Price(Meter::Output, &[Modality::Text]),
        // Speech, whose text is not charged.
        Some("音频" | "输出：音频" | "文本+音频 仅音频计费") => {
            Holds::Price(Meter::Output, &[Modality::Audio])
        }
        // Text written to text, and text written to sound or pictures: no column keeps them apart.
        Some("文本 仅纯文本输入" | "文本 多模态输入") => Holds::NotRead,
        Some(_) => return None,
    })
}

/// What holds for a table.
struct Section<'a> {
    region: &'a str,
    /// Whether the models are Alibaba's.
    is_own: bool,
    observed_on: NaiveDate,
}

/// What holds for a row.
struct Row<'a> {
    model: &'a str,
    /// Remarks behind the name: what an alias points to, discounts in bulk and for what is cached.
    note: &'a str,
    region: String,
    lengths: ContextTier,
}

impl Section<'_> {
    fn read(&self, grid: &Grid, (columns, header_rows): &(Vec<Holds>, usize), out: &mut Extract) {
        for cells in grid.rows.iter().skip(*header_rows) {
            let Some(row) = self.row(cells, columns, out) else { continue };
            for (cell, holds) in cells.iter().zip(columns) {
                if let Holds::Price(meter, modalities) = *holds {
                    self.prices(&row, cell, meter, modalities, out);
                }
            }
        }
    }

    /// What the cells but for the prices say; reports a row that cannot be read.
    fn row<'a>(&self, cells: &'a [Cell], columns: &[Holds], out: &mut Extract) -> Option<Row<'a>> {
        let mut row =
            Row { model: "", note: "", region: self.region.to_owned(), lengths: ContextTier::ANY };
        let mut fault = (cells.len() != columns.len()).then_some("not as many cells as columns");
        for (cell, holds) in cells.iter().zip(columns) {
            match holds {
                Holds::Model => {
                    let (model, note) = cell.text.split_once(' ').unwrap_or((&cell.text, ""));
                    (row.model, row.note) = (model, note);
                    if model.is_empty() || !model.is_ascii() {
                        fault = Some("no name of a model");
                    }
                }
                Holds::Scope => row.region = format!("{} {}", self.region, cell.text),
                Holds::Lengths => match lengths_of_input(&cell.text) {
                    Some(lengths) => row.lengths = lengths,
                    None => fault = Some("lengths of a request unknown"),
                },
                Holds::Price(..) | Holds::NotRead => {}
            }
        }
        let Some(fault) = fault else { return Some(row) };
        let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
        out.issue(locator_of(cells.first()), fault, texts.join(" | "));
        None
    }

    fn prices(
        &self,
        row: &Row<'_>,
        cell: &Cell,
        meter: Meter,
        of_column: &[Modality],
        out: &mut Extract,
    ) {
        for (own, shown) in by_modality(&cell.text) {
            let Some(prices) = read(shown) else {
                out.issue(locator_of(Some(cell)), "no price in yuan", &cell.text);
                continue;
            };
            let modalities = own.as_ref().map_or(of_column, std::slice::from_ref);
            for &modality in modalities {
                for &price in &prices {
                    self.price(row, cell, (meter, modality), price, out);
                }
            }
        }
    }

    fn price(
        &self,
        row: &Row<'_>,
        cell: &Cell,
        (meter, modality): (Meter, Modality),
        (kind, value): (PriceKind, Decimal),
        out: &mut Extract,
    ) {
        let amount = Amount { value, is_rounded: false, currency: None };
        let price = Price::new(amount, Currency::Cny, &cell.text, "每百万Token");
        let seller = row.model.split_once('/');
        let name = seller.map_or(row.model, |(_, name)| name);
        let vendor = if self.is_own { "alibaba".to_owned() } else { maker_of(name) };
        let mut offer = model_price(&vendor, row.model, meter, PriceUnit::MillionTokens, price);
        offer.model_id = model_id(in_region(row.model, &row.region));
        PROVIDER.clone_into(&mut offer.provider);
        if seller.is_some() {
            offer.service_tier = ServiceTier::MakerDirect.into();
        }
        offer.modality = modality.into();
        offer.context_tier = row.lengths.into();
        offer.region.clone_from(&row.region);
        offer.price_kind = kind.into();
        offer.price_note = Some(row.note.to_owned()).filter(|note| !note.is_empty());
        out.push(offer, locator_of(Some(cell)), self.observed_on);
    }
}

/// The name of a model without `-us`, where the region says that it is served in the United States.
fn in_region<'a>(model: &'a str, region: &str) -> &'a str {
    let model_there = model.strip_suffix("-us").filter(|_| region.starts_with("美国"));
    model_there.unwrap_or(model)
}

/// Where a cell stands: in the JSON, and then in the HTML of its text.
fn locator_of(cell: Option<&Cell>) -> String {
    format!("{CONTENT} {}", cell.map_or("", |cell| &cell.locator))
}

/// `0<Token≤256K`, `256K<Token≤1M`; two words for any.
fn lengths_of_input(text: &str) -> Option<ContextTier> {
    if matches!(text, "无阶梯计价" | "不区分阶梯") {
        return Some(ContextTier::ANY);
    }
    let tokens = |text: &str| match text.strip_suffix('M') {
        Some(millions) => Some(thousands(millions)? * 1000),
        None => thousands(text.strip_suffix('K')?),
    };
    let (over, up_to) = text.split_once("<Token≤")?;
    let input_over = if over == "0" { None } else { Some(tokens(over)?) };
    Some(ContextTier { input_over, ..ContextTier::up_to(tokens(up_to)?) })
}

/// The prices of a cell, with the form of input where it says one: `文本输入：0.7元 图片输入：1.8元`.
fn by_modality(text: &str) -> Vec<(Option<Modality>, &str)> {
    if !text.contains("输入：") {
        return vec![(None, text)];
    }
    let parts = text.split_whitespace().map(|part| match part.split_once("输入：") {
        Some(("文本", price)) => (Some(Modality::Text), price),
        Some(("图片", price)) => (Some(Modality::Image), price),
        _ => (None, part),
    });
    parts.collect()
}

/// What a cell says: a price, a regular and a reduced one, nothing; `None` where it is not understood.
fn read(text: &str) -> Option<Vec<(PriceKind, Decimal)>> {
    // Not offered; only to be tried for free; no longer offered.
    if text == "-" || text.starts_with("目前仅供免费体验") || text.starts_with("已下线")
    {
        return Some(Vec::new());
    }
    if text == "限时免费" {
        return Some(vec![(PriceKind::Promotional, Decimal::default())]);
    }
    let yuan = |text| read_amount(text).filter(|amount| amount.currency == Some(Currency::Cny));
    let Some(reduced) = text.strip_prefix("原价") else {
        return Some(vec![(PriceKind::List, yuan(text)?.value)]);
    };
    // `原价12元 限时5折`: regularly 12, for a time five tenths of that.
    let (regular, tenths) = reduced.split_once(" 限时")?;
    let regular = yuan(regular)?.value;
    let tenths: u32 =
        tenths.strip_suffix('折')?.parse().ok().filter(|tenths| (1..10).contains(tenths))?;
    let (reduced, _) = regular.times(tenths)?.over(std::num::NonZeroU32::new(10)?);
    Some(vec![(PriceKind::List, regular), (PriceKind::Promotional, reduced)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const FIXTURE: &str = include_str!(
        "fixtures/@2026-08-10/document_detail.json?nodeId=2987148&pageNum=1&pageSize=20&website=cn&language=zh"
    );

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-08-10T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        AliyunBailianPricing.parse(&document, &mut out).map(|()| out)
    }

    /// Every price of a model in a region: meter, tier, lengths, kind, price, currency.
    fn of_model(out: &Extract, model: &str, region: &str) -> Vec<String> {
        let rows = out.rows.model_price.iter().map(|sighted| &sighted.row);
        let found = rows.filter(|row| row.model_id == model && row.region == region);
        let lines = found.map(|row| {
            format!(
                "{} {} {} {} {} {}",
                row.meter,
                row.service_tier,
                row.context_tier,
                row.price_kind,
                row.price,
                row.currency
            )
        });
        lines.collect()
    }

    const BEIJING: &str = "华北2（北京）";

    #[test]
    fn trap_18_a_region_is_no_part_of_a_name() {
        assert_eq!(
            in_region("qwen-plus-2025-12-01-us", "美国（弗吉尼亚） 美国"),
            "qwen-plus-2025-12-01"
        );
        assert_eq!(in_region("qwen-plus", "美国（弗吉尼亚） 全球"), "qwen-plus");
        assert_eq!(in_region("qwen-plus-us", "新加坡 国际"), "qwen-plus-us");
    }

    #[test]
    fn quirk_11_a_reduction_is_a_promotion_beside_the_list_price() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(out.issues, []);
        // 原价12元 限时5折, 原价36元 限时5折.
        assert_eq!(
            of_model(&out, "qwen3-7-max", BEIJING),
            [
                "input standard input<=1000000 list 12 CNY",
                "input standard input<=1000000 promotional 6 CNY",
                "output standard input<=1000000 list 36 CNY",
                "output standard input<=1000000 promotional 18 CNY",
            ]
        );
        assert_eq!(read("原价12元 限时15折"), None);
        assert_eq!(read("原价12美元 限时5折"), None);
    }

    #[test]
    fn quirk_14_an_alias_and_its_dated_snapshot_stay_apart() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(of_model(&out, "qwen3-7-max-2026-05-20", BEIJING).len(), 2);
        let alias =
            out.rows.model_price.iter().find(|sighted| sighted.row.model_id == "qwen3-7-max");
        let note = alias.unwrap().row.price_note.as_deref().unwrap();
        assert!(note.contains("qwen3.7-max-2026-05-20"), "{note}");
    }

    #[test]
    fn quirk_6_lengths_of_the_input_and_reasoning_are_contexts() {
        let out = parse(FIXTURE).unwrap();
        let lines = of_model(&out, "qwen-plus", BEIJING);
        assert_eq!(
            lines[..3],
            [
                "input standard input<=128000 list 0.8 CNY",
                "output standard input<=128000 list 2 CNY",
                "output_reasoning standard input<=128000 list 8 CNY",
            ]
        );
        assert_eq!(lines[3], "input standard 128000<input<=256000 list 2.4 CNY");
    }

    #[test]
    fn quirk_12_regions_and_where_within_them_are_kept_apart() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(
            of_model(&out, "qwen3-7-max", "新加坡 国际")[0],
            "input standard input<=1000000 list 18.736 CNY"
        );
        assert_eq!(of_model(&out, "qwen3-7-max", "新加坡"), Vec::<String>::new());
    }

    #[test]
    fn trap_18_the_makers_own_service_is_no_other_model() {
        let out = parse(FIXTURE).unwrap();
        let lines = of_model(&out, "glm-5-2", BEIJING);
        assert!(lines[0].starts_with("input standard"), "{lines:?}");
        assert!(lines[2].starts_with("input maker_direct"), "{lines:?}");
    }

    #[test]
    fn quirk_28_what_is_not_on_offer_is_no_row() {
        assert!(FIXTURE.contains("目前仅供免费体验"));
        assert!(
            of_model(&parse(FIXTURE).unwrap(), "deepseek-r1-distill-llama-70b", BEIJING).is_empty()
        );
        assert_eq!(read("面议"), None);
    }

    #[test]
    fn trap_19_another_document_is_refused() {
        let error = parse(&FIXTURE.replace("model-pricing", "models")).unwrap_err().to_string();
        assert!(error.starts_with("/data/alias"), "{error}");
        let error = parse(
            r#"{"code":200,"data":{"alias":"/model-studio/model-pricing","content":"<p>moved</p>"}}"#,
        );
        assert!(error.is_err());
        for (from, to) in
            [("每百万Token", "每千Token"), ("文本向量", "新的一章"), (BEIJING, "月球")]
        {
            assert!(parse(&FIXTURE.replace(from, to)).is_err(), "{to}");
        }
    }

    #[test]
    fn the_recorded_document_is_read_whole() {
        let file = "pricing/model-api/aliyun-bailian-2026-08-10.json";
        let Some(out) = of_capture("aliyun_bailian_pricing", file) else { return };
        let out = out.unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(
            of_model(&out, "qwen3-rerank", "新加坡 国际"),
            ["rerank standard any list 0.74942 CNY"]
        );
    }
}
