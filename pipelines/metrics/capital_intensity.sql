-- Grain: one filed fiscal year of one company and capital expenditure definition.
-- Formula: capital expenditure over operating cash flow, over revenue and over depreciation of the same
--   fiscal year, each as filed last. The definitions are those of mart_capex_quarterly; the operands of one
--   figure stand in one filing, the last annual report that states them all.
-- Units: US dollars; ratios are plain numbers (0.25 is a quarter).
-- Inputs: reported_fact, capex_fact, mart_fiscal_quarter, core_company, core_calendar.
-- Caveats: filers tag revenue and depreciation under several concepts, and a tag may mean less than it
--   says: the lowest and the highest of the totals they give for the year bound the ratio. Depreciation
--   may include amortisation under some tags. Operating cash flow of zero or less gives no ratio. A definition
--   that no annual report gives all operands of has no row.

-- step: intensity_fact
SELECT fiscal.cik, fiscal.fiscal_year, fiscal.fiscal_year_start, fiscal.fiscal_year_end_date, fact.line, fact.concept,
  CAST(CAST(fact.value AS VARCHAR) AS DOUBLE) AS amount_usd, fact.filed_date, fact.accession_number, fact.row_id
FROM mart_fiscal_quarter AS fiscal
JOIN (
  SELECT reported_fact.*,
    CASE
      WHEN concept = 'NetCashProvidedByUsedInOperatingActivities' THEN 'operating_cash_flow'
      WHEN concept IN (
        'Revenues', 'SalesRevenueNet', 'RevenueFromContractWithCustomerExcludingAssessedTax',
        'RevenueFromContractWithCustomerIncludingAssessedTax'
      ) THEN 'revenue'
      WHEN concept IN (
        'Depreciation', 'DepreciationDepletionAndAmortization', 'DepreciationAmortizationAndAccretionNet',
        'DepreciationAndAmortization'
      ) THEN 'depreciation'
      ELSE NULL
    END AS line
  FROM reported_fact
  WHERE taxonomy = 'us-gaap' AND unit = 'USD' AND form_type IN ('10-K', '10-K/A', '20-F', '20-F/A', '40-F', '40-F/A')
) AS fact
  ON fact.cik = fiscal.cik AND fact.period_start = fiscal.fiscal_year_start
  AND fact.period_end = fiscal.fiscal_year_end_date
WHERE fiscal.fiscal_quarter = 4 AND fact.line IS NOT NULL;

-- step: intensity_fact_latest
-- Of each concept the last filing stands.
SELECT cik, fiscal_year, fiscal_year_start, fiscal_year_end_date, line, concept, amount_usd, filed_date, row_id
FROM (
  SELECT intensity_fact.*,
    ROW_NUMBER() OVER (
      PARTITION BY cik, fiscal_year_start, line, concept
      ORDER BY filed_date DESC NULLS LAST, accession_number DESC NULLS LAST, row_id DESC NULLS LAST
    ) AS choice
  FROM intensity_fact
) AS ranked
WHERE choice = 1;

-- step: intensity_line
-- Of each line the concepts of its last filing; where they differ, their range. Nothing can be divided by
-- revenue or depreciation of zero or less: such a figure is no total.
SELECT fact.cik, fact.fiscal_year_start, fact.line, latest.last_filed_date,
  MIN(fact.amount_usd) AS lowest_usd, MAX(fact.amount_usd) AS highest_usd
FROM intensity_fact_latest AS fact
JOIN (
  SELECT cik AS latest_cik, fiscal_year_start AS latest_year, line AS latest_line, MAX(filed_date) AS last_filed_date
  FROM intensity_fact_latest
  GROUP BY cik, fiscal_year_start, line
) AS latest
  ON fact.cik = latest.latest_cik AND fact.fiscal_year_start = latest.latest_year
  AND fact.line = latest.latest_line AND fact.filed_date = latest.last_filed_date
WHERE fact.line = 'operating_cash_flow' OR fact.amount_usd > 0.0
GROUP BY fact.cik, fact.fiscal_year_start, fact.line, latest.last_filed_date;

-- step: intensity_capex_fact
-- What annual reports state of capital expenditure: flows of the year, and what was unpaid at its end and at
-- the end of the year before.
SELECT fiscal.cik, fiscal.fiscal_year, fiscal.fiscal_year_start, fiscal.fiscal_year_end_date, fact.item, fact.concept,
  fact.amount_usd, fact.filed_date, fact.accession_number, fact.row_id
FROM (
  SELECT cik, fiscal_year, fiscal_year_start, fiscal_year_end_date FROM mart_fiscal_quarter WHERE fiscal_quarter = 4
) AS fiscal
JOIN (
  SELECT cik AS fact_cik, item, concept, period_start, period_end, amount_usd, filed_date, accession_number, row_id
  FROM capex_fact
  WHERE form_type IN ('10-K', '10-K/A', '20-F', '20-F/A', '40-F', '40-F/A')
) AS fact
  ON fiscal.cik = fact.fact_cik AND fiscal.fiscal_year_start = fact.period_start
  AND fiscal.fiscal_year_end_date = fact.period_end
