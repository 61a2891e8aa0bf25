-- Grain: one filed fiscal year of one company and capital expenditure definition.
-- Formula: capital expenditure over operating cash flow, over revenue and over depreciation of the same
--   fiscal year, each as filed last.
-- Units: US dollars; ratios are plain numbers (0.25 is a quarter).
-- Inputs: known_xbrl_fact, mart_fiscal_quarter, core_company.
-- Caveats: filers tag revenue and depreciation under several concepts, and a tag may mean less than it
--   says: the lowest and the highest of the totals they give for the year bound the ratio. Depreciation
--   may include amortisation under some tags. Operating cash flow of zero or less gives no ratio.

-- step: intensity_fact
SELECT fiscal.cik, fiscal.fiscal_year, fiscal.fiscal_year_start, fiscal.fiscal_year_end_date, fact.line, fact.concept,
  CAST(CAST(fact.value AS VARCHAR) AS DOUBLE) AS amount_usd, fact.filed_date, fact.accession_number, fact.row_id
FROM mart_fiscal_quarter AS fiscal
JOIN (
  SELECT known_xbrl_fact.*,
    CASE
      WHEN concept IN ('PaymentsToAcquirePropertyPlantAndEquipment', 'PaymentsToAcquireProductiveAssets') THEN 'capex'
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
  FROM known_xbrl_fact
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

-- step: intensity_capex
-- Capital expenditure has one figure: of the last filing, the narrower concept where it states both.
SELECT cik, fiscal_year, fiscal_year_start, fiscal_year_end_date, amount_usd, row_id
FROM (
  SELECT intensity_fact_latest.*,
    ROW_NUMBER() OVER (
      PARTITION BY cik, fiscal_year_start
      ORDER BY filed_date DESC NULLS LAST, concept DESC NULLS LAST
    ) AS choice
  FROM intensity_fact_latest
  WHERE line = 'capex'
) AS ranked
WHERE choice = 1;

-- rows
SELECT capex.cik || ':cash_gross:' || CAST(capex.fiscal_year_start AS VARCHAR) AS row_id,
  capex.cik, COALESCE(company.company_id, 'cik' || capex.cik) AS company_id, 'cash_gross' AS definition,
  capex.fiscal_year, capex.fiscal_year_start AS period_start, capex.fiscal_year_end_date AS period_end,
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
SELECT fact.cik || ':cash_gross:' || CAST(fact.fiscal_year_start AS VARCHAR) AS mart_row_id,
  'core_xbrl_fact' AS input_table, fact.row_id AS input_row_id, fact.line AS role
FROM intensity_fact_latest AS fact
JOIN (
  SELECT cik AS line_cik, fiscal_year_start AS line_year, line AS line_name, last_filed_date FROM intensity_line
) AS line
  ON fact.cik = line.line_cik AND fact.fiscal_year_start = line.line_year AND fact.line = line.line_name
  AND fact.filed_date = line.last_filed_date
JOIN (SELECT cik AS capex_cik, fiscal_year_start AS capex_year FROM intensity_capex) AS capex
  ON fact.cik = capex.capex_cik AND fact.fiscal_year_start = capex.capex_year
WHERE fact.line = 'operating_cash_flow' OR (fact.line <> 'capex' AND fact.amount_usd > 0.0)
UNION ALL
SELECT cik || ':cash_gross:' || CAST(fiscal_year_start AS VARCHAR) AS mart_row_id,
  'core_xbrl_fact' AS input_table, row_id AS input_row_id, 'capex' AS role
FROM intensity_capex
UNION ALL
SELECT cik || ':cash_gross:' || CAST(fiscal_year_start AS VARCHAR) AS mart_row_id,
  'mart_fiscal_quarter' AS input_table, cik || ':' || CAST(fiscal_year_start AS VARCHAR) || ':Q4' AS input_row_id,
  'fiscal_year' AS role
FROM intensity_capex;
