//! Articles as pages: their main text, and what they say of themselves to programs.
//!
//! Feeds ask for those of which they have only a beginning that tells of money.

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList, locator};
use dom_smoothie::{Config, Readability};

use crate::news::encoding::decoded;
use crate::news::{NewsText, markdown, markup, push, time};
use crate::{StaticSpec, spec};

mod metadata;

/// A page that shows less text than this, in bytes, is a wall or a list; a Chinese sentence has some 60.
const LEAST_TEXT: usize = 300;

/// See the module.
pub(crate) struct NewsArticles;

impl Source for NewsArticles {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        Vec::new()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let page = decoded(&document.body);
        let (text, locator) = match markdown::front_matter(&page) {
            Some((front, body)) => {
                let start = page.len() - body.len();
                (of_markdown(front, body, document), locator(&(start..page.len())))
            }
            None => (of_html(&page, document)?, "body".to_owned()),
        };
        if text.text.len() < LEAST_TEXT {
            let found = format!("{} bytes", text.text.len());
            return Err(ShapeError::new("the main text", "an article", found));
        }
        push(&text, &locator, document, out);
        Ok(())
    }
}

/// The request for an article.
pub(crate) fn request(url: &str) -> Request {
    Request { source_id: NewsArticles.spec().id.clone(), url: url.to_owned() }
}

fn of_markdown(front: markdown::FrontMatter, body: &str, document: &RawDocument) -> NewsText {
    let day = |text: Option<String>| text.and_then(|text| time::day(&text));
    NewsText {
        url: document.url.clone(),
        headline: front.title,
        text: markdown::plain(body),
        published: day(front.date),
        updated: day(front.last_modified_at),
        publisher: None,
        is_excerpt: false,
    }
}

fn of_html(page: &str, document: &RawDocument) -> Result<NewsText, ShapeError> {
    if markup::is_too_deep(page) {
        return Err(ShapeError::new(
            "the page",
            "elements of an article",
            "too many in each other",
        ));
    }
    let said = metadata::read(page, &document.url)?;
    // The metadata are read above, from all that the page has.
    let config = Config { disable_json_ld: true, ..Config::default() };
    let odd = |error: &dyn std::fmt::Display| {
        ShapeError::new("the main text", "an article", error.to_string())
    };
    let reader = Readability::new(page, None, Some(config));
    let main = reader.and_then(|mut reader| reader.parse()).map_err(|error| odd(&error))?;
    Ok(NewsText {
        url: said.url,
        headline: said.headline,
        text: markup::plain(&main.content),
        published: said.published,
        updated: said.updated,
        publisher: said.publisher,
        // Some serve it whole all the same, but which do cannot be told.
        is_excerpt: !said.is_free,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::{counted, recorded};

    const PAGE: &str =
        include_str!("fixtures/@2024-10-03/2024/10/02/openai-raises-6-6b-at-a-157b-valuation");

    fn document(body: &str) -> RawDocument {
        RawDocument {
            url: "https://techcrunch.com/2024/10/02/openai-raises/?utm_source=rss".to_owned(),
            fetched_at: "2024-10-03T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        }
    }

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let mut out = Extract::default();
        NewsArticles.parse(&document(body), &mut out).map(|()| out)
    }

    #[test]
    fn the_main_text_is_read_and_nothing_around_it() {
        let text = of_html(PAGE, &document(PAGE)).unwrap();
        let lines: Vec<_> = text.text.lines().collect();
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert!(lines[0].starts_with("OpenAI has raised $6.6 billion"));
        assert!(lines[3].ends_with("250 million users a week."));
    }

    #[test]
    fn a_page_behind_a_wall_is_refused() {
        let start = PAGE.find("<p>Thrive").unwrap();
        let end = PAGE.find("</article>").unwrap();
        let wall = "</div><p>Subscribe to continue reading.</p>";
        let walled = format!("{}{wall}{}", &PAGE[..start], &PAGE[end..]);
        assert_eq!(parse(&walled).unwrap_err().place, "the main text");
    }

    #[test]
    fn a_page_of_elements_without_end_is_refused() {
        let deep = PAGE.replace("<main>", &"<div>".repeat(100_000));
        assert_eq!(parse(&deep).unwrap_err().place, "the page");
    }

    #[test]
    fn what_is_not_for_all_may_be_a_beginning() {
        let for_all = "\"inLanguage\":\"en-US\"}";
        for (said, is_excerpt) in [("false", true), ("\"False\"", true), ("true", false)] {
            let paid = format!("\"isAccessibleForFree\":{said}}}");
            let extract = parse(&PAGE.replacen(for_all, &paid, 1)).unwrap();
            assert_eq!(extract.rows.article[0].row.is_excerpt, is_excerpt, "{said}");
        }
    }

    #[test]
    fn markdown_is_read_with_what_stands_in_front_of_it() {
        let text = "Acme hat fünf Millionen Dollar bekommen. ".repeat(8);
        let page = format!(
            "---\ntitle: Acme\ndate: 2024-10-01 14:00:10 +0200\n---\n\n## Geld\n\n{text}\n"
        );
        let extract = parse(&page).unwrap();
        let article = &extract.rows.article[0];
        assert_eq!(article.row.headline.as_deref(), Some("Acme"));
        assert_eq!(article.row.published_on, "2024-10-01".parse().ok());
        // Lines of 4, 12, 32 and 4 bytes stand in front.
        assert_eq!(article.locator, format!("bytes=52..{}", page.len()));
    }

    #[test]
    fn pages_of_failure_are_refused() {
        let Some(recorded) = recorded() else { return };
        for entry in recorded.join("pricing/failure").read_dir().unwrap() {
            let file = entry.unwrap().path();
            let page = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
            assert!(parse(&page).is_err(), "{}", file.display());
        }
    }

    /// Words near the beginning and the end of recorded articles, as their pages show them.
    #[test]
    fn recorded_articles_are_read_from_beginning_to_end() {
        let Some(recorded) = recorded() else { return };
        let all = counted().remove("news_articles").unwrap();
        let documents = all.iter().flat_map(|given| given.documents(&recorded));
        let documents: Vec<_> = documents.collect();
        for (file, first, last, day) in [
            ("Heise_2024", "Aktuell sehen es", "wieder etwas seltener werden.", "2024-04-19"),
            ("LesEchos", "Suite des législatives", "mer de Chine méridionale", "2024-07-18"),
            ("Nikkei", "イオン銀行は14日、同日付で", "各金融機関に", "2025-01-14"),
            ("Reuters", "An Israeli tank crew", "Editing by Daniel Flynn", "2024-03-07"),
            ("TechCrunch_2024_04", "What’s the next big thing", "customers", "2024-04-28"),
            ("TechCrunch_2024_05", "annual Camp Strava event", "Gen Z women", "2024-05-16"),
            ("gobee", "Bike-sharing startup", "hard to compete with free.", "2018-02-25"),
        ] {
            let (_, document) = documents.iter().find(|(name, _)| name.contains(file)).unwrap();
            let text = of_html(&decoded(&document.body), document).unwrap();
            let head = &text.text[..text.text.floor_char_boundary(400)];
            let tail = &text.text[text.text.ceil_char_boundary(text.text.len() * 3 / 4)..];
            assert!(head.contains(first), "{file}: {head}");
            assert!(tail.contains(last), "{file}: {tail}");
            assert_eq!(text.published, day.parse().ok(), "{file}");
        }
    }
}
