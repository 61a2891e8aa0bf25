//! Prices of models on Volcano Engine Ark, in yuan: large language models by length of the request,
//! online, in bulk and with low latency; embeddings; pictures.
//!
//! Cells are bare numbers; currency and unit stand in the header alone. What is not sound (`非音频`) has the
//! modality `text`, and the header as a note, where the model has prices of sound beside it, else `any`.
//! Whatever no column can keep apart (tuned models, resolutions of films, guaranteed throughput) is left out
//! by the heading it stands under.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Amount, Cell, ContextTier, Currency, Expect, Grid, Meter, Modality, Price, PriceUnit,
    ServiceTier, css_path, model_price, page, read_amount, select, text,
};
use chrono::NaiveDate;
use scraper::ElementRef;

use crate::hosts::{context_tier, grid, is_plausible_usd};
use crate::makers::maker_of;
use crate::{StaticSpec, spec};

const PROVIDER: &str = "volcengine";
const URL: &str = "https://www.volcengine.com/docs/82379/1544106";

/// See the module.
pub(crate) struct VolcenginePricing;

impl Source for VolcenginePricing {
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
        let sections = sections(page.root_element())?;
        if !sections.iter().any(|(heading, _)| heading == ONLINE) {
            return Err(ShapeError::new("page", format!("a table under {ONLINE}"), "none"));
        }
        for (heading, table) in sections {
            let columns: &[Column] = match heading.as_str() {
                ONLINE => &ONLINE_COLUMNS,
                LOW_LATENCY => &LOW_LATENCY_COLUMNS,
                BATCH => &BATCH_COLUMNS,
                PICTURES => &PICTURE_COLUMNS,
                EMBEDDINGS => &EMBEDDING_COLUMNS,
                other if NOT_READ.contains(&other) => continue,
                other => {
                    return Err(ShapeError::new(css_path(table), "a known heading", other));
                }
            };
            let section = Section {
                provider: PROVIDER,
                currency: Currency::Cny,
                columns,
                tier: tier(&heading),
                observed_on,
            };
            section.read(&grid(table)?, out)?;
        }
        Ok(())
    }
}

const ONLINE: &str = "在线推理（常规）";
const LOW_LATENCY: &str = "在线推理（低延迟）";
const BATCH: &str = "批量推理";
const PICTURES: &str = "图片生成模型";
const EMBEDDINGS: &str = "向量模型";

/// Headings whose tables are not read.
const NOT_READ: [&str; 17] = [
    // Throughput, guaranteed by the hour or the day.
    "在线推理（TPM 保障包）",
    // Films, by resolution and by whether the input holds a film; then examples, and films of known works.
    "按token单价",
    "doubao-seedance-2.0 & 2.0 fast & 2.0 mini",
    "doubao-seedance-1.5-pro",
    "版权视频生成价格",
    // Objects, by kind of mesh.
    "3D生成模型",
    // Training (in part or full) and use of models of one's own; machines for them.
    "精调-按 token 后付费",
    "精调-按算力付费",
    "推理-在线推理",
    "推理-批量推理",
    "模型单元",
    // Agents, plug-ins, the assistant, knowledge bases: no models.
    "Managed Agents",
    "联网内容插件",
    "豆包助手",
    "知识库",
    // Subscriptions of programmers, in yuan a month.
    "Coding Plan 个人版",
    "Agent Plan 个人版",
];

/// What a column holds.
pub(crate) struct Column {
    /// Its header, with currency and unit.
    pub(crate) header: &'static str,
    /// What stands below.
    pub(crate) holds: Holds,
}

/// What cells of a column are.
pub(crate) enum Holds {
    /// Name of a model.
    Model,
    /// Lengths of the request, in thousands of tokens.
    Lengths,
    /// Bare numbers.
    Price(Meter, Modality, PriceUnit),
    /// Bare numbers, for a million tokens of whatever is not sound.
    NotSound(Meter),
    /// Pictures sent: free, or free up to a number.
    NotRead,
}

/// A column.
pub(crate) const fn column(header: &'static str, holds: Holds) -> Column {
    Column { header, holds }
}

/// A column of prices of a million tokens.
pub(crate) const fn tokens(header: &'static str, meter: Meter, modality: Modality) -> Column {
    Column { header, holds: Holds::Price(meter, modality, PriceUnit::MillionTokens) }
}

