//! What is authored or computed here rather than read from documents: companies and the calendar.

use std::collections::BTreeSet;

use burnrate_model::generated::{self, Calendar, Company, CompanyName};
use burnrate_model::{Source, WatchList, WatchListError};
use chrono::{Datelike, Days, NaiveDate};

/// The authored watch list, `companies.toml`.
///
/// # Errors
/// Where the file is not as it should be; a test reads it.
pub fn watch_list() -> Result<WatchList, WatchListError> {
    WatchList::from_toml(include_str!("companies.toml"))
}

/// `core_company`, from the watch list.
pub fn companies(watch: &WatchList) -> Vec<Company> {
    let row = |company: &burnrate_model::Company| Company {
        company_id: company.id.clone(),
        company_name: company.name.clone(),
        aliases: (!company.aliases.is_empty()).then(|| company.aliases.join(" | ")),
        cik: company.cik.map(|cik| cik.to_string()),
        ticker: company.ticker.clone(),
        fiscal_year_end: company.fiscal_year_end.clone(),
        cohort: company.cohort.clone(),
    };
    watch.companies().iter().map(row).collect()
}

/// `core_company_name`, from the watch list.
pub fn company_names(watch: &WatchList) -> Vec<CompanyName> {
    let names = |company: &burnrate_model::Company| {
        let names: BTreeSet<String> =
            std::iter::once(&company.name).chain(&company.aliases).cloned().collect();
        let company_id = company.id.clone();
        names
            .into_iter()
            .map(move |known_as| CompanyName { known_as, company_id: company_id.clone() })
    };
    watch.companies().iter().flat_map(names).collect()
}

/// `core_source`, from the `pipeline.toml` files.
pub fn sources() -> Vec<generated::Source> {
    let row = |source: &&dyn Source| {
        let spec = source.spec();
        generated::Source {
            source_id: spec.id.clone(),
            title: spec.title.clone(),
            publisher: spec.publisher.clone(),
            home: spec.home.clone(),
            licence: spec.licence.clone(),
            is_redistributable: spec.redistributable,
            is_second_hand: spec.is_second_hand,
            max_age_days: spec.max_age_days.map(i64::from),
        }
    };
    crate::SOURCES.iter().map(row).collect()
}

/// `core_calendar`: every day from 1990 to 2049.
pub fn calendar() -> Vec<Calendar> {
    let first = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or_default();
    let days = first.iter_days();
    days.take_while(|date| date.year() < 2050).map(calendar_day).collect()
}

fn calendar_day(date: NaiveDate) -> Calendar {
    Calendar {
        date,
        day_number: i64::from(date.to_epoch_days()),
        month_day: date.format("%m-%d").to_string(),
        year: i64::from(date.year()),
        quarter: i64::from(date.quarter()),
        calendar_quarter: calendar_quarter(date),
        next_date: date + Days::new(1),
        fiscal_year_begun: i64::from((date + Days::new(357)).year()),
        quarter_ended: calendar_quarter(date - Days::new(45)),
    }
}

fn calendar_quarter(date: NaiveDate) -> String {
    format!("{}Q{}", date.year(), date.quarter())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_has_every_day_once() {
        let days = calendar();
        // 60 years, of which 1992, 1996, … 2048 are leap years: 15 of them.
        assert_eq!(days.len(), 60 * 365 + 15);
        let day = days
            .iter()
            .find(|day| day.date == NaiveDate::from_ymd_opt(2024, 2, 29).unwrap())
            .unwrap();
        // 2024-02-29 is 54 years of 365 days, 13 leap days (1972 … 2020), and 59 days after 1970-01-01.
        assert_eq!(day.day_number, 54 * 365 + 13 + 59);
        assert_eq!((day.month_day.as_str(), day.calendar_quarter.as_str()), ("02-29", "2024Q1"));
        assert_eq!(day.next_date, NaiveDate::from_ymd_opt(2024, 3, 1).unwrap());
    }

    #[test]
    fn fiscal_years_and_quarters_are_named_as_filers_name_them() {
        let day = |text: &str| calendar_day(text.parse().unwrap());
        let year_begun = |text| day(text).fiscal_year_begun;
        assert_eq!(year_begun("2024-07-01"), 2025, "Microsoft, to June");
        assert_eq!(year_begun("2025-01-27"), 2026, "NVIDIA, to the last Sunday of January");
        assert_eq!(
            year_begun("2022-09-25"),
            2023,
            "Apple, 53 weeks to the last Saturday of September"
        );
        assert_eq!(year_begun("2024-01-01"), 2024, "calendar year");
        assert_eq!(year_begun("2015-01-04"), 2015, "52 weeks to 2016-01-02");
        assert_eq!(day("2025-04-27").quarter_ended, "2025Q1", "NVIDIA's first quarter");
        assert_eq!(day("2024-09-30").quarter_ended, "2024Q3");
    }

    #[test]
    fn the_authored_watch_list_can_be_read() {
        let rows = companies(&watch_list().unwrap());
        let msft = rows.iter().find(|row| row.company_id == "msft").unwrap();
        assert_eq!(msft.cik.as_deref(), Some("0000789019"));
        assert_eq!(msft.aliases.as_deref(), Some("Microsoft | Azure"));
    }
}
