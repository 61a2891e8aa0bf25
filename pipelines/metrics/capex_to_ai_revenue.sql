-- Grain: one company or cohort at the end of one quarter, window, kind of capital expenditure, consolidation and basis of revenue.
-- Formula: capital expenditure (`cash_gross`) over revenue from AI. Windows are `trailing_four_quarters` and
--   `since_2022_11_30`, which begins with the quarter of that day. `ai_attributed` is capital expenditure times the assumed share
--   of AI. A fiscal year that lies whole in the window enters as filed, other quarters one by one. The cohort `big_four_and_labs` has the capital expenditure of the big four and the revenue of these and the labs;
--   `consolidated` takes from its revenue what its members pay each other for compute, where the payee's revenue is in the sum.
--   Over four quarters stands the latest figure of a basis whose period ends within them; since 2022-11-30 the sum of
--   the reported years that lie within. ratio_low is capex_low over revenue_high, ratio_high capex_high over revenue_low.
-- Units: US dollars; ratios are plain numbers (5 is five dollars spent for one earned).
-- Inputs: ai_revenue_figure, core_calendar, core_company, known_assumption, mart_capex_quarterly,
--   mart_capex_reconciliation, money_flow.
-- Caveats: a quarter that is not derivable leaves the sum of the others as its low end, and the high end open. Of a cohort
--   the revenue of those members counts of whom it is known on that basis: its high end is open while one is missing. Bases are never added up:
--   each has its row. Cash spent is not what is used up in the window: the assets last for years.
--   Quarters are those in which the middle of a fiscal quarter lies.

-- step: capex_index
-- Quarters counted through, so that four in a row differ by three.
SELECT calendar_quarter AS index_quarter, MIN(year * 4 + quarter) AS quarter_index, MIN(date) AS quarter_first, MAX(date) AS quarter_last
FROM core_calendar
GROUP BY calendar_quarter;

-- step: capex_in_quarter
SELECT capex.row_id AS capex_row_id, capex.cik AS capex_cik, capex.company_id AS capex_company, capex.calendar_quarter,
  capex.period_end AS capex_end, capex.capex_usd, capex.known_on AS capex_known_on, counted.quarter_index, member.capex_cohort,
  capex.fiscal_year_start AS capex_year_start
FROM mart_capex_quarterly AS capex
JOIN (SELECT index_quarter, quarter_index FROM capex_index) AS counted ON capex.calendar_quarter = counted.index_quarter
LEFT JOIN (SELECT company_id AS member_id, cohort AS capex_cohort FROM core_company) AS member
  ON capex.company_id = member.member_id
WHERE capex.definition = 'cash_gross' AND capex.capex_usd IS NOT NULL;

-- step: capex_year
-- Fiscal years as filed, of the series that gives most of their quarters.
SELECT year_company, year_row_id, year_filed_usd, year_start, year_index
FROM (
  SELECT year.company_id AS year_company, year.row_id AS year_row_id, year.year_filed_usd, year.fiscal_year_start AS year_start,
    counted.quarter_index AS year_index,
    ROW_NUMBER() OVER (
      PARTITION BY year.company_id, year.fiscal_year_start ORDER BY year.quarters_derivable DESC NULLS LAST, year.row_id DESC NULLS LAST
    ) AS place
  FROM mart_capex_reconciliation AS year
  JOIN (SELECT date AS year_day, quarter_ended FROM core_calendar) AS ended ON year.fiscal_year_end_date = ended.year_day
  JOIN (SELECT index_quarter, quarter_index FROM capex_index) AS counted ON ended.quarter_ended = counted.index_quarter
  WHERE year.definition = 'cash_gross' AND year.year_filed_usd IS NOT NULL
) AS ranked
WHERE place = 1;

-- step: capex_window_quarter
-- The quarters of each window of each company, by the quarter that ends it.
SELECT ends.end_company, ends.end_index, ends.end_quarter, ends.end_day, width.window_kind, width.first_index,
  part.capex_row_id, part.capex_usd, part.capex_known_on, part.capex_cohort, part.capex_year_start
