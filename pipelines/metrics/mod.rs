//! The metrics: one SQL file for each derived table.

use burnrate_model::Metric;

#[cfg(test)]
mod house_rules;
#[cfg(test)]
mod page;
#[cfg(test)]
mod parsed;

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
    "ai_revenue",
    "anchor_gpu_discount",
    "capex_quarterly",
    "capex_reconciliation",
    "capex_to_ai_revenue",
    "capital_intensity",
    "claim_check",
    "effective_gpu_discount",
    "fact_disagreement",
    "fact_vintage",
    "fiscal_quarter",
    "funding_quarterly",
    "funding_round",
    "gpu_price_daily",
    "money_flows",
    "price_change",
    "price_disagreement",
    "runway",
    "seat_economics",
    "token_price_history",
    "unit_economics",
    "valuation_multiple",
];
