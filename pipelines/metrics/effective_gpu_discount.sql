-- Grain: a price of a GPU under a commitment, or as spot, against the on-demand list price of the same instance of the
--   same provider, while both were listed.
-- Formula: 1 - price / on-demand price, per GPU and hour, on the days on which both may be used: both are in force as
--   far as their list tells (as in price_change), and the list was read, no longer than the source's `max_age_days` ago.
-- Units: a share; negative where the price is above the list.
-- Inputs: gpu_listing, price_usable, price_clock.
-- Caveats: `reference` is what the discount is against: here always `on_demand_list`, of the same provider, instance,
--   number of GPUs, region and operating system. Both prices are of one list and were read together; `seen_until` is the
--   first day on which one of them was no longer listed or in force, or too old to be used; absent while both are. Where
--   the list was not read for longer than its `max_age_days`, the same pair before and after is two rows.

-- step: discount_usable
SELECT listing.row_id, listing.source_id, listing.scope, listing.provider, listing.sku, listing.gpu_model,
  listing.gpu_form, listing.memory_gb, listing.gpus_per_instance, listing.term, listing.cloud_type, listing.billed_scope,
  listing.operating_system, listing.region, listing.currency, listing.amount, usable.usable_from, usable.usable_until,
  usable.ended_by
FROM gpu_listing AS listing
JOIN price_usable AS usable ON listing.row_id = usable.usable_row_id
WHERE listing.price_kind = 'list';

-- step: discount_overlap
SELECT price.row_id, price.source_id, price.provider, price.sku, price.gpu_model, price.gpu_form, price.memory_gb,
  price.gpus_per_instance, price.term, price.region, price.currency, price.amount, list.list_row_id, list.list_amount,
  GREATEST(price.usable_from, list.list_usable_from) AS seen_from,
  LEAST(price.usable_until, list.list_usable_until) AS shown_until,
  CASE WHEN price.usable_until <= list.list_usable_until THEN price.ended_by END AS ended_by,
  CASE WHEN list.list_usable_until <= price.usable_until THEN list.list_ended_by END AS list_ended_by
FROM discount_usable AS price
JOIN (
  SELECT row_id AS list_row_id, source_id AS list_source, scope AS list_scope, provider AS list_provider, sku AS list_sku,
    gpu_model AS list_gpu_model, gpu_form AS list_gpu_form, memory_gb AS list_memory_gb,
    gpus_per_instance AS list_gpus, cloud_type AS list_cloud_type, billed_scope AS list_billed_scope,
    operating_system AS list_operating_system, region AS list_region, currency AS list_currency, amount AS list_amount,
    usable_from AS list_usable_from, usable_until AS list_usable_until, ended_by AS list_ended_by
  FROM discount_usable
  WHERE term = 'on_demand'
) AS list
  ON price.source_id = list.list_source AND price.scope = list.list_scope AND price.provider = list.list_provider
  AND price.sku = list.list_sku AND price.gpu_model = list.list_gpu_model AND price.gpu_form = list.list_gpu_form
  AND price.memory_gb = list.list_memory_gb AND price.gpus_per_instance = list.list_gpus
  AND price.cloud_type = list.list_cloud_type AND price.billed_scope = list.list_billed_scope
  AND price.operating_system = list.list_operating_system AND price.region = list.list_region
  AND price.currency = list.list_currency
WHERE price.term <> 'on_demand' AND price.usable_from < list.list_usable_until
  AND list.list_usable_from < price.usable_until;

-- step: discount_pair
SELECT overlap.*, CONCAT_WS(':', overlap.row_id, overlap.list_row_id, CAST(overlap.seen_from AS VARCHAR)) AS pair_row_id,
  CASE WHEN overlap.shown_until <= clock.clock_day THEN overlap.shown_until END AS seen_until
FROM discount_overlap AS overlap
CROSS JOIN price_clock AS clock;

-- rows
SELECT pair_row_id AS row_id, source_id, provider, sku, gpu_model, gpu_form, NULLIF(memory_gb, 0) AS gpu_memory_gb,
  gpus_per_instance, term, region, currency, 'on_demand_list' AS reference, amount AS per_gpu_hour,
  list_amount AS reference_per_gpu_hour, 1.0 - amount / NULLIF(list_amount, 0.0) AS discount_low,
  1.0 - amount / NULLIF(list_amount, 0.0) AS discount_high, seen_from, seen_until,
  COALESCE(seen_until, seen_from) AS known_on
FROM discount_pair;

-- lineage
SELECT pair_row_id AS mart_row_id, 'core_gpu_price' AS input_table, row_id AS input_row_id, 'price' AS role
FROM discount_pair
UNION ALL
SELECT pair_row_id AS mart_row_id, 'core_gpu_price' AS input_table, list_row_id AS input_row_id, 'on_demand' AS role
FROM discount_pair
UNION ALL
SELECT pair_row_id AS mart_row_id, 'core_gpu_price' AS input_table, ended_by AS input_row_id, 'price_end' AS role
FROM discount_pair
WHERE ended_by IS NOT NULL AND seen_until IS NOT NULL
UNION ALL
SELECT pair_row_id AS mart_row_id, 'core_gpu_price' AS input_table, list_ended_by AS input_row_id, 'on_demand_end' AS role
FROM discount_pair
WHERE list_ended_by IS NOT NULL AND seen_until IS NOT NULL;