const ONLINE_COLUMNS: [Column; 8] = [
    column("模型名称", Holds::Model),
    column("条件 千 token", Holds::Lengths),
    column("输入(非音频) 元/百万token", Holds::NotSound(Meter::Input)),
    tokens("输入(音频) 元/百万token", Meter::Input, Modality::Audio),
    column(
        "缓存存储 元/百万token/小时",
        Holds::Price(Meter::CacheStorage, Modality::Any, PriceUnit::MillionTokenHours),
    ),
    column("缓存命中(非音频) 元/百万token", Holds::NotSound(Meter::CachedInput)),
    tokens("缓存命中(音频) 元/百万token", Meter::CachedInput, Modality::Audio),
    tokens("输出 元/百万token", Meter::Output, Modality::Any),
];

const LOW_LATENCY_COLUMNS: [Column; 7] = [
    column("模型名称", Holds::Model),
    column("条件 千 token", Holds::Lengths),
    column("输入(非音频) 元/百万token", Holds::NotSound(Meter::Input)),
    tokens("输入(音频) 元/百万token", Meter::Input, Modality::Audio),
    column("缓存命中(非音频) 元/百万token", Holds::NotSound(Meter::CachedInput)),
    tokens("缓存命中(音频) 元/百万token", Meter::CachedInput, Modality::Audio),
    tokens("输出 元/百万token", Meter::Output, Modality::Any),
];

const BATCH_COLUMNS: [Column; 7] = [
    column("模型名称", Holds::Model),
    column("条件 千 token", Holds::Lengths),
    column("输入（非音频） 元/百万token", Holds::NotSound(Meter::Input)),
    tokens("输入（音频） 元/百万token", Meter::Input, Modality::Audio),
    column("缓存命中（非音频） 元/百万token", Holds::NotSound(Meter::CachedInput)),
    tokens("缓存命中（音频） 元/百万token", Meter::CachedInput, Modality::Audio),
    tokens("输出 元/百万token", Meter::Output, Modality::Any),
];

const PICTURE_COLUMNS: [Column; 3] = [
    column("模型名称", Holds::Model),
    column("输入图单价（元/张）", Holds::NotRead),
    column("输出图单价（元/张）", Holds::Price(Meter::Image, Modality::Image, PriceUnit::Image)),
];

const EMBEDDING_COLUMNS: [Column; 3] = [
    column("模型", Holds::Model),
    tokens("文本输入 元/百万 token", Meter::Embedding, Modality::Text),
    tokens("图片输入 元/百万 token", Meter::Embedding, Modality::Image),
];

fn tier(heading: &str) -> ServiceTier {
    match heading {
        LOW_LATENCY => ServiceTier::LowLatency,
        BATCH => ServiceTier::Batch,
        _ => ServiceTier::Standard,
    }
}

/// The tables of the page in order, each with the heading it stands under.
fn sections(page: ElementRef<'_>) -> Result<Vec<(String, ElementRef<'_>)>, ShapeError> {
    let found = select(page, "div[class*='heading-h'], table.ace-table", Expect::AtLeast(2))?;
    let mut sections = Vec::new();
    let mut heading = String::new();
    for element in found {
        if element.value().name() == "table" {
            sections.push((heading.clone(), element));
        } else {
            heading = text(element);
        }
    }
    Ok(sections)
}

/// A table whose columns are known, here or abroad.
pub(crate) struct Section<'a> {
    /// Who sells.
    pub(crate) provider: &'a str,
    /// Currency that the headers name.
    pub(crate) currency: Currency,
    /// Its columns.
    pub(crate) columns: &'a [Column],
    /// What its heading says of all its prices.
    pub(crate) tier: ServiceTier,
    /// When it was seen.
    pub(crate) observed_on: NaiveDate,
}

