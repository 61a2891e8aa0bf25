-- Grain: one price that two sources list differently for the same use of the same model, while both list it.
-- Formula: prices of two sources are compared where vendor, model, meter, unit, tier, length, region and currency
--   are the same, text stands for any modality, and the days on which they may be used overlap. A price may be used from
--   the reading that first shows it to the one that no longer does, but never longer than the source's
--   `max_age_days` after the last reading. The sources are named in this order: who sells the model, who resells
--   it, who repeats what others list; among equals in order of name.
--   `scale`: the ratio is a power of ten from a hundred on. `rounding`: less than two percent apart. `stale`: the
--   other source lists what the first one had listed before. `value`: none of these.
-- Units: currency per unit; `ratio` is the other price over the first.
-- Inputs: known_model_price, known_reading (through model_listed and price_reading), core_source.
-- Caveats: models are matched by their names in normal form; an alias and the dated snapshot that it points to are
--   two models. A resale is another offer than the maker's own: its price may differ for good reason.

-- step: disagreement_usable
-- Listed prices with the first day on which they may no longer be used.
SELECT listed.row_id, listed.source_id, listed.provider, listed.vendor, listed.model_id, listed.meter,
  CASE WHEN listed.modality = 'text' THEN 'any' ELSE listed.modality END AS modality, listed.price_unit,
  listed.service_tier, listed.context_tier, listed.region, listed.currency, listed.amount, listed.offer,
  listed.known_on AS usable_from,
  LEAST(COALESCE(listed.next_known_on, aged.last_usable_day), aged.last_usable_day) AS usable_until,
  CASE WHEN terms.is_second_hand THEN 3 WHEN listed.provider <> listed.vendor THEN 2 ELSE 1 END AS hand
FROM model_listed AS listed
JOIN (
  SELECT source_id AS listing_source, is_second_hand, COALESCE(max_age_days, 0) AS max_age_days FROM core_source
) AS terms
  ON listed.source_id = terms.listing_source
JOIN (SELECT date AS seen_day, day_number AS seen_number FROM core_calendar) AS seen ON listed.last_seen_on = seen.seen_day
JOIN (SELECT day_number AS aged_number, next_date AS last_usable_day FROM core_calendar) AS aged
  ON seen.seen_number + terms.max_age_days = aged.aged_number
WHERE listed.price_kind = 'list' AND (listed.provider = listed.vendor OR listed.provider = 'openrouter');

-- step: disagreement_of_prices
SELECT one.row_id, one.source_id, one.provider, one.vendor, one.model_id, one.meter, one.modality, one.price_unit,
  one.service_tier, one.context_tier, one.region, one.currency, one.amount, one.offer, other.other_row_id,
  other.other_source_id, other.other_provider, other.other_amount,
  GREATEST(one.usable_from, other.other_usable_from) AS seen_from,
  LEAST(one.usable_until, other.other_usable_until) AS seen_until
FROM disagreement_usable AS one
JOIN (
  SELECT row_id AS other_row_id, source_id AS other_source_id, provider AS other_provider, vendor AS other_vendor,
    model_id AS other_model_id, meter AS other_meter, modality AS other_modality, price_unit AS other_price_unit,
    service_tier AS other_service_tier, context_tier AS other_context_tier, region AS other_region,
    currency AS other_currency, amount AS other_amount, usable_from AS other_usable_from,
    usable_until AS other_usable_until, hand AS other_hand
  FROM disagreement_usable
) AS other
  ON one.vendor = other.other_vendor AND one.model_id = other.other_model_id AND one.meter = other.other_meter
  AND one.modality = other.other_modality AND one.price_unit = other.other_price_unit
  AND one.service_tier = other.other_service_tier AND one.context_tier = other.other_context_tier
  AND one.region = other.other_region AND one.currency = other.other_currency
WHERE one.amount <> other.other_amount AND one.source_id <> other.other_source_id
  AND (one.hand < other.other_hand OR (one.hand = other.other_hand AND one.source_id < other.other_source_id))
  AND one.usable_from < other.other_usable_until AND other.other_usable_from < one.usable_until;

-- step: disagreement_stale
-- Where the other price is one that the first source listed before.
SELECT DISTINCT pair.row_id AS stale_row_id, pair.other_row_id AS stale_other_row_id
FROM disagreement_of_prices AS pair
JOIN (SELECT offer AS former_offer, amount AS former_amount, known_on AS former_known_on FROM model_listed) AS former
  ON pair.offer = former.former_offer AND pair.other_amount = former.former_amount
WHERE former.former_known_on < pair.seen_from;

-- step: disagreement_of_prices_classed
SELECT pair.*, pair.row_id || ':' || pair.other_row_id AS pair_row_id,
  pair.other_amount / NULLIF(pair.amount, 0.0) AS ratio,
  CASE
    WHEN pair.other_amount = pair.amount * 100.0 OR pair.other_amount * 100.0 = pair.amount
      OR pair.other_amount = pair.amount * 1000.0 OR pair.other_amount * 1000.0 = pair.amount
      OR pair.other_amount = pair.amount * 1000000.0 OR pair.other_amount * 1000000.0 = pair.amount THEN 'scale'
    WHEN stale.stale_row_id IS NOT NULL THEN 'stale'
    WHEN ABS(pair.other_amount - pair.amount) < 0.02 * pair.amount THEN 'rounding'
    ELSE 'value'
  END AS price_disagreement
FROM disagreement_of_prices AS pair
LEFT JOIN disagreement_stale AS stale
  ON pair.row_id = stale.stale_row_id AND pair.other_row_id = stale.stale_other_row_id;

-- rows
SELECT pair_row_id AS row_id, vendor, model_id, meter, modality, price_unit, service_tier, context_tier, region, currency,
  source_id, provider, amount AS price_listed, other_source_id, other_provider, other_amount AS other_price_listed, ratio,
  price_disagreement, seen_from, seen_until, seen_from AS known_on
FROM disagreement_of_prices_classed;

-- lineage
SELECT pair_row_id AS mart_row_id, 'core_model_price' AS input_table, row_id AS input_row_id, 'price' AS role
FROM disagreement_of_prices_classed
UNION ALL
SELECT pair_row_id AS mart_row_id, 'core_model_price' AS input_table, other_row_id AS input_row_id, 'other_price' AS role
FROM disagreement_of_prices_classed;
