//! What the article that started it all implies, as of its week: every figure by hand, from what stands in its text,
//! in filings and in price lists.

use std::path::Path;

use burnrate_model::Clock;
use serde_json::{Value, json};

use crate::duckdb;
use crate::engines::{Given, agrees};
use crate::origin::{Origin, facts_path};
use crate::program::{Warehouse, checkout};
use crate::recording::Recording;

const WEEK: &str = "2024-09-17";

fn rows(snapshot: &Path, sql: &str) -> Value {
    json!(duckdb::rows(&snapshot.join("views.sql"), sql))
}

/// One row of numbers, each within a billionth.
#[track_caller]
fn assert_near(snapshot: &Path, sql: &str, expected: &[f64]) {
    let found = duckdb::rows(&snapshot.join("views.sql"), sql);
    assert_eq!(found.len(), 1, "{sql}: {found:?}");
    assert_eq!(found[0].len(), expected.len(), "{sql}: {found:?}");
    for (found, expected) in found[0].iter().zip(expected) {
        let value = found.as_f64().unwrap_or(f64::NAN);
        assert!(
            (value - expected).abs() <= 1e-9 * expected.abs(),
            "{sql}: {found} is not {expected}"
        );
    }
}

/// The demo, and Amazon's facts with two figures of the public record whose filings were not recorded: nine months of 2022 and
/// the first quarter of 2024. Their accession numbers are made up.
fn warehouse() -> Warehouse {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let origin = Origin::start();
    for cik in ["0000789019", "0001045810", "0001326801", "0001341439", "0001652044"] {
        origin.serve(&facts_path(cik), facts(cik).to_string());
    }
    let mut amazon = facts("0001018724");
    let capex =
        &mut amazon["facts"]["us-gaap"]["PaymentsToAcquireProductiveAssets"]["units"]["USD"];
    let capex = capex.as_array_mut().unwrap();
    capex.push(json!({
        "start": "2022-01-01", "end": "2022-09-30", "val": 47_053_000_000_i64, "accn": "0001018724-22-999999",
        "fy": 2022, "fp": "Q3", "form": "10-Q", "filed": "2022-10-28"
    }));
    capex.push(json!({
        "start": "2024-01-01", "end": "2024-03-31", "val": 14_925_000_000_i64, "accn": "0001018724-24-999999",
        "fy": 2024, "fp": "Q1", "form": "10-Q", "filed": "2024-05-01"
    }));
    origin.serve(&facts_path("0001018724"), amazon.to_string());
    warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    warehouse
}