FROM (
  SELECT capex_company AS end_company, quarter_index AS end_index, calendar_quarter AS end_quarter, MAX(capex_end) AS end_day
  FROM capex_in_quarter
  GROUP BY capex_company, quarter_index, calendar_quarter
) AS ends
JOIN (
  SELECT quarter_index AS width_index, 'trailing_four_quarters' AS window_kind, quarter_index - 3 AS first_index FROM capex_index
  UNION ALL
  SELECT later.quarter_index AS width_index, 'since_2022_11_30' AS window_kind, start.start_index AS first_index
  FROM capex_index AS later
  CROSS JOIN (SELECT quarter_index AS start_index FROM capex_index WHERE index_quarter = '2022Q4') AS start
  WHERE later.quarter_index >= start.start_index
) AS width
  ON ends.end_index = width.width_index
JOIN capex_in_quarter AS part ON ends.end_company = part.capex_company
WHERE part.quarter_index <= ends.end_index AND part.quarter_index >= width.first_index;

-- step: capex_window
-- A fiscal year that lies whole in the window enters as filed, for its quarters may be of several vintages; other quarters
-- one by one.
SELECT quarter.end_company, quarter.end_index, quarter.end_quarter, quarter.end_day, quarter.window_kind, quarter.first_index,
  'mart_capex_quarterly' AS part_table, quarter.capex_row_id AS part_row_id, quarter.capex_usd, 1 AS part_quarters,
  quarter.capex_known_on, quarter.capex_cohort
FROM capex_window_quarter AS quarter
LEFT JOIN capex_year AS year ON quarter.end_company = year.year_company AND quarter.capex_year_start = year.year_start
WHERE year.year_row_id IS NULL OR year.year_index > quarter.end_index OR year.year_index - 3 < quarter.first_index
UNION ALL
SELECT DISTINCT quarter.end_company, quarter.end_index, quarter.end_quarter, quarter.end_day, quarter.window_kind, quarter.first_index,
  'mart_capex_reconciliation' AS part_table, year.year_row_id AS part_row_id, year.year_filed_usd AS capex_usd, 4 AS part_quarters,
  quarter.last_known_on AS capex_known_on, quarter.capex_cohort
FROM (
  SELECT end_company, end_index, end_quarter, end_day, window_kind, first_index, capex_cohort, capex_year_start,
    MAX(capex_known_on) AS last_known_on
  FROM capex_window_quarter
  GROUP BY end_company, end_index, end_quarter, end_day, window_kind, first_index, capex_cohort, capex_year_start
) AS quarter
JOIN capex_year AS year ON quarter.end_company = year.year_company AND quarter.capex_year_start = year.year_start
WHERE year.year_index <= quarter.end_index AND year.year_index - 3 >= quarter.first_index;

-- step: ai_share
SELECT share_company, share_row_id, share_low, share_base, share_high, share_known_on
FROM (
  SELECT company_key AS share_company, row_id AS share_row_id, CAST(CAST(value_low AS VARCHAR) AS DOUBLE) AS share_low,
    CAST(CAST(value_base AS VARCHAR) AS DOUBLE) AS share_base, CAST(CAST(value_high AS VARCHAR) AS DOUBLE) AS share_high,
    known_on AS share_known_on,
    ROW_NUMBER() OVER (PARTITION BY company_key ORDER BY known_on DESC NULLS LAST, row_id DESC NULLS LAST) AS place
  FROM known_assumption
  WHERE measure = 'ai_share_of_capex'
) AS ranked
WHERE place = 1;

-- step: capex_of_company
SELECT spent.end_company, spent.capex_cohort, spent.end_index, spent.end_quarter, spent.end_day, spent.window_kind, spent.quarters,
  spent.quarters_derivable, kind.capex_kind,
  CASE WHEN kind.capex_kind = 'total' THEN spent.capex_sum ELSE spent.capex_sum * share.share_low END AS capex_low,
  CASE WHEN spent.quarters > spent.quarters_derivable THEN NULL
    WHEN kind.capex_kind = 'total' THEN spent.capex_sum ELSE spent.capex_sum * share.share_base END AS capex_base,
  CASE WHEN spent.quarters > spent.quarters_derivable THEN NULL
    WHEN kind.capex_kind = 'total' THEN spent.capex_sum ELSE spent.capex_sum * share.share_high END AS capex_high,
  CASE WHEN kind.capex_kind = 'total' THEN spent.capex_known_on
    ELSE GREATEST(spent.capex_known_on, share.share_known_on) END AS capex_known_on,
  CASE WHEN kind.capex_kind = 'total' THEN NULL ELSE share.share_row_id END AS share_row_id
