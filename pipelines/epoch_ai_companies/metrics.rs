//! The tables of revenue, of spending on compute and of users.

use std::num::NonZeroU32;

use burnrate_model::generated::ReportedMetric;
use burnrate_model::{Decimal, Rounding};
use burnrate_prose::news::{MetricKind, MetricStatus};
use chrono::{Datelike, Months, NaiveDate};

use super::record::{Edition, Found, Reason, Record};
use crate::company_key::company_key;

pub(super) const REVENUE: [&str; 15] = [
    "Id",
    "Company",
    "Date",
    "Revenue amount (normalize to annual)",
    "Annualized revenue (USD)",
    "Type",
    "Revenue info (non-annualized)",
    "Confidence",
    "Source 1",
    "Source 2",
    "Source 3",
    "Notes",
    "Report date",
    "Source type",
    "Graph note",
];

pub(super) const COMPUTE_SPEND: [&str; 17] = [
    "Id",
    "Notes",
    "Company",
    "Amount",
    "Category",
    "Period type",
    "Source 1",
    "Source 2",
    "Source 3",
    "Date",
    "Report date",
    "Confidence",
    "Source Type",
    "Exclude from graph view",
    "Inference compute spend",
    "R&D compute spend",
    "Total compute spend",
];

pub(super) const USERS: [&str; 16] = [
    "Id",
    "Company",
    "Active users",
    "Active users time period",
    "Daily tokens",
    "Daily messages",
    "Date",
    "Report date",
    "Source 1",
    "Source 2",
    "Graph note",
    "Notes",
    "Source type",
    "Product",
    "Confidence",
    "Exclude from graph view",
];

const QUARTERS: NonZeroU32 = NonZeroU32::MIN.saturating_add(3);

/// What a record says, in the words of the columns.
struct Figure {
    kind: MetricKind,
    revenue_basis: Option<&'static str>,
    value: Decimal,
    unit: &'static str,
    time: Time,
    scope: Option<String>,
    source_type: &'static str,
}

/// When a figure holds.
enum Time {
    /// So many months, of which the last ends on the day of the record.
    Months(u32),
    /// On the day of the record.
    Day,
    /// About the day of the record.
    About,
}

/// Revenue by year or quarter, run-rate, or recurring revenue.
pub(super) fn revenue(record: &Record<'_>, edition: &Edition<'_>) -> Result<Vec<Found>, Reason> {
    let Some(value) = record.number("Revenue amount (normalize to annual)")? else {
        return Ok(Vec::new());
    };
    if record.number("Annualized revenue (USD)")?.is_some_and(|annualized| annualized != value) {
        return Err("two amounts");
    }
    let time = match record.text("Graph note") {
        "" | "Interpolated from quarterly revenue" => Time::Day,
        // No figure: an order of magnitude, and one that was chosen within it.
        note if note.starts_with("Reportedly ") => return Ok(Vec::new()),
        note if note.starts_with("Date is approximate, ") => Time::About,
        _ => return Err("not a known note"),
    };
    let (kind, revenue_basis, value, time) = match record.text("Type") {
        "Annualized revenue" => (MetricKind::RevenueRunRate, "run_rate_x12", value, time),
        "Annual recurring revenue" => (MetricKind::Arr, "arr_committed", value, time),
        "Yearly revenue" => (MetricKind::Revenue, "reported_year", value, Time::Months(12)),
        "Quarterly revenue" => match value.over(QUARTERS) {
            (value, Rounding::Exact) => {
                (MetricKind::Revenue, "reported_quarter", value, Time::Months(3))
            }
            (_, Rounding::Rounded) => return Err("not four times a quarter"),
        },
        // Of which product, and whether of a year or a rate, is only in the notes.
        "Product/division revenue" | "Other" => return Ok(Vec::new()),
        _ => return Err("not a known type of revenue"),
    };
    let figure = Figure {
        kind,
        revenue_basis: Some(revenue_basis),
        value,
        unit: "USD",
        time,
        scope: None,
        source_type: "Source type",
    };
    figure.found(record, edition)
}