impl Section<'_> {
    /// Reads the rows below the header.
    ///
    /// # Errors
    /// Where the header is another one, or a row has another number of cells.
    pub(crate) fn read(&self, grid: &Grid, out: &mut Extract) -> Result<(), ShapeError> {
        let header: Vec<&str> = self.columns.iter().map(|column| column.header).collect();
        grid.expect_header(0, &header)?;
        for row in grid.rows.iter().skip(1) {
            if row.len() != self.columns.len() {
                let place = row.first().map_or(&grid.locator, |cell| &cell.locator);
                let expected = format!("{} cells", self.columns.len());
                return Err(ShapeError::new(place, expected, row.len().to_string()));
            }
            self.row(row, out);
        }
        Ok(())
    }

    fn row(&self, row: &[Cell], out: &mut Extract) {
        let mut model_name = "";
        let mut lengths = ContextTier::ANY;
        let has_sound = row.iter().zip(self.columns).any(|(cell, column)| {
            matches!(column.holds, Holds::Price(_, Modality::Audio, _)) && is_offered(cell)
        });
        for (cell, column) in row.iter().zip(self.columns) {
            match column.holds {
                Holds::Model if is_name(&cell.text) => model_name = &cell.text,
                Holds::Model => {
                    out.issue(&cell.locator, "no name of a model", &cell.text);
                    return;
                }
                Holds::Lengths => {
                    let Some(tier) = context_tier(&cell.text) else {
                        out.issue(&cell.locator, "lengths of a request unknown", &cell.text);
                        return;
                    };
                    lengths = tier;
                }
                Holds::Price(meter, modality, unit) => {
                    let note = None;
                    let context = Context { model_name, lengths, meter, modality, unit, note };
                    self.price(cell, column.header, &context, out);
                }
                Holds::NotSound(meter) => {
                    let modality = if has_sound { Modality::Text } else { Modality::Any };
                    let note = has_sound.then(|| without_unit(column.header));
                    let unit = PriceUnit::MillionTokens;
                    let context = Context { model_name, lengths, meter, modality, unit, note };
                    self.price(cell, column.header, &context, out);
                }
                Holds::NotRead => {}
            }
        }
    }

    fn price(&self, cell: &Cell, header: &str, context: &Context<'_>, out: &mut Extract) {
        if !is_offered(cell) {
            return;
        }
        let is_plausible =
            |amount: &Amount| self.currency != Currency::Usd || is_plausible_usd(amount.value);
        let Some(amount) = read_amount(&cell.text).filter(is_plausible) else {
            out.issue(&cell.locator, "no plausible price", &cell.text);
            return;
        };
        let price = Price::new(amount, self.currency, &cell.text, unit_in(header));
        let &Context { model_name, lengths, meter, modality, unit, note } = context;
        let mut row = model_price(&maker_of(model_name), model_name, meter, unit, price);
        self.provider.clone_into(&mut row.provider);
        row.modality = modality.into();
        row.service_tier = self.tier.into();
        row.context_tier = lengths.into();
        row.price_note = note.map(str::to_owned);
        out.push(row, cell.locator.clone(), self.observed_on);
    }
}

/// What a price is for.
struct Context<'a> {
    model_name: &'a str,
    lengths: ContextTier,
    meter: Meter,
    modality: Modality,
    unit: PriceUnit,
    note: Option<&'a str>,
}

/// Whether a cell states a price: `-` is none, and pictures priced by their size are a list within the cell.
fn is_offered(cell: &Cell) -> bool {
    cell.text != "-" && !cell.text.starts_with("* ")
}

/// Names of models are ASCII without spaces: a remark behind one would be more.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The unit within a header: `元/百万token`, `USD/M tokens`.
fn unit_in(header: &str) -> &str {
    header[unit_at(header)..].trim_end_matches(['）', ')'])
}

/// What a header says before its unit: `输入(非音频)`, `Input (non-audio)`.
fn without_unit(header: &str) -> &str {
    header[..unit_at(header)].trim_end_matches([' ', '（', '('])
}

