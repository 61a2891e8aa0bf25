//! Press releases on venture capital, from the feed of PR Newswire.

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::news::feed;
use crate::{StaticSpec, spec};

const URL: &str =
    "https://www.prnewswire.com/rss/financial-services-latest-news/venture-capital-list.rss";

/// See the module.
pub(crate) struct PrnewswireFeed;

impl Source for PrnewswireFeed {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        feed::read(document, "PR Newswire", out)
    }
}
