//! Newsrooms of AI companies, most of which publish no feed: those that others make of their pages.

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::news::feed;
use crate::{StaticSpec, spec};

/// The feeds, and whose newsroom each repeats.
const FEEDS: &[(&str, &str)] = &[
    ("Olshansk/rss-feeds/main/feeds/feed_anthropic_news.xml", "Anthropic"),
    ("Olshansk/rss-feeds/main/feeds/feed_cohere.xml", "Cohere"),
    ("Olshansk/rss-feeds/main/feeds/feed_google_ai.xml", "Google"),
    ("Olshansk/rss-feeds/main/feeds/feed_groq.xml", "Groq"),
    ("Olshansk/rss-feeds/main/feeds/feed_meta_ai.xml", "Meta"),
    ("Olshansk/rss-feeds/main/feeds/feed_mistral.xml", "Mistral AI"),
    ("Olshansk/rss-feeds/main/feeds/feed_openai_research.xml", "OpenAI"),
    ("Olshansk/rss-feeds/main/feeds/feed_perplexity_hub.xml", "Perplexity"),
    ("Olshansk/rss-feeds/main/feeds/feed_the_batch.xml", "DeepLearning.AI"),
    ("Olshansk/rss-feeds/main/feeds/feed_xainews.xml", "xAI"),
    ("taobojlen/anthropic-rss-feed/main/anthropic_news_rss.xml", "Anthropic"),
];

const HOST: &str = "https://raw.githubusercontent.com/";

/// See the module.
pub(crate) struct NewsroomFeeds;

impl Source for NewsroomFeeds {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let request = |(path, _): &(&str, &str)| Request {
            source_id: self.spec().id.clone(),
            url: format!("{HOST}{path}"),
        };
        FEEDS.iter().map(request).collect()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let path = document.url.strip_prefix(HOST).unwrap_or_default();
        let (_, company) = FEEDS.iter().find(|(feed, _)| *feed == path).ok_or_else(|| {
            ShapeError::new("the URL", "the feed of a known newsroom", &document.url)
        })?;
        feed::read(document, company, out)
    }
}
