-- Grain: one fiscal quarter of one company and definition.
-- Formula: a quarter is taken as reported, else as the difference of two year-to-date facts of one
--   concept that begin on the first day of the fiscal year; the fourth quarter is the year minus nine months.
-- Units: US dollars.
-- Inputs: known_xbrl_fact, mart_fiscal_quarter, core_company, core_calendar.
-- Caveats: `cash_gross` is cash paid for property and equipment before proceeds of disposals. Both
--   operands are of one vintage, and the newest vintage that has all of them wins, then a reported
--   quarter over a difference. Where the operands are not there the row says not_derivable and has no
--   value. Facts of proxies, prospectuses and 8-Ks are not used.

-- step: capex_fact
-- A filing states its own periods and, beside them, those of earlier years: a fact's vintage is how many
-- years after its period it was filed. An amended filing is a vintage of its own.
SELECT fact.row_id, fact.cik, fact.concept, fact.period_start, fact.period_end, fact.period_days,
  CAST(CAST(fact.value AS VARCHAR) AS DOUBLE) AS amount_usd, fact.known_on, fact.filed_date, fact.accession_number,
  2 * CASE
    WHEN filed.day_number - period_end.day_number < 365 THEN 0
    WHEN filed.day_number - period_end.day_number < 730 THEN 1
    WHEN filed.day_number - period_end.day_number < 1095 THEN 2
    ELSE 3
  END + CASE WHEN fact.form_type IN ('10-K/A', '10-Q/A', '20-F/A', '40-F/A') THEN 1 ELSE 0 END AS vintage_rank
FROM known_xbrl_fact AS fact
JOIN core_calendar AS filed ON fact.filed_date = filed.date
JOIN core_calendar AS period_end ON fact.period_end = period_end.date
WHERE fact.taxonomy = 'us-gaap' AND fact.unit = 'USD'
  AND fact.concept IN ('PaymentsToAcquirePropertyPlantAndEquipment', 'PaymentsToAcquireProductiveAssets')
  AND fact.form_type IN ('10-K', '10-Q', '20-F', '40-F', '10-K/A', '10-Q/A', '20-F/A', '40-F/A');

-- step: capex_fact_latest
-- Of several filings of one vintage the last one stands.
SELECT row_id, cik, concept, period_start, period_end, period_days, amount_usd, known_on, vintage_rank
FROM (
  SELECT capex_fact.*,
    ROW_NUMBER() OVER (
      PARTITION BY cik, concept, period_start, period_end, vintage_rank
      ORDER BY filed_date DESC NULLS LAST, accession_number DESC NULLS LAST, row_id DESC NULLS LAST
    ) AS choice
  FROM capex_fact
) AS ranked
WHERE choice = 1;

-- step: capex_year_to_date
SELECT quarter.row_id AS quarter_row_id, quarter.cik, quarter.fiscal_year_start, quarter.fiscal_quarter,
  fact.concept, fact.vintage_rank, fact.amount_usd, fact.known_on, fact.row_id
FROM mart_fiscal_quarter AS quarter
JOIN capex_fact_latest AS fact
  ON fact.cik = quarter.cik AND fact.period_start = quarter.fiscal_year_start
  AND fact.period_end = quarter.period_end;

-- step: capex_candidate
SELECT quarter.row_id AS quarter_row_id, fact.concept, fact.vintage_rank, 2 AS method_rank, 'reported' AS method,
  fact.amount_usd AS capex_usd, fact.known_on, fact.row_id AS operand_row_id, CAST(NULL AS VARCHAR) AS subtrahend_row_id
FROM mart_fiscal_quarter AS quarter
JOIN capex_fact_latest AS fact ON fact.cik = quarter.cik AND fact.period_end = quarter.period_end
WHERE fact.period_days BETWEEN 80 AND 100
UNION ALL
SELECT this.quarter_row_id, this.concept, this.vintage_rank, 1 AS method_rank,
  CASE WHEN this.fiscal_quarter = 4 THEN 'year_minus_nine_months' ELSE 'ytd_difference' END AS method,
  this.amount_usd - before.amount_usd AS capex_usd,
  GREATEST(this.known_on, before.known_on) AS known_on, this.row_id AS operand_row_id, before.row_id AS subtrahend_row_id
