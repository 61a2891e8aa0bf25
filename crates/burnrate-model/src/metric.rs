//! A derived table as text.

/// The SQL file of one derived table.
///
/// It begins with a header of comments (grain, formula, units, inputs, caveats). Each part after it
/// is one `SELECT` under a line of its own: `-- step: NAME` for what the others read, `-- rows` for the
/// table, `-- lineage` for the inputs of each row (`mart_row_id, input_table, input_row_id, role`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// The table it fills, e.g. `mart_capex_quarterly`.
    pub table: &'static str,
    /// The text.
    pub sql: &'static str,
}
