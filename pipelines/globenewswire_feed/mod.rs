//! Press releases on financing agreements, from the feed of `GlobeNewswire`.

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::news::feed;
use crate::{StaticSpec, spec};

const URL: &str = "https://www.globenewswire.com/RssFeed/subjectcode/17-Financing%20Agreements/feedTitle/GlobeNewswire%20-%20Financing%20Agreements";

/// See the module.
pub(crate) struct GlobenewswireFeed;

impl Source for GlobenewswireFeed {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        feed::read(document, "GlobeNewswire", out)
    }
}
