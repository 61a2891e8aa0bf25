//! Companies and the list of those that are watched.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

/// A Central Index Key, the SEC's number of a filer: 1 to 9,999,999,999, written with ten digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct Cik(u64);

/// A text that is no Central Index Key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no CIK: expected one to ten digits, not all of them zero")]
pub struct CikError(String);

impl FromStr for Cik {
    type Err = CikError;

    fn from_str(text: &str) -> Result<Self, CikError> {
        let digits =
            !text.is_empty() && text.len() <= 10 && text.bytes().all(|b| b.is_ascii_digit());
        match text.parse() {
            Ok(number) if digits && number > 0 => Ok(Self(number)),
            _ => Err(CikError(text.to_owned())),
        }
    }
}

impl fmt::Display for Cik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
    }
}

impl From<Cik> for String {
    fn from(cik: Cik) -> Self {
        cik.to_string()
    }
}

impl<'de> Deserialize<'de> for Cik {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One company of the watch list, as authored in `pipelines/reference/companies.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    /// Short lower-case name, the company's key in every table, e.g. `msft`.
    pub id: String,
    /// Name as the company writes it.
    pub name: String,
    /// Other names that filings and the press use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The SEC's number, absent for companies that do not file.
    pub cik: Option<Cik>,
    /// Exchange symbol of the main share class, absent for private companies.
    pub ticker: Option<String>,
    /// Nominal end of the fiscal year as `MM-DD`; 52/53-week filers end within a week of it.
    pub fiscal_year_end: Option<String>,
    /// `big_four` or `lab`, where sums are made over the company and others.
    pub cohort: Option<String>,
}

/// Companies that are added up: `big_four` buy data centres, `lab` sells nothing but AI.
const COHORTS: &[&str] = &["big_four", "lab"];

/// The companies that sources are asked about, without duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WatchList {
    companies: Vec<Company>,
}

/// A watch list that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WatchListError {
    /// The authored file is no valid TOML of companies.
    #[error("companies.toml: {0}")]
    Toml(String),
    /// Two entries share an id or a CIK.
    #[error("companies.toml: `{0}` is there twice")]
    Duplicate(String),
    /// `fiscal_year_end` is not `MM-DD`.
    #[error("companies.toml: fiscal_year_end `{text}` of `{id}` is not MM-DD")]
    FiscalYearEnd {
        /// Company id.
        id: String,
        /// What stands there.
        text: String,
    },
    /// `cohort` is no cohort.
    #[error("companies.toml: cohort `{text}` of `{id}` is none of big_four, lab")]
    Cohort {
        /// Company id.
        id: String,
        /// What stands there.
        text: String,
    },
}

impl WatchList {
    /// Reads the authored list: `[[company]]` tables.
    pub fn from_toml(text: &str) -> Result<Self, WatchListError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            company: Vec<Company>,
        }
        let file: File = toml::from_str(text).map_err(|e| WatchListError::Toml(e.to_string()))?;
        let mut seen = BTreeSet::new();
        for company in &file.company {
            let keys = [Some(company.id.clone()), company.cik.map(|cik| cik.to_string())];
            for key in keys.into_iter().flatten() {
                if !seen.insert(key.clone()) {
                    return Err(WatchListError::Duplicate(key));
                }
            }
            if let Some(text) = company.fiscal_year_end.as_ref().filter(|text| !is_month_day(text))
            {
                return Err(WatchListError::FiscalYearEnd {
                    id: company.id.clone(),
                    text: text.clone(),
                });
            }
            if let Some(text) =
                company.cohort.as_ref().filter(|text| !COHORTS.contains(&text.as_str()))
            {
                return Err(WatchListError::Cohort { id: company.id.clone(), text: text.clone() });
            }
        }
        Ok(Self { companies: file.company })
    }

    /// Adds filers known by number alone; those already listed stay as they are.
    /// The id of a new one is `cik` and its ten digits.
    #[must_use]
    pub fn with_ciks(mut self, ciks: &[Cik]) -> Self {
        for &cik in ciks {
            if self.companies.iter().all(|company| company.cik != Some(cik)) {
                self.companies.push(Company {
                    id: format!("cik{cik}"),
                    name: format!("CIK {cik}"),
                    aliases: Vec::new(),
                    cik: Some(cik),
                    ticker: None,
                    fiscal_year_end: None,
                    cohort: None,
                });
            }
        }
        self
    }

    /// Every company, in the order of the file.
    pub fn companies(&self) -> &[Company] {
        &self.companies
    }

    /// The SEC numbers of those that file.
    pub fn ciks(&self) -> impl Iterator<Item = Cik> {
        self.companies.iter().filter_map(|company| company.cik)
    }
}

fn is_month_day(text: &str) -> bool {
    chrono::NaiveDate::parse_from_str(&format!("2000-{text}"), "%Y-%m-%d").is_ok()
        && text.len() == 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cik_is_written_with_ten_digits() {
        assert_eq!("789019".parse::<Cik>().unwrap().to_string(), "0000789019");
        assert_eq!("0000789019".parse::<Cik>().unwrap().to_string(), "0000789019");
        for bad in ["", "0", "+1", "12345678901", "78 9019", "CIK789019"] {
            assert_eq!(bad.parse::<Cik>(), Err(CikError(bad.to_owned())));
        }
    }

    #[test]
    fn the_same_company_cannot_be_listed_twice() {
        let twice = "[[company]]\nid = \"a\"\nname = \"A\"\ncik = \"1\"\n[[company]]\nid = \"b\"\nname = \"B\"\ncik = \"0000000001\"\n";
        assert_eq!(
            WatchList::from_toml(twice),
            Err(WatchListError::Duplicate("0000000001".to_owned()))
        );
    }

    #[test]
    fn a_fiscal_year_end_is_a_day_of_the_year() {
        let list = "[[company]]\nid = \"a\"\nname = \"A\"\nfiscal_year_end = \"13-01\"\n";
        assert!(matches!(WatchList::from_toml(list), Err(WatchListError::FiscalYearEnd { .. })));
    }

    #[test]
    fn watched_numbers_extend_the_list_once() {
        let list = WatchList::from_toml(
            "[[company]]\nid = \"msft\"\nname = \"Microsoft\"\ncik = \"789019\"\n",
        )
        .unwrap();
        let list = list.with_ciks(&["789019".parse().unwrap(), "1835632".parse().unwrap()]);
        let ids: Vec<_> = list.companies().iter().map(|company| company.id.as_str()).collect();
        assert_eq!(ids, ["msft", "cik0001835632"]);
    }
}
