-- Grain: one price of one model in one context by one source, for as long as it was in force; and one
--   announced price that has not come into force, or never did.
-- Formula: a listed price is in force from the day that the source states (`stated`), or from the day for which
--   it was announced before (`announced`), or from the day on which it was first read (`first_seen`), until the
--   day before the next price of the context, or the last day that the source states, or the day on which it
--   was no longer listed. An announced price is `announced` until a reading on its day or later still shows it, or
--   shows it as the list price: then it is in force since its day. It is `cancelled` where it is withdrawn without
--   that.
-- Units: currency per million tokens; `valid_until` is the first day on which the price no longer holds.
-- Inputs: known_model_price, known_reading, core_source.
-- Caveats: days are those of observation: a price that is `first_seen` may have held before, and one that is
--   gone may have gone after the last reading before; `last_seen_on` is the last complete reading that showed it.
--   The day of the snapshot is that of the last reading: nothing is said of later days. Sources are not merged:
--   second-hand ones say so. The ratio is to the price of `gpt-4o-2024-08-06` for the same meter, standard tier,
--   USD: as its maker lists it, else as the source does that listed it first.

-- step: price_reading
-- Complete readings, of a day one, with the one that follows.
SELECT source_id, scope, observed_on, COALESCE(max_age_days, 0) AS max_age_days,
  LEAD(observed_on) OVER (PARTITION BY source_id, scope ORDER BY observed_on NULLS LAST) AS next_observed_on
FROM (
  SELECT DISTINCT reading.source_id, reading.scope, reading.observed_on, terms.max_age_days
  FROM known_reading AS reading
  JOIN (SELECT source_id AS listing_source, max_age_days FROM core_source) AS terms
    ON reading.source_id = terms.listing_source
  WHERE reading.is_complete
) AS daily;

-- step: price_clock
-- The day of the last reading of any list.
SELECT MAX(observed_on) AS clock_day FROM price_reading;

-- step: model_listing
-- Each row of the state, with the offer it is of (without dates and kind) and the row that follows it.
SELECT source_id, scope, provider, vendor, model_id, model_name, meter, modality, price_unit, service_tier,
  context_tier, region, currency, price_kind, effective_from, effective_to, price_as_shown, known_on, is_withdrawn,
  row_id, CAST(CAST(price AS VARCHAR) AS DOUBLE) AS amount,
  CONCAT_WS(':', source_id, scope, provider, vendor, model_id, meter, modality, price_unit, service_tier, context_tier,
    region, currency) AS offer,
  LEAD(known_on) OVER (
    PARTITION BY source_id, scope, provider, vendor, model_id, meter, modality, price_unit, service_tier, context_tier,
      region, currency, price_kind, effective_from ORDER BY known_on NULLS LAST, row_id NULLS LAST
  ) AS next_known_on,
  LEAD(is_withdrawn) OVER (
    PARTITION BY source_id, scope, provider, vendor, model_id, meter, modality, price_unit, service_tier, context_tier,
      region, currency, price_kind, effective_from ORDER BY known_on NULLS LAST, row_id NULLS LAST
  ) AS next_is_withdrawn,
  LEAD(row_id) OVER (
    PARTITION BY source_id, scope, provider, vendor, model_id, meter, modality, price_unit, service_tier, context_tier,
      region, currency, price_kind, effective_from ORDER BY known_on NULLS LAST, row_id NULLS LAST
  ) AS next_row_id
FROM known_model_price;

-- step: model_seen
-- The last complete reading that showed each listed price.
SELECT listing.row_id AS seen_row_id, MAX(reading.reading_day) AS last_seen_on
FROM model_listing AS listing
JOIN (
  SELECT source_id AS reading_source, scope AS reading_scope, observed_on AS reading_day FROM price_reading
) AS reading
  ON listing.source_id = reading.reading_source AND listing.scope = reading.reading_scope
WHERE NOT listing.is_withdrawn AND reading.reading_day >= listing.known_on
  AND (listing.next_known_on IS NULL OR reading.reading_day < listing.next_known_on)
GROUP BY listing.row_id;

