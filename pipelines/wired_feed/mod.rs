//! The feed of WIRED: its newest fifty stories, each with a sentence.

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::news::feed;
use crate::{StaticSpec, spec};

const URL: &str = "https://www.wired.com/feed/rss";

/// See the module.
pub(crate) struct WiredFeed;

impl Source for WiredFeed {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        feed::read(document, "WIRED", out)
    }
}
