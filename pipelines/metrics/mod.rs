//! The metrics: one SQL file for each derived table.

use burnrate_model::Metric;

macro_rules! metrics {
    ($($name:literal),* $(,)?) => {
        /// Every metric, in order of name.
        pub const METRICS: &[Metric] = &[$(Metric {
            table: concat!("mart_", $name),
            sql: include_str!(concat!($name, ".sql")),
        }),*];
    };
}

metrics![
    "capex_quarterly",
    "capex_reconciliation",
    "capital_intensity",
    "effective_gpu_discount",
    "fact_disagreement",
    "fact_vintage",
    "fiscal_quarter",
    "funding_round",
    "gpu_price_daily",
    "price_change",
    "price_disagreement",
    "token_price_history",
];
