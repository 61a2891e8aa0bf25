//! Pydantic's file of prices, in USD per million tokens, kept by hand from providers' pages: prices may
//! depend on the length of the prompt, begin on a day, or hold at certain hours.

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    ContextTier, Meter, Modality, PriceKind, PriceUnit, Scale, ServiceTier, read_amount,
};
use chrono::NaiveDate;
use serde_json::value::RawValue;

use crate::price_map::{Members, PriceMap, Use, by_id, pointer, use_of_input};
use crate::seller::Seller;
use crate::{StaticSpec, spec};

/// See the module.
pub(crate) struct GenaiPrices;

impl Source for GenaiPrices {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let url = "https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/data.json";
        vec![Request { source_id: self.spec().id.clone(), url: url.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let providers: Vec<Members<'_>> =
            serde_json::from_slice(&document.body).map_err(|error| {
                ShapeError::new("the document", "an array of providers", error.to_string())
            })?;
        let listing = Listing::whole("prices", document);
        let today = listing.observed_on();
        out.listing = Some(listing);
        let mut reader = Reader { map: PriceMap::new(out, today), today };
        for (number, provider) in providers.iter().enumerate() {
            let place = pointer(&[&number.to_string()]);
            let (Some(id), Some(models)) = (provider.text("id"), provider.array("models")) else {
                return Err(ShapeError::new(place, "`id` and `models`", "another object"));
            };
            let Some(models) = by_id(&models) else {
                return Err(ShapeError::new(place, "models with `id`", "other objects"));
            };
            for (number, name, model) in models {
                let place = format!("{place}/models/{number}/prices");
                let Some(prices) = model.get("prices") else {
                    return Err(ShapeError::new(place, "prices", "none"));
                };
                reader.model(&place, (&id, &name), prices);
                reader.map.end_entry();
            }
        }
        reader.map.finish()
    }
}

const fn tokens(meter: Meter) -> Use {
    Use::tokens(meter, Scale::One)
}

const USES: [(&str, Use); 8] = [
    ("input_mtok", tokens(Meter::Input)),
    ("output_mtok", tokens(Meter::Output)),
    ("cache_read_mtok", tokens(Meter::CachedInput)),
    ("cache_write_mtok", tokens(Meter::CacheWrite)),
    ("input_audio_mtok", tokens(Meter::Input).of(Modality::Audio)),
    ("cache_audio_read_mtok", tokens(Meter::CachedInput).of(Modality::Audio)),
    ("output_audio_mtok", tokens(Meter::Output).of(Modality::Audio)),
    (
        "requests_kcount",
        Use {
            meter: Meter::Request,
            modality: Modality::Any,
            unit: PriceUnit::ThousandRequests,
            scale: Scale::One,
        },
    ),
];

/// Prices of a model under one condition.
struct Alternative<'a> {
    place: String,
    prices: Members<'a>,
    /// First day, where there is one.
    since: Option<NaiveDate>,
    /// Hours, as they are written, where there are any.
    hours: Option<String>,
}

/// What of a price is a context.
#[derive(Debug, Clone, Default)]
struct Context {
    tier: Option<ServiceTier>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    note: Option<String>,
}

struct Reader<'a> {
    map: PriceMap<'a>,
    today: NaiveDate,
}

