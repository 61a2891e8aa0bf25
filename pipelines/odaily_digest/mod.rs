//! Odaily's weekly digest of rounds in blockchain, as it is translated into English: how many deals and
//! how much money of a week and of the one before, and then the deals, which are read like any news.
//!
//! No page of it is recorded, only the beginning of one as another site quotes it: the text is known, the
//! markup is not.

use burnrate_model::generated::FundingDigest;
use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList, locator};
use burnrate_price::{Expect, css_path, page, select, text};
use burnrate_prose::{Quantity, Unit, quantities};
use chrono::{Datelike, Days, NaiveDate};
use scraper::{Html, Selector};
use url::Url;

use crate::news::{self, NewsText, canonical};
use crate::{StaticSpec, spec};

/// Where the publisher lists its articles.
const URL: &str = "https://www.odaily.news/en";

/// How the headline of a digest begins.
const SERIES: &str = "One-week financing express";

/// How its first paragraph begins.
const OPENING: &str = "According to incomplete statistics from Odaily";

/// What the paragraph says before it lists the deals.
const DEALS: &str = "The following are specific financing events";

/// A digest is out soon after its week: a text that is dated later, or not at all, does not say which year
/// its week was in.
const LATEST_AFTER: Days = Days::new(31);

/// See the module.
pub(crate) struct OdailyDigest;

impl Source for OdailyDigest {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let (published, lines) = lines(&document.body)?;
        if let Some(first) = lines.iter().position(|line| line.text.contains(OPENING)) {
            return read(&lines[first..], published, document, out);
        }
        out.requests = self.digests(document)?;
        if out.requests.is_empty() {
            return Err(ShapeError::new("text", format!("`{OPENING}`"), "none of it"));
        }
        Ok(())
    }
}

impl OdailyDigest {
    /// The digests that a page links to.
    fn digests(&self, document: &RawDocument) -> Result<Vec<Request>, ShapeError> {
        let base = Url::parse(&document.url)
            .map_err(|error| ShapeError::new("url", "a web address", error.to_string()))?;
        let page = page(&document.body)?;
        let links = select(page.root_element(), "a[href]", Expect::AtLeast(0))?;
        let digests = links.into_iter().filter(|link| text(*link).starts_with(SERIES));
        let urls = digests.filter_map(|link| base.join(link.attr("href")?).ok());
        let mut urls: Vec<String> = urls.map(String::from).collect();
        urls.sort();
        urls.dedup();
        let request = |url| Request { source_id: self.spec().id.clone(), url };
        Ok(urls.into_iter().map(request).collect())
    }
}

/// A paragraph or headline, and where it stands.
struct Line {
    text: String,
    locator: String,
}

/// When a document was published, as far as it says, and its paragraphs.
fn lines(body: &[u8]) -> Result<(Option<NaiveDate>, Vec<Line>), ShapeError> {
    let page = page(body)?;
    if body.trim_ascii_start().starts_with(b"<") {
        let paragraphs = select(page.root_element(), "h1, h2, h3, h4, p", Expect::AtLeast(0))?;
        let line = |element| Line { text: text(element), locator: css_path(element) };
        return Ok((published(&page), paragraphs.into_iter().map(line).collect()));
    }
    let mut lines = Vec::new();
    let mut start = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let text = String::from_utf8_lossy(line).trim_end().to_owned();
        let locator = locator(&(start..start + text.len()));
        lines.push(Line { text, locator });
        start += line.len();
    }
    Ok((None, lines))
}

fn published(page: &Html) -> Option<NaiveDate> {
    let selector = Selector::parse("meta[property='article:published_time']").ok()?;
    let content = page.select(&selector).next()?.attr("content")?;
    content.get(..10)?.parse().ok()
}

