-- Grain: one price that two sources list differently for the same use of the same model, while both list it.
-- Formula: list prices of two sources are compared where vendor, model, meter, unit, tier, length, region and currency
--   are the same, text stands for any modality, and the days on which they may be used overlap. A price may be used on
--   the days on which it is in force as far as its list tells (as in price_change), from a reading that shows it, and
--   never longer than the source's `max_age_days` after a reading. The sources are named in this order: who sells the
--   model, who resells it, who repeats what others list; among equals in order of name. Sources of one publisher are not
--   compared. Days do not count on which a promotional price of the one is what the other lists.
--   `scale`: the ratio is a power of ten from a hundred on. `stale`: the other source lists what the first one had
--   listed before. `rounding`: less than two percent apart. `value`: none of these.
-- Units: currency per unit; `ratio` is the other price over the first.
-- Inputs: model_listed, price_in_force, price_reading, price_clock, core_calendar, core_source.
-- Caveats: models are matched by their names in normal form; an alias and the dated snapshot that it points to are
--   two models. A resale is another offer than the maker's own: its price may differ for good reason. Where a source was
--   not read for longer than its `max_age_days`, the same difference before and after is two rows. The day of the
--   snapshot is that of the last reading: `seen_until` is never later.

-- step: price_run
-- Readings of a list of which none is older than the source allows when the next one comes: from the first of them to the
-- first day on which the last one is too old, or to the end of days where that is still to come.
SELECT begins.run_source, begins.run_scope, begins.run_from,
  CASE WHEN ends.read_until > clock.clock_day THEN far.open_end ELSE ends.read_until END AS run_until
FROM (
  SELECT starting.source_id AS run_source, starting.scope AS run_scope, starting.observed_on AS run_from,
    ROW_NUMBER() OVER (
      PARTITION BY starting.source_id, starting.scope ORDER BY starting.observed_on NULLS LAST
    ) AS begun_place
  FROM (
    SELECT counted.source_id, counted.scope, counted.observed_on,
      LAG(counted.read_until) OVER (
        PARTITION BY counted.source_id, counted.scope ORDER BY counted.observed_on NULLS LAST
      ) AS read_before_until
    FROM (
      SELECT reading.source_id, reading.scope, reading.observed_on, aged.day_after AS read_until
      FROM price_reading AS reading
      JOIN (SELECT date AS read_day, day_number AS read_number FROM core_calendar) AS counting
        ON reading.observed_on = counting.read_day
      JOIN (SELECT day_number AS aged_number, next_date AS day_after FROM core_calendar) AS aged
        ON counting.read_number + reading.max_age_days = aged.aged_number
    ) AS counted
  ) AS starting
  WHERE starting.read_before_until IS NULL OR starting.read_before_until < starting.observed_on
) AS begins
JOIN (
  SELECT reading.source_id AS ended_source, reading.scope AS ended_scope, aged.day_after AS read_until,
    ROW_NUMBER() OVER (
      PARTITION BY reading.source_id, reading.scope ORDER BY reading.observed_on NULLS LAST
    ) AS ended_place
  FROM price_reading AS reading
  JOIN (SELECT date AS read_day, day_number AS read_number FROM core_calendar) AS counting
    ON reading.observed_on = counting.read_day
  JOIN (SELECT day_number AS aged_number, next_date AS day_after FROM core_calendar) AS aged
    ON counting.read_number + reading.max_age_days = aged.aged_number
  WHERE reading.next_observed_on IS NULL OR aged.day_after < reading.next_observed_on
) AS ends
  ON begins.run_source = ends.ended_source AND begins.run_scope = ends.ended_scope
  AND begins.begun_place = ends.ended_place
CROSS JOIN price_clock AS clock
CROSS JOIN (SELECT MAX(date) AS open_end FROM core_calendar) AS far;

-- step: price_usable
-- Prices in force with the days on which they may be used: from the first to the day before `usable_until`, which is the
-- end of days while the price may still be used. A price that was not read for too long has a row before and one after.
SELECT span.usable_row_id, span.usable_kind, span.usable_from, span.usable_until,
  CASE WHEN span.in_force_until = span.usable_until THEN span.ended_by END AS ended_by
