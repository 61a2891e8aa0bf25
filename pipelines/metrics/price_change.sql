-- Grain: one change of one listed price: of a model, a GPU or a seat.
-- Formula: of each offer and kind the price in force on a day is compared with the one that was in force before. In
--   force is, of the prices that the list shows, the one with the last beginning that has come and no end that has passed
--   (a beginning that is not stated comes before all others). `raised`, `lowered`: another price. `dates_changed`: other
--   dates at the same price. `withdrawn`: nothing of the offer and kind is listed any more. `relisted`: listed again
--   after that, whatever the price. `announced`: a price that is to come, against the list price of that day.
--   `announcement_changed`: another price for the day, or another day in place of one that is gone on that day.
--   `announcement_kept`: withdrawn on or after its day, while the list shows its price; `cancelled`: withdrawn
--   otherwise. A first listing is no change.
-- Units: currency per unit of the price.
-- Inputs: known_model_price, known_gpu_price, known_seat_price, price_reading, core_calendar.
-- Caveats: days are those of observation: a price whose stated day has come is a change on the day of the first reading
--   that shows it in force. Several changes between two readings are one. What a list adds, corrects or drops of
--   prices that had ended is no change. Between two listed prices there may be days on which none is in force; the
--   one before is then the last that was.

-- step: price_row
SELECT priced.*, CONCAT_WS(':', offer_table, source_id, scope, offer) AS offer_key
FROM (
  SELECT 'core_model_price' AS offer_table, source_id, scope, price_kind, effective_from, effective_to, known_on,
    is_withdrawn, row_id, CAST(CAST(price AS VARCHAR) AS DOUBLE) AS amount, currency, price_unit AS sold_unit,
    CONCAT_WS(':', provider, vendor, model_id, meter, modality, price_unit, service_tier, context_tier, region, currency) AS offer
  FROM known_model_price
  UNION ALL
  SELECT 'core_gpu_price' AS offer_table, source_id, scope, price_kind, effective_from, effective_to, known_on, is_withdrawn,
    row_id, CAST(CAST(price_per_gpu_hour AS VARCHAR) AS DOUBLE) AS amount, currency, 'GPU-hour' AS sold_unit,
    CONCAT_WS(':', provider, sku, gpu_model, gpu_form, COALESCE(CAST(gpu_memory_gb AS VARCHAR), '-'),
      CAST(gpus_per_instance AS VARCHAR), term, cloud_type, billed_scope, operating_system, region, currency) AS offer
  FROM known_gpu_price
  UNION ALL
  SELECT 'core_seat_price' AS offer_table, source_id, scope, price_kind, effective_from, effective_to, known_on, is_withdrawn,
    row_id, CAST(CAST(price AS VARCHAR) AS DOUBLE) AS amount, currency, seat_unit AS sold_unit,
    CONCAT_WS(':', vendor, product, plan, seat_unit, billing_period, region, currency) AS offer
  FROM known_seat_price
) AS priced;

-- step: price_stated
-- Each row with the rows before and after it of the same offer, kind and beginning.
SELECT price_row.*,
  LEAD(known_on) OVER (
    PARTITION BY offer_key, price_kind, effective_from ORDER BY known_on NULLS LAST, row_id NULLS LAST
  ) AS stood_until,
  LEAD(row_id) OVER (
    PARTITION BY offer_key, price_kind, effective_from ORDER BY known_on NULLS LAST, row_id NULLS LAST
  ) AS row_after,
  LAG(amount) OVER (
    PARTITION BY offer_key, price_kind, effective_from ORDER BY known_on NULLS LAST, row_id NULLS LAST
  ) AS amount_before,
  LAG(is_withdrawn) OVER (
    PARTITION BY offer_key, price_kind, effective_from ORDER BY known_on NULLS LAST, row_id NULLS LAST
  ) AS was_withdrawn,
  LAG(row_id) OVER (
    PARTITION BY offer_key, price_kind, effective_from ORDER BY known_on NULLS LAST, row_id NULLS LAST
  ) AS row_before
FROM price_row;

