//! Items of Chinese and English feeds as an aggregator keeps them: titles and summaries as they were
//! published. Its translations, made by a machine, are not read.

use std::collections::HashSet;

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use serde::Deserialize;

use crate::news::{NewsText, canonical, markup, push, time};
use crate::{StaticSpec, spec};

const URL: &str = "https://raw.githubusercontent.com/irisfeng/ai36kr/main/data/snapshot.json";

/// The form of the file that is read here.
const VERSION: u32 = 1;

/// Summaries are cut after so many characters, wherever that is: in the middle of a number, too.
const LONGEST_SUMMARY: usize = 300;

/// So are short news.
const LONGEST_FLASH: usize = 160;

/// What stands for a summary where a feed has none.
const NO_SUMMARY: &str = "点击查看原文>";

/// A list of what readers point to, with counts of their votes for a summary.
const VOTES: &str = "Hacker News";

/// See the module.
pub(crate) struct Ai36krItems;

#[derive(Deserialize)]
struct Snapshot {
    version: u32,
    posts: Vec<Post>,
    flashes: Vec<Flash>,
}

/// An item of a feed.
#[derive(Deserialize)]
struct Post {
    title: String,
    summary: String,
    source: String,
    url: String,
    created_at: String,
}

/// An item of a feed of short news: a title, a dash and the text.
#[derive(Deserialize)]
struct Flash {
    content: String,
    source: String,
    url: String,
    created_at: String,
}

impl Source for Ai36krItems {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let snapshot: Snapshot = serde_json::from_slice(&document.body).map_err(|error| {
            ShapeError::new("the snapshot", "posts and flashes", error.to_string())
        })?;
        if snapshot.version != VERSION {
            let found = snapshot.version.to_string();
            return Err(ShapeError::new("/version", VERSION.to_string(), found));
        }
        if snapshot.posts.is_empty() {
            return Err(ShapeError::new("/posts", "items", "none"));
        }
        let posts = snapshot.posts.into_iter().enumerate();
        let posts = posts.filter(|(_, post)| post.source != VOTES);
        let posts = posts.map(|(number, post)| {
            (format!("/posts/{number}"), post.created_at.clone(), post.text())
        });
        let flashes = snapshot.flashes.into_iter().enumerate();
        let flashes = flashes.map(|(number, flash)| {
            (format!("/flashes/{number}"), flash.created_at.clone(), flash.text())
        });
        let mut addresses = HashSet::new();
        for (place, created_at, text) in posts.chain(flashes) {
            let is_cut_at_once = text.headline.is_none() && text.text.is_empty();
            // Much is both a post and a flash.
            if is_cut_at_once || !addresses.insert(canonical(&text.url)) {
                continue;
            }
            match time::day(&created_at) {
                Some(day) => {
                    push(&NewsText { published: Some(day), ..text }, &place, document, out);
                }
                None => out.issue(place, "not a time", created_at),
            }
        }
        Ok(())
    }
}

impl Post {
    fn text(self) -> NewsText {
        let summary = markup::plain(whole_sentences(&self.summary, LONGEST_SUMMARY));
        NewsText {
            url: self.url,
            headline: Some(markup::plain(&self.title).replace('\n', " ")),
            text: Some(summary).filter(|text| text != NO_SUMMARY).unwrap_or_default(),
            publisher: Some(self.source),
            is_excerpt: true,
            ..NewsText::default()
        }
    }
}

impl Flash {
    fn text(self) -> NewsText {
        let content = whole_sentences(&self.content, LONGEST_FLASH);
        let (title, text) = match content.split_once(" — ") {
            Some((title, text)) => (Some(title.trim().to_owned()), text),
            None => (None, content),
        };
        NewsText {
            url: self.url,
            headline: title,
            text: text.trim().to_owned(),
            publisher: Some(self.source),
            is_excerpt: true,
            ..NewsText::default()
        }
    }
}

