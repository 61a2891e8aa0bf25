//! EDGAR's feed of the latest filings (`action=getcurrent`, Atom).
//!
//! An entry is one filing of one filer in one role, so a filing of several filers stands there several
//! times. Pages are cut from a list that grows at its head while it is read: they overlap, and
//! [`without_repeats`] takes the repeats out, as it does those within a page. Past its end there is no empty
//! page but an error page. A `type` in the address is the beginning of a form type: `4` brings `485BPOS` too.

use std::collections::HashSet;
use std::ops::Range;

use burnrate_model::{Cik, Issue, ShapeError};
use chrono::{DateTime, FixedOffset, NaiveDate};
use roxmltree::Node;

use crate::companyfacts::is_accession_number;
use crate::filer_role::FilerRole;
use crate::xml::{Children, decoded, document, text};
use burnrate_model::locator;

/// One entry: a filing of one filer in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentFiling {
    /// Where it stands, in bytes of the page.
    pub span: Range<usize>,
    /// E.g. `8-K`.
    pub form_type: String,
    /// The filer's name.
    pub company_name: String,
    /// The filer's number.
    pub cik: Cik,
    /// The filer's part in the filing.
    pub role: FilerRole,
    /// The filing's number.
    pub accession_number: String,
    /// Date of filing.
    pub filed_date: NaiveDate,
    /// When EDGAR accepted it, in Eastern time.
    pub accepted_at: DateTime<FixedOffset>,
    /// Size of the full submission as the feed rounds it, e.g. `13 KB`.
    pub size_text: String,
    /// Items of a current report, e.g. `Item 8.01: Other Events`.
    pub items: Vec<String>,
    /// The page that lists the filing's documents.
    pub index_url: String,
}

/// Reads a page of the feed, in its order, newest first. An odd entry is an issue.
///
/// # Errors
/// [`ShapeError`] where it is no Atom feed.
pub fn current_feed(
    body: &[u8],
    issues: &mut Vec<Issue>,
) -> Result<Vec<CurrentFiling>, ShapeError> {
    let xml = decoded(body)?;
    let document = document(xml.text(), "feed")?;
    let mut feed = Children::of(document.root_element());
    feed.leave_out(&["title", "link", "id", "author", "updated"]);
    let entries = feed.all("entry");
    let mut filings = Vec::with_capacity(entries.len());
    for entry in entries {
        let span = xml.bytes(entry.range());
        match filing(entry, span.clone(), issues) {
            Ok(filing) => filings.push(filing),
            Err(reason) => issues.push(Issue {
                locator: locator(&span),
                reason,
                record: xml.text()[entry.range()].to_owned(),
            }),
        }
    }
    feed.report(issues);
    Ok(filings)
}

/// Takes out what stands there again: the same filing of the same filer in the same role.
pub fn without_repeats(filings: impl IntoIterator<Item = CurrentFiling>) -> Vec<CurrentFiling> {
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for filing in filings {
        if seen.insert((filing.accession_number.clone(), filing.cik, filing.role)) {
            kept.push(filing);
        }
    }
    kept
}

fn filing(
    entry: Node<'_, '_>,
    span: Range<usize>,
    issues: &mut Vec<Issue>,
) -> Result<CurrentFiling, String> {
    let mut children = Children::of(entry);
    let mut take = |name| children.required(name).map_err(|error| error.to_string());
    let (title, category, link) = (take("title")?, take("category")?, take("link")?);
    let (id, summary, updated) = (take("id")?, take("summary")?, take("updated")?);
    children.report(issues);

    let form_type = category.attribute("term").ok_or("category has no term")?;
    let title = Title::parse(text(title).map_err(|error| error.to_string())?, form_type)?;
    let summary = Summary::parse(text(summary).map_err(|error| error.to_string())?)?;
    let id = text(id).map_err(|error| error.to_string())?;
    if id.rsplit_once('=').map(|(_, number)| number) != Some(summary.accession_number) {
        return Err(format!("id `{id}` is not that of {}", summary.accession_number));
    }
    let updated = text(updated).map_err(|error| error.to_string())?;
    Ok(CurrentFiling {
        span,
        form_type: form_type.to_owned(),
        company_name: title.company_name.to_owned(),
        cik: title.cik,
        role: title.role,
        accession_number: summary.accession_number.to_owned(),
        filed_date: summary.filed_date,
        accepted_at: DateTime::parse_from_rfc3339(updated)
            .map_err(|error| format!("updated `{updated}`: {error}"))?,
        size_text: summary.size.to_owned(),
        items: summary.items.into_iter().map(str::to_owned).collect(),
        index_url: link.attribute("href").ok_or("link has no href")?.to_owned(),
    })
}

/// `8-K - NVIDIA CORP (0001045810) (Filer)`
struct Title<'a> {
    company_name: &'a str,
    cik: Cik,
    role: FilerRole,
}

impl<'a> Title<'a> {
    /// Reads it from both ends: names may hold parentheses and dashes.
    fn parse(title: &'a str, form_type: &str) -> Result<Self, String> {
        let odd = || format!("title `{title}` is not `{form_type} - name (CIK) (role)`");
        let rest = title.strip_prefix(form_type).and_then(|rest| rest.strip_prefix(" - "));
        let (name, cik, role) = rest.and_then(name_cik_and_role).ok_or_else(odd)?;
        let role =
            FilerRole::parse(role).ok_or_else(|| format!("unknown role `{role}` of a filer"))?;
        Ok(Self { company_name: name, cik: cik.parse().map_err(|_| odd())?, role })
    }
}

/// The parts of `name (CIK) (role)`.
fn name_cik_and_role(text: &str) -> Option<(&str, &str, &str)> {
    let (rest, role) = text.strip_suffix(')')?.rsplit_once(" (")?;
    let (name, cik) = rest.strip_suffix(')')?.rsplit_once(" (")?;
    (cik.len() == 10 && !name.is_empty()).then_some((name, cik, role))
}

/// `<b>Filed:</b> 2025-12-12 <b>AccNo:</b> 0001700545-25-000020 <b>Size:</b> 13 KB`, once unescaped;
/// then for each item of a current report `<br>Item 8.01: Other Events`.
struct Summary<'a> {
    filed_date: NaiveDate,
    accession_number: &'a str,
    size: &'a str,
    items: Vec<&'a str>,
}

impl<'a> Summary<'a> {
    fn parse(summary: &'a str) -> Result<Self, String> {
        let odd = || format!("summary `{summary}` is not Filed, AccNo, Size and items");
        let rest = summary.strip_prefix("<b>Filed:</b>").ok_or_else(odd)?;
        let (filed, rest) = rest.split_once("<b>AccNo:</b>").ok_or_else(odd)?;
        let (number, rest) = rest.split_once("<b>Size:</b>").ok_or_else(odd)?;
        let mut parts = rest.split("<br>").map(str::trim);
        let (filed, accession_number) = (filed.trim(), number.trim());
        let size = parts.next().filter(|size| is_size(size)).ok_or_else(odd)?;
        let items: Vec<_> = parts.collect();
        if !items.iter().all(|item| item.starts_with("Item ")) {
            return Err(odd());
        }
        if !is_accession_number(accession_number) {
            return Err(format!("`{accession_number}` is no accession number"));
        }
        let filed_date = filed.parse().map_err(|error| format!("Filed `{filed}`: {error}"))?;
        Ok(Self { filed_date, accession_number, size, items })
    }
}

/// `13 KB`
fn is_size(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(number, unit)| {
        number.parse::<u64>().is_ok() && matches!(unit, "KB" | "MB" | "GB" | "B")
    })
}