UNION ALL
SELECT fiscal.cik, fiscal.fiscal_year, fiscal.fiscal_year_start, fiscal.fiscal_year_end_date, 'unpaid_before' AS item,
  fact.concept, fact.amount_usd, fact.filed_date, fact.accession_number, fact.row_id
FROM (
  SELECT cik, fiscal_year, fiscal_year_start, fiscal_year_end_date FROM mart_fiscal_quarter WHERE fiscal_quarter = 4
) AS fiscal
JOIN (SELECT date AS day_before, next_date AS year_start FROM core_calendar) AS before
  ON fiscal.fiscal_year_start = before.year_start
JOIN (
  SELECT cik AS fact_cik, concept, period_end, amount_usd, filed_date, accession_number, row_id
  FROM capex_fact
  WHERE item = 'unpaid' AND form_type IN ('10-K', '10-K/A', '20-F', '20-F/A', '40-F', '40-F/A')
) AS fact
  ON fiscal.cik = fact.fact_cik AND before.day_before = fact.period_end;

-- step: intensity_capex_filed
-- Of each filing one figure an item. Where a filing states cash paid under two concepts the narrower one is
-- taken; where it states another item twice with different values, neither.
SELECT cik, fiscal_year, fiscal_year_start, fiscal_year_end_date, item, amount_usd, filed_date, accession_number, row_id
FROM (
  SELECT fact.*, told.values_told,
    ROW_NUMBER() OVER (
      PARTITION BY fact.cik, fact.fiscal_year_start, fact.accession_number, fact.item
      ORDER BY 0.0 - fact.amount_usd DESC NULLS LAST, fact.concept DESC NULLS LAST, fact.row_id DESC NULLS LAST
    ) AS choice
  FROM intensity_capex_fact AS fact
  JOIN (
    SELECT cik AS told_cik, fiscal_year_start AS told_year, accession_number AS told_accession, item AS told_item,
      COUNT(DISTINCT amount_usd) AS values_told
    FROM intensity_capex_fact
    GROUP BY cik, fiscal_year_start, accession_number, item
  ) AS told
    ON fact.cik = told.told_cik AND fact.fiscal_year_start = told.told_year
    AND fact.accession_number = told.told_accession AND fact.item = told.told_item
) AS ranked
WHERE choice = 1 AND (item = 'gross' OR values_told = 1);

-- step: intensity_capex_defined
SELECT gross.cik, gross.fiscal_year, gross.fiscal_year_start, gross.fiscal_year_end_date, gross.filed_date,
  gross.accession_number, 'cash_gross' AS definition, gross.amount_usd, gross.row_id,
  CAST(NULL AS VARCHAR) AS other_row_id, CAST(NULL AS VARCHAR) AS other_before_row_id
FROM (SELECT * FROM intensity_capex_filed WHERE item = 'gross') AS gross
UNION ALL
SELECT gross.cik, gross.fiscal_year, gross.fiscal_year_start, gross.fiscal_year_end_date, gross.filed_date,
  gross.accession_number, CASE WHEN other.other_item = 'proceeds' THEN 'cash_net' ELSE 'cash_and_leases' END AS definition,
  CASE WHEN other.other_item = 'proceeds' THEN gross.amount_usd - other.other_usd ELSE gross.amount_usd + other.other_usd END AS amount_usd,
  gross.row_id, other.other_row_id, CAST(NULL AS VARCHAR) AS other_before_row_id
FROM (SELECT * FROM intensity_capex_filed WHERE item = 'gross') AS gross
JOIN (
  SELECT cik AS other_cik, fiscal_year_start AS other_year, accession_number AS other_accession, item AS other_item,
    amount_usd AS other_usd, row_id AS other_row_id
  FROM intensity_capex_filed
  WHERE item IN ('proceeds', 'leases')
) AS other
  ON gross.cik = other.other_cik AND gross.fiscal_year_start = other.other_year
  AND gross.accession_number = other.other_accession
UNION ALL
SELECT gross.cik, gross.fiscal_year, gross.fiscal_year_start, gross.fiscal_year_end_date, gross.filed_date,
  gross.accession_number, 'accrual' AS definition, gross.amount_usd + at_end.end_usd - at_start.start_usd AS amount_usd,
  gross.row_id, at_end.end_row_id AS other_row_id, at_start.start_row_id AS other_before_row_id
FROM (SELECT * FROM intensity_capex_filed WHERE item = 'gross') AS gross
JOIN (
  SELECT cik AS end_cik, fiscal_year_start AS end_year, accession_number AS end_accession, amount_usd AS end_usd,
    row_id AS end_row_id
  FROM intensity_capex_filed
  WHERE item = 'unpaid'
) AS at_end
  ON gross.cik = at_end.end_cik AND gross.fiscal_year_start = at_end.end_year AND gross.accession_number = at_end.end_accession
