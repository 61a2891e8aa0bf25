-- Grain: one fiscal year of one company, definition and concept, where the year was filed.
-- Formula: residual = sum of the four quarters of mart_capex_quarterly - the year as filed, newest
--   vintage of the same concept; and apart from it, the independent check: first three quarters, where all
--   were reported as such, - the nine months as filed.
-- Units: US dollars.
-- Inputs: mart_capex_quarterly, mart_fiscal_quarter, known_xbrl_fact (through capex_year_to_date).
-- Caveats: where quarters are differences the sum is zero by construction and proves nothing. Rounding is
--   at most two units of the last digit that the year is reported in: four rounded terms, half a unit each.

-- step: capex_filed
-- Year and nine months of each concept: newest vintage, and the spread over all vintages.
SELECT cik, fiscal_year_start, fiscal_quarter, concept, amount_usd, row_id,
  lowest_usd, highest_usd
FROM (
  SELECT fact.cik, fact.fiscal_year_start, fact.fiscal_quarter, fact.concept, fact.amount_usd, fact.row_id,
    spread.lowest_usd, spread.highest_usd,
    ROW_NUMBER() OVER (
      PARTITION BY fact.cik, fact.fiscal_year_start, fact.fiscal_quarter, fact.concept
      ORDER BY fact.vintage_rank DESC NULLS LAST, fact.row_id DESC NULLS LAST
    ) AS choice
  FROM capex_year_to_date AS fact
  JOIN (
    SELECT cik, fiscal_year_start, fiscal_quarter, concept,
      MIN(amount_usd) AS lowest_usd, MAX(amount_usd) AS highest_usd
    FROM capex_year_to_date
    GROUP BY cik, fiscal_year_start, fiscal_quarter, concept
  ) AS spread
    ON spread.cik = fact.cik AND spread.fiscal_year_start = fact.fiscal_year_start
    AND spread.fiscal_quarter = fact.fiscal_quarter AND spread.concept = fact.concept
  WHERE fact.fiscal_quarter IN (3, 4)
) AS ranked
WHERE choice = 1;

-- step: capex_quarters_added
SELECT cik, fiscal_year_start, concept, MIN(company_id) AS company_id, COUNT(capex_usd) AS quarters_derivable,
  CAST(SUM(CASE WHEN fiscal_quarter < 4 AND method = 'reported' THEN 1 ELSE 0 END) AS BIGINT) AS quarters_reported,
  CAST(SUM(CASE WHEN fiscal_quarter IN (2, 3) AND method = 'reported' THEN 1 ELSE 0 END) AS BIGINT) AS inner_quarters_reported,
  SUM(capex_usd) AS added_usd,
  SUM(CASE WHEN fiscal_quarter < 4 AND method = 'reported' THEN capex_usd ELSE NULL END) AS three_quarters_usd
FROM mart_capex_quarterly
WHERE concept IS NOT NULL
GROUP BY cik, fiscal_year_start, concept;

-- step: capex_reconciled
SELECT filed_year.cik, filed_year.fiscal_year_start, filed_year.concept, filed_year.row_id AS year_row_id,
  nine_months.row_id AS nine_months_row_id,
  COALESCE(added.quarters_derivable, 0) AS quarters_derivable,
  COALESCE(added.quarters_reported, 0) AS quarters_reported,
  COALESCE(added.inner_quarters_reported, 0) AS inner_quarters_reported,
  CASE WHEN added.quarters_derivable = 4 THEN added.added_usd ELSE NULL END AS quarters_sum_usd,
  filed_year.amount_usd AS year_filed_usd,
  CASE WHEN added.quarters_derivable = 4 THEN added.added_usd - filed_year.amount_usd ELSE NULL END AS residual_usd,
  CASE WHEN added.quarters_reported = 3 THEN added.three_quarters_usd ELSE NULL END AS three_quarters_reported_usd,
  nine_months.amount_usd AS nine_months_filed_usd,
  CASE WHEN added.quarters_reported = 3 THEN added.three_quarters_usd - nine_months.amount_usd ELSE NULL END AS nine_months_residual_usd,
  CASE
    WHEN filed_year.amount_usd % 1000000.0 = 0.0 THEN 2000000.0
    WHEN filed_year.amount_usd % 1000.0 = 0.0 THEN 2000.0
    ELSE 2.0
  END AS rounding_usd,
  CASE
    WHEN filed_year.lowest_usd < filed_year.highest_usd THEN TRUE
    WHEN nine_months.lowest_usd < nine_months.highest_usd THEN TRUE
    ELSE FALSE
  END AS is_restated
