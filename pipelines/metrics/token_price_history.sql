-- Grain: one price of one model in one context in one list of a source, for as long as it was in force; and one
--   announced price that has not come into force, or never did.
-- Formula: a listed price is in force from the day that the source states (`stated`), or from the day for which
--   it was announced before (`announced`), or from the day on which it was first read (`first_seen`), until the
--   day before the next price of the context, or the last day that the source states, or the day on which it
--   was no longer listed. An announced price is `announced` until a reading on its day or later still shows it, or
--   shows it as the list price: then it is in force since its day. It is `cancelled` where it is withdrawn without
--   that.
-- Units: currency per million tokens; `valid_until` is the first day on which the price no longer holds.
-- Inputs: known_model_price, known_reading, known_day, core_calendar, core_source.
-- Caveats: days are those of observation: a price that is `first_seen` may have held before, and one that is
--   gone may have gone after the last reading before; `last_seen_on` is the last complete reading that showed it.
--   `is_current` says whether that is recent enough, by the source's `max_age_days`, on the day of the snapshot, which
--   is that of the last reading of any list. A list that is served no more keeps its last prices open, but not current.
--   A former price of which only the end is stated has no first day (`unknown`). Neither lists nor sources are merged:
--   second-hand ones say so. The ratio is to the price of `gpt-4o-2024-08-06` for the same meter, standard tier,
--   USD, as the first reading of any source has it.

-- step: price_reading
-- Readings that count, of a day one, with the one that follows.
SELECT source_id, scope, observed_on, COALESCE(max_age_days, 0) AS max_age_days,
  LEAD(observed_on) OVER (PARTITION BY source_id, scope ORDER BY observed_on NULLS LAST) AS next_observed_on
FROM (
  SELECT DISTINCT reading.source_id, reading.scope, reading.observed_on, terms.max_age_days
  FROM known_reading AS reading
  JOIN (SELECT source_id AS listing_source, max_age_days FROM core_source) AS terms
    ON reading.source_id = terms.listing_source
  WHERE reading.is_counted
) AS daily;

-- step: price_clock
SELECT day AS clock_day FROM known_day;

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
-- What became of each announced price: what the list shows when it is withdrawn tells; another announcement for
-- the same day replaces it.
SELECT announced.row_id, announced.offer, announced.amount, announced.effective_from, announced.known_on,
  announced.withdrawn_on,
  CASE
    WHEN announced.withdrawn_on IS NOT NULL AND ended.times_listed > 0 THEN 'came_true'
    WHEN announced.next_known_on IS NOT NULL THEN 'cancelled'
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

-- step: token_in_force_since
-- The first reading that shows an announced price on its day or later.
SELECT announced.row_id AS shown_row_id, MIN(reading.reading_day) AS shown_on
FROM (
  SELECT row_id, source_id, scope, effective_from, known_on, next_known_on FROM model_listed WHERE price_kind = 'announced'
) AS announced
JOIN (
  SELECT source_id AS reading_source, scope AS reading_scope, observed_on AS reading_day FROM price_reading
) AS reading
  ON announced.source_id = reading.reading_source AND announced.scope = reading.reading_scope
WHERE reading.reading_day >= announced.effective_from AND reading.reading_day >= announced.known_on
  AND (announced.next_known_on IS NULL OR reading.reading_day < announced.next_known_on)
GROUP BY announced.row_id;

-- step: token_begun
-- Prices in force, with the first day on which they are and the day on which they were no longer listed; an
-- announced one whose day has come is one of them until the list shows it.
SELECT list.row_id, list.offer, list.price_kind, list.amount, list.known_on, list.last_seen_on, list.effective_to,
  list.withdrawn_on, list.withdrawal_row_id, list.next_known_on AS listed_until, taken_up.announced_row_id,
  COALESCE(list.effective_from, taken_up.announced_from, list.known_on) AS valid_from,
  CASE
    WHEN list.effective_from IS NOT NULL THEN 'stated'
    WHEN taken_up.announced_from IS NOT NULL THEN 'announced'
    ELSE 'first_seen'
  END AS valid_from_basis
FROM model_listed AS list
LEFT JOIN token_taken_up AS taken_up ON list.row_id = taken_up.list_row_id
WHERE list.price_kind <> 'announced' AND list.price_unit = '1M tokens'
  AND (list.effective_to IS NULL
    OR list.effective_to >= COALESCE(list.effective_from, taken_up.announced_from, list.known_on))