/// What a year of computing costs, or one at the pace of a day.
pub(super) fn compute_spend(
    record: &Record<'_>,
    edition: &Edition<'_>,
) -> Result<Vec<Found>, Reason> {
    let categories = ["R&D cloud compute", "Inference cloud compute", "Data"];
    let categories = record.words("Category", &categories, "not a known category")?;
    let time = match record.text("Period type") {
        "Year" => Time::Months(12),
        "Annualized" => Time::Day,
        _ => return Err("not a known type of period"),
    };
    let value = record.number("Amount")?.ok_or("no amount")?;
    if record.is_left_out()? {
        return Ok(Vec::new());
    }
    let figure = Figure {
        kind: MetricKind::ComputeSpend,
        revenue_basis: None,
        value,
        unit: "USD",
        time,
        scope: Some(categories.join(", ")),
        source_type: "Source Type",
    };
    figure.found(record, edition)
}

/// Active users; tokens and messages have no word in the vocabulary of metrics.
pub(super) fn users(record: &Record<'_>, edition: &Edition<'_>) -> Result<Vec<Found>, Reason> {
    let value = record.number("Active users")?;
    let per = match (record.text("Active users time period"), value.is_some()) {
        (per @ ("Daily" | "Weekly" | "Monthly"), true) => per.to_lowercase(),
        ("", false) => String::new(),
        _ => return Err("not so many users in a known time"),
    };
    let (Some(value), false) = (value, record.is_left_out()?) else { return Ok(Vec::new()) };
    if !matches!(record.text("Graph note"), "" | "All products") {
        return Err("not a known note");
    }
    let figure = Figure {
        kind: MetricKind::Users,
        revenue_basis: None,
        value,
        unit: "users",
        time: Time::Day,
        scope: Some(format!("{}, {per} active", record.text("Product"))),
        source_type: "Source type",
    };
    figure.found(record, edition)
}

impl Figure {
    /// The row, beside what all records state in the same way.
    fn found(self, record: &Record<'_>, edition: &Edition<'_>) -> Result<Vec<Found>, Reason> {
        let types = ["Company disclosure", "Media report", "Other"];
        record.words(self.source_type, &types, "not a known type of source")?;
        let day = record.day("Date")?.ok_or("no day")?;
        let reported_on = record.reported_on(edition)?;
        let known_on = reported_on.unwrap_or(edition.day);
        let status = if day > known_on { MetricStatus::Projected } else { MetricStatus::Reported };
        let period_start = match self.time {
            Time::Months(months) => Some(first_day(day, months)?),
            Time::Day | Time::About => None,
        };
        let company = record.text("Company");
        let row = ReportedMetric {
            mention_id: record.mention_id(edition, &format!("{} ({day})", record.text("Id"))),
            company_name: company.to_owned(),
            company_key: company_key(company),
            metric: self.kind.to_string(),
            revenue_basis: self.revenue_basis.map(str::to_owned),
            value_low: Some(self.value),
            value_high: Some(self.value),
            hedge: record.qualifier()?.to_string(),
            metric_unit: self.unit.to_owned(),
            period_text: self.period_text(day),
            as_of_text: matches!(self.time, Time::Day).then(|| day.to_string()),
            period_start,
            period_end: (!matches!(self.time, Time::About)).then_some(day),
            metric_status: status.to_string(),
            metric_scope: self.scope,
            attributed_to: Some(record.text(self.source_type).to_owned()),
            article_url: edition.url.to_owned(),
            published_on: reported_on,
            evidence: None,
            rules: None,
            source_url: record.sources(),
            source_note: None,
        };
        Ok(vec![Found::Metric(Box::new(row), known_on)])
    }

    /// `2024` or `2024-Q2`; an amount of money that holds on a day is one of a year.
    fn period_text(&self, last_day: NaiveDate) -> Option<String> {
        match self.time {
            Time::Months(12) => Some(last_day.year().to_string()),
            Time::Months(_) => Some(format!("{}-Q{}", last_day.year(), last_day.month() / 3)),
            Time::Day | Time::About => (self.unit == "USD").then(|| "per year".to_owned()),
        }
    }
}

/// First day of a calendar year or quarter that ends on the day.
fn first_day(last_day: NaiveDate, months: u32) -> Result<NaiveDate, Reason> {
    let next = last_day.succ_opt().filter(|next| next.day() == 1 && next.month0() % months == 0);
    next.and_then(|next| next.checked_sub_months(Months::new(months)))
        .ok_or("not the last day of its period")
}