impl Reader<'_> {
    fn model(&mut self, place: &str, of: (&str, &str), prices: &RawValue) {
        let (_, name) = of;
        let is_list = prices.get().starts_with('[');
        let Some(alternatives) = (if is_list {
            alternatives(place, prices)
        } else {
            Members::of(prices).map(|prices| {
                vec![Alternative { place: place.to_owned(), prices, since: None, hours: None }]
            })
        }) else {
            self.map.issue(place, "prices under an unknown condition", prices.get());
            return;
        };
        match contexts(&alternatives) {
            Some(contexts) => {
                for (alternative, context) in alternatives.iter().zip(contexts) {
                    self.alternative(of, alternative, &context);
                }
            }
            None => self.map.issue(place, "conditions that do not part the prices", name),
        }
    }

    fn alternative(&mut self, of: (&str, &str), alternative: &Alternative<'_>, context: &Context) {
        for (member, value) in alternative.prices.iter() {
            let place = format!("{}/{member}", alternative.place);
            let Some((_, meter)) = USES.iter().find(|(name, _)| *name == member) else {
                self.map.unknown(&place, member);
                continue;
            };
            let Some(tiers) = Members::of(value) else {
                self.price(of, *meter, (value, member), (place, ContextTier::ANY), context);
                continue;
            };
            let Some(lengths) = lengths(&tiers) else {
                self.map.issue(&place, "unknown tiers", value.get());
                continue;
            };
            for (pointer, length, amount) in lengths {
                let place = format!("{place}{pointer}");
                self.price(of, *meter, (amount, member), (place, length), context);
            }
        }
    }

    fn price(
        &mut self,
        (provider, name): (&str, &str),
        of: Use,
        amount: (&RawValue, &str),
        (place, length): (String, ContextTier),
        context: &Context,
    ) {
        let Some(seller) = Seller::of(name, Some(provider)) else { return };
        let is_free = name.ends_with(":free");
        let of = use_of_input(of, name);
        let row = if is_free && amount.0.get() == "0" {
            self.map.price_or_zero(&seller.model(name), of, amount, &place)
        } else {
            self.map.price(&seller.model(name), of, amount, &place)
        };
        if let Some(row) = row {
            let tier = if is_free { Some(ServiceTier::Free) } else { context.tier };
            let is_to_come = context.from > Some(self.today);
            let kind = if is_to_come { PriceKind::Announced } else { PriceKind::List };
            let row = ModelPrice {
                context_tier: length.into(),
                service_tier: tier.unwrap_or(ServiceTier::Standard).into(),
                effective_from: context.from,
                effective_to: context.to,
                price_kind: kind.into(),
                price_note: context.note.clone(),
                ..row
            };
            self.map.add(row, place);
        }
    }
}

/// Prices under conditions; `None` where a condition is not known.
fn alternatives<'a>(place: &str, list: &'a RawValue) -> Option<Vec<Alternative<'a>>> {
    let list: Vec<Members<'a>> = serde_json::from_str(list.get()).ok()?;
    let read = |(number, members): (usize, &Members<'a>)| {
        let place = format!("{place}/{number}/prices");
        let prices = members.object("prices")?;
        let (mut since, mut hours) = (None, None);
        if let Some(constraint) = members.object("constraint") {
            let text = |name| constraint.text(name);
            match (text("start_date"), text("start_time"), text("end_time")) {
                (Some(day), None, None) => since = Some(day.parse().ok()?),
                (None, Some(start), Some(end)) => hours = Some(format!("{start} to {end}")),
                _ => return None,
            }
        }
        Some(Alternative { place, prices, since, hours })
    };
    list.iter().enumerate().map(read).collect()
}

/// The context of each alternative: the one without a condition holds until the first day of another, or at
/// the hours that another does not name. Of those two, the hours that cost less are those of low demand.
fn contexts(alternatives: &[Alternative<'_>]) -> Option<Vec<Context>> {
    if let [usual, at_hours] = alternatives
        && usual.since.is_none()
        && usual.hours.is_none()
        && let Some(hours) = &at_hours.hours
    {
        let input = |alternative: &Alternative<'_>| {
            Some(read_amount(alternative.prices.get("input_mtok")?.get())?.value)
        };
        let (usual, at_hours) = (input(usual)?, input(at_hours)?);
        if usual == at_hours {
            return None;
        }
        let tier = |is_lower| if is_lower { ServiceTier::OffPeak } else { ServiceTier::Standard };
        let context = |is_lower, note| Context {
            tier: Some(tier(is_lower)),
            note: Some(note),
            ..Context::default()
        };
        return Some(vec![
            context(usual < at_hours, format!("but from {hours}")),
            context(at_hours < usual, format!("from {hours}")),
        ]);
    }
    let is_dated = |(number, alternative): (usize, &Alternative<'_>)| {
        alternative.hours.is_none() && alternative.since.is_none() == (number == 0)
    };
    let is_ordered =
        alternatives.windows(2).all(|pair| matches!(pair, [a, b] if a.since < b.since));
    let are_dated = alternatives.iter().enumerate().all(is_dated);
    (are_dated && is_ordered).then(|| {
        let ends = alternatives.iter().skip(1).map(|next| next.since).chain([None]);
        let context = |(alternative, end): (&Alternative<'_>, Option<NaiveDate>)| Context {
            from: alternative.since,
            to: end.and_then(|day| day.pred_opt()),
            ..Context::default()
        };
        alternatives.iter().zip(ends).map(context).collect()
    })
}