FROM (
  SELECT end_company, capex_cohort, end_index, end_quarter, end_day, window_kind, end_index - first_index + 1 AS quarters,
    SUM(part_quarters) AS quarters_derivable, SUM(capex_usd) AS capex_sum, MAX(capex_known_on) AS capex_known_on
  FROM capex_window
  GROUP BY end_company, capex_cohort, end_index, end_quarter, end_day, window_kind, first_index
) AS spent
CROSS JOIN (SELECT DISTINCT CASE WHEN quarter = 1 THEN 'total' ELSE 'ai_attributed' END AS capex_kind FROM core_calendar) AS kind
LEFT JOIN ai_share AS share ON spent.end_company = share.share_company
WHERE kind.capex_kind = 'total' OR share.share_row_id IS NOT NULL;

-- step: capex_of_scope
-- Companies and the cohort. A member without a figure for the window leaves the high end open.
SELECT end_company AS scope_id, FALSE AS is_cohort, end_index, end_quarter, end_day, window_kind, capex_kind, quarters,
  quarters_derivable, capex_low, capex_base, capex_high, capex_known_on
FROM capex_of_company
UNION ALL
SELECT 'big_four_and_labs' AS scope_id, TRUE AS is_cohort, summed.end_index, summed.end_quarter, counted.quarter_last AS end_day, summed.window_kind,
  summed.capex_kind, summed.quarters * four.members AS quarters, summed.quarters_derivable, summed.capex_low,
  CASE WHEN summed.quarters_derivable < summed.quarters * four.members THEN NULL ELSE summed.capex_base END AS capex_base,
  CASE WHEN summed.quarters_derivable < summed.quarters * four.members THEN NULL ELSE summed.capex_high END AS capex_high,
  summed.capex_known_on
FROM (
  SELECT end_index, end_quarter, window_kind, capex_kind, MAX(quarters) AS quarters, SUM(quarters_derivable) AS quarters_derivable,
    SUM(capex_low) AS capex_low, SUM(capex_base) AS capex_base, SUM(capex_high) AS capex_high, MAX(capex_known_on) AS capex_known_on
  FROM capex_of_company
  WHERE capex_cohort = 'big_four'
  GROUP BY end_index, end_quarter, window_kind, capex_kind
) AS summed
JOIN (SELECT index_quarter, quarter_last FROM capex_index) AS counted ON summed.end_quarter = counted.index_quarter
CROSS JOIN (SELECT COUNT(*) AS members FROM core_company WHERE cohort = 'big_four') AS four;

-- step: revenue_in_quarter
SELECT figure.revenue_row_id, figure.revenue_company, figure.basis, figure.figure_start, figure.figure_end, figure.holds_on,
  figure.figure_low, figure.figure_high, figure.figure_known_on, counted.quarter_index AS revenue_index, member.revenue_cohort
FROM ai_revenue_figure AS figure
JOIN (SELECT date AS held_day, calendar_quarter AS held_quarter FROM core_calendar) AS held ON figure.holds_on = held.held_day
JOIN (SELECT index_quarter, quarter_index FROM capex_index) AS counted ON held.held_quarter = counted.index_quarter
LEFT JOIN (SELECT company_id AS member_id, cohort AS revenue_cohort FROM core_company) AS member
  ON figure.revenue_company = member.member_id;