-- step: price_standing
-- Prices, other than announced ones, with the days on which the list shows them and their own dates let them hold.
SELECT standing.*
FROM (
  SELECT stated.row_id, stated.source_id, stated.scope, stated.offer_key, stated.price_kind, stated.known_on,
    stated.stood_until, stated.row_after, COALESCE(stated.effective_from, far.first_day) AS begun,
    GREATEST(stated.known_on, COALESCE(stated.effective_from, stated.known_on)) AS stands_from,
    LEAST(COALESCE(stated.stood_until, far.open_end), COALESCE(ending.day_after, far.open_end)) AS stands_until
  FROM price_stated AS stated
  LEFT JOIN (SELECT date AS last_day, next_date AS day_after FROM core_calendar) AS ending
    ON stated.effective_to = ending.last_day
  CROSS JOIN (SELECT MIN(date) AS first_day, MAX(date) AS open_end FROM core_calendar) AS far
  WHERE NOT stated.is_withdrawn AND stated.price_kind <> 'announced'
) AS standing
WHERE standing.stands_from < standing.stands_until;

-- step: price_dated
-- Offers of which a price has dates; of the others one price stands at a time.
SELECT DISTINCT offer_key AS dated_key, price_kind AS dated_kind
FROM price_row
WHERE price_kind <> 'announced' AND (effective_from IS NOT NULL OR effective_to IS NOT NULL);

-- step: price_stretch
-- The days from one beginning or end of a price of such an offer to the next one.
SELECT offer_key AS stretch_key, price_kind AS stretch_kind, edge AS stretch_from,
  LEAD(edge) OVER (PARTITION BY offer_key, price_kind ORDER BY edge NULLS LAST) AS stretch_until
FROM (
  SELECT DISTINCT edges.offer_key, edges.price_kind, edges.edge
  FROM (
    SELECT offer_key, price_kind, stands_from AS edge FROM price_standing
    UNION ALL
    SELECT offer_key, price_kind, stands_until AS edge FROM price_standing
  ) AS edges
  JOIN price_dated AS dated ON edges.offer_key = dated.dated_key AND edges.price_kind = dated.dated_kind
) AS edges_of_offer;

-- step: price_of_stretch
-- The price in force in each stretch: of those that stand the one that began last.
SELECT candidates.row_id, candidates.offer_key, candidates.price_kind, candidates.stretch_from, candidates.stretch_until
FROM (
  SELECT standing.row_id, standing.offer_key, standing.price_kind, stretch.stretch_from, stretch.stretch_until,
    ROW_NUMBER() OVER (
      PARTITION BY standing.offer_key, standing.price_kind, stretch.stretch_from
      ORDER BY standing.begun DESC NULLS LAST, standing.row_id DESC NULLS LAST
    ) AS place
  FROM price_standing AS standing
  JOIN price_stretch AS stretch
    ON standing.offer_key = stretch.stretch_key AND standing.price_kind = stretch.stretch_kind
  WHERE stretch.stretch_until IS NOT NULL AND standing.stands_from <= stretch.stretch_from
    AND standing.stands_until > stretch.stretch_from
) AS candidates
WHERE candidates.place = 1;

-- step: price_of_stretch_followed
SELECT price_of_stretch.*,
  LAG(row_id) OVER (PARTITION BY offer_key, price_kind ORDER BY stretch_from NULLS LAST) AS stretch_row_before,
  LAG(stretch_until) OVER (PARTITION BY offer_key, price_kind ORDER BY stretch_from NULLS LAST) AS stretch_before_until,
  LEAD(row_id) OVER (PARTITION BY offer_key, price_kind ORDER BY stretch_from NULLS LAST) AS stretch_row_after,
  LEAD(stretch_from) OVER (PARTITION BY offer_key, price_kind ORDER BY stretch_from NULLS LAST) AS stretch_after_from
FROM price_of_stretch;

-- step: price_in_force
-- Each price, other than announced ones, with the days on which it is in force as far as the list tells, and the row
-- that ends it; a price that is in force twice has two rows.
SELECT standing.row_id, standing.source_id, standing.scope, standing.offer_key, standing.price_kind, standing.known_on,
  standing.stands_from AS in_force_from, standing.stands_until AS in_force_until, standing.row_after AS ended_by