FROM capex_filed AS filed_year
LEFT JOIN (SELECT * FROM capex_filed WHERE fiscal_quarter = 3) AS nine_months
  ON nine_months.cik = filed_year.cik AND nine_months.fiscal_year_start = filed_year.fiscal_year_start
  AND nine_months.concept = filed_year.concept
LEFT JOIN capex_quarters_added AS added
  ON added.cik = filed_year.cik AND added.fiscal_year_start = filed_year.fiscal_year_start
  AND added.concept = filed_year.concept
WHERE filed_year.fiscal_quarter = 4;

-- rows
SELECT reconciled.cik || ':cash_gross:' || CAST(reconciled.fiscal_year_start AS VARCHAR) || ':' || reconciled.concept AS row_id,
  reconciled.cik, COALESCE(company.company_id, 'cik' || reconciled.cik) AS company_id, 'cash_gross' AS definition, reconciled.concept, fiscal.fiscal_year,
  reconciled.fiscal_year_start, fiscal.fiscal_year_end_date, reconciled.quarters_derivable, reconciled.quarters_reported,
  reconciled.quarters_sum_usd, reconciled.year_filed_usd, reconciled.residual_usd,
  CASE
    WHEN reconciled.residual_usd IS NULL THEN 'quarters_missing'
    WHEN reconciled.residual_usd = 0.0 AND reconciled.inner_quarters_reported = 0 THEN 'zero_by_construction'
    WHEN reconciled.residual_usd = 0.0 THEN 'zero'
    WHEN ABS(reconciled.residual_usd) <= reconciled.rounding_usd THEN 'rounding'
    WHEN reconciled.is_restated THEN 'restated'
    ELSE 'unexplained'
  END AS residual_class,
  reconciled.three_quarters_reported_usd, reconciled.nine_months_filed_usd, reconciled.nine_months_residual_usd,
  CASE
    WHEN reconciled.nine_months_residual_usd IS NULL THEN 'not_checkable'
    WHEN reconciled.nine_months_residual_usd = 0.0 THEN 'zero'
    WHEN ABS(reconciled.nine_months_residual_usd) <= reconciled.rounding_usd THEN 'rounding'
    WHEN reconciled.is_restated THEN 'restated'
    ELSE 'unexplained'
  END AS nine_months_class
FROM capex_reconciled AS reconciled
JOIN (SELECT * FROM mart_fiscal_quarter WHERE fiscal_quarter = 4) AS fiscal
  ON fiscal.cik = reconciled.cik AND fiscal.fiscal_year_start = reconciled.fiscal_year_start
LEFT JOIN core_company AS company ON reconciled.cik = company.cik;

-- lineage
SELECT cik || ':cash_gross:' || CAST(fiscal_year_start AS VARCHAR) || ':' || concept AS mart_row_id,
  'core_xbrl_fact' AS input_table, year_row_id AS input_row_id, 'filed_year' AS role
FROM capex_reconciled
UNION ALL
SELECT cik || ':cash_gross:' || CAST(fiscal_year_start AS VARCHAR) || ':' || concept AS mart_row_id,
  'core_xbrl_fact' AS input_table, nine_months_row_id AS input_row_id, 'filed_nine_months' AS role
FROM capex_reconciled
WHERE nine_months_row_id IS NOT NULL
UNION ALL
SELECT cik || ':cash_gross:' || CAST(fiscal_year_start AS VARCHAR) || ':' || concept AS mart_row_id,
  'mart_capex_quarterly' AS input_table, row_id AS input_row_id, 'quarter' AS role
FROM mart_capex_quarterly
WHERE concept IS NOT NULL
  AND cik || ':' || CAST(fiscal_year_start AS VARCHAR) || ':' || concept IN (
    SELECT cik || ':' || CAST(fiscal_year_start AS VARCHAR) || ':' || concept FROM capex_reconciled
  );
