//! A layout belongs to dates.

use chrono::NaiveDate;

/// The layout that was in use on a day: of those listed with their first days, in order, the last one
/// that had begun; before the first, the first. Older captures so stay read by the older module.
pub fn layout_of<L: Copy>(layouts: &[(NaiveDate, L)], observed_on: NaiveDate) -> Option<L> {
    let begun = layouts.iter().rev().find(|(since, _)| *since <= observed_on);
    begun.or(layouts.first()).map(|(_, layout)| *layout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_holds_until_the_next_begins() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let layouts = [(day("2023-01-01"), "per instance"), (day("2024-06-01"), "per GPU")];
        assert_eq!(layout_of(&layouts, day("2022-01-01")), Some("per instance"));
        assert_eq!(layout_of(&layouts, day("2024-05-31")), Some("per instance"));
        assert_eq!(layout_of(&layouts, day("2024-06-01")), Some("per GPU"));
        assert_eq!(layout_of::<u8>(&[], day("2024-06-01")), None);
    }
}