FROM (
  SELECT in_force.row_id AS usable_row_id, in_force.price_kind AS usable_kind, in_force.in_force_until, in_force.ended_by,
    GREATEST(in_force.in_force_from, run.run_from) AS usable_from,
    CASE
      WHEN in_force.in_force_until > clock.clock_day THEN run.run_until
      ELSE LEAST(in_force.in_force_until, run.run_until)
    END AS usable_until,
    clock.clock_day
  FROM price_in_force AS in_force
  JOIN price_run AS run ON in_force.source_id = run.run_source AND in_force.scope = run.run_scope
  CROSS JOIN price_clock AS clock
) AS span
WHERE span.usable_from < span.usable_until AND span.usable_from <= span.clock_day;

-- step: disagreement_usable
SELECT listed.row_id, listed.source_id, listed.provider, listed.vendor, listed.model_id, listed.meter,
  CASE WHEN listed.modality = 'text' THEN 'any' ELSE listed.modality END AS modality, listed.price_unit,
  listed.service_tier, listed.context_tier, listed.region, listed.currency, listed.amount, listed.offer,
  usable.usable_from, usable.usable_until, usable.ended_by, terms.publisher,
  CASE
    WHEN listed.provider <> listed.vendor AND LOWER(terms.publisher) = listed.provider THEN 2
    WHEN terms.is_second_hand THEN 3
    WHEN listed.provider <> listed.vendor THEN 2
    ELSE 1
  END AS hand
FROM model_listed AS listed
JOIN price_usable AS usable ON listed.row_id = usable.usable_row_id
JOIN (SELECT source_id AS listing_source, publisher, is_second_hand FROM core_source) AS terms
  ON listed.source_id = terms.listing_source
WHERE listed.price_kind = 'list' AND (listed.provider = listed.vendor OR listed.provider = 'openrouter');

-- step: price_pair
SELECT one.row_id, one.source_id, one.provider, one.vendor, one.model_id, one.meter, one.modality, one.price_unit,
  one.service_tier, one.context_tier, one.region, one.currency, one.amount, one.offer, other.other_row_id,
  other.other_source_id, other.other_provider, other.other_amount, other.other_offer,
  GREATEST(one.usable_from, other.other_usable_from) AS pair_from,
  LEAST(one.usable_until, other.other_usable_until) AS pair_until,
  CASE WHEN one.usable_until <= other.other_usable_until THEN one.ended_by END AS ended_by,
  CASE WHEN other.other_usable_until <= one.usable_until THEN other.other_ended_by END AS other_ended_by
FROM disagreement_usable AS one
JOIN (
  SELECT row_id AS other_row_id, source_id AS other_source_id, provider AS other_provider, vendor AS other_vendor,
    model_id AS other_model_id, meter AS other_meter, modality AS other_modality, price_unit AS other_price_unit,
    service_tier AS other_service_tier, context_tier AS other_context_tier, region AS other_region,
    currency AS other_currency, amount AS other_amount, offer AS other_offer, usable_from AS other_usable_from,
    usable_until AS other_usable_until, ended_by AS other_ended_by, publisher AS other_publisher, hand AS other_hand
  FROM disagreement_usable
) AS other
  ON one.vendor = other.other_vendor AND one.model_id = other.other_model_id AND one.meter = other.other_meter
  AND one.modality = other.other_modality AND one.price_unit = other.other_price_unit
  AND one.service_tier = other.other_service_tier AND one.context_tier = other.other_context_tier
  AND one.region = other.other_region AND one.currency = other.other_currency
WHERE one.amount <> other.other_amount AND one.source_id <> other.other_source_id
  AND one.publisher <> other.other_publisher
  AND (one.hand < other.other_hand OR (one.hand = other.other_hand AND one.source_id < other.other_source_id))
  AND one.usable_from < other.other_usable_until AND other.other_usable_from < one.usable_until;

-- step: disagreement_promotion
-- Promotional prices of the one that are what the other lists.
SELECT promoted.row_id AS promoted_row_id, promoted.other_row_id AS promoted_other_row_id,
  promoted.pair_from AS promoted_pair_from, promoted.promotion_row_id, promoted.promotion_from, promoted.promotion_until
