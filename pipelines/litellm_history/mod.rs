//! `LiteLLM`'s map of prices as it was at the end of each month: a version is a list that was observed
//! when it was committed. `litellm_versions` says which there are.

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::dated_versions::dated_listing;
use crate::{StaticSpec, litellm_map, spec};

/// See the module.
pub(crate) struct LitellmHistory;

impl Source for LitellmHistory {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        Vec::new()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        litellm_map::read(document, dated_listing("map", document)?, out)
    }
}