FROM price_standing AS standing
LEFT JOIN price_dated AS dated
  ON standing.offer_key = dated.dated_key AND standing.price_kind = dated.dated_kind
WHERE dated.dated_key IS NULL
UNION ALL
SELECT standing.row_id, standing.source_id, standing.scope, standing.offer_key, standing.price_kind, standing.known_on,
  begins.in_force_from, ends.in_force_until,
  CASE
    WHEN standing.stood_until = ends.in_force_until THEN standing.row_after
    WHEN ends.stretch_after_from = ends.in_force_until THEN ends.stretch_row_after
  END AS ended_by
FROM price_standing AS standing
JOIN (
  SELECT row_id AS begun_row_id, stretch_from AS in_force_from,
    ROW_NUMBER() OVER (PARTITION BY row_id ORDER BY stretch_from NULLS LAST) AS begun_place
  FROM price_of_stretch_followed
  WHERE stretch_row_before IS NULL OR stretch_row_before <> row_id OR stretch_before_until < stretch_from
) AS begins
  ON standing.row_id = begins.begun_row_id
JOIN (
  SELECT row_id AS ended_row_id, stretch_until AS in_force_until, stretch_after_from, stretch_row_after,
    ROW_NUMBER() OVER (PARTITION BY row_id ORDER BY stretch_from NULLS LAST) AS ended_place
  FROM price_of_stretch_followed
  WHERE stretch_row_after IS NULL OR stretch_row_after <> row_id OR stretch_after_from > stretch_until
) AS ends
  ON begins.begun_row_id = ends.ended_row_id AND begins.begun_place = ends.ended_place;

-- step: price_come_into_force
-- Prices in force, with the first day on which a reading shows it.
SELECT row_id AS come_row_id, in_force_from AS come_day, 'read' AS come_by
FROM price_in_force
WHERE in_force_from = known_on
UNION ALL
SELECT waiting.row_id AS come_row_id, MIN(reading.reading_day) AS come_day, 'date' AS come_by
FROM price_in_force AS waiting
JOIN (
  SELECT source_id AS reading_source, scope AS reading_scope, observed_on AS reading_day FROM price_reading
) AS reading
  ON waiting.source_id = reading.reading_source AND waiting.scope = reading.reading_scope
WHERE waiting.in_force_from > waiting.known_on AND reading.reading_day >= waiting.in_force_from
  AND reading.reading_day < waiting.in_force_until
GROUP BY waiting.row_id, waiting.in_force_from;

-- step: price_gone
-- Rows that say that an offer and kind is no longer listed, where no price of it stands on that day; one a day.
SELECT candidates.gone_row_id, candidates.gone_day
FROM (
  SELECT gone.row_id AS gone_row_id, gone.known_on AS gone_day,
    ROW_NUMBER() OVER (
      PARTITION BY gone.offer_key, gone.price_kind, gone.known_on
      ORDER BY gone.effective_from DESC NULLS LAST, gone.row_id DESC NULLS LAST
    ) AS place
  FROM price_row AS gone
  LEFT JOIN (
    SELECT DISTINCT withdrawn.row_id AS kept_row_id
    FROM price_row AS withdrawn
    JOIN price_dated AS dated
      ON withdrawn.offer_key = dated.dated_key AND withdrawn.price_kind = dated.dated_kind
    JOIN (
      SELECT offer_key AS listed_key, price_kind AS listed_kind, known_on AS listed_from, stood_until AS listed_until
      FROM price_stated
      WHERE NOT is_withdrawn
    ) AS listed
      ON withdrawn.offer_key = listed.listed_key AND withdrawn.price_kind = listed.listed_kind
    WHERE withdrawn.is_withdrawn AND listed.listed_from <= withdrawn.known_on
      AND (listed.listed_until IS NULL OR listed.listed_until > withdrawn.known_on)
  ) AS kept
    ON gone.row_id = kept.kept_row_id
  WHERE gone.is_withdrawn AND gone.price_kind <> 'announced' AND kept.kept_row_id IS NULL
) AS candidates
WHERE candidates.place = 1;