JOIN (
  SELECT cik AS start_cik, fiscal_year_start AS start_year, accession_number AS start_accession, amount_usd AS start_usd,
    row_id AS start_row_id
  FROM intensity_capex_filed
  WHERE item = 'unpaid_before'
) AS at_start
  ON gross.cik = at_start.start_cik AND gross.fiscal_year_start = at_start.start_year
  AND gross.accession_number = at_start.start_accession;

-- step: intensity_capex
-- Of each definition the last filing that gives it.
SELECT cik, fiscal_year, fiscal_year_start, fiscal_year_end_date, definition, amount_usd, row_id, other_row_id,
  other_before_row_id, cik || ':' || definition || ':' || CAST(fiscal_year_start AS VARCHAR) AS intensity_row_id
FROM (
  SELECT intensity_capex_defined.*,
    ROW_NUMBER() OVER (
      PARTITION BY cik, fiscal_year_start, definition
      ORDER BY filed_date DESC NULLS LAST, accession_number DESC NULLS LAST
    ) AS choice
  FROM intensity_capex_defined
) AS ranked
WHERE choice = 1;

-- rows
SELECT capex.intensity_row_id AS row_id, capex.cik, COALESCE(company.company_id, 'cik' || capex.cik) AS company_id,
  capex.definition, capex.fiscal_year, capex.fiscal_year_start AS period_start, capex.fiscal_year_end_date AS period_end,
  capex.amount_usd AS capex_usd, cash_flow.highest_usd AS operating_cash_flow_usd,
  revenue.lowest_usd AS revenue_low_usd, revenue.highest_usd AS revenue_high_usd,
  depreciation.lowest_usd AS depreciation_low_usd, depreciation.highest_usd AS depreciation_high_usd,
  CASE WHEN cash_flow.highest_usd > 0.0 THEN capex.amount_usd / NULLIF(cash_flow.highest_usd, 0.0) ELSE NULL END AS capex_to_operating_cash_flow,
  capex.amount_usd / NULLIF(revenue.highest_usd, 0.0) AS capex_to_revenue_low,
  capex.amount_usd / NULLIF(revenue.lowest_usd, 0.0) AS capex_to_revenue_high,
  capex.amount_usd / NULLIF(depreciation.highest_usd, 0.0) AS capex_to_depreciation_low,
  capex.amount_usd / NULLIF(depreciation.lowest_usd, 0.0) AS capex_to_depreciation_high
FROM intensity_capex AS capex
LEFT JOIN (SELECT * FROM intensity_line WHERE line = 'operating_cash_flow') AS cash_flow
  ON cash_flow.cik = capex.cik AND cash_flow.fiscal_year_start = capex.fiscal_year_start
LEFT JOIN (SELECT * FROM intensity_line WHERE line = 'revenue') AS revenue
  ON revenue.cik = capex.cik AND revenue.fiscal_year_start = capex.fiscal_year_start
LEFT JOIN (SELECT * FROM intensity_line WHERE line = 'depreciation') AS depreciation
  ON depreciation.cik = capex.cik AND depreciation.fiscal_year_start = capex.fiscal_year_start
LEFT JOIN core_company AS company ON capex.cik = company.cik;

-- lineage
SELECT capex.intensity_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, fact.row_id AS input_row_id, fact.line AS role
FROM intensity_fact_latest AS fact
JOIN (
  SELECT cik AS line_cik, fiscal_year_start AS line_year, line AS line_name, last_filed_date FROM intensity_line
) AS line
  ON fact.cik = line.line_cik AND fact.fiscal_year_start = line.line_year AND fact.line = line.line_name
  AND fact.filed_date = line.last_filed_date
JOIN (SELECT cik AS capex_cik, fiscal_year_start AS capex_year, intensity_row_id FROM intensity_capex) AS capex
  ON fact.cik = capex.capex_cik AND fact.fiscal_year_start = capex.capex_year
WHERE fact.line = 'operating_cash_flow' OR fact.amount_usd > 0.0
UNION ALL
SELECT intensity_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, row_id AS input_row_id, 'capex' AS role
FROM intensity_capex
UNION ALL
SELECT intensity_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, other_row_id AS input_row_id,
  CASE
    WHEN definition = 'cash_net' THEN 'proceeds'
    WHEN definition = 'cash_and_leases' THEN 'leases'
    ELSE 'unpaid_at_end'
  END AS role
FROM intensity_capex
WHERE other_row_id IS NOT NULL
UNION ALL
SELECT intensity_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, other_before_row_id AS input_row_id,
  'unpaid_at_start' AS role
FROM intensity_capex
WHERE other_before_row_id IS NOT NULL
UNION ALL
SELECT intensity_row_id AS mart_row_id, 'mart_fiscal_quarter' AS input_table,
  cik || ':' || CAST(fiscal_year_start AS VARCHAR) || ':Q4' AS input_row_id, 'fiscal_year' AS role
FROM intensity_capex;