/// `{"base": 3, "tiers": [{"start": 200000, "price": 6}]}`, each with where it stands.
fn lengths<'a>(tiers: &Members<'a>) -> Option<Vec<(String, ContextTier, &'a RawValue)>> {
    let base = tiers.get("base")?;
    let higher: Vec<(u64, &RawValue)> = tiers
        .array("tiers")?
        .into_iter()
        .map(|tier| {
            let tier = Members::of(tier)?;
            Some((tier.get("start")?.get().parse().ok()?, tier.get("price")?))
        })
        .collect::<Option<_>>()?;
    let bound = |number: usize| higher.get(number).map(|(start, _)| *start);
    let mut found =
        vec![("/base".to_owned(), ContextTier { input_up_to: bound(0), ..ContextTier::ANY }, base)];
    for (number, (start, price)) in higher.iter().enumerate() {
        let length = ContextTier { input_up_to: bound(number + 1), ..ContextTier::over(*start) };
        found.push((format!("/tiers/{number}/price"), length, *price));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price_map::{prices_of, read_text};

    fn fixture() -> Extract {
        read_text(&GenaiPrices, include_str!("fixtures/@2026-08-21/data.json")).unwrap()
    }

    #[test]
    fn quirk_10_the_hours_that_cost_less_are_those_of_low_demand() {
        let extract = fixture();
        assert_eq!(
            prices_of(&extract, "deepseek", "deepseek-reasoner"),
            [
                "cached_input any off_peak any any 0.035",
                "cached_input any standard any any 0.14",
                "input any off_peak any any 0.135",
                "input any standard any any 0.55",
                "output any off_peak any any 0.55",
                "output any standard any any 2.19",
            ]
        );
        // The window that is written is that of high demand: low demand runs over midnight.
        let note = |tier: &str| {
            let row =
                extract.rows.model_price.iter().find(|sighted| sighted.row.service_tier == tier);
            row.unwrap().row.price_note.clone()
        };
        assert_eq!(note("off_peak").as_deref(), Some("but from 00:30:00Z to 16:30:00Z"));
    }

    #[test]
    fn quirk_6_prices_by_length_are_bands() {
        let found = prices_of(&fixture(), "openrouter", "claude-sonnet-4-5");
        assert!(found.contains(&"input any standard input<=200000 any 3".to_owned()), "{found:?}");
        assert!(found.contains(&"input any standard input>200000 any 6".to_owned()), "{found:?}");
    }

    #[test]
    fn trap_17_a_price_that_begins_on_a_day_ends_the_one_before() {
        let extract = fixture();
        let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
        let o3: Vec<String> = rows
            .filter(|row| row.model_id == "o3" && row.meter == "input")
            .map(|row| format!("{} {:?} {:?}", row.price, row.effective_from, row.effective_to))
            .collect();
        assert_eq!(o3, ["10 None Some(2025-06-09)", "2 Some(2025-06-10) None"]);
    }

    #[test]
    fn a_condition_that_is_not_known_is_reported() {
        let read = |constraint: &str| {
            let body = format!(
                r#"[{{"id":"a","models":[{{"id":"gpt-4","prices":{{"input_mtok":30}}}},{{"id":"b","prices":[
                    {{"prices":{{"input_mtok":2}}}},{{"constraint":{constraint},"prices":{{"input_mtok":1}}}}]}}]}}]"#
            );
            read_text(&GenaiPrices, &body).unwrap()
        };
        let extract = read(r#"{"moon": "full"}"#);
        assert_eq!(extract.rows.model_price.len(), 1);
        assert_eq!(extract.issues[0].reason, "prices under an unknown condition");
        assert_eq!(read(r#"{"start_date": "2027-01-01"}"#).issues, []);
    }

    #[test]
    fn a_file_without_prices_is_refused() {
        for body in ["{}", "[]", r#"[{"id":"a","models":[]}]"#, r#"[{"id":"a"}]"#] {
            assert!(read_text(&GenaiPrices, body).is_err(), "{body}");
        }
    }
}
