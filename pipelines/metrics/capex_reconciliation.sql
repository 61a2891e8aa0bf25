-- Grain: one fiscal year of one company, definition and series of concepts, where the year was filed.
-- Formula: residual = sum of the four quarters of mart_capex_quarterly - the year as filed, newest
--   vintage of the same series; and apart from it, the independent check: first three quarters, where all
--   were reported as such, - the nine months as filed.
-- Units: US dollars.
-- Inputs: capex_year_to_date, mart_capex_quarterly, mart_fiscal_quarter, core_company.
-- Caveats: where quarters are differences the sum is zero by construction and proves nothing. Rounding is
--   at most two units of the last digit that all the figures share: four rounded terms, half a unit each.
--   A residual is `restated` only as far as the vintages of year and nine months differ. Only cash_gross is
--   reconciled: the other definitions are sums of it and of other flows, and no filer states them for a year.

-- step: capex_filed
-- Year and nine months of each series as filed last.
SELECT cik, fiscal_year_start, fiscal_quarter, series, amount_usd, fact_row_id
FROM (
  SELECT capex_year_to_date.*,
    ROW_NUMBER() OVER (
      PARTITION BY cik, fiscal_year_start, fiscal_quarter, series
      ORDER BY vintage_rank DESC NULLS LAST, fact_row_id DESC NULLS LAST
    ) AS choice
  FROM capex_year_to_date
  WHERE item = 'gross' AND fiscal_quarter IN (3, 4)
) AS ranked
WHERE choice = 1;

-- step: capex_spread
-- How far the vintages of a year's figures lie apart: each stands in two quarters with opposite signs, so
-- quarters of different vintages can miss the year by no more than the sum.
SELECT cik, fiscal_year_start, series, SUM(highest_usd - lowest_usd) AS spread_usd
FROM (
  SELECT cik, fiscal_year_start, fiscal_quarter, series, MIN(amount_usd) AS lowest_usd, MAX(amount_usd) AS highest_usd
  FROM capex_year_to_date
  WHERE item = 'gross'
  GROUP BY cik, fiscal_year_start, fiscal_quarter, series
) AS vintages
GROUP BY cik, fiscal_year_start, series;

-- step: capex_quarters_added
SELECT cik, fiscal_year_start, series, COUNT(capex_usd) AS quarters_derivable,
  CAST(SUM(CASE WHEN fiscal_quarter < 4 AND method = 'reported' THEN 1 ELSE 0 END) AS BIGINT) AS quarters_reported,
  SUM(CASE WHEN fiscal_quarter > 1 AND method = 'reported' THEN 1 ELSE 0 END) AS independent_quarters,
  SUM(capex_usd) AS added_usd,
  SUM(CASE WHEN fiscal_quarter < 4 AND method = 'reported' THEN capex_usd ELSE NULL END) AS three_quarters_usd,
  MAX(capex_usd % 1000000.0) AS beyond_millions, MAX(capex_usd % 1000.0) AS beyond_thousands
FROM mart_capex_quarterly
WHERE definition = 'cash_gross' AND series IS NOT NULL
GROUP BY cik, fiscal_year_start, series;

-- step: capex_reconciled
SELECT filed_year.cik, filed_year.fiscal_year_start, filed_year.series, filed_year.fact_row_id AS year_row_id,
  nine_months.nine_months_row_id,
  COALESCE(added.quarters_derivable, 0) AS quarters_derivable,
  COALESCE(added.quarters_reported, 0) AS quarters_reported,
  COALESCE(added.independent_quarters, 0) AS independent_quarters,
  CASE WHEN added.quarters_derivable = 4 THEN added.added_usd ELSE NULL END AS quarters_sum_usd,
  filed_year.amount_usd AS year_filed_usd,
  CASE WHEN added.quarters_derivable = 4 THEN added.added_usd - filed_year.amount_usd ELSE NULL END AS residual_usd,
  CASE WHEN added.quarters_reported = 3 THEN added.three_quarters_usd ELSE NULL END AS three_quarters_reported_usd,
  nine_months.nine_months_usd AS nine_months_filed_usd,
  CASE WHEN added.quarters_reported = 3 THEN added.three_quarters_usd - nine_months.nine_months_usd ELSE NULL END AS nine_months_residual_usd,
  CASE
    WHEN filed_year.amount_usd % 1000000.0 = 0.0 AND COALESCE(nine_months.nine_months_usd, 0.0) % 1000000.0 = 0.0
      AND COALESCE(added.beyond_millions, 0.0) = 0.0 THEN 2000000.0
    WHEN filed_year.amount_usd % 1000.0 = 0.0 AND COALESCE(nine_months.nine_months_usd, 0.0) % 1000.0 = 0.0
      AND COALESCE(added.beyond_thousands, 0.0) = 0.0 THEN 2000.0
    ELSE 2.0
  END AS rounding_usd,
  spread.spread_usd
FROM capex_filed AS filed_year
JOIN (
  SELECT cik AS spread_cik, fiscal_year_start AS spread_year, series AS spread_series, spread_usd FROM capex_spread
) AS spread
  ON filed_year.cik = spread.spread_cik AND filed_year.fiscal_year_start = spread.spread_year
  AND filed_year.series = spread.spread_series
