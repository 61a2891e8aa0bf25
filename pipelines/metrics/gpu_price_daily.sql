-- Grain: one day, GPU model, form, memory, term, scope of billing and currency.
-- Formula: of each provider the median of its offers of that kind counts once; the quartiles and the median are those
--   of providers, the least and the highest price those of offers. An offer counts on the days from the reading that
--   shows it to the next one, but never more than the source's `max_age_days` after a reading. Where a provider's own
--   list counts on a day, what others say of its prices does not. From the day of an announced price on the list price does
--   not count, and the announced one does once a reading on that day or later shows it.
-- Units: currency per GPU and hour; ages in days.
-- Inputs: known_gpu_price, price_reading, price_clock, core_calendar, core_source.
-- Caveats: days end with the last reading of any list. Windows is left out: its licence is in the price. An offer is a
--   line of a price list: providers with many regions have many, which the median of the provider evens out. Prices of
--   the GPU alone (`gpu_only`) are kept apart from those with the host. Where a provider has two lists of one thing, both
--   are offers.

-- step: gpu_listing
SELECT source_id, scope, provider, sku, gpu_model, gpu_form, COALESCE(gpu_memory_gb, 0) AS memory_gb, gpus_per_instance,
  term, cloud_type, billed_scope, operating_system, region, currency, price_kind, effective_from, known_on, is_withdrawn,
  row_id, effective_to, CAST(CAST(price_per_gpu_hour AS VARCHAR) AS DOUBLE) AS amount,
  CONCAT_WS(':', source_id, scope, provider, sku, gpu_model, gpu_form, COALESCE(CAST(gpu_memory_gb AS VARCHAR), '-'),
    CAST(gpus_per_instance AS VARCHAR), term, cloud_type, billed_scope, operating_system, region, currency) AS offer,
  LEAD(known_on) OVER (
    PARTITION BY source_id, scope, provider, sku, gpu_model, gpu_form, gpu_memory_gb, gpus_per_instance, term, cloud_type,
      billed_scope, operating_system, region, currency, price_kind, effective_from
    ORDER BY known_on NULLS LAST, row_id NULLS LAST
  ) AS next_known_on,
  LEAD(row_id) OVER (
    PARTITION BY source_id, scope, provider, sku, gpu_model, gpu_form, gpu_memory_gb, gpus_per_instance, term, cloud_type,
      billed_scope, operating_system, region, currency, price_kind, effective_from
    ORDER BY known_on NULLS LAST, row_id NULLS LAST
  ) AS next_row_id
FROM known_gpu_price;

-- step: gpu_age
-- Ages of up to 90 days, the most that a source may allow itself.
SELECT calendar.day_number - epoch.first_number AS age_days
FROM core_calendar AS calendar
CROSS JOIN (SELECT MIN(day_number) AS first_number FROM core_calendar) AS epoch
WHERE calendar.day_number - epoch.first_number <= 90;

-- step: gpu_reading_day
-- The days on which a reading counts, with its age.
SELECT reading.source_id AS reading_source, reading.scope AS reading_scope, reading.observed_on, calendar.day,
  reading.age_days
FROM (
  SELECT read.source_id, read.scope, read.observed_on, read.next_observed_on, observed.observed_number, age.age_days
  FROM price_reading AS read
  JOIN (SELECT DISTINCT source_id AS gpu_source, scope AS gpu_scope FROM gpu_listing) AS gpu
    ON read.source_id = gpu.gpu_source AND read.scope = gpu.gpu_scope
  JOIN (SELECT date AS observed_day, day_number AS observed_number FROM core_calendar) AS observed
    ON read.observed_on = observed.observed_day
  CROSS JOIN gpu_age AS age
  WHERE age.age_days <= read.max_age_days
) AS reading
JOIN (SELECT date AS day, day_number AS calendar_number FROM core_calendar) AS calendar
  ON reading.observed_number + reading.age_days = calendar.calendar_number
CROSS JOIN price_clock AS clock
WHERE calendar.day <= clock.clock_day
  AND (reading.next_observed_on IS NULL OR calendar.day < reading.next_observed_on);

-- step: gpu_offer_read
-- The offers of each reading.
SELECT offer.row_id, offer.source_id, offer.scope, offer.offer, offer.provider, offer.gpu_model, offer.gpu_form,
  offer.memory_gb, offer.term, offer.billed_scope, offer.currency, offer.price_kind, offer.effective_from, offer.effective_to,
  offer.amount,
  reading.reading_on
FROM gpu_listing AS offer
JOIN (
  SELECT source_id AS read_source, scope AS read_scope, observed_on AS reading_on FROM price_reading
) AS reading
  ON offer.source_id = reading.read_source AND offer.scope = reading.read_scope
WHERE NOT offer.is_withdrawn AND offer.operating_system <> 'windows' AND offer.known_on <= reading.reading_on
  AND (offer.next_known_on IS NULL OR reading.reading_on < offer.next_known_on);