/// The totals and the deals of a digest that begins with the first line.
fn read(
    lines: &[Line],
    published: Option<NaiveDate>,
    document: &RawDocument,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let locator = lines.first().map(|line| line.locator.clone()).unwrap_or_default();
    let texts = lines.iter().map(|line| line.text.as_str());
    let whole: Vec<&str> = texts.take_while(|line| !line.starts_with('©')).collect();
    let whole = whole.join("\n");
    let (totals, listed) = whole.split_once(DEALS).ok_or_else(|| missing(DEALS))?;
    // Behind a note on how the deals are sorted.
    let (_, deals) = listed.split_once("):").ok_or_else(|| missing("):"))?;
    let fetched_on = document.fetched_at.date_naive();
    let known_on = published.map_or(fetched_on, |day| day.min(fetched_on));
    let article_url = canonical(&document.url)
        .ok_or_else(|| ShapeError::new("url", "a web address", document.url.clone()))?;
    out.push(totals_row(totals, article_url, known_on)?, locator.clone(), known_on);
    let deals = deals.trim();
    if !deals.is_empty() {
        let deals = NewsText {
            url: document.url.clone(),
            // It states the total, which nobody raised.
            headline: None,
            text: deals.to_owned(),
            published,
            publisher: Some(OdailyDigest.spec().publisher.clone()),
            is_excerpt: deals.ends_with('…'),
            updated: None,
        };
        let before = out.rows.funding_round.len();
        news::push(&deals, &locator, document, out);
        for deal in out.rows.funding_round.iter_mut().skip(before) {
            let words = deal.row.evidence.as_deref().unwrap_or_default();
            if let Some(line) = lines.iter().find(|line| line.text.contains(words)) {
                deal.locator.clone_from(&line.locator);
            }
        }
    }
    Ok(())
}

fn missing(what: &str) -> ShapeError {
    ShapeError::new("first paragraph", format!("`{what}`"), "none of it")
}

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, behind: &str) -> Result<&'a str, ShapeError> {
    let (_, rest) = text.split_once(before).ok_or_else(|| missing(before))?;
    let (found, _) = rest.split_once(behind).ok_or_else(|| missing(behind))?;
    Ok(found)
}

fn totals_row(
    totals: &str,
    article_url: String,
    known_on: NaiveDate,
) -> Result<FundingDigest, ShapeError> {
    let counted = between(totals, "there were ", " financing events")?;
    let (deals, sector) = counted.split_once(' ').unwrap_or((counted, ""));
    let previous_deals = between(totals, "data (", " events)")?;
    let (start, end) = week(between(totals, "announced from ", ",")?, known_on)?.unzip();
    let disclosed = between(totals, "The total amount of financing disclosed was ", ". ")?;
    let (total, previous) = amounts(disclosed)?;
    let evidence = totals.find(OPENING).and_then(|start| totals.get(start..)).unwrap_or(totals);
    Ok(FundingDigest {
        article_url,
        publisher: OdailyDigest.spec().publisher.clone(),
        period_start: start,
        period_end: end,
        digest_sector: Some(sector.to_owned()).filter(|sector| !sector.is_empty()),
        deals: Some(count(deals)?),
        amount_low: total.low,
        amount_high: total.high,
        amount_hedge: total.hedge.to_string(),
        currency: Some(total.unit.to_string()),
        previous_deals: Some(count(previous_deals)?),
        previous_amount: previous.low,
        evidence: evidence.trim_end().to_owned(),
    })
}

fn count(text: &str) -> Result<i64, ShapeError> {
    text.parse().map_err(|_| ShapeError::new("first paragraph", "a number of deals", text))
}

/// What was disclosed in the week, and in the one before.
fn amounts(disclosed: &str) -> Result<(Quantity, Quantity), ShapeError> {
    let is_money = |quantity: &Quantity| matches!(quantity.unit, Unit::Money(_));
    let found: Vec<_> = quantities(disclosed).into_iter().filter(is_money).collect();
    match <[Quantity; 2]>::try_from(found) {
        Ok([total, previous]) if total.unit == previous.unit => Ok((total, previous)),
        _ => Err(ShapeError::new("first paragraph", "two amounts of money", disclosed)),
    }
}