LEFT JOIN (
  SELECT cik AS nine_cik, fiscal_year_start AS nine_year, series AS nine_series, amount_usd AS nine_months_usd,
    fact_row_id AS nine_months_row_id
  FROM capex_filed
  WHERE fiscal_quarter = 3
) AS nine_months
  ON filed_year.cik = nine_months.nine_cik AND filed_year.fiscal_year_start = nine_months.nine_year
  AND filed_year.series = nine_months.nine_series
LEFT JOIN (
  SELECT cik AS added_cik, fiscal_year_start AS added_year, series AS added_series, quarters_derivable,
    quarters_reported, independent_quarters, added_usd, three_quarters_usd, beyond_millions, beyond_thousands
  FROM capex_quarters_added
) AS added
  ON filed_year.cik = added.added_cik AND filed_year.fiscal_year_start = added.added_year
  AND filed_year.series = added.added_series
WHERE filed_year.fiscal_quarter = 4;

-- rows
SELECT reconciled.cik || ':cash_gross:' || CAST(reconciled.fiscal_year_start AS VARCHAR) || ':' || reconciled.series AS row_id,
  reconciled.cik, COALESCE(company.company_id, 'cik' || reconciled.cik) AS company_id, 'cash_gross' AS definition,
  reconciled.series, fiscal.fiscal_year, reconciled.fiscal_year_start, fiscal.fiscal_year_end_date,
  reconciled.quarters_derivable, reconciled.quarters_reported, reconciled.quarters_sum_usd, reconciled.year_filed_usd,
  reconciled.residual_usd,
  CASE
    WHEN reconciled.residual_usd IS NULL THEN 'quarters_missing'
    WHEN reconciled.residual_usd = 0.0 AND reconciled.independent_quarters = 0 THEN 'zero_by_construction'
    WHEN reconciled.residual_usd = 0.0 THEN 'zero'
    WHEN ABS(reconciled.residual_usd) <= reconciled.rounding_usd THEN 'rounding'
    WHEN ABS(reconciled.residual_usd) <= reconciled.spread_usd + reconciled.rounding_usd THEN 'restated'
    ELSE 'unexplained'
  END AS residual_class,
  reconciled.three_quarters_reported_usd, reconciled.nine_months_filed_usd, reconciled.nine_months_residual_usd,
  CASE
    WHEN reconciled.nine_months_residual_usd IS NULL THEN 'not_checkable'
    WHEN reconciled.nine_months_residual_usd = 0.0 THEN 'zero'
    WHEN ABS(reconciled.nine_months_residual_usd) <= reconciled.rounding_usd THEN 'rounding'
    WHEN ABS(reconciled.nine_months_residual_usd) <= reconciled.spread_usd + reconciled.rounding_usd THEN 'restated'
    ELSE 'unexplained'
  END AS nine_months_class
FROM capex_reconciled AS reconciled
JOIN (
  SELECT cik AS fiscal_cik, fiscal_year_start AS fiscal_start, fiscal_year, fiscal_year_end_date
  FROM mart_fiscal_quarter
  WHERE fiscal_quarter = 4
) AS fiscal ON reconciled.cik = fiscal.fiscal_cik AND reconciled.fiscal_year_start = fiscal.fiscal_start
LEFT JOIN (SELECT company_id, cik AS company_cik FROM core_company) AS company ON reconciled.cik = company.company_cik;

-- lineage
SELECT cik || ':cash_gross:' || CAST(fiscal_year_start AS VARCHAR) || ':' || series AS mart_row_id,
  'core_xbrl_fact' AS input_table, year_row_id AS input_row_id, 'filed_year' AS role
FROM capex_reconciled
UNION ALL
SELECT cik || ':cash_gross:' || CAST(fiscal_year_start AS VARCHAR) || ':' || series AS mart_row_id,
  'core_xbrl_fact' AS input_table, nine_months_row_id AS input_row_id, 'filed_nine_months' AS role
FROM capex_reconciled
WHERE nine_months_row_id IS NOT NULL
UNION ALL
SELECT cik || ':cash_gross:' || CAST(fiscal_year_start AS VARCHAR) || ':' || series AS mart_row_id,
  'mart_fiscal_quarter' AS input_table, cik || ':' || CAST(fiscal_year_start AS VARCHAR) || ':Q4' AS input_row_id,
  'fiscal_year' AS role
FROM capex_reconciled
UNION ALL
SELECT quarter.cik || ':cash_gross:' || CAST(quarter.fiscal_year_start AS VARCHAR) || ':' || quarter.series AS mart_row_id,
  'mart_capex_quarterly' AS input_table, quarter.row_id AS input_row_id, 'quarter' AS role
FROM (SELECT * FROM mart_capex_quarterly WHERE definition = 'cash_gross') AS quarter
JOIN (
  SELECT cik AS reconciled_cik, fiscal_year_start AS reconciled_year, series AS reconciled_series
  FROM capex_reconciled
) AS reconciled
  ON quarter.cik = reconciled.reconciled_cik AND quarter.fiscal_year_start = reconciled.reconciled_year
  AND quarter.series = reconciled.reconciled_series;
