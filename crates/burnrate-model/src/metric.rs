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

impl Metric {
    /// The paragraphs of the header in order, each as its heading (`Grain`) and its text on one line.
    pub fn header(&self) -> Vec<(&'static str, String)> {
        let mut paragraphs: Vec<(&str, String)> = Vec::new();
        for line in self.sql.lines().map_while(|line| line.strip_prefix("-- ")) {
            let begins = line.split_once(": ").filter(|_| !line.starts_with(' '));
            match (begins, paragraphs.last_mut()) {
                (Some((heading, text)), _) => paragraphs.push((heading, text.trim().to_owned())),
                (None, Some((_, text))) => {
                    text.push(' ');
                    text.push_str(line.trim());
                }
                (None, None) => {}
            }
        }
        paragraphs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_ends_with_its_comments() {
        let sql = "-- Grain: one.\n-- Formula: two:\n--   three: four.\n\n-- step: x\nSELECT 1;\n";
        let header = Metric { table: "mart_a", sql }.header();
        assert_eq!(
            header,
            [("Grain", "one.".to_owned()), ("Formula", "two: three: four.".to_owned())]
        );
    }
}