fn facts(cik: &str) -> Value {
    let path = checkout().join(format!("pipelines/sec_companyfacts/fixtures/CIK{cik}.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn what_the_article_implies_as_of_its_week() {
    let warehouse = warehouse();
    warehouse.run(&["transform", "--as-of", WEEK]).with_status(0);
    let week = warehouse.snapshot_as_of(WEEK);
    the_price_paid_is_a_discount_against_what_is_named(&week);
    compute_at_list_follows_from_the_prices(&week);
    a_loss_is_more_than_the_revenue(&week);
    a_valuation_is_many_times_the_revenue(&week);
    months_of_money(&week);
    the_four_have_spent_more_than_claimed(&week);
    copilot_at_both_numbers_of_users(&week);
    the_digest_beside_the_week_before(&week);
    claims_have_their_verdicts(&week);
    later_prices_confirm_only_with_hindsight(&warehouse, &week);
    agrees(&week, Clock::AsOf(WEEK.parse().unwrap()), Given::Argument);
}

fn the_price_paid_is_a_discount_against_what_is_named(week: &Path) {
    // 1.30 an hour where others pay 3.40 to 4.00: 1 - 1.30 / 3.40 = 0.6176, 1 - 1.30 / 4.00 = 0.675.
    assert_near(
        week,
        "SELECT discount_low, discount_high FROM mart_anchor_gpu_discount WHERE reference = 'stated_by_source'",
        &[1.0 - 1.30 / 3.40, 1.0 - 1.30 / 4.00],
    );
    // The cheapest A100 of 40 GB of each provider that was listed by then: Lambda 1.10, Azure 3.399625 (CoreWeave's 2.06 is without the
    // host). Of two the quartile lies a quarter of the way from one to the other, the median half way.
    assert_near(
        week,
        "SELECT quotes, least_per_gpu_hour, quoted_lower_quartile_per_gpu_hour, quoted_median_per_gpu_hour, highest_per_gpu_hour, \
         discount_low, discount_high FROM mart_anchor_gpu_discount \
         WHERE reference = 'market_basket' AND compared_gpu = 'A100' AND gpu_memory_gb = 40",
        &[
            2.0,
            1.10,
            1.10 + (3.399_625 - 1.10) / 4.0,
            f64::midpoint(1.10, 3.399_625),
            3.399_625,
            1.0 - 1.30 / 1.10,
            1.0 - 1.30 / 3.399_625,
        ],
    );
    // Lambda's list of 2023-09-09, Azure's of 2023-10-27, on 2024-09-16: 366 + 7 days, and 325.
    assert_eq!(
        rows(
            week,
            "SELECT oldest_days, newest_days, is_assumed_gpu FROM mart_anchor_gpu_discount \
             WHERE reference = 'market_basket' AND compared_gpu = 'A100' AND gpu_memory_gb = 40"
        ),
        json!([[373, 325, true]])
    );
}

fn compute_at_list_follows_from_the_prices(week: &Path) {
    // 4 bn paid: times 3.40 / 1.30 and times 4.00 / 1.30, 10.46 to 12.31 bn.
    let (low, high) = (4e9 * 3.40 / 1.30, 4e9 * 4.00 / 1.30);
    assert_near(
        week,
        "SELECT compute_at_list_low_usd, compute_at_list_high_usd FROM mart_unit_economics WHERE row_id = 'openai:2024'",
        &[low, high],
    );
    // The loss of 5 bn, and what compute would cost more.
    assert_near(
        week,
        "SELECT loss_at_list_low_usd, loss_at_list_high_usd FROM mart_unit_economics WHERE row_id = 'openai:2024'",
        &[5e9 + low - 4e9, 5e9 + high - 4e9],
    );
}

fn a_loss_is_more_than_the_revenue(week: &Path) {
    // A loss of 5 bn on 3.5 to 4.5 bn. Training 3 bn and staff 1.5 bn beside the compute: what is only supposed (2 bn) is left out.
    assert_near(
        week,
        "SELECT loss_per_revenue_low, loss_per_revenue_high, break_even_multiple_low, break_even_multiple_high, training_low_usd, \
         training_high_usd, staff_low_usd, staff_high_usd FROM mart_unit_economics WHERE row_id = 'openai:2024'",
        &[5.0 / 4.5, 5.0 / 3.5, 1.0 + 5.0 / 4.5, 1.0 + 5.0 / 3.5, 3e9, 3e9, 1.5e9, 1.5e9],
    );
    assert_eq!(
        rows(
            week,
            "SELECT loss_low_usd, loss_per_revenue_low FROM mart_unit_economics WHERE row_id = 'anthropic:2024'"
        ),
        json!([[2.7e9, null]]),
        "no revenue of Anthropic was told by then"
    );
}

fn a_valuation_is_many_times_the_revenue(week: &Path) {
    // At least 150 bn over 3.5 to 4.5 bn of the year: at least 33.3; over "more than 2 bn" nothing can be said.
    let sql = "SELECT revenue_basis, multiple_low, multiple_high FROM mart_valuation_multiple \
               WHERE valuation_low_usd = 150e9 AND valuation_high_usd IS NULL ORDER BY ALL";
    assert_eq!(
        rows(week, sql),
        json!([
            ["arr_committed", 150.0 / 4.0, null],
            ["not_stated", null, null],
            ["reported_year", 150.0 / 4.5, null],
            ["run_rate_x12", 150.0 / 3.4, null]
        ])
    );
}

fn months_of_money(week: &Path) {
    // 6.5 to 7 bn against a loss of 5 bn a year: 15.6 to 16.8 months. 10 bn of credits against 4 bn of compute: 30.
    assert_near(
        week,
        "SELECT runway_low_months, runway_high_months FROM mart_runway WHERE money_high_usd = 7e9",
        &[6.5 / 5.0 * 12.0, 7.0 / 5.0 * 12.0],
    );
    assert_near(
        week,
        "SELECT runway_low_months, runway_high_months FROM mart_runway WHERE money_kind = 'credits'",
        &[30.0, 30.0],
    );
}

fn the_four_have_spent_more_than_claimed(week: &Path) {
    // From 2022-10-01 to 2024-06-30, in millions. Amazon: 63,645 - 47,053 of 2022, 52,729 of 2023, 32,545 of the half-year 2024. Meta:
    // 27,266 of 2023 as filed then, 14,573 of the half-year 2024; Microsoft: 28,107 - 19,164 and 6,607 of fiscal 2023, and
    // 44,477 of fiscal 2024; of both the quarter to 2022-12-31 is not derivable.
    let amazon = 63_645 - 47_053 + 52_729 + 32_545;
    let meta = 27_266 + 14_573;
    let microsoft = 28_107 - 19_164 + 6_607 + 44_477;
    let alphabet = 65_044;
    assert_eq!((amazon, meta, microsoft), (101_866, 41_839, 60_027));
    let sql = "SELECT company_id, CAST(capex_low_usd / 1e6 AS BIGINT), CAST(capex_high_usd / 1e6 AS BIGINT), quarters - quarters_derivable \
               FROM mart_capex_to_ai_revenue WHERE calendar_quarter = '2024Q2' AND window_kind = 'since_2022_11_30' AND capex_kind = 'total' \
               AND consolidation = 'gross' AND company_id <> 'nvda' ORDER BY ALL";
    let four = alphabet + amazon + meta + microsoft;
    assert_eq!(four, 268_776);
    assert_eq!(
        rows(week, sql),
        json!([
            ["amzn", amazon, amazon, 0],
            ["big_four_and_labs", four, null, 2],
            ["googl", alphabet, alphabet, 0],
            ["meta", meta, null, 1],
            ["msft", microsoft, null, 1]
        ])
    );
    let verdicts = "SELECT RIGHT(row_id, 3), verdict, CAST(found_low / 1e6 AS BIGINT), found_high FROM mart_claim_check \
                    WHERE measure IN ('capex', 'capex_plus_investments') ORDER BY ALL";
    assert_eq!(
        rows(week, verdicts),
        json!([
            ["044", "supported", four, null],
            ["059", "supported", alphabet + amazon + microsoft, null]
        ])
    );
}

fn copilot_at_both_numbers_of_users(week: &Path) {
    // 0.1 to 1 percent of the users at 30 to 50 a month: of 4.4 million 1.584 to 26.4 m a year, of 440 million a hundred times that.
    for users in [4.4e6, 440e6] {
        let sql = format!(
            "SELECT seat_revenue_low_usd, seat_revenue_high_usd FROM mart_seat_economics WHERE users_low = {users} AND seat_price_high_usd = 50"
        );
        assert_near(week, &sql, &[users * 0.001 * 30.0 * 12.0, users * 0.01 * 50.0 * 12.0]);
    }
}

fn the_digest_beside_the_week_before(week: &Path) {
    // 19 deals and 40.74 m after 29 and 203 m.
    assert_near(
        week,
        "SELECT deals_counted, raised_low, change_in_deals, change_in_amount FROM mart_funding_quarterly WHERE total_of = 'digest'",
        &[19.0, 40.74e6, 19.0 / 29.0 - 1.0, 40.74 / 203.0 - 1.0],
    );
}

fn claims_have_their_verdicts(week: &Path) {
    let is = |id: &str, verdict: &str, low: f64, high: f64| {
        let claim = format!("mart_claim_check WHERE row_id = 'subprime_ai_crisis-{id}'");
        assert_eq!(rows(week, &format!("SELECT verdict FROM {claim}")), json!([[verdict]]), "{id}");
        assert_near(week, &format!("SELECT found_low, found_high FROM {claim}"), &[low, high]);
    };
    assert_eq!(rows(week, "SELECT count(*) FROM mart_claim_check"), json!([[73]]));
    // What a source settles.
    is("001", "supported", 150e9, 150e9);
    is("002", "supported", 6.5e9, 6.5e9);
    is("068", "supported", 19.0, 19.0);
    is("069", "supported", 29.0, 29.0);
    is("070", "supported", 40.74e6, 40.74e6);
    is("071", "supported", 203e6, 203e6);
    is("072", "supported", 16e6, 16e6);
    is("073", "supported", 6e6, 6e6);
    // Azure's A100 on demand by region: from 3.399625 to 4.9155.
    is("019", "supported", 3.399_625, 4.9155);
    // o1-preview at 15 and 60 as claimed, over GPT-4o at 5 and 15 and, of August, at 2.50 and 10.
    is("039", "supported", 15.0 / 5.0, 15.0 / 2.5);
    is("040", "supported", 60.0 / 15.0, 60.0 / 10.0);
    // What the argument's own figures give.
    is("020", "inconsistent", 4e9 * (3.40 / 1.30), 4e9 * (4.00 / 1.30));
    is("051", "inconsistent", 3.40 / 1.30, 4.00 / 1.30);
    is("055", "inconsistent", 3e9, 3e9);
    // 400,000 to 4 million who pay, 0.1 to 1 percent: 40 million to 4 billion, whatever pairs.
    is("026", "inconsistent", 400_000.0 / 0.01, 4e6 / 0.001);
    // With 440 million: 0.1 percent to 0.9; and 440,000 to 4.4 million.
    is("025", "supported", 400_000.0 / 440e6, 4e6 / 440e6);
    is("062", "supported", 440e6 * 0.001, 440e6 * 0.01);
    // The rest says why not.
    let silent = "SELECT count(*) FROM mart_claim_check WHERE (verdict = 'not_checkable') <> (verdict_reason IS NOT NULL)";
    assert_eq!(rows(week, silent), json!([[0]]));
    assert_eq!(
        rows(week, "SELECT verdict_reason FROM mart_claim_check WHERE row_id LIKE '%-056'"),
        json!([["press_report_alone"]])
    );
}

/// Lists that show the price of o1-preview were first read on 2024-10-13, those of Copilot and Agentforce in 2026.
fn later_prices_confirm_only_with_hindsight(warehouse: &Warehouse, week: &Path) {
    let sql = "SELECT RIGHT(row_id, 3), verdict, verdict_with_hindsight FROM mart_claim_check \
               WHERE RIGHT(row_id, 3) IN ('028', '037', '067') ORDER BY ALL";
    let verdicts = |with_hindsight: &str| {
        json!(["028", "037", "067"].map(|id| json!([id, "not_checkable", with_hindsight])))
    };
    assert_eq!(rows(week, sql), verdicts("not_checkable"));
    assert_eq!(rows(&warehouse.latest(), sql), verdicts("supported"));
}

/// A run-rate of Microsoft's that nobody reported, of which the compute that OpenAI pays for is a part.
#[test]
fn what_a_lab_pays_a_cloud_counts_once_when_consolidated() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let mut recording = Recording::new();
    let noted = "[[metric]]\nid = \"1\"\ncompany = \"Microsoft\"\nmetric = \"revenue_run_rate\"\nrevenue_basis = \"run_rate_x12\"\n\
                 low = \"10000000000\"\nhigh = \"10000000000\"\nhedge = \"exact\"\nunit = \"USD\"\nperiod_end = \"2024-06-30\"\n\
                 status = \"reported\"\nscope = \"AI\"\npublished = \"2024-07-30\"\nsource_url = \"https://example.com/1\"\nnote = \"a test\"\n";
    let url = "authored:burnrate_figures/told.toml";
    recording.answer("burnrate_figures", url, "2026-11-25T00:00:00Z", 200, noted.as_bytes());
    recording.replay(&warehouse, &["burnrate_figures"]).with_status(0);
    let latest = warehouse.latest();
    let of = |company: &str, columns: &str| {
        format!(
            "SELECT {columns} FROM mart_capex_to_ai_revenue WHERE company_id = '{company}' AND calendar_quarter = '2024Q2' \
             AND window_kind = 'trailing_four_quarters' AND capex_kind = 'total' AND revenue_basis = 'run_rate_x12'"
        )
    };
    // Fiscal 2024 as filed, 44,477 m, for each 10 bn; three quarters to all of it are assumed to be for AI, at base.
    assert_near(&latest, &of("msft", "ratio_low, ratio_high"), &[4.4477, 4.4477]);
    let attributed =
        of("msft", "capex_low_usd, capex_base_usd, capex_high_usd, ratio_low, ratio_high")
            .replace("'total'", "'ai_attributed'");
    let capex = 44_477e6;
    assert_near(
        &latest,
        &attributed,
        &[0.375 * capex, 0.75 * capex, capex, 0.375 * capex / 10e9, capex / 10e9],
    );
    // With OpenAI's 3.4 bn of 2024-06-12, 13.4 bn; less the 4 bn that OpenAI pays Microsoft. Of the other members no figure is known.
    let cohort = of(
        "big_four_and_labs",
        "consolidation, revenue_companies, ai_revenue_low_usd, ai_revenue_high_usd, eliminated_low_usd",
    );
    assert_eq!(
        rows(&latest, &format!("{cohort} ORDER BY 1 DESC")),
        json!([["gross", 2, 13.4e9, null, null], ["consolidated", 2, 9.4e9, null, 4e9]])
    );
}