-- step: model_listed
-- Listed prices, with the row that says that they are no longer listed.
SELECT listing.*, seen.last_seen_on,
  CASE WHEN listing.next_is_withdrawn THEN listing.next_known_on END AS withdrawn_on,
  CASE WHEN listing.next_is_withdrawn THEN listing.next_row_id END AS withdrawal_row_id
FROM model_listing AS listing
JOIN model_seen AS seen ON listing.row_id = seen.seen_row_id
WHERE NOT listing.is_withdrawn;

-- step: token_announcement_end
-- How often the list shows an announced price on the day on which the announcement is gone.
SELECT announced.row_id AS ended_row_id,
  SUM(
    CASE
      WHEN announced.withdrawn_on >= announced.effective_from AND list.list_amount = announced.amount
        AND announced.withdrawn_on >= list.list_known_on
        AND (list.list_next_known_on IS NULL OR announced.withdrawn_on < list.list_next_known_on) THEN 1
      ELSE 0
    END
  ) AS times_listed
FROM (
  SELECT row_id, offer, amount, effective_from, withdrawn_on
  FROM model_listed
  WHERE price_kind = 'announced' AND price_unit = '1M tokens' AND withdrawn_on IS NOT NULL
) AS announced
JOIN (
  SELECT offer AS list_offer, amount AS list_amount, known_on AS list_known_on, next_known_on AS list_next_known_on
  FROM model_listed
  WHERE price_kind <> 'announced'
) AS list
  ON announced.offer = list.list_offer
GROUP BY announced.row_id;

-- step: token_announcement
-- What became of each announced price: what the list shows when it is withdrawn tells.
SELECT announced.row_id, announced.offer, announced.amount, announced.effective_from, announced.known_on,
  announced.withdrawn_on,
  CASE
    WHEN announced.withdrawn_on IS NOT NULL AND ended.times_listed > 0 THEN 'came_true'
    WHEN announced.withdrawn_on IS NOT NULL THEN 'cancelled'
    WHEN announced.last_seen_on >= announced.effective_from THEN 'in_force'
    ELSE 'announced'
  END AS fate
FROM model_listed AS announced
LEFT JOIN token_announcement_end AS ended ON announced.row_id = ended.ended_row_id
WHERE announced.price_kind = 'announced' AND announced.price_unit = '1M tokens';

-- step: token_taken_up
-- Prices in force that had been announced for a day: they hold from that day on, whenever they were read.
SELECT list_row_id, announced_from, announced_row_id
FROM (
  SELECT list.row_id AS list_row_id, announced.announced_from, announced.announced_row_id,
    ROW_NUMBER() OVER (
      PARTITION BY list.row_id
      ORDER BY announced.announced_on NULLS LAST, announced.announced_row_id NULLS LAST
    ) AS place
  FROM model_listed AS list
  JOIN (
    SELECT row_id AS announced_row_id, offer AS announced_offer, amount AS announced_amount,
      effective_from AS announced_from, known_on AS announced_on, withdrawn_on AS announcement_withdrawn_on
    FROM token_announcement
    WHERE fate = 'came_true' OR fate = 'in_force'
  ) AS announced
    ON list.offer = announced.announced_offer AND list.amount = announced.announced_amount
  WHERE list.price_kind = 'list' AND announced.announced_on < list.known_on
    AND announced.announced_from <= list.known_on
    AND (announced.announcement_withdrawn_on IS NULL OR announced.announcement_withdrawn_on >= list.known_on)
) AS candidates
WHERE place = 1;

-- step: token_begun
-- Prices in force, with the first day on which they are; an announced one whose day has come is one of them
-- until the list shows it.
SELECT list.row_id, list.offer, list.price_kind, list.amount, list.known_on, list.last_seen_on, list.effective_to,
  list.withdrawn_on, list.withdrawal_row_id, taken_up.announced_row_id,
  COALESCE(list.effective_from, taken_up.announced_from, list.known_on) AS valid_from,
  CASE
    WHEN list.effective_from IS NOT NULL THEN 'stated'
    WHEN taken_up.announced_from IS NOT NULL THEN 'announced'
    ELSE 'first_seen'
  END AS valid_from_basis
