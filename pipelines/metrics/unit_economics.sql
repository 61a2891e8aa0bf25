-- Grain: one private lab and calendar year.
-- Formula: revenue, loss and costs of the year as told: of each the figures nearest to a report (reported, then claimed, then
--   forecast), from the lowest low end to the highest high end. loss_per_revenue is loss over revenue; break_even_price_multiple
--   is 1 + that, what prices would have to be multiplied by if nothing else changed. compute_at_list is what is paid for
--   compute times the price that others pay per GPU and hour over the price paid, where one text states both;
--   loss_at_list is the loss and what compute at list costs more.
-- Units: US dollars; multiples are plain numbers.
-- Inputs: company_figure, core_company.
-- Caveats: only figures whose period is the calendar year, and of the whole company, count: what is earned or lost "a year" without
--   saying which, a run-rate, or inference alone is another basis and is left out. A loss may have costs in it that are not cash.
--   An end that one text leaves open is open.

-- step: unit_figure
SELECT figure.figure_row_id, figure.figure_table, figure.figure_company, figure.figure_year, figure.measure, figure.figure_low,
  figure.figure_high, figure.figure_known_on, figure.told_as,
  CONCAT_WS(':', figure.figure_company, CAST(figure.figure_year AS VARCHAR)) AS unit_row_id
FROM company_figure AS figure
JOIN (SELECT company_id AS lab_id FROM core_company WHERE cohort = 'lab') AS lab ON figure.figure_company = lab.lab_id
JOIN (
  SELECT figure_company AS best_company, figure_year AS best_year, measure AS best_measure, MIN(told_rank) AS best_rank
  FROM company_figure
  WHERE figure_scope IS NULL AND figure_unit IN ('USD', 'USD/year') AND figure_year IS NOT NULL
    AND (measure <> 'revenue' OR told_basis IS NULL OR told_basis = 'reported_year')
  GROUP BY figure_company, figure_year, measure
) AS best
  ON figure.figure_company = best.best_company AND figure.figure_year = best.best_year AND figure.measure = best.best_measure
  AND figure.told_rank = best.best_rank
WHERE figure.figure_scope IS NULL AND figure.figure_unit IN ('USD', 'USD/year')
  AND (figure.measure <> 'revenue' OR figure.told_basis IS NULL OR figure.told_basis = 'reported_year')
  AND figure.measure IN ('revenue', 'loss', 'cash_burn', 'compute_spend', 'training_cost', 'staff_cost');

-- step: unit_range
SELECT unit_row_id AS range_row_id, measure AS range_measure,
  CASE WHEN COUNT(figure_low) < COUNT(*) THEN NULL ELSE MIN(figure_low) END AS range_low,
  CASE WHEN COUNT(figure_high) < COUNT(*) THEN NULL ELSE MAX(figure_high) END AS range_high
FROM unit_figure
GROUP BY unit_row_id, measure;

-- step: unit_gpu_price
-- What is paid and what others pay for a GPU and hour, as the same seller's prices are told for one year.
SELECT paid.buyer, paid.price_year, paid.paid_row_id, others.others_row_id, paid.paid_table, others.others_table,
  others.others_low / NULLIF(paid.paid_high, 0.0) AS list_over_paid_low, others.others_high / NULLIF(paid.paid_low, 0.0) AS list_over_paid_high,
  GREATEST(paid.paid_known_on, others.others_known_on) AS prices_known_on
FROM (
  SELECT figure_company AS buyer, counterparty_key AS paid_seller, figure_year AS price_year, figure_row_id AS paid_row_id,
    figure_table AS paid_table, figure_text AS paid_text, figure_low AS paid_low, figure_high AS paid_high, figure_known_on AS paid_known_on,
    ROW_NUMBER() OVER (PARTITION BY figure_company, figure_year ORDER BY figure_known_on DESC NULLS LAST, figure_row_id DESC NULLS LAST) AS paid_place
  FROM company_figure
  WHERE measure = 'gpu_hour_price_paid' AND figure_unit = 'USD/GPU-hour' AND counterparty_key IS NOT NULL AND figure_year IS NOT NULL
) AS paid
JOIN (
  SELECT counterparty_key AS others_seller, figure_year AS others_year, figure_row_id AS others_row_id, figure_table AS others_table,
    figure_text AS others_text, figure_low AS others_low, figure_high AS others_high, figure_known_on AS others_known_on,
    ROW_NUMBER() OVER (
      PARTITION BY counterparty_key, figure_year, figure_text ORDER BY figure_known_on DESC NULLS LAST, figure_row_id DESC NULLS LAST
    ) AS others_place
  FROM company_figure
  WHERE measure = 'gpu_hour_price_list' AND figure_unit = 'USD/GPU-hour' AND counterparty_key IS NOT NULL AND figure_year IS NOT NULL
) AS others
  ON paid.paid_seller = others.others_seller AND paid.price_year = others.others_year AND paid.paid_text = others.others_text
WHERE paid.paid_place = 1 AND others.others_place = 1;

