-- Grain: what one large buyer is told to pay for a GPU and hour, against one reference.
-- Formula: 1 - price paid / reference. `stated_by_source` is what the same text says others pay; `market_basket` the on-demand
--   list prices of one GPU that were known on the day of the figure: of each provider its cheapest offer, with the number of
--   quotes, least, quartiles, highest and their ages. discount_low is against the cheapest reference, discount_high
--   against the dearest; negative where the price paid is above the reference.
-- Units: US dollars per GPU and hour; discounts are shares; ages in days.
-- Inputs: company_figure, known_assumption, gpu_listing, core_source, core_calendar.
-- Caveats: no text names the GPU: each GPU has a basket of its own, `is_assumed_gpu` marks the one of a dated assumption, and what
--   others are said to pay has that GPU too, where it is assumed. A quote may be old: no cut is made, the ages are shown.
--   What others report of a provider counts where no list of its own is known. Windows, and prices without the host, are left out.

-- step: anchor_paid
SELECT figure_table AS paid_figure_table, figure_row_id AS paid_figure_id, figure_text AS paid_figure_text, figure_company AS buyer_id,
  counterparty_key AS seller_id, figure_low AS paid_low, figure_high AS paid_high, figure_year AS paid_year, figure_known_on AS paid_known_on,
  day.paid_number
FROM company_figure
JOIN (SELECT date AS paid_day, day_number AS paid_number FROM core_calendar) AS day ON company_figure.figure_known_on = day.paid_day
WHERE measure = 'gpu_hour_price_paid' AND figure_unit = 'USD/GPU-hour';

-- step: anchor_gpu
SELECT gpu_assumption_id, gpu_buyer, assumed_gpu, gpu_known_on
FROM (
  SELECT row_id AS gpu_assumption_id, company_key AS gpu_buyer, assumed_text AS assumed_gpu, known_on AS gpu_known_on,
    ROW_NUMBER() OVER (PARTITION BY company_key ORDER BY known_on DESC NULLS LAST, row_id DESC NULLS LAST) AS place
  FROM known_assumption
  WHERE measure = 'gpu_of_price_paid'
) AS ranked
WHERE place = 1;

-- step: anchor_quote
-- Of each provider and GPU the cheapest offer that stood on the day of the figure.
SELECT paid_figure_id AS quoted_figure, quote_row_id, quote_provider, quote_gpu, quote_memory, quote_amount, age_days
FROM (
  SELECT paid.paid_figure_id, offer.row_id AS quote_row_id, offer.provider AS quote_provider, offer.gpu_model AS quote_gpu,
    offer.memory_gb AS quote_memory, offer.amount AS quote_amount, paid.paid_number - told.told_number AS age_days,
    ROW_NUMBER() OVER (
      PARTITION BY paid.paid_figure_id, offer.provider, offer.gpu_model, offer.memory_gb
      ORDER BY terms.hand NULLS LAST, offer.amount NULLS LAST, offer.row_id NULLS LAST
    ) AS place
  FROM anchor_paid AS paid
  CROSS JOIN gpu_listing AS offer
  JOIN (SELECT date AS told_day, day_number AS told_number FROM core_calendar) AS told ON offer.known_on = told.told_day
  JOIN (SELECT source_id AS listing_source, CASE WHEN is_second_hand THEN 2 ELSE 1 END AS hand FROM core_source) AS terms
    ON offer.source_id = terms.listing_source
  WHERE offer.known_on <= paid.paid_known_on AND (offer.next_known_on IS NULL OR offer.next_known_on > paid.paid_known_on)
    AND NOT offer.is_withdrawn AND offer.term = 'on_demand' AND offer.price_kind = 'list' AND offer.currency = 'USD'
    AND offer.billed_scope <> 'gpu_only' AND offer.operating_system <> 'windows' AND offer.amount > 0.0
) AS ranked
WHERE place = 1;

-- step: anchor_basket
SELECT quoted_figure, quote_gpu, quote_memory, COUNT(*) AS quotes, MIN(quote_amount) AS least,
  QUANTILE_CONT(quote_amount, 0.25) AS lower_quartile, MEDIAN(quote_amount) AS median_amount,
  QUANTILE_CONT(quote_amount, 0.75) AS upper_quartile, MAX(quote_amount) AS highest, MAX(age_days) AS oldest, MIN(age_days) AS newest
FROM anchor_quote
GROUP BY quoted_figure, quote_gpu, quote_memory;