-- step: revenue_in_window
-- Of each scope, window and basis the figures that count: within four quarters the latest of a company, since 2022-11-30
-- one for each year of a company.
SELECT scope_id, end_index, window_kind, capex_kind, basis, revenue_row_id, revenue_company, figure_low, figure_high, figure_known_on
FROM (
  SELECT scope.scope_id, scope.end_index, scope.window_kind, scope.capex_kind, revenue.basis, revenue.revenue_row_id, revenue.revenue_company,
    revenue.figure_low, revenue.figure_high, revenue.figure_known_on,
    ROW_NUMBER() OVER (
      PARTITION BY scope.scope_id, scope.end_index, scope.window_kind, scope.capex_kind, revenue.basis, revenue.revenue_company,
        CASE WHEN scope.window_kind = 'since_2022_11_30' THEN revenue.figure_start END
      ORDER BY revenue.holds_on DESC NULLS LAST, revenue.figure_known_on DESC NULLS LAST, revenue.revenue_row_id DESC NULLS LAST
    ) AS place
  FROM capex_of_scope AS scope
  CROSS JOIN revenue_in_quarter AS revenue
  WHERE revenue.holds_on <= scope.end_day
    AND (scope.scope_id = revenue.revenue_company OR (scope.is_cohort AND revenue.revenue_cohort IS NOT NULL))
    AND ((scope.window_kind = 'trailing_four_quarters' AND revenue.revenue_index >= scope.end_index - 3)
      OR (scope.window_kind = 'since_2022_11_30' AND revenue.basis = 'reported_year' AND revenue.revenue_index >= 2022 * 4 + 8))
) AS ranked
WHERE place = 1;

-- step: revenue_of_scope
SELECT summed.scope_id, summed.end_index, summed.window_kind, summed.capex_kind, summed.basis, summed.companies, summed.revenue_known_on,
  CASE WHEN summed.lows < summed.figures THEN NULL ELSE summed.low_sum END AS revenue_low,
  CASE WHEN summed.highs < summed.figures OR summed.window_kind = 'since_2022_11_30' THEN NULL
    WHEN summed.scope_id = 'big_four_and_labs' AND summed.companies < everyone.members THEN NULL
    ELSE summed.high_sum END AS revenue_high
FROM (
  SELECT scope_id, end_index, window_kind, capex_kind, basis, COUNT(*) AS figures, COUNT(DISTINCT revenue_company) AS companies,
    COUNT(figure_low) AS lows, COUNT(figure_high) AS highs, SUM(figure_low) AS low_sum, SUM(figure_high) AS high_sum,
    MAX(figure_known_on) AS revenue_known_on
  FROM revenue_in_window
  GROUP BY scope_id, end_index, window_kind, capex_kind, basis
) AS summed
CROSS JOIN (SELECT COUNT(*) AS members FROM core_company WHERE cohort IS NOT NULL) AS everyone;

-- step: payment_within
-- What members of the cohort pay each other for compute in the year that the window ends in; of several texts on one payer and
-- payee the one told last.
SELECT scope_id, end_index, window_kind, capex_kind, basis, flow_row_id, flow_low, flow_high, flow_known_on
FROM (
  SELECT revenue.scope_id, revenue.end_index, revenue.window_kind, revenue.capex_kind, revenue.basis, flow.flow_row_id, flow.flow_low,
    flow.flow_high, flow.flow_known_on,
    ROW_NUMBER() OVER (
      PARTITION BY revenue.scope_id, revenue.end_index, revenue.window_kind, revenue.capex_kind, revenue.basis, flow.payer_id, flow.payee_id
      ORDER BY flow.flow_known_on DESC NULLS LAST, flow.flow_row_id DESC NULLS LAST
    ) AS place
  FROM revenue_in_window AS revenue
  JOIN (
    SELECT flow_row_id, payer_id, payee_id, flow_year, flow_low, flow_high, flow_known_on FROM money_flow
    WHERE flow_kind = 'compute' AND flow_currency = 'USD' AND payee_id IS NOT NULL AND flow_year IS NOT NULL
  ) AS flow
    ON revenue.revenue_company = flow.payee_id
  JOIN (SELECT company_id AS payer_member FROM core_company WHERE cohort IS NOT NULL) AS paying ON flow.payer_id = paying.payer_member
  WHERE revenue.scope_id = 'big_four_and_labs' AND revenue.window_kind = 'trailing_four_quarters'
    AND flow.flow_year * 4 + 4 >= revenue.end_index AND flow.flow_year * 4 + 1 <= revenue.end_index
) AS ranked
WHERE place = 1;

