//! Epoch AI's tables of companies that make foundation models: rounds, revenue, spending on compute and
//! users, each looked up in the press or in what the company says. Second-hand.
//!
//! Amounts are in US dollars, converted where the report has another currency. Notes are not read but
//! where they say that a figure is not what its column says. What the tables leave out of their own
//! graphs is left out here, too: paying users beside all users, estimates, sums of other rows.

use std::collections::BTreeSet;

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::{StaticSpec, spec};

mod metrics;
mod record;
mod rounds;

use record::{Edition, Found, Reason, Record, records};

const FOLDER: &str = "https://epoch.ai/data/";

/// A table: its file, its columns, and how a record is read.
struct Table {
    file: &'static str,
    header: &'static [&'static str],
    read: fn(&Record<'_>, &Edition<'_>) -> Result<Vec<Found>, Reason>,
}

const TABLES: [Table; 4] = [
    Table {
        file: "ai_companies_compute_spend.csv",
        header: &metrics::COMPUTE_SPEND,
        read: metrics::compute_spend,
    },
    Table {
        file: "ai_companies_funding_rounds.csv",
        header: &rounds::HEADER,
        read: rounds::rounds,
    },
    Table {
        file: "ai_companies_revenue_reports.csv",
        header: &metrics::REVENUE,
        read: metrics::revenue,
    },
    Table { file: "ai_companies_usage_reports.csv", header: &metrics::USERS, read: metrics::users },
];

/// See the module.
pub(crate) struct EpochAiCompanies;

