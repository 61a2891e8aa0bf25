//! The feed of Tweakers, in Dutch: news, reviews and downloads, each with its first sentences.

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::news::feed;
use crate::{StaticSpec, spec};

const URL: &str = "https://tweakers.net/feeds/mixed.xml/direct";

/// See the module.
pub(crate) struct TweakersFeed;

impl Source for TweakersFeed {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        feed::read(document, "Tweakers", out)
    }
}