-- step: capex_ratio
SELECT scope.scope_id, scope.is_cohort, scope.end_index, scope.end_quarter, scope.end_day, scope.window_kind, scope.capex_kind,
  scope.quarters, scope.quarters_derivable, scope.capex_low, scope.capex_base, scope.capex_high, revenue.basis, revenue.companies,
  treated.consolidation, paid.payments, paid.paid_low, paid.paid_high,
  CASE WHEN treated.consolidation = 'gross' OR paid.payments IS NULL THEN revenue.revenue_low
    ELSE revenue.revenue_low - paid.paid_high END AS revenue_low,
  CASE WHEN treated.consolidation = 'gross' OR paid.payments IS NULL THEN revenue.revenue_high
    ELSE revenue.revenue_high - paid.paid_low END AS revenue_high,
  GREATEST(scope.capex_known_on, COALESCE(revenue.revenue_known_on, scope.capex_known_on),
    CASE WHEN treated.consolidation = 'consolidated' THEN COALESCE(paid.paid_known_on, scope.capex_known_on)
      ELSE scope.capex_known_on END) AS ratio_known_on,
  CONCAT_WS(':', scope.scope_id, scope.end_quarter, scope.window_kind, scope.capex_kind, treated.consolidation,
    COALESCE(revenue.basis, 'none')) AS ratio_row_id
FROM capex_of_scope AS scope
CROSS JOIN (SELECT DISTINCT CASE WHEN quarter = 1 THEN 'gross' ELSE 'consolidated' END AS consolidation FROM core_calendar) AS treated
LEFT JOIN (
  SELECT scope_id AS revenue_scope_id, end_index AS revenue_end, window_kind AS revenue_window, capex_kind AS revenue_kind, basis,
    companies, revenue_low, revenue_high, revenue_known_on
  FROM revenue_of_scope
) AS revenue
  ON scope.scope_id = revenue.revenue_scope_id AND scope.end_index = revenue.revenue_end AND scope.window_kind = revenue.revenue_window
  AND scope.capex_kind = revenue.revenue_kind
LEFT JOIN (
  SELECT scope_id AS paid_scope_id, end_index AS paid_end, window_kind AS paid_window, capex_kind AS paid_kind, basis AS paid_basis,
    COUNT(*) AS payments, CASE WHEN COUNT(flow_low) < COUNT(*) THEN NULL ELSE SUM(flow_low) END AS paid_low,
    CASE WHEN COUNT(flow_high) < COUNT(*) THEN NULL ELSE SUM(flow_high) END AS paid_high, MAX(flow_known_on) AS paid_known_on
  FROM payment_within
  GROUP BY scope_id, end_index, window_kind, capex_kind, basis
) AS paid
  ON scope.scope_id = paid.paid_scope_id AND scope.end_index = paid.paid_end AND scope.window_kind = paid.paid_window
  AND scope.capex_kind = paid.paid_kind AND revenue.basis = paid.paid_basis
WHERE scope.is_cohort OR treated.consolidation = 'gross';

-- rows
SELECT ratio_row_id AS row_id, scope_id AS company_id, is_cohort, window_kind, end_quarter AS calendar_quarter, end_day AS period_end, capex_kind,
  consolidation, quarters, quarters_derivable, capex_low AS capex_low_usd, capex_base AS capex_base_usd, capex_high AS capex_high_usd,
  basis AS revenue_basis, COALESCE(companies, 0) AS revenue_companies, revenue_low AS ai_revenue_low_usd,
  revenue_high AS ai_revenue_high_usd, CASE WHEN consolidation = 'consolidated' AND payments IS NULL THEN 0.0 WHEN consolidation = 'consolidated' THEN paid_low END AS eliminated_low_usd,
  CASE WHEN consolidation = 'consolidated' AND payments IS NULL THEN 0.0 WHEN consolidation = 'consolidated' THEN paid_high END AS eliminated_high_usd,
  CASE WHEN revenue_high > 0.0 THEN capex_low / NULLIF(revenue_high, 0.0) END AS ratio_low,
  CASE WHEN revenue_low > 0.0 THEN capex_high / NULLIF(revenue_low, 0.0) END AS ratio_high,
  CASE
    WHEN basis IS NULL THEN 'no_ai_revenue_known'
    WHEN revenue_low <= 0.0 THEN 'payments_exceed_revenue'
    WHEN capex_high IS NULL AND revenue_high IS NULL THEN 'not_derivable'
    WHEN capex_high IS NULL OR revenue_high IS NULL OR revenue_low IS NULL THEN 'one_end_open'
    ELSE 'derived'
  END AS ratio_state, ratio_known_on AS known_on