FROM (
  SELECT pair.row_id, pair.other_row_id, pair.pair_from, pair.pair_until, promotion.promotion_row_id,
    promotion.promotion_from, promotion.promotion_until
  FROM price_pair AS pair
  JOIN (
    SELECT listed.row_id AS promotion_row_id, listed.offer AS promotion_offer, listed.amount AS promotion_amount,
      usable.usable_from AS promotion_from, usable.usable_until AS promotion_until
    FROM model_listed AS listed
    JOIN price_usable AS usable ON listed.row_id = usable.usable_row_id
    WHERE listed.price_kind = 'promotional'
  ) AS promotion
    ON pair.offer = promotion.promotion_offer AND pair.other_amount = promotion.promotion_amount
  UNION ALL
  SELECT pair.row_id, pair.other_row_id, pair.pair_from, pair.pair_until, promotion.promotion_row_id,
    promotion.promotion_from, promotion.promotion_until
  FROM price_pair AS pair
  JOIN (
    SELECT listed.row_id AS promotion_row_id, listed.offer AS promotion_offer, listed.amount AS promotion_amount,
      usable.usable_from AS promotion_from, usable.usable_until AS promotion_until
    FROM model_listed AS listed
    JOIN price_usable AS usable ON listed.row_id = usable.usable_row_id
    WHERE listed.price_kind = 'promotional'
  ) AS promotion
    ON pair.other_offer = promotion.promotion_offer AND pair.amount = promotion.promotion_amount
) AS promoted
WHERE promoted.promotion_from < promoted.pair_until AND promoted.pair_from < promoted.promotion_until;

-- step: disagreement_promoted
-- Per pair the days from the first to the last such promotion.
SELECT promoted_row_id, promoted_other_row_id, promoted_pair_from, MIN(promotion_from) AS promoted_from,
  MAX(promotion_until) AS promoted_until
FROM disagreement_promotion
GROUP BY promoted_row_id, promoted_other_row_id, promoted_pair_from;

-- step: disagreement_of_prices
-- Pairs, without the days of such promotions.
SELECT pair.*, pair.pair_from AS seen_from, pair.pair_until AS shown_until
FROM price_pair AS pair
LEFT JOIN disagreement_promoted AS promoted
  ON pair.row_id = promoted.promoted_row_id AND pair.other_row_id = promoted.promoted_other_row_id
  AND pair.pair_from = promoted.promoted_pair_from
WHERE promoted.promoted_row_id IS NULL
UNION ALL
SELECT pair.*, pair.pair_from AS seen_from, promoted.promoted_from AS shown_until
FROM price_pair AS pair
JOIN disagreement_promoted AS promoted
  ON pair.row_id = promoted.promoted_row_id AND pair.other_row_id = promoted.promoted_other_row_id
  AND pair.pair_from = promoted.promoted_pair_from
WHERE promoted.promoted_from > pair.pair_from
UNION ALL
SELECT pair.*, promoted.promoted_until AS seen_from, pair.pair_until AS shown_until
FROM price_pair AS pair
JOIN disagreement_promoted AS promoted
  ON pair.row_id = promoted.promoted_row_id AND pair.other_row_id = promoted.promoted_other_row_id
  AND pair.pair_from = promoted.promoted_pair_from
WHERE promoted.promoted_until < pair.pair_until;

-- step: disagreement_stale
-- Where the other price is one that the first source had listed and no longer does: the last such row.
SELECT stale_row_id, stale_other_row_id, stale_from, former_row_id
FROM (
  SELECT pair.row_id AS stale_row_id, pair.other_row_id AS stale_other_row_id, pair.seen_from AS stale_from,
    former.former_row_id,
    ROW_NUMBER() OVER (
      PARTITION BY pair.row_id, pair.other_row_id, pair.seen_from
      ORDER BY former.former_until DESC NULLS LAST, former.former_row_id DESC NULLS LAST
    ) AS place
  FROM disagreement_of_prices AS pair
  JOIN (
    SELECT listed.row_id AS former_row_id, listed.offer AS former_offer, listed.amount AS former_amount,
      in_force.in_force_until AS former_until
    FROM model_listed AS listed
    JOIN (
      SELECT row_id AS in_force_row_id, in_force_until FROM price_in_force WHERE price_kind = 'list'
    ) AS in_force
      ON listed.row_id = in_force.in_force_row_id
    UNION ALL
    SELECT row_id AS former_row_id, offer AS former_offer, amount AS former_amount, known_on AS former_until
    FROM model_listed
    WHERE price_kind = 'list' AND effective_to < known_on
  ) AS former
    ON pair.offer = former.former_offer AND pair.other_amount = former.former_amount
  WHERE former.former_until <= pair.seen_from
) AS candidates
WHERE place = 1;

