//! Tables that people see on the terminal.

use std::collections::{BTreeMap, BTreeSet};

use burnrate_warehouse::Snapshot;
use chrono::{DateTime, NaiveDateTime, Utc};
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, ContentArrangement, Table, TableComponent};

use crate::marts::tables_of;

/// Columns of the narrowest terminal that tables are fitted to.
const NARROWEST_TERMINAL: u16 = 40;

/// An instant as a query prints it.
pub(crate) fn timestamp(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim_end_matches(" UTC");
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok().map(|time| time.and_utc())
}

/// A table that fits the terminal; columns after the first are numbers.
pub(crate) fn table(header: Vec<String>, rows: impl IntoIterator<Item = Vec<String>>) -> Table {
    let mut table = Table::new();
    table.load_preset(UTF8_HORIZONTAL_ONLY);
    // A terminal that does not tell its width, or tells nonsense, gets lines as long as they are.
    if table.width().is_some_and(|width| width >= NARROWEST_TERMINAL) {
        table.set_content_arrangement(ContentArrangement::Dynamic);
    }
    for between_rows in [
        TableComponent::HorizontalLines,
        TableComponent::LeftBorderIntersections,
        TableComponent::MiddleIntersections,
        TableComponent::RightBorderIntersections,
    ] {
        table.remove_style(between_rows);
    }
    let columns = header.len();
    table.set_header(header);
    for row in rows {
        table.add_row(row);
    }
    for index in 1..columns {
        if let Some(column) = table.column_mut(index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// Capital expenditure by calendar quarter and company, in billions of dollars.
pub(crate) fn capex(snapshot: &Snapshot, from: &str) -> anyhow::Result<Table> {
    let rows = burnrate_transform::query(
        &tables_of(snapshot),
        &format!(
            "SELECT calendar_quarter, company_id, capex_usd FROM mart_capex_quarterly \
             WHERE definition = 'cash_gross' AND calendar_quarter >= '{from}' ORDER BY calendar_quarter, company_id"
        ),
    )?;
    let mut cells: BTreeMap<(String, String), String> = BTreeMap::new();
    for row in rows {
        if let [Some(quarter), Some(company), capex] = row.as_slice() {
            let cell = capex.as_deref().map_or_else(|| "n/d".to_owned(), billions);
            cells.insert((quarter.clone(), company.clone()), cell);
        }
    }
    let quarters: BTreeSet<_> = cells.keys().map(|(quarter, _)| quarter.clone()).collect();
    let companies: BTreeSet<_> = cells.keys().map(|(_, company)| company.clone()).collect();
    let header = std::iter::once("quarter".to_owned()).chain(companies.iter().cloned()).collect();
    let row = |quarter: &String| {
        let of = |company: &String| {
            cells.get(&(quarter.clone(), company.clone())).cloned().unwrap_or_default()
        };
        std::iter::once(quarter.clone()).chain(companies.iter().map(of)).collect()
    };
    Ok(table(header, quarters.iter().map(row).collect::<Vec<_>>()))
}

/// Capital intensity of each company's last two fiscal years.
pub(crate) fn intensity(snapshot: &Snapshot) -> anyhow::Result<Table> {
    let rows = burnrate_transform::query(
        &tables_of(snapshot),
        "SELECT company_id, fiscal_year, capex_usd, capex_to_operating_cash_flow, capex_to_revenue_low, \
         capex_to_revenue_high, capex_to_depreciation_low, capex_to_depreciation_high FROM ( \
           SELECT mart_capital_intensity.*, ROW_NUMBER() OVER (PARTITION BY cik ORDER BY fiscal_year DESC) AS age \
           FROM mart_capital_intensity WHERE definition = 'cash_gross') AS aged \
         WHERE age <= 2 ORDER BY company_id, fiscal_year",
    )?;
    let header = [
        "company",
        "fiscal year",
        "capex, bn USD",
        "to op. cash flow",
        "to revenue",
        "to depreciation",
    ];
    let row = |row: Vec<Option<String>>| {
        let cell = |index: usize| row.get(index).cloned().flatten();
        let text = |index: usize| cell(index).unwrap_or_default();
        let ratio = |index: usize| cell(index).as_deref().map_or_else(|| "n/d".to_owned(), ratio);
        let range = |low: usize, high: usize| {
            let (low, high) = (ratio(low), ratio(high));
            if low == high { low } else { format!("{low} to {high}") }
        };
        vec![
            text(0),
            text(1),
            cell(2).as_deref().map_or_else(|| "n/d".to_owned(), billions),
            ratio(3),
            range(4, 5),
            range(6, 7),
        ]
    };
    Ok(table(header.map(str::to_owned).to_vec(), rows.into_iter().map(row)))
}

/// What an H100 of the SXM form cost an hour on demand, by quarter in which any list was read.
pub(crate) fn gpu_hour(snapshot: &Snapshot) -> anyhow::Result<Table> {
    let rows = burnrate_transform::query(
        &tables_of(snapshot),
        "SELECT calendar.calendar_quarter, MIN(price.least_per_gpu_hour), MEDIAN(price.median_per_gpu_hour), \
         MAX(price.highest_per_gpu_hour), MAX(price.offers), MAX(price.providers) FROM mart_gpu_price_daily AS price \
         JOIN (SELECT date AS calendar_day, calendar_quarter FROM core_calendar) AS calendar ON price.day = calendar.calendar_day \
         WHERE price.gpu_model = 'H100' AND price.gpu_form = 'SXM' AND price.term = 'on_demand' \
         AND price.billed_scope = 'instance' AND price.currency = 'USD' \
         GROUP BY calendar.calendar_quarter ORDER BY calendar.calendar_quarter",
    )?;
    let header = ["quarter", "least", "median", "highest", "offers", "providers"];
    let row = |row: Vec<Option<String>>| {
        let cells = row.into_iter().map(Option::unwrap_or_default).enumerate();
        cells
            .map(|(index, text)| if (1..=3).contains(&index) { ratio(&text) } else { text })
            .collect()
    };
    Ok(table(header.map(str::to_owned).to_vec(), rows.into_iter().map(row).collect::<Vec<_>>()))
}

fn billions(text: &str) -> String {
    text.parse::<f64>().map_or_else(|_| text.to_owned(), |usd| format!("{:.2}", usd / 1e9))
}

fn ratio(text: &str) -> String {
    text.parse::<f64>().map_or_else(|_| text.to_owned(), |ratio| format!("{ratio:.2}"))
}