FROM capex_ratio;

-- lineage
SELECT ratio.ratio_row_id AS mart_row_id, spent.part_table AS input_table, spent.part_row_id AS input_row_id, 'capex' AS role
FROM capex_ratio AS ratio
JOIN (SELECT end_company, end_index AS spent_end, window_kind AS spent_window, part_table, part_row_id FROM capex_window) AS spent
  ON ratio.scope_id = spent.end_company AND ratio.end_index = spent.spent_end AND ratio.window_kind = spent.spent_window
UNION ALL
SELECT ratio.ratio_row_id AS mart_row_id, spent.part_table AS input_table, spent.part_row_id AS input_row_id, 'capex' AS role
FROM capex_ratio AS ratio
JOIN (
  SELECT end_index AS spent_end, window_kind AS spent_window, part_table, part_row_id FROM capex_window WHERE capex_cohort = 'big_four'
) AS spent
  ON ratio.end_index = spent.spent_end AND ratio.window_kind = spent.spent_window
WHERE ratio.is_cohort
UNION ALL
SELECT ratio.ratio_row_id AS mart_row_id, 'core_assumption' AS input_table, share.share_row_id AS input_row_id, 'ai_share' AS role
FROM capex_ratio AS ratio
JOIN ai_share AS share ON ratio.scope_id = share.share_company
WHERE ratio.capex_kind = 'ai_attributed'
UNION ALL
SELECT ratio.ratio_row_id AS mart_row_id, 'core_assumption' AS input_table, shared.share_row_id AS input_row_id, 'ai_share' AS role
FROM capex_ratio AS ratio
JOIN (
  SELECT end_index AS shared_end, window_kind AS shared_window, share_row_id FROM capex_of_company
  WHERE capex_cohort = 'big_four' AND share_row_id IS NOT NULL
) AS shared
  ON ratio.end_index = shared.shared_end AND ratio.window_kind = shared.shared_window
WHERE ratio.is_cohort AND ratio.capex_kind = 'ai_attributed'
UNION ALL
SELECT ratio.ratio_row_id AS mart_row_id, 'mart_ai_revenue' AS input_table, earned.revenue_row_id AS input_row_id, 'ai_revenue' AS role
FROM capex_ratio AS ratio
JOIN (
  SELECT scope_id AS earned_scope, end_index AS earned_end, window_kind AS earned_window, capex_kind AS earned_kind, basis AS earned_basis,
    revenue_row_id
  FROM revenue_in_window
) AS earned
  ON ratio.scope_id = earned.earned_scope AND ratio.end_index = earned.earned_end AND ratio.window_kind = earned.earned_window
  AND ratio.capex_kind = earned.earned_kind AND ratio.basis = earned.earned_basis
UNION ALL
SELECT ratio.ratio_row_id AS mart_row_id, 'mart_money_flows' AS input_table, paid.flow_row_id AS input_row_id, 'payment_within' AS role
FROM capex_ratio AS ratio
JOIN (
  SELECT scope_id AS paid_scope, end_index AS paid_end_index, window_kind AS paid_window_kind, capex_kind AS paid_capex_kind,
    basis AS paid_revenue_basis, flow_row_id
  FROM payment_within
) AS paid
  ON ratio.scope_id = paid.paid_scope AND ratio.end_index = paid.paid_end_index AND ratio.window_kind = paid.paid_window_kind
  AND ratio.capex_kind = paid.paid_capex_kind AND ratio.basis = paid.paid_revenue_basis
WHERE ratio.consolidation = 'consolidated';
