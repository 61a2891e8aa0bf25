-- Grain: one valuation of one company over its revenue on one basis.
-- Formula: valuation over revenue, both as ranges: the lowest valuation over the highest revenue, and the other way round. Of each
--   basis the revenue that was known when the valuation was, of a period that had begun and ended no more than 400 days before: of the latest
--   period, and of these the one told last.
-- Units: plain numbers (30 is thirty dollars of valuation for one of revenue); US dollars.
-- Inputs: mart_funding_round, company_figure, ai_revenue_figure, core_calendar.
-- Caveats: only valuations in US dollars. Before or after the money is in `valuation_basis` where it is known. Bases of revenue are
--   never mixed: each is a row. An open end leaves the multiple open on that side.

-- step: valuation_told
SELECT CONCAT_WS(':', 'round', row_id) AS told_row_id, 'mart_funding_round' AS told_table, row_id AS told_input,
  company_key AS valued_company, round_status AS valuation_status, valuation_basis AS money_basis, valuation_low_stated AS worth_low,
  CASE WHEN valuation_is_open AND valuation_high_stated <= valuation_low_stated THEN NULL ELSE valuation_high_stated END AS worth_high,
  COALESCE(closed_on, rumoured_on, announced_on, in_talks_on, known_on) AS told_on, known_on AS told_known_on
FROM mart_funding_round
WHERE valuation_currency = 'USD'
UNION ALL
SELECT CONCAT_WS(':', 'figure', figure_row_id) AS told_row_id, figure_table AS told_table, figure_row_id AS told_input,
  figure_company AS valued_company, told_as AS valuation_status, CAST(NULL AS VARCHAR) AS money_basis, figure_low AS worth_low,
  figure_high AS worth_high, figure_known_on AS told_on, figure_known_on AS told_known_on
FROM company_figure
WHERE measure = 'valuation' AND figure_unit = 'USD';

-- step: valuation_over
SELECT told_row_id, told_table, told_input, valued_company, valuation_status, money_basis, worth_low, worth_high, told_known_on,
  basis, revenue_row_id, figure_low, figure_high, CONCAT_WS(':', told_row_id, basis) AS multiple_row_id
FROM (
  SELECT told.*, revenue.basis, revenue.revenue_row_id, revenue.figure_low, revenue.figure_high,
    ROW_NUMBER() OVER (
      PARTITION BY told.told_row_id, revenue.basis
      ORDER BY revenue.holds_on DESC NULLS LAST, revenue.figure_known_on DESC NULLS LAST, revenue.revenue_row_id DESC NULLS LAST
    ) AS place
  FROM valuation_told AS told
  JOIN ai_revenue_figure AS revenue ON told.valued_company = revenue.revenue_company
  JOIN (SELECT date AS told_day, day_number AS told_number FROM core_calendar) AS valued ON told.told_on = valued.told_day
  JOIN (SELECT date AS held_day, day_number AS held_number FROM core_calendar) AS held ON revenue.holds_on = held.held_day
  WHERE revenue.figure_known_on <= told.told_on AND (revenue.figure_start IS NULL OR revenue.figure_start <= told.told_on) AND held.held_number >= valued.told_number - 400
) AS ranked
WHERE place = 1;

-- rows
SELECT multiple_row_id AS row_id, valued_company AS company_id, valuation_status, money_basis AS valuation_basis,
  worth_low AS valuation_low_usd, worth_high AS valuation_high_usd, basis AS revenue_basis, figure_low AS ai_revenue_low_usd,
  figure_high AS ai_revenue_high_usd,
  CASE WHEN figure_high > 0.0 THEN worth_low / NULLIF(figure_high, 0.0) END AS multiple_low,
  CASE WHEN figure_low > 0.0 THEN worth_high / NULLIF(figure_low, 0.0) END AS multiple_high, told_known_on AS known_on
FROM valuation_over;

-- lineage
SELECT multiple_row_id AS mart_row_id, told_table AS input_table, told_input AS input_row_id, 'valuation' AS role FROM valuation_over
UNION ALL
SELECT multiple_row_id AS mart_row_id, 'mart_ai_revenue' AS input_table, revenue_row_id AS input_row_id, 'revenue' AS role
FROM valuation_over;