-- step: price_pair_measured
SELECT pair.*, CONCAT_WS(':', pair.row_id, pair.other_row_id, CAST(pair.seen_from AS VARCHAR)) AS pair_row_id,
  pair.other_amount / NULLIF(pair.amount, 0.0) AS ratio, stale.former_row_id,
  CASE WHEN pair.shown_until <= clock.clock_day THEN pair.shown_until END AS seen_until,
  GREATEST(pair.amount, pair.other_amount) AS higher_amount, LEAST(pair.amount, pair.other_amount) AS lower_amount
FROM disagreement_of_prices AS pair
LEFT JOIN disagreement_stale AS stale
  ON pair.row_id = stale.stale_row_id AND pair.other_row_id = stale.stale_other_row_id
  AND pair.seen_from = stale.stale_from
CROSS JOIN price_clock AS clock
WHERE pair.seen_from <= clock.clock_day;

-- step: disagreement_of_prices_classed
SELECT price_pair_measured.*,
  CASE
    WHEN ABS(higher_amount - lower_amount * 100.0) < higher_amount * 0.000000001
      OR ABS(higher_amount - lower_amount * 1000.0) < higher_amount * 0.000000001
      OR ABS(higher_amount - lower_amount * 10000.0) < higher_amount * 0.000000001
      OR ABS(higher_amount - lower_amount * 100000.0) < higher_amount * 0.000000001
      OR ABS(higher_amount - lower_amount * 1000000.0) < higher_amount * 0.000000001
      OR ABS(higher_amount - lower_amount * 10000000.0) < higher_amount * 0.000000001
      OR ABS(higher_amount - lower_amount * 100000000.0) < higher_amount * 0.000000001
      OR ABS(higher_amount - lower_amount * 1000000000.0) < higher_amount * 0.000000001 THEN 'scale'
    WHEN former_row_id IS NOT NULL THEN 'stale'
    WHEN ABS(other_amount - amount) < 0.02 * amount THEN 'rounding'
    ELSE 'value'
  END AS price_disagreement
FROM price_pair_measured;

-- rows
SELECT pair_row_id AS row_id, vendor, model_id, meter, modality, price_unit, service_tier, context_tier, region, currency,
  source_id, provider, amount AS price_listed, other_source_id, other_provider, other_amount AS other_price_listed, ratio,
  price_disagreement, seen_from, seen_until, COALESCE(seen_until, seen_from) AS known_on
FROM disagreement_of_prices_classed;

-- lineage
SELECT pair_row_id AS mart_row_id, 'core_model_price' AS input_table, row_id AS input_row_id, 'price' AS role
FROM disagreement_of_prices_classed
UNION ALL
SELECT pair_row_id AS mart_row_id, 'core_model_price' AS input_table, other_row_id AS input_row_id, 'other_price' AS role
FROM disagreement_of_prices_classed
UNION ALL
SELECT pair_row_id AS mart_row_id, 'core_model_price' AS input_table, former_row_id AS input_row_id, 'former_price' AS role
FROM disagreement_of_prices_classed
WHERE price_disagreement = 'stale'
UNION ALL
SELECT pair_row_id AS mart_row_id, 'core_model_price' AS input_table, ended_by AS input_row_id, 'price_end' AS role
FROM disagreement_of_prices_classed
WHERE ended_by IS NOT NULL AND seen_until = pair_until
UNION ALL
SELECT pair_row_id AS mart_row_id, 'core_model_price' AS input_table, other_ended_by AS input_row_id, 'other_price_end' AS role
FROM disagreement_of_prices_classed
WHERE other_ended_by IS NOT NULL AND seen_until = pair_until
UNION ALL
SELECT DISTINCT classed.pair_row_id AS mart_row_id, 'core_model_price' AS input_table, promotion.promotion_row_id AS input_row_id,
  'promotion' AS role
FROM disagreement_of_prices_classed AS classed
JOIN disagreement_promotion AS promotion
  ON classed.row_id = promotion.promoted_row_id AND classed.other_row_id = promotion.promoted_other_row_id
  AND classed.pair_from = promotion.promoted_pair_from;