/// First and last day of the week that `September 2 to September 8` is, as known on a day; `None` where
/// that does not settle the year.
fn week(text: &str, known_on: NaiveDate) -> Result<Option<(NaiveDate, NaiveDate)>, ShapeError> {
    let odd = || ShapeError::new("first paragraph", "the days of a week", text);
    let (first, last) = text.split_once(" to ").ok_or_else(odd)?;
    let end = |year: i32| NaiveDate::parse_from_str(&format!("{last} {year}"), "%B %d %Y").ok();
    let ends: Vec<_> = [known_on.year(), known_on.year() - 1].into_iter().filter_map(end).collect();
    let mut weeks = Vec::new();
    for end in ends {
        let start = end.checked_sub_days(Days::new(6)).ok_or_else(odd)?;
        if start.format("%B %-d").to_string() == first {
            weeks.push((start, end));
        }
    }
    if weeks.is_empty() {
        return Err(odd());
    }
    let is_recent = |(_, end): &(NaiveDate, NaiveDate)| {
        *end <= known_on && end.checked_add_days(LATEST_AFTER).is_some_and(|day| known_on <= day)
    };
    Ok(weeks.into_iter().find(is_recent))
}

#[cfg(test)]
mod tests {
    use burnrate_model::Decimal;

    use super::*;
    use crate::captures::recorded;

    const DIGEST: &str = include_str!("fixtures/@2024-09-10/en/post/1002");
    const INDEX: &str = include_str!("fixtures/@2024-09-09/en");

    fn parse(body: &str, fetched_at: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: "https://www.odaily.news/en/post/1002?utm_source=feed".to_owned(),
            fetched_at: fetched_at.parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        OdailyDigest.parse(&document, &mut out).map(|()| out)
    }

    fn digest(body: &str) -> FundingDigest {
        let out = parse(body, "2024-09-10T00:00:00Z").unwrap();
        let [row] = out.rows.funding_digest.as_slice() else { panic!("one digest") };
        row.row.clone()
    }

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    fn dollars(number: i64) -> Decimal {
        Decimal::from(number)
    }

    fn check_totals(row: &FundingDigest) {
        assert_eq!((row.deals, row.previous_deals), (Some(19), Some(29)));
        assert_eq!(
            (row.amount_low, row.amount_high),
            (Some(dollars(40_740_000)), Some(dollars(40_740_000)))
        );
        assert_eq!((row.amount_hedge.as_str(), row.currency.as_deref()), ("about", Some("USD")));
        assert_eq!(row.previous_amount, Some(dollars(203_000_000)));
        assert_eq!(row.digest_sector.as_deref(), Some("blockchain"));
        assert_eq!((row.period_start, row.period_end), (day("2024-09-02"), day("2024-09-08")));
    }

    #[test]
    fn totals_are_of_a_week_and_the_one_before() {
        let row = digest(DIGEST);
        check_totals(&row);
        assert_eq!(row.article_url, "https://www.odaily.news/en/post/1002");
        assert!(row.evidence.starts_with(OPENING) && row.evidence.ends_with("($16 million)."));
        let out = parse(DIGEST, "2024-09-10T00:00:00Z").unwrap();
        assert_eq!(Some(out.rows.funding_digest[0].known_on), day("2024-09-09"));
        assert_eq!(out.rows.funding_digest[0].locator, "html > body:nth-child(2) > p:nth-child(2)");
    }