-- step: unit_year
SELECT keys.unit_row_id, keys.figure_company, keys.figure_year, keys.unit_known_on, revenue.revenue_low, revenue.revenue_high,
  loss.loss_low, loss.loss_high, burn.burn_low, burn.burn_high, compute.compute_low, compute.compute_high, training.training_low,
  training.training_high, staff.staff_low, staff.staff_high, price.paid_row_id, price.paid_table, price.others_row_id,
  price.others_table, price.prices_known_on, compute.compute_low * price.list_over_paid_low AS at_list_low,
  compute.compute_high * price.list_over_paid_high AS at_list_high,
  loss.loss_low + LEAST(compute.compute_low * (price.list_over_paid_low - 1.0),
    COALESCE(compute.compute_high, compute.compute_low) * (price.list_over_paid_low - 1.0)) AS loss_at_list_low,
  loss.loss_high + compute.compute_high * (price.list_over_paid_high - 1.0) AS loss_at_list_high
FROM (
  SELECT unit_row_id, figure_company, figure_year, MAX(figure_known_on) AS unit_known_on
  FROM unit_figure
  GROUP BY unit_row_id, figure_company, figure_year
) AS keys
LEFT JOIN (SELECT range_row_id AS revenue_of, range_low AS revenue_low, range_high AS revenue_high FROM unit_range WHERE range_measure = 'revenue') AS revenue
  ON keys.unit_row_id = revenue.revenue_of
LEFT JOIN (SELECT range_row_id AS loss_of, range_low AS loss_low, range_high AS loss_high FROM unit_range WHERE range_measure = 'loss') AS loss
  ON keys.unit_row_id = loss.loss_of
LEFT JOIN (SELECT range_row_id AS burn_of, range_low AS burn_low, range_high AS burn_high FROM unit_range WHERE range_measure = 'cash_burn') AS burn
  ON keys.unit_row_id = burn.burn_of
LEFT JOIN (SELECT range_row_id AS compute_of, range_low AS compute_low, range_high AS compute_high FROM unit_range WHERE range_measure = 'compute_spend') AS compute
  ON keys.unit_row_id = compute.compute_of
LEFT JOIN (SELECT range_row_id AS training_of, range_low AS training_low, range_high AS training_high FROM unit_range WHERE range_measure = 'training_cost') AS training
  ON keys.unit_row_id = training.training_of
LEFT JOIN (SELECT range_row_id AS staff_of, range_low AS staff_low, range_high AS staff_high FROM unit_range WHERE range_measure = 'staff_cost') AS staff
  ON keys.unit_row_id = staff.staff_of
LEFT JOIN unit_gpu_price AS price ON keys.figure_company = price.buyer AND keys.figure_year = price.price_year;

-- rows
SELECT unit_row_id AS row_id, figure_company AS company_id, figure_year AS calendar_year, revenue_low AS lab_revenue_low_usd,
  revenue_high AS lab_revenue_high_usd, loss_low AS loss_low_usd, loss_high AS loss_high_usd, burn_low AS cash_burn_low_usd,
  burn_high AS cash_burn_high_usd, compute_low AS compute_paid_low_usd, compute_high AS compute_paid_high_usd,
  at_list_low AS compute_at_list_low_usd, at_list_high AS compute_at_list_high_usd, training_low AS training_low_usd,
  training_high AS training_high_usd, staff_low AS staff_low_usd, staff_high AS staff_high_usd,
  CASE WHEN revenue_high > 0.0 THEN loss_low / NULLIF(revenue_high, 0.0) END AS loss_per_revenue_low,
  CASE WHEN revenue_low > 0.0 THEN loss_high / NULLIF(revenue_low, 0.0) END AS loss_per_revenue_high,
  CASE WHEN revenue_high > 0.0 THEN 1.0 + loss_low / NULLIF(revenue_high, 0.0) END AS break_even_multiple_low,
  CASE WHEN revenue_low > 0.0 THEN 1.0 + loss_high / NULLIF(revenue_low, 0.0) END AS break_even_multiple_high,
  loss_at_list_low AS loss_at_list_low_usd, loss_at_list_high AS loss_at_list_high_usd,
  CASE WHEN compute_low IS NULL AND compute_high IS NULL THEN unit_known_on
    ELSE GREATEST(unit_known_on, COALESCE(prices_known_on, unit_known_on)) END AS known_on
FROM unit_year;

-- lineage
SELECT unit_row_id AS mart_row_id, figure_table AS input_table, figure_row_id AS input_row_id, measure AS role FROM unit_figure
UNION ALL
SELECT unit_row_id AS mart_row_id, paid_table AS input_table, paid_row_id AS input_row_id, 'gpu_hour_price_paid' AS role
FROM unit_year
WHERE paid_row_id IS NOT NULL AND (compute_low IS NOT NULL OR compute_high IS NOT NULL)
UNION ALL
SELECT unit_row_id AS mart_row_id, others_table AS input_table, others_row_id AS input_row_id, 'gpu_hour_price_list' AS role
FROM unit_year
WHERE others_row_id IS NOT NULL AND (compute_low IS NOT NULL OR compute_high IS NOT NULL);