FROM capex_year_to_date AS this
JOIN (
  SELECT cik, fiscal_year_start, fiscal_quarter + 1 AS fiscal_quarter, concept, vintage_rank, amount_usd, known_on, row_id
  FROM capex_year_to_date
) AS before
  ON before.cik = this.cik AND before.fiscal_year_start = this.fiscal_year_start
  AND before.fiscal_quarter = this.fiscal_quarter AND before.concept = this.concept
  AND before.vintage_rank = this.vintage_rank;

-- step: capex_chosen
SELECT quarter_row_id, concept, vintage_rank, method, capex_usd, known_on, operand_row_id, subtrahend_row_id
FROM (
  SELECT capex_candidate.*,
    ROW_NUMBER() OVER (
      PARTITION BY quarter_row_id
      ORDER BY vintage_rank DESC NULLS LAST, method_rank DESC NULLS LAST, known_on DESC NULLS LAST,
        concept DESC NULLS LAST, operand_row_id DESC NULLS LAST
    ) AS choice
  FROM capex_candidate
) AS ranked
WHERE choice = 1;

-- rows
SELECT quarter.cik || ':cash_gross:' || CAST(quarter.fiscal_year_start AS VARCHAR) || ':Q' || CAST(quarter.fiscal_quarter AS VARCHAR) AS row_id,
  quarter.cik, COALESCE(company.company_id, 'cik' || quarter.cik) AS company_id, 'cash_gross' AS definition,
  quarter.fiscal_year, quarter.fiscal_quarter, quarter.fiscal_year_start, quarter.period_start, quarter.period_end,
  quarter.calendar_quarter, chosen.capex_usd, COALESCE(chosen.method, 'not_derivable') AS method,
  CASE
    WHEN chosen.vintage_rank = 0 THEN 'as_first_filed'
    WHEN chosen.vintage_rank = 2 THEN 'comparative_1'
    WHEN chosen.vintage_rank = 4 THEN 'comparative_2'
    WHEN chosen.vintage_rank = 6 THEN 'comparative_3'
    WHEN chosen.vintage_rank IN (1, 3, 5, 7) THEN 'amended'
    ELSE NULL
  END AS vintage,
  chosen.concept, chosen.known_on, chosen.operand_row_id, chosen.subtrahend_row_id
FROM mart_fiscal_quarter AS quarter
JOIN (SELECT cik FROM capex_fact GROUP BY cik) AS filer ON filer.cik = quarter.cik
LEFT JOIN capex_chosen AS chosen ON chosen.quarter_row_id = quarter.row_id
LEFT JOIN core_company AS company ON quarter.cik = company.cik;

-- lineage
SELECT row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, operand_row_id AS input_row_id,
  CASE WHEN subtrahend_row_id IS NULL THEN 'reported' ELSE 'minuend' END AS role
FROM mart_capex_quarterly
WHERE operand_row_id IS NOT NULL
UNION ALL
SELECT row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, subtrahend_row_id AS input_row_id, 'subtrahend' AS role
FROM mart_capex_quarterly
WHERE subtrahend_row_id IS NOT NULL
UNION ALL
SELECT cik || ':cash_gross:' || CAST(fiscal_year_start AS VARCHAR) || ':Q' || CAST(fiscal_quarter AS VARCHAR) AS mart_row_id,
  'mart_fiscal_quarter' AS input_table,
  cik || ':' || CAST(fiscal_year_start AS VARCHAR) || ':Q' || CAST(fiscal_quarter AS VARCHAR) AS input_row_id,
  'fiscal_quarter' AS role
FROM mart_capex_quarterly;