    /// The text that the article which started the project ends with, as another site quotes the digest.
    #[test]
    fn the_digest_that_is_quoted_in_the_seed_is_read() {
        let Some(recorded) = recorded() else { return };
        let seed = recorded.join("../seed/subprime-ai-crisis.txt");
        let seed = std::fs::read_to_string(seed).unwrap();
        check_totals(&digest(&seed));
        let out = parse(&seed, "2024-09-10T00:00:00Z").unwrap();
        let [deals] = out.rows.article.as_slice() else { panic!("the deals are one text") };
        assert!(deals.row.is_excerpt);
        assert_eq!(out.issues, []);
        let rounds = out.rows.funding_round.iter().map(|sighted| &sighted.row);
        let rounds: Vec<_> = rounds
            .map(|row| (row.company_name.as_str(), row.round_kind.as_str(), row.amount_high))
            .collect();
        assert_eq!(rounds, [("Hypernative", "series_a", Some(dollars(16_000_000)))]);
        assert_eq!(out.rows.funding_round[0].row.lead_investors.as_deref(), Some("Quantstamp"));
    }

    #[test]
    fn the_deals_are_a_text_of_their_own() {
        let out = parse(DIGEST, "2024-09-10T00:00:00Z").unwrap();
        let [deals] = out.rows.article.as_slice() else { panic!("the deals are one text") };
        assert_eq!((deals.row.is_excerpt, deals.row.published_on), (false, day("2024-09-09")));
        let lines = [
            "Hypernative raises $16 million in a Series A led by Quantstamp",
            "Hypernative, which watches over contracts on chains, announced on September 3 that it \
             had raised $16 million in a Series A led by Quantstamp.",
            "Puffpaw raises $6 million in a seed round",
            "Puffpaw announced that it had raised $6 million in a seed round.",
        ];
        let bytes = lines.join("\n").len();
        assert_eq!(usize::try_from(deals.row.text_bytes), Ok(bytes));
    }

    #[test]
    fn a_week_is_of_the_year_in_which_it_was_just_over() {
        let of = |text: &str, known_on: &str| week(text, known_on.parse().unwrap());
        let some = |start, end| Ok(day(start).zip(day(end)));
        let text = "September 2 to September 8";
        assert_eq!(of(text, "2024-09-08"), some("2024-09-02", "2024-09-08"));
        assert_eq!(of(text, "2024-10-09"), some("2024-09-02", "2024-09-08"));
        // Too early, and too late: another year's, or an old page.
        assert_eq!(of(text, "2024-09-07"), Ok(None));
        assert_eq!(of(text, "2024-10-10"), Ok(None));
        assert_eq!(of("December 30 to January 5", "2025-01-06"), some("2024-12-30", "2025-01-05"));
        assert_eq!(
            of("December 23 to December 29", "2025-01-02"),
            some("2024-12-23", "2024-12-29")
        );
        // Only 2024 has a February of 29 days.
        assert_eq!(of("February 26 to March 3", "2024-03-04"), some("2024-02-26", "2024-03-03"));
        for odd in ["September 2 to September 30", "2 to 8 September", "September 2", ""] {
            assert!(of(odd, "2024-10-01").is_err(), "{odd}");
        }
    }

    #[test]
    fn a_page_of_links_gives_the_digests_among_them() {
        let out = parse(INDEX, "2024-09-09T00:00:00Z").unwrap();
        let urls: Vec<_> = out.requests.iter().map(|request| request.url.as_str()).collect();
        assert_eq!(urls, ["https://www.odaily.news/en/post/1002"]);
    }

    #[test]
    fn another_text_is_refused() {
        for (from, to, place) in [
            (OPENING, "According to others", "text"),
            ("19 blockchain", "nineteen blockchain", "first paragraph"),
            ("(29 events)", "(more events)", "first paragraph"),
            ("(US$203 million)", "(more)", "first paragraph"),
            ("(US$203 million)", "(€203 million)", "first paragraph"),
            ("September 2 to", "August 2 to", "first paragraph"),
            ("The total amount of financing", "The financing", "first paragraph"),
        ] {
            assert!(DIGEST.contains(from), "{from}");
            let read = parse(&DIGEST.replacen(from, to, 1), "2024-09-10T00:00:00Z");
            assert_eq!(read.unwrap_err().place, place, "{from}");
        }
    }
}
