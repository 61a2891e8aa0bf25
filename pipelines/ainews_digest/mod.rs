//! `AINews`, a digest of what is said about AI: titles and descriptions of the pages that it links to.
//!
//! An issue is Markdown with its day in front. What it says in its own words is a machine's summary, and is
//! not read; neither are links to where anybody may write, or to code.

use std::collections::HashSet;
use std::ops::Range;

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList, locator};
use serde::Deserialize;
use url::Url;

use crate::news::{NewsText, canonical, markdown, markup, push, time};
use crate::{StaticSpec, spec};

const FOLDER: &str =
    "https://api.github.com/repos/smol-ai/ainews-web-2025/contents/src/content/issues";

/// Issues that are asked for: those of about two weeks.
const NEWEST: usize = 10;

/// How the list of links of a discussion is headed.
const HEADINGS: [&str; 4] = [
    "**Links mentioned**:",
    "**Links Mentioned:**",
    "<strong>Links mentioned</strong>:",
    "**Link mentioned**:",
];

/// Where anybody may write, and hosts of code, papers and pictures, with all below them.
const NO_PRESS: [&str; 16] = [
    "arxiv.org",
    "bsky.app",
    "discord.com",
    "discord.gg",
    "fixupx.com",
    "fxtwitter.com",
    "github.com",
    "google.com",
    "huggingface.co",
    "reddit.com",
    "tenor.com",
    "twitter.com",
    "vxtwitter.com",
    "x.com",
    "youtu.be",
    "youtube.com",
];

/// What stands for a title or a description that a page does not have.
const NONE_FOUND: [&str; 3] = ["no title found", "no description found", "Just a moment..."];

/// See the module.
pub(crate) struct AinewsDigest;

/// A file of the folder of issues.
#[derive(Deserialize)]
struct Listed {
    name: String,
    download_url: Option<String>,
}

impl Source for AinewsDigest {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: FOLDER.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        if document.body.starts_with(b"[") {
            out.requests = self.newest(&document.body)?;
            return Ok(());
        }
        let odd = |found: &str| ShapeError::new("the issue", "front matter with a date", found);
        let text = str::from_utf8(&document.body).map_err(|error| odd(&error.to_string()))?;
        let (front, body) = markdown::front_matter(text).ok_or_else(|| odd("none"))?;
        let day = front.date.as_deref().and_then(time::day).ok_or_else(|| odd("no date"))?;
        let mut addresses = HashSet::new();
        for (line, bytes) in links(text, text.len() - body.len()) {
            for link in links_of(line) {
                let link = match link {
                    Ok(link) => link,
                    Err(cut) => {
                        out.issue(locator(&bytes), "not a link with its title", cut);
                        continue;
                    }
                };
                // Discussions link to the same pages.
                if !is_press(link.url) || !addresses.insert(canonical(link.url)) {
                    continue;
                }
                if let Some(text) = link.text() {
                    // The page was there on the day of the issue; when it was written is not said.
                    let text = NewsText { updated: Some(day), ..text };
                    push(&text, &locator(&bytes), document, out);
                }
            }
        }
        Ok(())
    }
}

impl AinewsDigest {
    fn newest(&self, body: &[u8]) -> Result<Vec<Request>, ShapeError> {
        let files: Vec<Listed> = serde_json::from_slice(body)
            .map_err(|error| ShapeError::new("the folder", "a list of files", error.to_string()))?;
        let issue = |file: Listed| {
            let name = file.name.strip_suffix(".md")?;
            // Older names have years of two digits.
            Some((name.strip_prefix("20").unwrap_or(name).to_owned(), file.download_url?))
        };
        let mut issues: Vec<_> = files.into_iter().filter_map(issue).collect();
        issues.sort();
        let newest = issues.into_iter().rev().take(NEWEST);
        let request = |(_, url)| Request { source_id: self.spec().id.clone(), url };
        Ok(newest.map(request).collect())
    }
}

/// The lines with links below the headings of lists of links, without the headings.
fn links(text: &str, start: usize) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut is_list = false;
    let mut offset = start;
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        let heading = HEADINGS.iter().find_map(|heading| line.trim().strip_prefix(heading));
        is_list |= heading.is_some();
        let words = heading.unwrap_or(line).trim();
        if is_list && is_link(words) {
            let begins = offset + line.find(words).unwrap_or_default();
            found.push((words, begins..begins + words.len()));
        } else if !words.is_empty() && !is_tag(words) {
            is_list = false;
        }
        offset += line.len();
    }
    found
}

fn is_link(words: &str) -> bool {
    words.strip_prefix("- ").unwrap_or(words).starts_with('[') || words.contains("<a href=")
}

/// A tag of a list, alone on its line.
fn is_tag(words: &str) -> bool {
    matches!(words, "<ul>" | "</ul>" | "<li>" | "</li>")
}

/// A link as it stands in the issue.
struct Link<'a> {
    url: &'a str,
    title: &'a str,
    description: &'a str,
}

/// The links of a line, one in Markdown or several in HTML; what is none stands in its place.
fn links_of(line: &str) -> Vec<Result<Link<'_>, &str>> {
    if line.contains("<a href=") {
        let items = line.split("<li>").map(str::trim).filter(|item| !item.is_empty());
        return items.map(|item| html_link(item).ok_or(item)).collect();
    }
    vec![markdown_link(line).ok_or(line)]
}

fn html_link(item: &str) -> Option<Link<'_>> {
    let (_, rest) = item.split_once("<a href=\"")?;
    let (url, rest) = rest.split_once("\">")?;
    let (title, rest) = rest.split_once("</a>")?;
    let rest = rest.trim_end_matches("</ul>").trim_end_matches("</li>");
    Some(Link { url, title, description: rest.trim_start_matches(':') })
}

