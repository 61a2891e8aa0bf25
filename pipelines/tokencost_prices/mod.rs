//! tokencost's map of prices, newest version: a copy of `LiteLLM`'s, in its format, that lags behind it.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::{StaticSpec, litellm_map, spec};

/// See the module.
pub(crate) struct TokencostPrices;

impl Source for TokencostPrices {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let url = "https://raw.githubusercontent.com/AgentOps-AI/tokencost/main/tokencost/model_prices.json";
        vec![Request { source_id: self.spec().id.clone(), url: url.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        litellm_map::read(document, Listing::whole("map", document), out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;
    use crate::price_map::prices_of;

    fn standard(extract: &Extract, model_id: &str) -> Vec<String> {
        let mut found = prices_of(extract, "openai", model_id);
        found.retain(|line| line.contains(" standard "));
        found
    }

    fn input_and_output(input: &str, output: &str) -> [String; 2] {
        [
            format!("input any standard any any {input}"),
            format!("output any standard any any {output}"),
        ]
    }

    #[test]
    fn quirk_14_the_alias_gpt_4o_and_its_dated_snapshots_have_prices_of_their_own() {
        for day in ["2024-09-06", "2024-10-13"] {
            let file = format!("pricing/price-map/tokencost-{day}.json");
            let Some(read) = of_capture("tokencost_prices", &file) else { return };
            let extract = read.unwrap();
            assert!(
                extract.rows.model_price.iter().all(|sighted| sighted.known_on.to_string() == day)
            );
            assert_eq!(standard(&extract, "gpt-4o"), input_and_output("5", "15"));
            assert_eq!(standard(&extract, "gpt-4o-2024-05-13"), input_and_output("5", "15"));
            assert_eq!(standard(&extract, "gpt-4o-2024-08-06"), input_and_output("2.5", "10"));
            assert_eq!(standard(&extract, "gpt-4o-mini"), input_and_output("0.15", "0.6"));
            assert_eq!(standard(&extract, "gpt-4"), input_and_output("30", "60"));
            assert_eq!(standard(&extract, "gpt-4-turbo"), input_and_output("10", "30"));
        }
    }

    #[test]
    fn o1_preview_is_listed_at_15_and_60_a_month_after_its_launch() {
        let read = |day| {
            of_capture("tokencost_prices", &format!("pricing/price-map/tokencost-{day}.json"))
        };
        let (Some(before), Some(after)) = (read("2024-09-06"), read("2024-10-13")) else { return };
        assert_eq!(standard(&before.unwrap(), "o1-preview"), Vec::<String>::new());
        let after = after.unwrap();
        assert_eq!(standard(&after, "o1-preview"), input_and_output("15", "60"));
        assert_eq!(standard(&after, "o1-mini"), input_and_output("3", "12"));
    }

    #[test]
    fn entries_of_january_2024_name_no_provider() {
        let file = "pricing/price-map/tokencost-2024-01-30.json";
        let Some(read) = of_capture("tokencost_prices", file) else { return };
        let extract = read.unwrap();
        assert_eq!(extract.issues, []);
        assert_eq!(standard(&extract, "gpt-4"), input_and_output("30", "60"));
        let palm = prices_of(&extract, "vertex_ai", "chat-bison");
        assert_eq!(palm.len(), 2, "{palm:?}");
    }
}
