//! The metrics: one SQL file for each derived table.

/// The text of one derived table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// The table it fills, e.g. `mart_capex_quarterly`.
    pub table: &'static str,
    /// Header, steps, rows and lineage.
    pub sql: &'static str,
}

macro_rules! metrics {
    ($($name:literal),* $(,)?) => {
        /// Every metric, in order of name.
        pub const METRICS: &[Metric] = &[$(Metric {
            table: concat!("mart_", $name),
            sql: include_str!(concat!($name, ".sql")),
        }),*];
    };
}

metrics!["capex_quarterly", "capex_reconciliation", "capital_intensity", "fiscal_quarter"];