UNION ALL
SELECT announced.row_id, announced.offer, 'list' AS price_kind, announced.amount, since.shown_on AS known_on,
  announced.last_seen_on, announced.effective_to, announced.withdrawn_on, announced.withdrawal_row_id,
  announced.next_known_on AS listed_until, announced.row_id AS announced_row_id,
  announced.effective_from AS valid_from, 'announced' AS valid_from_basis
FROM model_listed AS announced
JOIN (SELECT row_id AS fate_row_id FROM token_announcement WHERE fate = 'in_force') AS fate
  ON announced.row_id = fate.fate_row_id
JOIN token_in_force_since AS since ON announced.row_id = since.shown_row_id
LEFT JOIN token_taken_up AS taken_up ON announced.row_id = taken_up.announced_row_id
WHERE taken_up.list_row_id IS NULL;

-- step: token_restated
-- Prices that were no longer listed when another one was first read which begins no later: that one says better
-- since when a price holds.
SELECT DISTINCT former.row_id AS restated_row_id
FROM token_begun AS former
JOIN (
  SELECT row_id AS later_row_id, offer AS later_offer, price_kind AS later_kind, valid_from AS later_valid_from,
    known_on AS later_known_on, effective_to AS later_effective_to
  FROM token_begun
) AS later
  ON former.offer = later.later_offer AND former.price_kind = later.later_kind
WHERE former.row_id <> later.later_row_id AND later.later_valid_from <= former.valid_from
  AND former.listed_until <= later.later_known_on
  AND (later.later_effective_to IS NULL OR later.later_effective_to >= former.valid_from);

-- step: token_standing
SELECT begun.*
FROM token_begun AS begun
LEFT JOIN token_restated AS restated ON begun.row_id = restated.restated_row_id
WHERE restated.restated_row_id IS NULL;

-- step: token_next
-- The price that follows: the first to begin later, of those that were listed after this one was first read.
SELECT ended_row_id, next_valid_from, next_known_on, next_row_id
FROM (
  SELECT this.row_id AS ended_row_id, that.next_valid_from, that.next_known_on, that.next_row_id,
    ROW_NUMBER() OVER (
      PARTITION BY this.row_id
      ORDER BY that.next_valid_from NULLS LAST, that.next_known_on NULLS LAST, that.next_row_id NULLS LAST
    ) AS place
  FROM token_standing AS this
  JOIN (
    SELECT row_id AS next_row_id, offer AS next_offer, price_kind AS next_kind, valid_from AS next_valid_from,
      known_on AS next_known_on, listed_until AS next_listed_until
    FROM token_begun
  ) AS that
    ON this.offer = that.next_offer AND this.price_kind = that.next_kind
  WHERE this.row_id <> that.next_row_id
    AND (that.next_valid_from > this.valid_from
      OR (that.next_valid_from = this.valid_from AND that.next_known_on > this.known_on))
    AND (that.next_listed_until IS NULL OR that.next_listed_until > this.known_on)
) AS candidates
WHERE place = 1;

-- step: token_interval
-- Of the three ends that are known the first; an interval without a day was corrected by the price that follows.
-- Of former prices whose beginning nobody states only the end is known.
SELECT interval_end.*
FROM (
  SELECT standing.row_id, standing.amount, standing.price_kind, standing.last_seen_on, standing.withdrawn_on,
    standing.valid_from, standing.valid_from_basis, standing.announced_row_id, standing.withdrawal_row_id,
    next.next_row_id, 'effective' AS price_status,
    NULLIF(
      LEAST(COALESCE(stated.day_after, far.open_end), COALESCE(next.next_valid_from, far.open_end),
        COALESCE(standing.withdrawn_on, far.open_end)),
      far.open_end
    ) AS valid_until,
    GREATEST(standing.known_on, COALESCE(standing.withdrawn_on, standing.known_on),
      COALESCE(next.next_known_on, standing.known_on)) AS known_on
  FROM token_standing AS standing
  LEFT JOIN token_next AS next ON standing.row_id = next.ended_row_id
  LEFT JOIN (SELECT date AS stated_day, next_date AS day_after FROM core_calendar) AS stated
    ON standing.effective_to = stated.stated_day
  CROSS JOIN (SELECT MAX(date) AS open_end FROM core_calendar) AS far
) AS interval_end
WHERE interval_end.valid_until IS NULL OR interval_end.valid_until > interval_end.valid_from
UNION ALL
SELECT former.row_id, former.amount, former.price_kind, former.last_seen_on, former.withdrawn_on,
  CAST(NULL AS DATE) AS valid_from, 'unknown' AS valid_from_basis, CAST(NULL AS VARCHAR) AS announced_row_id,
  former.withdrawal_row_id, CAST(NULL AS VARCHAR) AS next_row_id, 'effective' AS price_status,
  stated.day_after AS valid_until, COALESCE(former.withdrawn_on, former.known_on) AS known_on