-- step: gpu_offer_day
-- Offers by day, on the days on which they are in force; where the day of an announced price has come, or a promotion
-- holds, the list price does not count.
SELECT offer.row_id, offer.source_id, offer.provider, offer.gpu_model, offer.gpu_form, offer.memory_gb, offer.term,
  offer.billed_scope, offer.currency, offer.amount, day.day, day.age_days
FROM gpu_offer_read AS offer
JOIN gpu_reading_day AS day
  ON offer.source_id = day.reading_source AND offer.scope = day.reading_scope AND offer.reading_on = day.observed_on
LEFT JOIN (
  SELECT offer AS instead_offer, reading_on AS instead_reading_on,
    MIN(CASE WHEN price_kind = 'announced' THEN effective_from END) AS announced_from,
    MIN(CASE WHEN price_kind = 'promotional' THEN COALESCE(effective_from, bounds.first_day) END) AS promoted_from,
    MAX(CASE WHEN price_kind = 'promotional' THEN COALESCE(effective_to, bounds.last_day) END) AS promoted_to
  FROM gpu_offer_read
  CROSS JOIN (SELECT MIN(date) AS first_day, MAX(date) AS last_day FROM core_calendar) AS bounds
  WHERE price_kind <> 'list'
  GROUP BY offer, reading_on
) AS instead
  ON offer.offer = instead.instead_offer AND offer.reading_on = instead.instead_reading_on
WHERE (offer.effective_from IS NULL OR offer.effective_from <= day.day)
  AND (offer.effective_to IS NULL OR offer.effective_to >= day.day)
  AND (offer.price_kind <> 'announced' OR offer.effective_from <= offer.reading_on)
  AND (offer.price_kind <> 'list' OR instead.instead_offer IS NULL
    OR ((instead.announced_from IS NULL OR day.day < instead.announced_from)
      AND (instead.promoted_from IS NULL OR day.day < instead.promoted_from OR day.day > instead.promoted_to)));

-- step: gpu_offer_counting
-- Where the provider's own list counts, second hands do not.
SELECT offer.*, terms.hand
FROM gpu_offer_day AS offer
JOIN (
  SELECT source_id AS listing_source, CASE WHEN is_second_hand THEN 2 ELSE 1 END AS hand FROM core_source
) AS terms
  ON offer.source_id = terms.listing_source
JOIN (
  SELECT told.provider AS best_provider, told.gpu_model AS best_gpu_model, told.term AS best_term, told.day AS best_day,
    MIN(told_terms.told_hand) AS best_hand
  FROM gpu_offer_day AS told
  JOIN (
    SELECT source_id AS told_source, CASE WHEN is_second_hand THEN 2 ELSE 1 END AS told_hand FROM core_source
  ) AS told_terms
    ON told.source_id = told_terms.told_source
  GROUP BY told.provider, told.gpu_model, told.term, told.day
) AS best
  ON offer.provider = best.best_provider AND offer.gpu_model = best.best_gpu_model AND offer.term = best.best_term
  AND offer.day = best.best_day AND terms.hand = best.best_hand;

-- step: gpu_provider_day
SELECT day, gpu_model, gpu_form, memory_gb, term, billed_scope, currency, provider, COUNT(*) AS offers,
  MEDIAN(amount) AS median_amount, MIN(amount) AS least_amount, MAX(amount) AS highest_amount, MAX(age_days) AS oldest_days
FROM gpu_offer_counting
GROUP BY day, gpu_model, gpu_form, memory_gb, term, billed_scope, currency, provider;

-- step: gpu_day
SELECT day, gpu_model, gpu_form, memory_gb, term, billed_scope, currency,
  CONCAT_WS(':', CAST(day AS VARCHAR), gpu_model, gpu_form, CAST(memory_gb AS VARCHAR), term, billed_scope, currency) AS day_row_id,
  SUM(offers) AS offers, COUNT(*) AS providers, MIN(least_amount) AS least_amount,
  QUANTILE_CONT(median_amount, 0.25) AS lower_quartile, MEDIAN(median_amount) AS median_amount,
  QUANTILE_CONT(median_amount, 0.75) AS upper_quartile, MAX(highest_amount) AS highest_amount,
  MAX(oldest_days) AS oldest_days
FROM gpu_provider_day
GROUP BY day, gpu_model, gpu_form, memory_gb, term, billed_scope, currency;

-- rows
SELECT day_row_id AS row_id, day, gpu_model, gpu_form, NULLIF(memory_gb, 0) AS gpu_memory_gb, term, billed_scope, currency,
  offers, providers, least_amount AS least_per_gpu_hour, lower_quartile AS lower_quartile_per_gpu_hour,
  median_amount AS median_per_gpu_hour, upper_quartile AS upper_quartile_per_gpu_hour,
  highest_amount AS highest_per_gpu_hour, oldest_days, day AS known_on
FROM gpu_day;

-- lineage
SELECT CONCAT_WS(':', CAST(day AS VARCHAR), gpu_model, gpu_form, CAST(memory_gb AS VARCHAR), term, billed_scope, currency) AS mart_row_id,
  'core_gpu_price' AS input_table, row_id AS input_row_id, 'offer' AS role
FROM gpu_offer_counting;