fn markdown_link(line: &str) -> Option<Link<'_>> {
    let (_, rest) = line.split_once('[')?;
    let (title, rest) = rest.split_once("](")?;
    // Addresses have brackets, too: the last one stands before a colon, or at the end.
    let is_end = |behind: &str| behind.is_empty() || behind.trim_start().starts_with(':');
    let (end, _) = rest.match_indices(')').find(|(at, _)| is_end(&rest[at + 1..]))?;
    let description = rest[end + 1..].trim_start_matches([' ', ':', ')']);
    Some(Link { url: &rest[..end], title, description })
}

/// Whether an address is one where news may be.
fn is_press(address: &str) -> bool {
    let url = Url::parse(address).ok();
    let Some(host) = url.as_ref().and_then(Url::host_str) else { return false };
    !NO_PRESS.iter().any(|other| {
        host.strip_suffix(other).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

impl Link<'_> {
    /// Title and description; `None` where the page has neither.
    fn text(&self) -> Option<NewsText> {
        let [headline, text] = [self.title, self.description].map(|words| {
            Some(markup::plain(words).replace('\n', " "))
                .filter(|words| !words.is_empty() && !NONE_FOUND.contains(&words.as_str()))
        });
        if headline.is_none() && text.is_none() {
            return None;
        }
        Some(NewsText {
            url: self.url.to_owned(),
            headline,
            text: text.unwrap_or_default(),
            is_excerpt: true,
            ..NewsText::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUE: &str = include_str!(
        "fixtures/@2024-02-29/raw.githubusercontent.com/smol-ai/ainews-web-2025/main/src/content/issues/24-02-28-an-issue.md"
    );

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: "https://raw.githubusercontent.com/an-issue.md".to_owned(),
            fetched_at: "2024-03-02T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        AinewsDigest.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn the_pages_that_an_issue_links_to_are_texts() {
        let out = parse(ISSUE).unwrap();
        assert_eq!(out.issues, []);
        let articles = out.rows.article.iter().map(|sighted| &sighted.row);
        let articles: Vec<_> =
            articles.map(|row| (row.article_url.as_str(), row.headline.as_deref())).collect();
        let round = "https://techcrunch.com/2024/02/27/microsoft-made-a-16-million-investment-in-mistral-ai";
        assert_eq!(
            articles,
            [
                (round, Some("Microsoft puts €15 million into Mistral AI | TechCrunch")),
                ("https://acme.example/anvils_(heavy)", Some("Acme (the maker of anvils)")),
                ("https://bolt.example/news", Some("Bolt & Sons")),
                ("https://cog.example", None),
            ]
        );
    }

    #[test]
    fn a_page_was_there_on_the_day_of_the_issue() {
        let out = parse(ISSUE).unwrap();
        let first = &out.rows.article[0];
        assert_eq!(first.known_on.to_string(), "2024-02-29");
        assert_eq!((first.row.published_on, first.row.is_excerpt), (None, true));
        let start = ISSUE.find("- [Microsoft").unwrap();
        let end = ISSUE.find("\n- [The same").unwrap();
        assert_eq!(first.locator, format!("bytes={start}..{end}"));
    }

    #[test]
    fn a_link_that_is_cut_is_an_issue() {
        let cut = ISSUE.replacen("](https://techcrunch", "]\n(https://techcrunch", 1);
        let out = parse(&cut).unwrap();
        assert_eq!(out.issues.len(), 1);
        assert!(out.issues[0].record.starts_with("- [Microsoft"));
    }

    #[test]
    fn where_anybody_may_write_is_no_press() {
        for (address, expected) in [
            ("https://techcrunch.com/2024", true),
            ("https://x.com/bolt/status/1", false),
            ("https://old.reddit.com/r/bolt", false),
            ("https://www.youtube.com/watch?v=1", false),
            ("https://notx.com/news", true),
            ("no address", false),
        ] {
            assert_eq!(is_press(address), expected, "{address}");
        }
    }

    #[test]
    fn the_newest_issues_are_asked_for() {
        let file = |name: &str| {
            format!(r#"{{"name": "{name}", "download_url": "https://a.example/{name}"}}"#)
        };
        let mut names: Vec<_> = (10..20).map(|day| format!("24-12-{day}-a.md")).collect();
        names.extend(["2025-01-02-a.md".to_owned(), "README.txt".to_owned()]);
        let files: Vec<_> = names.iter().map(|name| file(name)).collect();
        let out = parse(&format!("[{}]", files.join(","))).unwrap();
        let asked: Vec<_> = out.requests.into_iter().map(|request| request.url).collect();
        assert_eq!(asked.len(), 10);
        assert_eq!(
            asked[..2],
            ["https://a.example/2025-01-02-a.md", "https://a.example/24-12-19-a.md"]
        );
        assert!(!asked.contains(&"https://a.example/24-12-10-a.md".to_owned()));
    }

    #[test]
    fn what_is_no_issue_is_refused() {
        for body in ["", "# Title\n", "---\ntitle: An issue\n---\n", "[1]", "<html></html>"] {
            assert!(parse(body).is_err(), "{body}");
        }
    }

    /// Lists of links that never end, and brackets that never close.
    #[test]
    fn long_lines_take_time_in_proportion() {
        let body = format!("{ISSUE}\n**Links mentioned**:\n- [{}", "](a) ".repeat(200_000));
        assert_eq!(parse(&body).unwrap().rows.article.len(), 4);
    }
}