FROM model_listed AS list
LEFT JOIN token_taken_up AS taken_up ON list.row_id = taken_up.list_row_id
WHERE list.price_kind <> 'announced' AND list.price_unit = '1M tokens'
UNION ALL
SELECT announced.row_id, announced.offer, 'list' AS price_kind, announced.amount, announced.known_on,
  announced.last_seen_on, announced.effective_to, announced.withdrawn_on, announced.withdrawal_row_id,
  announced.row_id AS announced_row_id, announced.effective_from AS valid_from, 'announced' AS valid_from_basis
FROM model_listed AS announced
JOIN (SELECT row_id AS fate_row_id FROM token_announcement WHERE fate = 'in_force') AS fate
  ON announced.row_id = fate.fate_row_id
LEFT JOIN token_taken_up AS taken_up ON announced.row_id = taken_up.announced_row_id
WHERE taken_up.list_row_id IS NULL;

-- step: token_followed
SELECT row_id, offer, price_kind, amount, known_on, last_seen_on, effective_to, withdrawn_on, withdrawal_row_id,
  announced_row_id, valid_from, valid_from_basis,
  LEAD(valid_from) OVER (
    PARTITION BY offer, price_kind ORDER BY valid_from NULLS LAST, known_on NULLS LAST, row_id NULLS LAST
  ) AS next_valid_from,
  LEAD(known_on) OVER (
    PARTITION BY offer, price_kind ORDER BY valid_from NULLS LAST, known_on NULLS LAST, row_id NULLS LAST
  ) AS next_known_on,
  LEAD(row_id) OVER (
    PARTITION BY offer, price_kind ORDER BY valid_from NULLS LAST, known_on NULLS LAST, row_id NULLS LAST
  ) AS next_row_id
FROM token_begun;

-- step: token_interval
-- Of the three ends that are known the first; an interval without a day was corrected by the price that follows.
SELECT interval_end.*
FROM (
  SELECT followed.row_id, followed.amount, followed.price_kind, followed.last_seen_on, followed.withdrawn_on,
    followed.valid_from, followed.valid_from_basis, followed.announced_row_id, followed.withdrawal_row_id,
    followed.next_row_id, 'effective' AS price_status,
    NULLIF(
      LEAST(COALESCE(stated.day_after, far.open_end), COALESCE(followed.next_valid_from, far.open_end),
        COALESCE(followed.withdrawn_on, far.open_end)),
      far.open_end
    ) AS valid_until,
    GREATEST(followed.known_on, COALESCE(followed.withdrawn_on, followed.known_on),
      COALESCE(followed.next_known_on, followed.known_on)) AS known_on
  FROM token_followed AS followed
  LEFT JOIN (SELECT date AS stated_day, next_date AS day_after FROM core_calendar) AS stated
    ON followed.effective_to = stated.stated_day
  CROSS JOIN (SELECT MAX(date) AS open_end FROM core_calendar) AS far
) AS interval_end
WHERE interval_end.valid_until IS NULL OR interval_end.valid_until > interval_end.valid_from
UNION ALL
SELECT announced.row_id, announced.amount, announced.price_kind, announced.last_seen_on, announced.withdrawn_on,
  announced.effective_from AS valid_from, 'stated' AS valid_from_basis, announced.row_id AS announced_row_id,
  announced.withdrawal_row_id, CAST(NULL AS VARCHAR) AS next_row_id, fate.fate AS price_status, CAST(NULL AS DATE) AS valid_until,
  COALESCE(announced.withdrawn_on, announced.known_on) AS known_on
FROM model_listed AS announced
JOIN (
  SELECT row_id AS fate_row_id, fate FROM token_announcement WHERE fate = 'announced' OR fate = 'cancelled'
) AS fate
  ON announced.row_id = fate.fate_row_id;