/// The sentences that are not cut in a text that is cut after so many characters.
fn whole_sentences(text: &str, longest: usize) -> &str {
    if text.chars().count() < longest {
        return text;
    }
    let is_end = |(at, mark): &(usize, char)| match mark {
        '。' | '！' | '？' | '\n' => true,
        // Not the point of a number.
        '.' | '!' | '?' => text[at + 1..].starts_with(char::is_whitespace),
        _ => false,
    };
    let end = text.char_indices().rfind(is_end);
    end.map_or("", |(at, mark)| &text[..at + mark.len_utf8()])
}

#[cfg(test)]
mod tests {
    use super::*;

    const SNAPSHOT: &str = include_str!("fixtures/@2026-07-30/data/snapshot.json");

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-07-30T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        Ai36krItems.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn items_are_texts_in_the_language_they_were_published_in() {
        let out = parse(SNAPSHOT).unwrap();
        assert_eq!(out.issues, []);
        let articles = out.rows.article.iter().map(|sighted| {
            let row = &sighted.row;
            (sighted.locator.as_str(), row.headline.as_deref(), row.publisher.as_deref())
        });
        assert_eq!(
            articles.collect::<Vec<_>>(),
            [
                ("/posts/0", Some("月之暗面完成F轮融资"), Some("36氪")),
                ("/posts/1", Some("Acme makes anvils"), Some("TechCrunch")),
                ("/posts/3", Some("螺栓与齿轮"), Some("InfoQ")),
                ("/flashes/1", Some("德塔智能完成天使++轮融资"), Some("36氪快讯")),
            ]
        );
        let first = &out.rows.article[0];
        assert_eq!(first.known_on.to_string(), "2026-07-29");
        assert_eq!(first.row.article_url, "https://36kr.com/newsflashes/3916524344045192?f=rss");
        // The headline alone: 5 characters of 3 bytes each.
        assert_eq!(out.rows.article[2].row.text_bytes, 15);
    }

    #[test]
    fn a_sentence_that_is_cut_is_not_read() {
        assert_eq!(whole_sentences("Acme raised $1", 100), "Acme raised $1");
        let cut = "Acme makes anvils. It raised $1.5";
        assert_eq!(whole_sentences(cut, cut.len()), "Acme makes anvils.");
        assert_eq!(whole_sentences("甲公司成立。完成5", 9), "甲公司成立。");
        assert_eq!(whole_sentences("完成5000", 6), "");
        // Only what is as long as the longest is cut.
        assert_eq!(whole_sentences(cut, cut.len() + 1), cut);
    }

    #[test]
    fn a_flash_that_is_cut_within_its_first_sentence_is_left_out() {
        let long = format!("甲公司完成{}", "一".repeat(LONGEST_FLASH - 5));
        let flash = |content: &str| {
            let content = format!("\"content\": \"{content}\"");
            let (before, rest) = SNAPSHOT.rsplit_once("\"content\": \"").unwrap();
            let (_, behind) = rest.split_once('"').unwrap();
            parse(&format!("{before}{content}{behind}")).unwrap().rows.article.len()
        };
        assert_eq!((flash("甲公司完成融资"), flash(&long)), (4, 3));
    }

    #[test]
    fn an_item_without_a_time_is_an_issue() {
        let odd = SNAPSHOT.replacen("2026-07-29T02:00:00.000Z", "yesterday", 1);
        let out = parse(&odd).unwrap();
        assert_eq!((out.issues[0].locator.as_str(), out.rows.article.len()), ("/posts/0", 3));
    }

    #[test]
    fn another_form_of_the_file_is_refused() {
        let place =
            |from: &str, to: &str| parse(&SNAPSHOT.replacen(from, to, 1)).unwrap_err().place;
        assert_eq!(place("\"version\": 1", "\"version\": 2"), "/version");
        assert_eq!(place("\"summary\"", "\"abstract\""), "the snapshot");
        assert_eq!(place("\"flashes\"", "\"short\""), "the snapshot");
        assert_eq!(
            parse(r#"{"version": 1, "posts": [], "flashes": []}"#).unwrap_err().place,
            "/posts"
        );
    }
}