FROM model_listed AS former
JOIN (SELECT date AS stated_day, next_date AS day_after FROM core_calendar) AS stated
  ON former.effective_to = stated.stated_day
LEFT JOIN token_taken_up AS taken_up ON former.row_id = taken_up.list_row_id
WHERE former.price_kind <> 'announced' AND former.price_unit = '1M tokens' AND former.effective_from IS NULL
  AND former.effective_to < COALESCE(taken_up.announced_from, former.known_on)
UNION ALL
SELECT announced.row_id, announced.amount, announced.price_kind, announced.last_seen_on, announced.withdrawn_on,
  announced.effective_from AS valid_from, 'stated' AS valid_from_basis, announced.row_id AS announced_row_id,
  announced.withdrawal_row_id, CASE WHEN announced.next_is_withdrawn THEN NULL ELSE announced.next_row_id END AS next_row_id,
  fate.fate AS price_status, CAST(NULL AS DATE) AS valid_until,
  COALESCE(announced.next_known_on, announced.known_on) AS known_on
FROM model_listed AS announced
JOIN (
  SELECT row_id AS fate_row_id, fate FROM token_announcement WHERE fate = 'announced' OR fate = 'cancelled'
) AS fate
  ON announced.row_id = fate.fate_row_id;

-- step: token_reference
SELECT meter AS reference_meter, amount AS reference_amount, row_id AS reference_row_id, known_on AS reference_known_on
FROM (
  SELECT listed.meter, listed.amount, listed.row_id, listed.known_on,
    ROW_NUMBER() OVER (
      PARTITION BY listed.meter ORDER BY listed.known_on NULLS LAST, listed.row_id NULLS LAST
    ) AS place
  FROM model_listed AS listed
  WHERE listed.vendor = 'openai' AND listed.provider = 'openai' AND listed.model_id = 'gpt-4o-2024-08-06'
    AND listed.price_unit = '1M tokens' AND listed.service_tier = 'standard' AND listed.context_tier = 'any'
    AND listed.region = 'any' AND listed.currency = 'USD' AND listed.price_kind = 'list'
    AND (listed.modality = 'any' OR listed.modality = 'text')
) AS candidates
WHERE place = 1;

-- step: token_price
SELECT listed.row_id, listed.source_id, listed.scope, listed.provider, listed.vendor, listed.model_id, listed.model_name, listed.meter,
  listed.modality, listed.service_tier, listed.context_tier, listed.region, listed.currency, span.price_kind,
  span.price_status, span.amount, span.valid_from, span.valid_from_basis, span.valid_until, span.last_seen_on,
  span.withdrawn_on, GREATEST(span.known_on, COALESCE(reference.reference_known_on, span.known_on)) AS known_on,
  span.announced_row_id, span.withdrawal_row_id, span.next_row_id,
  reference.reference_row_id, span.amount / NULLIF(reference.reference_amount, 0.0) AS ratio_to_reference
FROM (
  SELECT row_id, source_id, scope, provider, vendor, model_id, model_name, meter, modality, service_tier, context_tier, region,
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
  SELECT reference_meter, reference_amount, reference_row_id, reference_known_on, 'USD' AS reference_currency
  FROM token_reference
) AS reference
  ON listed.meter = reference.reference_meter AND listed.currency = reference.reference_currency;

-- rows
SELECT price.row_id, price.source_id, price.scope, terms.is_second_hand, price.provider, price.vendor, price.model_id,
  price.model_name, price.meter, price.modality, price.service_tier, price.context_tier, price.region, price.currency,
  price.price_kind, price.price_status, price.amount AS price_per_million_tokens, price.valid_from,
  price.valid_from_basis, price.valid_until, price.last_seen_on,
  price.price_status = 'effective' AND price.valid_until IS NULL
    AND seen.seen_number + terms.max_age_days >= today.today_number AS is_current,
  price.withdrawn_on, price.ratio_to_reference, price.known_on
FROM token_price AS price
JOIN (
  SELECT source_id AS listing_source, is_second_hand, COALESCE(max_age_days, 0) AS max_age_days FROM core_source
) AS terms
  ON price.source_id = terms.listing_source
JOIN (SELECT date AS seen_day, day_number AS seen_number FROM core_calendar) AS seen ON price.last_seen_on = seen.seen_day
CROSS JOIN (
  SELECT calendar.day_number AS today_number
  FROM core_calendar AS calendar
  JOIN price_clock AS clock ON calendar.date = clock.clock_day
) AS today;

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