-- step: token_reference
SELECT meter AS reference_meter, amount AS reference_amount, row_id AS reference_row_id
FROM (
  SELECT listed.meter, listed.amount, listed.row_id,
    ROW_NUMBER() OVER (
      PARTITION BY listed.meter ORDER BY terms.hand NULLS LAST, listed.known_on NULLS LAST, listed.row_id NULLS LAST
    ) AS place
  FROM model_listed AS listed
  JOIN (
    SELECT source_id AS listing_source, CASE WHEN is_second_hand THEN 2 ELSE 1 END AS hand FROM core_source
  ) AS terms
    ON listed.source_id = terms.listing_source
  WHERE listed.vendor = 'openai' AND listed.provider = 'openai' AND listed.model_id = 'gpt-4o-2024-08-06'
    AND listed.price_unit = '1M tokens' AND listed.service_tier = 'standard' AND listed.context_tier = 'any'
    AND listed.region = 'any' AND listed.currency = 'USD' AND listed.price_kind = 'list'
    AND (listed.modality = 'any' OR listed.modality = 'text')
) AS candidates
WHERE place = 1;

-- step: token_price
SELECT listed.row_id, listed.source_id, listed.provider, listed.vendor, listed.model_id, listed.model_name, listed.meter,
  listed.modality, listed.service_tier, listed.context_tier, listed.region, listed.currency, span.price_kind,
  span.price_status, span.amount, span.valid_from, span.valid_from_basis, span.valid_until, span.last_seen_on,
  span.withdrawn_on, span.known_on, span.announced_row_id, span.withdrawal_row_id, span.next_row_id,
  reference.reference_row_id, span.amount / NULLIF(reference.reference_amount, 0.0) AS ratio_to_reference
FROM (
  SELECT row_id, source_id, provider, vendor, model_id, model_name, meter, modality, service_tier, context_tier, region,
    currency
  FROM model_listed
) AS listed
JOIN (
  SELECT row_id AS span_row_id, amount, price_kind, price_status, valid_from, valid_from_basis, valid_until,
    last_seen_on, withdrawn_on, known_on, announced_row_id, withdrawal_row_id, next_row_id
  FROM token_interval
) AS span
  ON listed.row_id = span.span_row_id
LEFT JOIN (
  SELECT reference_meter, reference_amount, reference_row_id, 'USD' AS reference_currency FROM token_reference
) AS reference
  ON listed.meter = reference.reference_meter AND listed.currency = reference.reference_currency;

-- rows
SELECT price.row_id, price.source_id, terms.is_second_hand, price.provider, price.vendor, price.model_id,
  price.model_name, price.meter, price.modality, price.service_tier, price.context_tier, price.region, price.currency,
  price.price_kind, price.price_status, price.amount AS price_per_million_tokens, price.valid_from,
  price.valid_from_basis, price.valid_until, price.last_seen_on, price.withdrawn_on, price.ratio_to_reference,
  price.known_on
FROM token_price AS price
JOIN (SELECT source_id AS listing_source, is_second_hand FROM core_source) AS terms
  ON price.source_id = terms.listing_source;

-- lineage
SELECT row_id AS mart_row_id, 'core_model_price' AS input_table, row_id AS input_row_id, 'price' AS role FROM token_price
UNION ALL
SELECT row_id AS mart_row_id, 'core_model_price' AS input_table, next_row_id AS input_row_id, 'next_price' AS role
FROM token_price
WHERE next_row_id IS NOT NULL
UNION ALL
SELECT row_id AS mart_row_id, 'core_model_price' AS input_table, withdrawal_row_id AS input_row_id, 'withdrawal' AS role
FROM token_price
WHERE withdrawal_row_id IS NOT NULL
UNION ALL
SELECT row_id AS mart_row_id, 'core_model_price' AS input_table, announced_row_id AS input_row_id, 'announcement' AS role
FROM token_price
WHERE announced_row_id IS NOT NULL AND announced_row_id <> row_id
UNION ALL
SELECT row_id AS mart_row_id, 'core_model_price' AS input_table, reference_row_id AS input_row_id, 'reference' AS role
FROM token_price
WHERE reference_row_id IS NOT NULL AND reference_row_id <> row_id;
