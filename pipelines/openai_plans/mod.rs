//! What the plans of `ChatGPT` cost, as looked up: the pages are not recorded.

use burnrate_model::{
    Authored, Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList,
};

use crate::{StaticSpec, authored_seats, spec};

/// See the module.
pub(crate) struct OpenaiPlans;

impl Source for OpenaiPlans {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn authored(&self) -> &'static [Authored] {
        &[Authored { name: "2026-02-28.toml", text: include_str!("authored/2026-02-28.toml") }]
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        Vec::new()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        authored_seats::read(document, out)
    }
}