/// Where in a header its unit begins.
fn unit_at(header: &str) -> usize {
    header.find('元').or_else(|| header.find("USD")).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use burnrate_model::generated::ModelPrice;

    use super::*;
    use crate::captures::of_capture;

    fn fixture() -> Extract {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-07-17T00:00:00Z".parse().unwrap(),
            body: include_bytes!("fixtures/@2026-07-17/1544106").to_vec(),
        };
        let mut out = Extract::default();
        VolcenginePricing.parse(&document, &mut out).unwrap();
        assert_eq!(out.issues, []);
        out
    }

    fn rows(out: &Extract) -> Vec<&ModelPrice> {
        out.rows.model_price.iter().map(|sighted| &sighted.row).collect()
    }

    /// Price, unit as shown and currency of one meter of one model by tier and lengths.
    fn shown(out: &Extract, model: &str, meter: Meter, modality: Modality) -> Vec<String> {
        let is_it = |row: &&&ModelPrice| {
            row.model_id == model && row.meter == meter.name() && row.modality == modality.name()
        };
        let line = |row: &&ModelPrice| {
            format!("{} {} {} {}", row.service_tier, row.context_tier, row.price, row.currency)
        };
        rows(out).iter().filter(is_it).map(line).collect()
    }

    #[test]
    fn quirk_3_currency_and_unit_stand_in_the_header_alone() {
        let out = fixture();
        assert!(rows(&out).iter().all(|row| row.currency == "CNY"));
        let output = rows(&out).into_iter().find(|row| row.meter == "output").unwrap();
        assert_eq!(output.price_as_shown, "30.00");
        assert_eq!(output.unit_as_shown, "元/百万token");
        let storage = rows(&out).into_iter().find(|row| row.meter == "cache_storage").unwrap();
        assert_eq!(storage.unit_as_shown, "元/百万token/小时");
        assert_eq!(storage.price_unit, "1M token-hours");
    }

    #[test]
    fn quirk_3_a_blank_model_cell_is_the_row_above() {
        // The second and third row of doubao-seed-2.0-pro have an empty first cell.
        let input = shown(&fixture(), "doubao-seed-2-0-pro", Meter::Input, Modality::Any);
        let expected = [
            "standard input<=32000 3.2 CNY",
            "standard 32000<input<=128000 4.8 CNY",
            "standard 128000<input<=256000 9.6 CNY",
            "low_latency input<=32000 9.6 CNY",
            "low_latency 32000<input<=128000 14.4 CNY",
            "batch input<=32000 1.6 CNY",
        ];
        assert_eq!(input, expected);
    }

    #[test]
    fn quirk_3_spaces_without_width_are_no_part_of_a_cell() {
        let body = include_str!("fixtures/@2026-07-17/1544106");
        assert!(body.matches('\u{200b}').count() > 100);
        let out = fixture();
        assert!(rows(&out).iter().all(|row| !row.price_as_shown.contains('\u{200b}')));
        assert!(rows(&out).iter().all(|row| row.model_name.is_ascii()));
    }

    #[test]
    fn quirk_6_bands_of_input_and_of_output() {
        let output = shown(&fixture(), "doubao-seed-1-8", Meter::Output, Modality::Any);
        let expected = [
            "standard input<=32000,output<=200 2 CNY",
            "standard input<=32000,output>200 8 CNY",
            "standard 32000<input<=128000 16 CNY",
            "standard 128000<input<=256000 24 CNY",
        ];
        assert_eq!(output, expected);
    }

    #[test]
    fn trap_18_audio_is_a_modality_and_bulk_a_tier_of_one_model() {
        let audio = shown(&fixture(), "doubao-seed-2-0-lite", Meter::Input, Modality::Audio);
        assert_eq!(audio, ["standard input<=32000 9 CNY", "standard 32000<input<=128000 13.5 CNY"]);
    }

    /// `any` is where one price holds for all: not for what stands under `非音频` beside a price of sound.
    #[test]
    fn what_is_not_sound_is_text_where_sound_has_its_own_price() {
        let input = |modality| shown(&fixture(), "doubao-seed-2-0-lite", Meter::Input, modality);
        assert_eq!(input(Modality::Any), [""; 0]);
        assert_eq!(input(Modality::Text)[0], "standard input<=32000 0.6 CNY");
        let pro = |modality| shown(&fixture(), "doubao-seed-2-0-pro", Meter::Input, modality);
        assert_eq!(pro(Modality::Text), [""; 0]);
        assert_eq!(pro(Modality::Any)[0], "standard input<=32000 3.2 CNY");
        let out = fixture();
        let notes = |modality: &str| {
            let rows = rows(&out).into_iter().filter(|row| row.modality == modality);
            rows.filter_map(|row| row.price_note.clone()).collect::<BTreeSet<_>>()
        };
        let named = ["缓存命中(非音频)", "输入(非音频)", "缓存命中（非音频）", "输入（非音频）"];
        assert!(notes("text").iter().all(|note| named.contains(&note.as_str())));
        assert!(notes("text").contains("输入(非音频)"));
        assert_eq!(notes("any"), BTreeSet::new());
    }

    #[test]
    fn the_recorded_page_is_read_whole() {
        let Some(out) =
            of_capture("volcengine_pricing", "pricing/model-api/volcengine-2026-07-17-zh.html")
        else {
            return;
        };
        let out = out.unwrap();
        assert_eq!(out.issues, []);
        // Of 53, 9 and 44 rows: counted in the page, cells that are `-` left out.
        let count = |tier: &str| {
            rows(&out)
                .iter()
                .filter(|row| row.service_tier == tier && row.meter == "output")
                .count()
        };
        assert_eq!((count("standard"), count("low_latency"), count("batch")), (53, 9, 44));
        let cached = shown(&out, "deepseek-v4-pro", Meter::CachedInput, Modality::Any);
        assert_eq!(cached, ["standard any 1 CNY"]);
    }

    #[test]
    fn an_unknown_heading_or_header_is_refused() {
        let fixture = include_str!("fixtures/@2026-07-17/1544106");
        let refused = |from: &str, to: &str| {
            let document = RawDocument {
                url: URL.to_owned(),
                fetched_at: "2026-07-17T00:00:00Z".parse().unwrap(),
                body: fixture.replace(from, to).into_bytes(),
            };
            VolcenginePricing.parse(&document, &mut Extract::default()).unwrap_err().to_string()
        };
        assert!(
            refused("批量推理", "夜间推理").ends_with("expected a known heading, found 夜间推理")
        );
        assert!(refused("元/百万token", "元/千token").contains("a table with the header"));
        assert!(refused("在线推理（常规）", "模型单元").contains("a table under"));
    }
}
