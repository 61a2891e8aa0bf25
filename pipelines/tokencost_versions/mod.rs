//! Commits that changed tokencost's map of prices: they say which versions to read.

use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::dated_versions::VersionedFile;
use crate::{StaticSpec, spec};

/// See the module.
pub(crate) struct TokencostVersions;

const MAP: VersionedFile = VersionedFile {
    repository: "AgentOps-AI/tokencost",
    path: "tokencost/model_prices.json",
    versions: "tokencost_versions",
    history: "tokencost_history",
};

impl Source for TokencostVersions {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![MAP.first_page()]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        MAP.read_commits(document, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_feeds_the_history() {
        let fed_by = crate::source(MAP.history).unwrap().spec().fed_by.clone();
        assert_eq!(fed_by, [MAP.versions]);
        assert_eq!(TokencostVersions.spec().id, MAP.versions);
    }
}
