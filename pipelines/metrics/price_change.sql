-- Grain: one change of one listed price: of a model, a GPU or a seat.
-- Formula: each row of a list against the one before it of the same offer and kind. `raised`, `lowered`: another
--   price. `dates_changed`: other dates at the same price. `withdrawn`: no longer listed. `relisted`: listed again after
--   that, whatever the price. `announced`: a price that is to come, against the list price of that day.
--   `announcement_changed`; `announcement_kept`: withdrawn on or after its day, while the list shows its price;
--   `cancelled`: withdrawn otherwise. A first listing is no change.
-- Units: currency per unit of the price.
-- Inputs: known_model_price, known_gpu_price, known_seat_price.
-- Caveats: days are those of observation. Several changes between two readings are one. Where a source states
--   since when a price holds, a change of the price ends one offer and begins another on the same day: both are taken
--   together.

-- step: price_row
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
FROM known_seat_price;

-- step: price_event
-- Of an offer and kind one row a day and stated beginning; the end of one beginning says nothing where another
-- is listed on that day, or before.
SELECT event.*
FROM (
  SELECT price_row.*,
    SUM(CASE WHEN is_withdrawn THEN 0 ELSE 1 END) OVER (PARTITION BY offer_table, source_id, scope, offer, price_kind, known_on) AS listed_that_day
  FROM price_row
) AS event
WHERE NOT event.is_withdrawn OR event.listed_that_day = 0;

-- step: price_followed
SELECT price_event.*,
  LAG(amount) OVER (
    PARTITION BY offer_table, source_id, scope, offer, price_kind
    ORDER BY known_on NULLS LAST, effective_from NULLS LAST, row_id NULLS LAST
  ) AS amount_before,
  LAG(is_withdrawn) OVER (
    PARTITION BY offer_table, source_id, scope, offer, price_kind
    ORDER BY known_on NULLS LAST, effective_from NULLS LAST, row_id NULLS LAST
  ) AS was_withdrawn,
  LAG(known_on) OVER (
    PARTITION BY offer_table, source_id, scope, offer, price_kind
    ORDER BY known_on NULLS LAST, effective_from NULLS LAST, row_id NULLS LAST
  ) AS known_before,
  LAG(effective_from) OVER (
    PARTITION BY offer_table, source_id, scope, offer, price_kind
    ORDER BY known_on NULLS LAST, effective_from NULLS LAST, row_id NULLS LAST
  ) AS effective_before,
  LAG(row_id) OVER (
    PARTITION BY offer_table, source_id, scope, offer, price_kind
    ORDER BY known_on NULLS LAST, effective_from NULLS LAST, row_id NULLS LAST
  ) AS row_before,
  LEAD(known_on) OVER (
    PARTITION BY offer_table, source_id, scope, offer, price_kind
    ORDER BY known_on NULLS LAST, effective_from NULLS LAST, row_id NULLS LAST
  ) AS known_after
FROM price_event;

-- step: price_list_on_day
-- The list price on the day of each row of an announcement.
SELECT told_row_id, list_row_id, list_amount
FROM (
  SELECT told.row_id AS told_row_id, list.list_row_id, list.list_amount,
    ROW_NUMBER() OVER (
      PARTITION BY told.row_id ORDER BY list.list_known_on NULLS LAST, list.list_row_id NULLS LAST
    ) AS place
  FROM (
    SELECT row_id, offer_table, source_id, scope, offer, known_on FROM price_followed WHERE price_kind = 'announced'
  ) AS told
  JOIN (
    SELECT row_id AS list_row_id, offer_table AS list_table, source_id AS list_source, scope AS list_scope,
      offer AS list_offer, amount AS list_amount, known_on AS list_known_on, known_after AS list_known_after
    FROM price_followed
    WHERE price_kind = 'list' AND NOT is_withdrawn
  ) AS list
    ON told.offer_table = list.list_table AND told.source_id = list.list_source AND told.scope = list.list_scope
    AND told.offer = list.list_offer
  WHERE list.list_known_on <= told.known_on
    AND (list.list_known_after IS NULL OR told.known_on < list.list_known_after)
) AS candidates
WHERE place = 1;

-- step: price_compared
SELECT change.row_id, change.offer_table, change.source_id, change.offer, change.price_kind, change.currency,
  change.sold_unit, change.known_on, change.amount, change.amount_before, change.row_before, change.is_withdrawn,
  change.was_withdrawn, change.effective_from, change.effective_before, change.effective_to, list.list_row_id,
  list.list_amount,
  CASE
    WHEN change.price_kind = 'announced' AND change.is_withdrawn AND list.list_amount = change.amount_before
      AND change.known_on >= change.effective_before THEN 'announcement_kept'
    WHEN change.price_kind = 'announced' AND change.is_withdrawn THEN 'cancelled'
    WHEN change.price_kind = 'announced' AND (change.row_before IS NULL OR change.was_withdrawn) THEN 'announced'
    WHEN change.price_kind = 'announced' THEN 'announcement_changed'
    WHEN change.row_before IS NULL OR change.known_before = change.known_on THEN NULL
    WHEN change.is_withdrawn THEN 'withdrawn'
    WHEN change.was_withdrawn THEN 'relisted'
    WHEN change.amount > change.amount_before THEN 'raised'
    WHEN change.amount < change.amount_before THEN 'lowered'
    ELSE 'dates_changed'
  END AS price_change
FROM price_followed AS change
LEFT JOIN price_list_on_day AS list ON change.row_id = list.told_row_id;

-- step: price_changed
-- Of an announcement the price before is that of the list.
SELECT row_id, offer_table, source_id, offer, price_kind, currency, sold_unit, known_on, price_change,
  CASE WHEN price_kind = 'announced' AND NOT is_withdrawn THEN list_amount ELSE amount_before END AS price_before,
  CASE WHEN price_kind = 'announced' AND is_withdrawn THEN list_amount ELSE amount END AS price_after,
  CASE WHEN price_kind = 'announced' AND is_withdrawn THEN effective_before ELSE effective_from END AS effective_from,
  effective_to, row_before, list_row_id
FROM price_compared
WHERE price_change IS NOT NULL;

-- rows
SELECT row_id, source_id, offer_table, offer, price_kind, price_change, currency, sold_unit, price_before, price_after,
  price_after / NULLIF(price_before, 0.0) - 1.0 AS relative_change, effective_from, effective_to, known_on
FROM price_changed;

-- lineage
SELECT row_id AS mart_row_id, offer_table AS input_table, row_id AS input_row_id, 'after' AS role FROM price_changed
UNION ALL
SELECT row_id AS mart_row_id, offer_table AS input_table, row_before AS input_row_id, 'before' AS role FROM price_changed
WHERE row_before IS NOT NULL
UNION ALL
SELECT row_id AS mart_row_id, offer_table AS input_table, list_row_id AS input_row_id, 'list_price' AS role FROM price_changed
WHERE list_row_id IS NOT NULL;