-- step: price_event
SELECT price_row.*, event.event_day, event.event_by
FROM price_row
JOIN (
  SELECT come_row_id AS event_row_id, come_day AS event_day, come_by AS event_by FROM price_come_into_force
  UNION ALL
  SELECT gone_row_id AS event_row_id, gone_day AS event_day, 'read' AS event_by FROM price_gone
) AS event
  ON price_row.row_id = event.event_row_id;

-- step: price_followed
SELECT price_event.*,
  LAG(amount) OVER (
    PARTITION BY offer_key, price_kind ORDER BY event_day NULLS LAST, row_id NULLS LAST
  ) AS amount_before,
  LAG(is_withdrawn) OVER (
    PARTITION BY offer_key, price_kind ORDER BY event_day NULLS LAST, row_id NULLS LAST
  ) AS was_withdrawn,
  LAG(effective_from) OVER (
    PARTITION BY offer_key, price_kind ORDER BY event_day NULLS LAST, row_id NULLS LAST
  ) AS effective_before,
  LAG(effective_to) OVER (
    PARTITION BY offer_key, price_kind ORDER BY event_day NULLS LAST, row_id NULLS LAST
  ) AS ending_before,
  LAG(row_id) OVER (
    PARTITION BY offer_key, price_kind ORDER BY event_day NULLS LAST, row_id NULLS LAST
  ) AS row_before
FROM price_event;

-- step: price_compared
SELECT price_followed.*,
  CASE
    WHEN row_before IS NULL THEN NULL
    WHEN is_withdrawn AND was_withdrawn THEN NULL
    WHEN is_withdrawn THEN 'withdrawn'
    WHEN was_withdrawn THEN 'relisted'
    WHEN amount > amount_before THEN 'raised'
    WHEN amount < amount_before THEN 'lowered'
    WHEN COALESCE(CAST(effective_from AS VARCHAR), '-') <> COALESCE(CAST(effective_before AS VARCHAR), '-')
      OR COALESCE(CAST(effective_to AS VARCHAR), '-') <> COALESCE(CAST(ending_before AS VARCHAR), '-') THEN 'dates_changed'
  END AS price_change
FROM price_followed;

-- step: announcement_list_price
-- The list price in force on the day of each row of an announcement.
SELECT told_row_id, list_row_id, list_amount
FROM (
  SELECT told.row_id AS told_row_id, list.list_row_id, list.list_amount,
    ROW_NUMBER() OVER (PARTITION BY told.row_id ORDER BY list.list_row_id NULLS LAST) AS place
  FROM (SELECT row_id, offer_key, known_on FROM price_row WHERE price_kind = 'announced') AS told
  JOIN (
    SELECT in_force.row_id AS list_row_id, in_force.offer_key AS list_key, in_force.in_force_from, in_force.in_force_until,
      priced.list_amount
    FROM price_in_force AS in_force
    JOIN (SELECT row_id AS priced_row_id, amount AS list_amount FROM price_row) AS priced
      ON in_force.row_id = priced.priced_row_id
    WHERE in_force.price_kind = 'list'
  ) AS list
    ON told.offer_key = list.list_key
  WHERE list.in_force_from <= told.known_on AND told.known_on < list.in_force_until
) AS candidates
WHERE place = 1;

-- step: announcement_told
-- What each row of an announcement says of the price for its day.
SELECT told.row_id, told.offer_table, told.source_id, told.offer, told.offer_key, told.price_kind, told.currency, told.sold_unit,
  told.known_on, told.amount, told.amount_before, told.row_before, told.effective_from, told.effective_to,
  list.list_row_id, list.list_amount,
  CASE
    WHEN told.is_withdrawn AND list.list_amount = told.amount_before AND told.known_on >= told.effective_from
      THEN 'announcement_kept'
    WHEN told.is_withdrawn THEN 'cancelled'
    WHEN told.row_before IS NULL OR told.was_withdrawn THEN 'announced'
    ELSE 'announcement_changed'
  END AS told_change
FROM price_stated AS told
LEFT JOIN announcement_list_price AS list ON told.row_id = list.told_row_id
WHERE told.price_kind = 'announced';