impl Source for EpochAiCompanies {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let request = |table: &Table| Request {
            source_id: self.spec().id.clone(),
            url: format!("{FOLDER}{}", table.file),
        };
        TABLES.iter().map(request).collect()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let (header, records) = records(&document.body)?;
        let table = TABLES.iter().find(|table| header == *table.header);
        let table = table.ok_or_else(|| {
            ShapeError::new("table", "the columns of a known table", format!("{header:?}"))
        })?;
        let edition = Edition { url: &document.url, day: document.fetched_at.date_naive() };
        let mut seen = BTreeSet::new();
        let mut rows = 0;
        for (cells, place) in &records {
            let record = Record::new(&header, cells);
            match (table.read)(&record, &edition) {
                Ok(found) if found.iter().any(|found| seen.contains(found.mention_id())) => {
                    out.issue(place, "another record of the same name", record.as_it_stands());
                }
                Ok(found) => {
                    rows += found.len();
                    for found in found {
                        seen.insert(found.mention_id().to_owned());
                        found.push(place.clone(), out);
                    }
                }
                Err(reason) => out.issue(place, reason, record.as_it_stands()),
            }
        }
        if rows == 0 {
            return Err(ShapeError::new("table", "records that can be read", "none"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use burnrate_model::Decimal;
    use burnrate_model::generated::{FundingRound, ReportedMetric};
    use chrono::NaiveDate;

    use super::*;
    use crate::captures::of_capture;

    const ROUNDS: &str = include_str!("fixtures/@2026-01-31/ai_companies_funding_rounds.csv");
    const REVENUE: &str = include_str!("fixtures/@2026-01-31/ai_companies_revenue_reports.csv");
    const COMPUTE: &str = include_str!("fixtures/@2026-01-31/ai_companies_compute_spend.csv");
    const USERS: &str = include_str!("fixtures/@2026-01-31/ai_companies_usage_reports.csv");

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: "https://epoch.ai/data/table.csv".to_owned(),
            fetched_at: "2026-01-31T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        EpochAiCompanies.parse(&document, &mut out).map(|()| out)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn round(name: &str) -> (FundingRound, NaiveDate) {
        let end = format!("#{name}");
        let rounds = parse(ROUNDS).unwrap().rows.funding_round;
        let found = rounds.into_iter().find(|found| found.row.mention_id.ends_with(&end));
        found.map(|found| (found.row, found.known_on)).unwrap()
    }

    fn metric(table: &str, name: &str) -> (ReportedMetric, NaiveDate) {
        let name = format!("#{name}");
        let metrics = parse(table).unwrap().rows.reported_metric;
        let found = metrics.into_iter().find(|found| found.row.mention_id.contains(&name));
        found.map(|found| (found.row, found.known_on)).unwrap()
    }

    fn millions(number: i64) -> Decimal {
        Decimal::from(number * 1_000_000)
    }

    /// The reason for which a table with one change has a record that is not read.
    fn reason(table: &str, from: &str, to: &str) -> String {
        assert!(table.contains(from), "{from}");
        let out = parse(&table.replacen(from, to, 1)).unwrap();
        assert_eq!(out.issues.len(), 1, "{from}");
        out.issues[0].reason.clone()
    }

    #[test]
    fn equity_and_debt_are_rounds_of_their_own() {
        let (equity, known_on) = round("Oct 2024 157B");
        assert_eq!(
            (equity.amount_low, equity.amount_high),
            (Some(millions(6_600)), Some(millions(6_600)))
        );
        assert_eq!(equity.valuation_high, Some(millions(157_000)));
        assert_eq!(equity.valuation_basis.as_deref(), Some("post_money"));
        assert_eq!(equity.round_date.as_deref(), Some("2024-10-02"));
        assert_eq!(
            (equity.round_kind.as_str(), equity.company_key.as_str()),
            ("unknown", "openai")
        );
        assert_eq!((equity.round_status.as_str(), known_on), ("closed", day("2024-10-02")));
        let (debt, _) = round("Oct 2024 157B (debt)");
        assert_eq!((debt.round_kind.as_str(), debt.amount_high), ("debt", Some(millions(4_000))));
        assert_eq!((debt.valuation_low, debt.valuation_basis), (None, None));
    }

    #[test]
    fn the_name_of_a_record_says_which_round() {
        let kind = |name: &str| (round(name).0.round_kind, round(name).0.round_modifier);
        assert_eq!(kind("May 2021 Series A"), ("series_a".to_owned(), None));
        assert_eq!(kind("February 2024 Series A+"), ("series_a".to_owned(), Some("+".to_owned())));
        assert_eq!(kind("2019 LP seed (Khosla)"), ("seed".to_owned(), None));
        assert_eq!(kind("June 2024 6B"), ("unknown".to_owned(), None));
        assert_eq!(reason(ROUNDS, "Series A+", "Series A-2"), "not a known series");
    }

    #[test]
    fn a_share_of_a_round_is_a_low_end() {
        let (seed, _) = round("2019 LP seed (Khosla)");
        assert_eq!((seed.amount_low, seed.amount_high), (Some(millions(50)), None));
        assert_eq!(seed.amount_hedge, "at_least");
    }

    #[test]
    fn what_holders_sell_is_no_money_of_the_company() {
        let (tender, known_on) = round("14B tender");
        assert_eq!((tender.amount_low, tender.currency.as_deref()), (None, None));
        assert_eq!(
            (tender.round_kind.as_str(), tender.amount_hedge.as_str()),
            ("tender", "undisclosed")
        );
        assert_eq!((tender.valuation_low, known_on), (Some(millions(14_000)), day("2023-01-05")));
        assert_eq!(
            reason(ROUNDS, "Closed,0.0,,14000000000.0", "Closed,5.0,,14000000000.0"),
            "shares change hands, and the company has money of it"
        );
    }

    #[test]
    fn that_a_round_has_closed_is_not_known_before_it_has() {
        // Reported on 2025-03-31, when the last part was to come within the year.
        assert_eq!(round("300B final stage").1, day("2025-12-30"));
        // Without a report it is known since the table is.
        assert_eq!(round("Mar 2025 61.5B Series E").1, day("2026-01-31"));
    }

    #[test]
    fn talks_are_not_closed() {
        let (talks, known_on) = round("750B");
        assert_eq!((talks.round_status.as_str(), talks.round_date), ("in_talks", None));
        assert_eq!((talks.amount_low, talks.valuation_low), (None, Some(millions(750_000))));
        assert_eq!(known_on, day("2025-12-17"));
        // The table is sure of the talks, not of what becomes of them.
        assert!(ROUNDS.contains("Primary,Confident,\n750B"));
        let (sure, _) = round("OpenAI–Nvidia");
        assert_eq!(
            (sure.amount_low, sure.amount_hedge.as_str()),
            (Some(millions(100_000)), "about")
        );
        let odd = "neither closed on a day nor discussed";
        assert_eq!(reason(ROUNDS, ",,Early discussions", ",2025-12-01,Early discussions"), odd);
        assert_eq!(reason(ROUNDS, "2025-12-30,Closed", ",Closed"), odd);
        assert_eq!(reason(ROUNDS, "2025-12-30,Closed", "2026-12-30,Closed"), odd);
        assert_eq!(reason(ROUNDS, "2025-12-30,Closed", "2025-12-30,Rumoured"), odd);
    }

    #[test]
    fn mergers_and_listings_are_no_rounds() {
        let rounds = parse(ROUNDS).unwrap().rows.funding_round;
        let has = |company: &str| rounds.iter().any(|found| found.row.company_name == company);
        assert!(!has("xAI") && !has("Z.ai") && has("Mistral AI"));
    }

    #[test]
    fn revenue_has_its_basis() {
        let (run_rate, known_on) = metric(REVENUE, "June 2024 3.4B");
        assert_eq!(run_rate.metric, "revenue_run_rate");
        assert_eq!(run_rate.revenue_basis.as_deref(), Some("run_rate_x12"));
        assert_eq!((run_rate.value_low, run_rate.hedge.as_str()), (Some(millions(3_400)), "about"));
        assert_eq!(run_rate.as_of_text.as_deref(), Some("2024-06-12"));
        assert_eq!((run_rate.period_start, run_rate.period_end), (None, Some(known_on)));
        let (recurring, _) = metric(REVENUE, "Sep 2024 4B");
        assert_eq!(
            (recurring.metric.as_str(), recurring.value_high),
            ("arr", Some(millions(4_000)))
        );
        let (year, known_on) = metric(REVENUE, "2022 28M");
        assert_eq!(year.revenue_basis.as_deref(), Some("reported_year"));
        assert_eq!(
            (year.period_text.as_deref(), year.value_low),
            (Some("2022"), Some(millions(28)))
        );
        assert_eq!(year.period_start, Some(day("2022-01-01")));
        assert_eq!(known_on, day("2023-08-29"));
    }

    /// 208 million are four times what the quarter brought.
    #[test]
    fn a_quarter_is_not_a_year() {
        let (quarter, _) = metric(REVENUE, "Q1 2025 52M");
        assert_eq!(
            (quarter.value_low, quarter.value_high),
            (Some(millions(52)), Some(millions(52)))
        );
        assert_eq!(quarter.revenue_basis.as_deref(), Some("reported_quarter"));
        assert_eq!(quarter.period_text.as_deref(), Some("2025-Q1"));
        assert_eq!(
            (quarter.period_start, quarter.period_end),
            (Some(day("2025-01-01")), Some(day("2025-03-31")))
        );
        let odd = "not the last day of its period";
        assert_eq!(reason(REVENUE, "xAI,2025-03-31", "xAI,2025-03-30"), odd);
        assert_eq!(reason(REVENUE, "xAI,2025-03-31", "xAI,2025-02-28"), odd);
        assert_eq!(reason(REVENUE, "OpenAI,2022-12-31", "OpenAI,2022-09-30"), odd);
    }

    #[test]
    fn notes_that_change_a_figure_are_heeded() {
        let (average, _) = metric(REVENUE, "H2 2024");
        assert_eq!((average.as_of_text, average.period_end), (None, None));
        // Placeholders, products, and "hundreds of millions".
        assert_eq!(parse(REVENUE).unwrap().rows.reported_metric.len(), 9 - 3);
        assert_eq!(reason(REVENUE, "Interpolated from", "Estimated from"), "not a known note");
    }

    #[test]
    fn a_year_that_is_not_over_is_projected() {
        let (projected, known_on) = metric(COMPUTE, "OpenAI 2024 inference");
        assert_eq!((projected.metric_status.as_str(), known_on), ("projected", day("2024-10-09")));
        assert_eq!(projected.metric_scope.as_deref(), Some("Inference cloud compute"));
        let (past, _) = metric(COMPUTE, "OpenAI 2022 compute + data");
        assert_eq!(
            (past.metric_status.as_str(), past.value_low),
            ("reported", Some(millions(416)))
        );
        assert_eq!(
            past.metric_scope.as_deref(),
            Some("R&D cloud compute, Inference cloud compute, Data")
        );
    }

    #[test]
    fn users_say_of_what_and_how_often() {
        let (users, _) = metric(USERS, "ChatGPT 800M WAU");
        assert_eq!((users.metric_unit.as_str(), users.value_low), ("users", Some(millions(800))));
        assert_eq!(users.metric_scope.as_deref(), Some("ChatGPT, weekly active"));
        assert_eq!(users.hedge, "exact");
        // Not the tokens, and not the paying users beside all of them.
        assert_eq!(parse(USERS).unwrap().rows.reported_metric.len(), 6 - 2);
    }

    /// Meta said a billion in May, and again in October.
    #[test]
    fn records_of_one_name_differ_by_their_day() {
        let metrics = parse(USERS).unwrap().rows.reported_metric;
        let is_meta = |name: &&str| name.contains("#meta#");
        let names = metrics.iter().map(|found| found.row.mention_id.as_str());
        assert_eq!(
            names.filter(is_meta).collect::<Vec<_>>(),
            [
                "https://epoch.ai/data/table.csv#meta#Meta AI 1B MAU (2025-05-28)",
                "https://epoch.ai/data/table.csv#meta#Meta AI 1B MAU (2025-10-29)",
            ]
        );
        let again = "another record of the same name";
        assert_eq!(reason(USERS, "2025-10-29,2025-10-29", "2025-05-28,2025-10-29"), again);
        assert_eq!(reason(ROUNDS, "300B final stage", "Oct 2024 157B"), again);
    }

    #[test]
    fn odd_cells_are_issues() {
        let check = |table, from, to, expected: &str| {
            assert_eq!(reason(table, from, to), expected, "{to}");
        };
        // As it stands in the table of January 2026.
        check(COMPUTE, "2024-10-09", "0202-10-09", "not a day");
        check(COMPUTE, "2024-10-09", "2026-10-09", "reported after the table was fetched");
        check(COMPUTE, ",1800000000,", ",1.8 bn,", "not a number");
        check(COMPUTE, ",1800000000,", ",-1800000000,", "not a number");
        check(COMPUTE, "Inference cloud compute,Year", "Rent,Year", "not a known category");
    }

    #[test]
    fn other_columns_are_another_table() {
        let error = parse(&ROUNDS.replacen("Funding (debt)", "Funding (loans)", 1)).unwrap_err();
        assert_eq!(error.place, "table");
        let header = ROUNDS.lines().next().unwrap();
        assert_eq!(parse(header).unwrap_err().found, "none");
    }

    /// Counted in the files by other means: records less those that are left out by name.
    #[test]
    fn recorded_tables_give_a_row_for_each_record_that_counts() {
        for (file, rounds, metrics) in [
            // 38 records, a merger, a listing; 3 with debt.
            ("funding_rounds", 38 - 2 + 3, 0),
            // 42 records, 2 without an amount, 5 of products and parts of a year, an order of magnitude.
            ("revenue_reports", 0, 42 - 2 - 5 - 1),
            ("compute_spend", 0, 11 - 3),
            // 47 records, 17 without users, 2 that are left out of the graph.
            ("usage_reports", 0, 47 - 17 - 2),
        ] {
            let file = format!("news/oracle/epoch-ai/ai_companies_{file}.csv");
            let Some(read) = of_capture("epoch_ai_companies", &file) else { return };
            let out = read.unwrap();
            assert_eq!(out.issues, [], "{file}");
            let found = (out.rows.funding_round.len(), out.rows.reported_metric.len());
            assert_eq!(found, (rounds, metrics), "{file}");
        }
    }
}
