-- Grain: a price of a GPU under a commitment, or as spot, against the on-demand list price of the same instance of the
--   same provider, while both were listed.
-- Formula: 1 - price / on-demand price, per GPU and hour.
-- Units: a share; negative where the price is above the list.
-- Inputs: known_gpu_price (through gpu_listing), known_reading (through price_reading), core_source.
-- Caveats: `reference` is what the discount is against: here always `on_demand_list`, of the same provider, instance,
--   number of GPUs, region and operating system. Both prices are of one list and were read together; `seen_until` is the
--   first day on which one of them was no longer listed, absent while both are.

-- step: discount_pair
SELECT price.row_id, price.source_id, price.provider, price.sku, price.gpu_model, price.gpu_form, price.memory_gb,
  price.gpus_per_instance, price.term, price.region, price.currency, price.amount, list.list_row_id, list.list_amount,
  GREATEST(price.known_on, list.list_known_on) AS seen_from,
  CASE
    WHEN price.next_known_on IS NULL THEN list.list_next_known_on
    WHEN list.list_next_known_on IS NULL THEN price.next_known_on
    ELSE LEAST(price.next_known_on, list.list_next_known_on)
  END AS seen_until
FROM gpu_listing AS price
JOIN (
  SELECT row_id AS list_row_id, source_id AS list_source, scope AS list_scope, provider AS list_provider, sku AS list_sku,
    gpu_model AS list_gpu_model, gpu_form AS list_gpu_form, memory_gb AS list_memory_gb,
    gpus_per_instance AS list_gpus, cloud_type AS list_cloud_type, billed_scope AS list_billed_scope,
    operating_system AS list_operating_system, region AS list_region, currency AS list_currency, amount AS list_amount,
    known_on AS list_known_on, next_known_on AS list_next_known_on
  FROM gpu_listing
  WHERE term = 'on_demand' AND price_kind = 'list' AND NOT is_withdrawn
) AS list
  ON price.source_id = list.list_source AND price.scope = list.list_scope AND price.provider = list.list_provider
  AND price.sku = list.list_sku AND price.gpu_model = list.list_gpu_model AND price.gpu_form = list.list_gpu_form
  AND price.memory_gb = list.list_memory_gb AND price.gpus_per_instance = list.list_gpus
  AND price.cloud_type = list.list_cloud_type AND price.billed_scope = list.list_billed_scope
  AND price.operating_system = list.list_operating_system AND price.region = list.list_region
  AND price.currency = list.list_currency
WHERE price.term <> 'on_demand' AND price.price_kind = 'list' AND NOT price.is_withdrawn
  AND (list.list_next_known_on IS NULL OR price.known_on < list.list_next_known_on)
  AND (price.next_known_on IS NULL OR list.list_known_on < price.next_known_on);

-- rows
SELECT row_id || ':' || list_row_id AS row_id, source_id, provider, sku, gpu_model, gpu_form,
  NULLIF(memory_gb, 0) AS gpu_memory_gb, gpus_per_instance, term, region, currency, 'on_demand_list' AS reference,
  amount AS per_gpu_hour, list_amount AS reference_per_gpu_hour,
  1.0 - amount / NULLIF(list_amount, 0.0) AS discount_low, 1.0 - amount / NULLIF(list_amount, 0.0) AS discount_high,
  seen_from, seen_until, seen_from AS known_on
FROM discount_pair;

-- lineage
SELECT row_id || ':' || list_row_id AS mart_row_id, 'core_gpu_price' AS input_table, row_id AS input_row_id, 'price' AS role
FROM discount_pair
UNION ALL
SELECT row_id || ':' || list_row_id AS mart_row_id, 'core_gpu_price' AS input_table, list_row_id AS input_row_id,
  'on_demand' AS role
FROM discount_pair;
