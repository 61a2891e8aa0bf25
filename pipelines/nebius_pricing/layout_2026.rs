//! The tables of 2026: per GPU, one of instances on demand and one of those that may be taken away.

use std::num::NonZeroU32;

use burnrate_model::{Extract, RawDocument, ShapeError};
use burnrate_price::{
    Currency, Expect, GpuCount, GpuCountSource, GpuOffer, Price, PriceKind, Term, css_path, gpu,
    page, read_amount, select, text,
};
use chrono::NaiveDate;
use scraper::ElementRef;

const TABLES: [&str; 2] = ["NVIDIA GPU Instances", "Preemptible NVIDIA GPU Instances"];
const MEASURES: [&str; 3] = ["Item", "vCPUs", "RAM, GB"];

/// What a column of prices says of itself.
struct Column {
    term: Term,
    /// First day of its prices; `None` of those that were in force before.
    since: Option<NaiveDate>,
    header: String,
}

/// Reads the page with prices per GPU; which of them are in force depends on the day.
///
/// # Errors
/// Where a table is not there or has a column that is not known, or there is another table of GPUs.
pub(super) fn read(
    document: &RawDocument,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let page = page(&document.body)?;
    let mut tables = 0;
    for heading in select(page.root_element(), "h2", Expect::AtLeast(1))? {
        let title = text(heading);
        if TABLES.contains(&title.as_str()) {
            read_table(heading, observed_on, out)?;
            tables += 1;
        } else if title.contains("GPU") {
            let expected = format!("one of the headings {TABLES:?}");
            return Err(ShapeError::new(css_path(heading), expected, title));
        }
    }
    if tables == TABLES.len() {
        return Ok(());
    }
    Err(ShapeError::new("page", format!("the headings {TABLES:?}"), format!("{tables} of them")))
}

fn read_table(
    heading: ElementRef<'_>,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let rows = rows_after(heading)?;
    let Some((header, rows)) = rows.split_first() else {
        return Err(ShapeError::new(css_path(heading), "a table after it", "none"));
    };
    let names: Vec<_> = header.iter().map(|cell| text(*cell)).collect();
    let measures: Vec<_> = names.iter().take(MEASURES.len()).collect();
    if measures != MEASURES || names.len() == MEASURES.len() {
        let expected = format!("the columns {MEASURES:?}, and prices");
        return Err(ShapeError::new(css_path(heading), expected, format!("{names:?}")));
    }
    let columns = names.into_iter().skip(MEASURES.len());
    let columns: Vec<Column> = columns.map(column).collect::<Result<_, _>>()?;
    for row in rows {
        read_row(row, &columns, observed_on, out);
    }
    Ok(())
}

/// The table stands beside the block that holds the heading; each text of it is a paragraph in two boxes,
/// the cell, and all cells of a row are in one.
fn rows_after<'a>(heading: ElementRef<'a>) -> Result<Vec<Vec<ElementRef<'a>>>, ShapeError> {
    let block = heading.ancestors().filter_map(ElementRef::wrap).nth(1);
    let table = block.and_then(|block| block.next_siblings().find_map(ElementRef::wrap));
    let table = table
        .ok_or_else(|| ShapeError::new(css_path(heading), "a table after its block", "nothing"))?;
    let mut rows: Vec<Vec<ElementRef<'a>>> = Vec::new();
    let mut last = None;
    for cell in select(table, "p", Expect::AtLeast(1))? {
        let row = cell.ancestors().nth(2).map(|row| row.id());
        if row != last {
            rows.push(Vec::new());
            last = row;
        }
        if let Some(row) = rows.last_mut() {
            row.push(cell);
        }
    }
    Ok(rows)
}

fn column(header: String) -> Result<Column, ShapeError> {
    let dated = header
        .strip_prefix("GPU-hour (Effective ")
        .and_then(|date| NaiveDate::parse_from_str(date.strip_suffix(')')?, "%B %d, %Y").ok());
    let (term, since) = match header.as_str() {
        "On-demand, GPU-hour" => (Term::OnDemand, None),
        "Spot price, GPU-hour*" => (Term::Spot, None),
        _ if dated.is_some() => (Term::OnDemand, dated),
        _ => return Err(ShapeError::new("header", "a known column of prices", header)),
    };
    Ok(Column { term, since, header })
}

fn read_row(row: &[ElementRef<'_>], columns: &[Column], observed_on: NaiveDate, out: &mut Extract) {
    let name = row.first().map(|cell| text(*cell)).unwrap_or_default();
    let place = row.first().map(|cell| css_path(*cell)).unwrap_or_default();
    if row.len() != MEASURES.len() + columns.len() {
        return out.issue(place, "not as many cells as columns", name);
    }
    let Some(gpu) = gpu(&name) else { return out.issue(place, "not a known GPU", name) };
    let next = columns.iter().filter_map(|column| column.since).min();
    for (cell, column) in row.iter().skip(MEASURES.len()).zip(columns) {
        let shown = text(*cell);
        // No price is listed, or only what the cheapest of several configurations costs.
        if shown == "Contact us" || shown.starts_with("from $") {
            continue;
        }
        let Some(amount) = read_amount(&shown) else {
            out.issue(css_path(*cell), "not a price", shown);
            continue;
        };
        let offer = GpuOffer {
            provider: "nebius",
            sku: &name,
            product_name: &name,
            gpu,
            count: GpuCount { gpus: NonZeroU32::MIN, source: GpuCountSource::StatedPerGpu },
            term: column.term,
        };
        let mut price = offer.at(Price::new(amount, Currency::Usd, &shown, &column.header));
        price.effective_from = column.since;
        if column.since.is_some_and(|since| since > observed_on) {
            price.price_kind = PriceKind::Announced.into();
        }
        if column.since.is_none() {
            price.effective_to = next.and_then(|day| day.pred_opt());
        }
        out.push(price, css_path(*cell), observed_on);
    }
}