-- step: announcement_moved
-- A day that is new where another is gone on the same day of reading: the first takes the place of the first.
SELECT begun.row_id AS moved_to_row_id, gone.gone_row_id AS moved_from_row_id, gone.gone_row_before AS moved_row_before
FROM (
  SELECT row_id, offer_key, known_on,
    ROW_NUMBER() OVER (
      PARTITION BY offer_key, known_on ORDER BY effective_from NULLS LAST, row_id NULLS LAST
    ) AS begun_place
  FROM announcement_told
  WHERE told_change = 'announced'
) AS begun
JOIN (
  SELECT row_id AS gone_row_id, row_before AS gone_row_before, offer_key AS gone_key, known_on AS gone_on,
    ROW_NUMBER() OVER (
      PARTITION BY offer_key, known_on ORDER BY effective_from NULLS LAST, row_id NULLS LAST
    ) AS gone_place
  FROM announcement_told
  WHERE told_change = 'cancelled'
) AS gone
  ON begun.offer_key = gone.gone_key AND begun.known_on = gone.gone_on AND begun.begun_place = gone.gone_place;

-- step: price_changed
-- Of an announcement the price before is that of the list; of one that is gone the price after is.
SELECT CASE WHEN event_by = 'read' THEN row_id ELSE row_id || ':' || CAST(event_day AS VARCHAR) END AS change_row_id,
  row_id, offer_table, source_id, offer, price_kind, currency, sold_unit, event_day AS known_on, price_change,
  amount_before AS price_before, amount AS price_after, effective_from, effective_to, row_before,
  CAST(NULL AS VARCHAR) AS list_row_id, CAST(NULL AS VARCHAR) AS moved_row_id
FROM price_compared
WHERE price_change IS NOT NULL
UNION ALL
SELECT told.row_id AS change_row_id, told.row_id, told.offer_table, told.source_id, told.offer, told.price_kind, told.currency,
  told.sold_unit, told.known_on,
  CASE WHEN moved.moved_to_row_id IS NOT NULL THEN 'announcement_changed' ELSE told.told_change END AS price_change,
  CASE
    WHEN told.told_change = 'announcement_kept' OR told.told_change = 'cancelled' THEN told.amount_before
    ELSE told.list_amount
  END AS price_before,
  CASE
    WHEN told.told_change = 'announcement_kept' OR told.told_change = 'cancelled' THEN told.list_amount
    ELSE told.amount
  END AS price_after,
  told.effective_from, told.effective_to, COALESCE(moved.moved_row_before, told.row_before) AS row_before, told.list_row_id,
  moved.moved_from_row_id AS moved_row_id
FROM announcement_told AS told
LEFT JOIN announcement_moved AS moved ON told.row_id = moved.moved_to_row_id
LEFT JOIN (SELECT moved_from_row_id AS replaced_row_id FROM announcement_moved) AS replaced
  ON told.row_id = replaced.replaced_row_id
WHERE replaced.replaced_row_id IS NULL;

-- rows
SELECT change_row_id AS row_id, source_id, offer_table, offer, price_kind, price_change, currency, sold_unit, price_before,
  price_after, price_after / NULLIF(price_before, 0.0) - 1.0 AS relative_change, effective_from, effective_to, known_on
FROM price_changed;

-- lineage
SELECT change_row_id AS mart_row_id, offer_table AS input_table, row_id AS input_row_id, 'after' AS role FROM price_changed
UNION ALL
SELECT change_row_id AS mart_row_id, offer_table AS input_table, row_before AS input_row_id, 'before' AS role
FROM price_changed
WHERE row_before IS NOT NULL
UNION ALL
SELECT change_row_id AS mart_row_id, offer_table AS input_table, list_row_id AS input_row_id, 'list_price' AS role
FROM price_changed
WHERE list_row_id IS NOT NULL
UNION ALL
SELECT change_row_id AS mart_row_id, offer_table AS input_table, moved_row_id AS input_row_id, 'withdrawal' AS role
FROM price_changed
WHERE moved_row_id IS NOT NULL;
