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