-- step: anchor_discount
SELECT CONCAT_WS(':', paid.paid_figure_id, 'stated_by_source', others.others_figure_id) AS anchor_row_id, paid.paid_figure_id, paid.paid_figure_table,
  paid.buyer_id, paid.seller_id, 'stated_by_source' AS reference, assumed.assumed_gpu AS gpu_model, CAST(NULL AS BIGINT) AS gpu_memory,
  assumed.assumed_gpu IS NOT NULL AS is_assumed_gpu, paid.paid_low, paid.paid_high, CAST(NULL AS BIGINT) AS quotes, others.others_low AS reference_low,
  CAST(NULL AS DOUBLE) AS lower_quartile, CAST(NULL AS DOUBLE) AS median_amount, CAST(NULL AS DOUBLE) AS upper_quartile,
  others.others_high AS reference_high, CAST(NULL AS BIGINT) AS oldest, CAST(NULL AS BIGINT) AS newest, others.others_figure_id,
  others.others_figure_table, assumed.gpu_assumption_id,
  GREATEST(paid.paid_known_on, others.others_figure_known_on, COALESCE(assumed.gpu_known_on, paid.paid_known_on)) AS anchor_known_on
FROM anchor_paid AS paid
JOIN (
  SELECT figure_table AS others_figure_table, figure_row_id AS others_figure_id, figure_text AS others_figure_text,
    counterparty_key AS others_figure_seller, figure_year AS others_figure_year, figure_low AS others_low, figure_high AS others_high,
    figure_known_on AS others_figure_known_on
  FROM company_figure
  WHERE measure = 'gpu_hour_price_list' AND figure_unit = 'USD/GPU-hour'
) AS others
  ON paid.paid_figure_text = others.others_figure_text AND paid.seller_id = others.others_figure_seller AND paid.paid_year = others.others_figure_year
LEFT JOIN anchor_gpu AS assumed ON paid.buyer_id = assumed.gpu_buyer
UNION ALL
SELECT CONCAT_WS(':', paid.paid_figure_id, 'market_basket', basket.quote_gpu, CAST(basket.quote_memory AS VARCHAR)) AS anchor_row_id,
  paid.paid_figure_id, paid.paid_figure_table, paid.buyer_id, paid.seller_id, 'market_basket' AS reference, basket.quote_gpu AS gpu_model,
  NULLIF(basket.quote_memory, 0) AS gpu_memory, COALESCE(assumed.assumed_gpu = basket.quote_gpu, FALSE) AS is_assumed_gpu, paid.paid_low, paid.paid_high,
  basket.quotes, basket.least AS reference_low, basket.lower_quartile, basket.median_amount, basket.upper_quartile,
  basket.highest AS reference_high, basket.oldest, basket.newest, CAST(NULL AS VARCHAR) AS others_figure_id,
  CAST(NULL AS VARCHAR) AS others_figure_table, assumed.gpu_assumption_id,
  GREATEST(paid.paid_known_on, COALESCE(assumed.gpu_known_on, paid.paid_known_on)) AS anchor_known_on
FROM anchor_paid AS paid
JOIN anchor_basket AS basket ON paid.paid_figure_id = basket.quoted_figure
LEFT JOIN anchor_gpu AS assumed ON paid.buyer_id = assumed.gpu_buyer;

-- rows
SELECT anchor_row_id AS row_id, buyer_id, seller_id, reference, gpu_model AS compared_gpu, gpu_memory AS gpu_memory_gb, is_assumed_gpu,
  paid_low AS paid_low_per_gpu_hour, paid_high AS paid_high_per_gpu_hour, quotes, reference_low AS least_per_gpu_hour,
  lower_quartile AS quoted_lower_quartile_per_gpu_hour, median_amount AS quoted_median_per_gpu_hour, upper_quartile AS quoted_upper_quartile_per_gpu_hour,
  reference_high AS highest_per_gpu_hour, oldest AS oldest_days, newest AS newest_days,
  1.0 - paid_high / NULLIF(reference_low, 0.0) AS discount_low, 1.0 - paid_low / NULLIF(reference_high, 0.0) AS discount_high,
  anchor_known_on AS known_on
FROM anchor_discount;

-- lineage
SELECT anchor_row_id AS mart_row_id, paid_figure_table AS input_table, paid_figure_id AS input_row_id, 'price_paid' AS role FROM anchor_discount
UNION ALL
SELECT anchor_row_id AS mart_row_id, others_figure_table AS input_table, others_figure_id AS input_row_id, 'what_others_pay' AS role
FROM anchor_discount WHERE others_figure_id IS NOT NULL
UNION ALL
SELECT anchor_row_id AS mart_row_id, 'core_assumption' AS input_table, gpu_assumption_id AS input_row_id, 'gpu' AS role
FROM anchor_discount WHERE is_assumed_gpu
UNION ALL
SELECT discount.anchor_row_id AS mart_row_id, 'core_gpu_price' AS input_table, quote.quote_row_id AS input_row_id, 'quote' AS role
FROM (
  SELECT anchor_row_id, paid_figure_id, gpu_model, COALESCE(gpu_memory, 0) AS memory FROM anchor_discount WHERE reference = 'market_basket'
) AS discount
JOIN anchor_quote AS quote
  ON discount.paid_figure_id = quote.quoted_figure AND discount.gpu_model = quote.quote_gpu AND discount.memory = quote.quote_memory;
