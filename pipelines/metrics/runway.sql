-- Grain: one sum of money or credits of one company against what it uses up in one year.
-- Formula: money over what is used up in a year, times twelve. Money (a round, all that was raised) stands against
--   cash burnt where that is told, else against the loss; credits for compute against what is spent on compute.
--   Money counts that was told of in that year, the one before or the one after. runway_low is the lowest sum over the highest use, runway_high the other way round.
-- Units: months; US dollars.
-- Inputs: mart_funding_round, known_claim, mart_unit_economics, core_calendar.
-- Caveats: what was spent before is not known: the months are those the sum alone would last at that year's rate, not what is left. A round in
--   talks may not close: `money_status` says so. A loss may have costs in it that are not cash. What an argument supposes is in `money_status`.

-- step: runway_money
SELECT 'mart_funding_round' AS money_table, row_id AS money_input, company_key AS money_company, 'round' AS money_kind,
  round_status AS money_status, amount_low_stated AS money_low,
  CASE WHEN amount_is_open AND amount_high_stated <= amount_low_stated THEN NULL ELSE amount_high_stated END AS money_high,
  COALESCE(closed_on, rumoured_on, announced_on, in_talks_on, known_on) AS money_on, known_on AS money_known_on
FROM mart_funding_round
WHERE currency = 'USD' AND round_class <> 'secondary'
UNION ALL
SELECT 'core_claim' AS money_table, row_id AS money_input,
  CASE WHEN measure = 'cloud_credits' THEN counterparty_key ELSE company_key END AS money_company,
  CASE WHEN measure = 'cloud_credits' THEN 'credits' WHEN measure = 'total_raised' THEN 'all_raised' ELSE 'round' END AS money_kind,
  claim_kind AS money_status, CAST(CAST(value_low AS VARCHAR) AS DOUBLE) AS money_low,
  CAST(CAST(value_high AS VARCHAR) AS DOUBLE) AS money_high, known_on AS money_on, known_on AS money_known_on
FROM known_claim
WHERE measure IN ('round_amount', 'debt_amount', 'total_raised', 'cloud_credits') AND claim_unit = 'USD';

-- step: runway_use
SELECT row_id AS use_row_id, company_id AS use_company, calendar_year, known_on AS use_known_on, 'money' AS use_of,
  CASE WHEN cash_burn_low_usd IS NULL AND cash_burn_high_usd IS NULL THEN 'loss' ELSE 'cash_burn' END AS use_measure,
  CASE WHEN cash_burn_low_usd IS NULL AND cash_burn_high_usd IS NULL THEN loss_low_usd ELSE cash_burn_low_usd END AS use_low,
  CASE WHEN cash_burn_low_usd IS NULL AND cash_burn_high_usd IS NULL THEN loss_high_usd ELSE cash_burn_high_usd END AS use_high
FROM mart_unit_economics
UNION ALL
SELECT row_id AS use_row_id, company_id AS use_company, calendar_year, known_on AS use_known_on, 'credits' AS use_of,
  'compute_spend' AS use_measure, compute_paid_low_usd AS use_low, compute_paid_high_usd AS use_high
FROM mart_unit_economics;

-- step: runway_pair
SELECT money.*, used.use_row_id, used.calendar_year, used.use_measure, used.use_low, used.use_high, used.use_known_on,
  CONCAT_WS(':', money.money_input, CAST(used.calendar_year AS VARCHAR)) AS runway_row_id
FROM (
  SELECT runway_money.*, CASE WHEN money_kind = 'credits' THEN 'credits' ELSE 'money' END AS set_against, day.money_year
  FROM runway_money
  JOIN (SELECT date AS money_day, year AS money_year FROM core_calendar) AS day ON runway_money.money_on = day.money_day
) AS money
JOIN runway_use AS used ON money.money_company = used.use_company AND money.set_against = used.use_of
WHERE (used.use_low IS NOT NULL OR used.use_high IS NOT NULL) AND money.money_year >= used.calendar_year - 1
  AND money.money_year <= used.calendar_year + 1;

-- rows
SELECT runway_row_id AS row_id, money_company AS company_id, money_kind, money_status, money_low AS money_low_usd, money_high AS money_high_usd,
  calendar_year, use_measure, use_low AS used_low_usd, use_high AS used_high_usd,
  CASE WHEN use_high > 0.0 THEN 12.0 * money_low / NULLIF(use_high, 0.0) END AS runway_low_months,
  CASE WHEN use_low > 0.0 THEN 12.0 * money_high / NULLIF(use_low, 0.0) END AS runway_high_months,
  GREATEST(money_known_on, use_known_on) AS known_on
FROM runway_pair;

-- lineage
SELECT runway_row_id AS mart_row_id, money_table AS input_table, money_input AS input_row_id, 'money' AS role FROM runway_pair
UNION ALL
SELECT runway_row_id AS mart_row_id, 'mart_unit_economics' AS input_table, use_row_id AS input_row_id, use_measure AS role
FROM runway_pair;
