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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_known_on_the_day_it_was_committed() {
        let name = "39a89dd158c8e9747943b00f84be79fc33fbd405/model_prices_and_context_window.json";
        let fixture = include_str!(
            "fixtures/39a89dd158c8e9747943b00f84be79fc33fbd405/model_prices_and_context_window.json#committed=2026-08-02T00:00:00Z"
        );
        let read = |fragment: &str| {
            let document = RawDocument {
                url: format!("{}{name}{fragment}", LitellmHistory.spec().fixtures_url),
                fetched_at: "2026-11-24T00:00:00Z".parse().unwrap(),
                body: fixture.as_bytes().to_vec(),
            };
            let mut out = Extract::default();
            LitellmHistory.parse(&document, &mut out).map(|()| out)
        };
        let extract = read("#committed=2026-08-02T00:00:00Z").unwrap();
        let observed_at = extract.listing.unwrap().observed_at;
        assert_eq!(observed_at.to_string(), "2026-08-02 00:00:00 UTC");
        let days = extract.rows.model_price.iter().map(|sighted| sighted.known_on.to_string());
        assert!(days.into_iter().all(|day| day == "2026-08-02"));
        assert!(read("#committed=long-ago").is_err());
    }
}
