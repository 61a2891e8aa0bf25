-- Grain: one fiscal quarter of one company and definition.
-- Formula: a quarter is taken as reported, else as the difference of two year-to-date facts of one
--   concept that begin on the first day of the fiscal year; the fourth quarter is the year minus nine months.
-- Units: US dollars.
-- Inputs: known_xbrl_fact, mart_fiscal_quarter, core_company, core_calendar.
-- Caveats: `cash_gross` is cash paid for property and equipment before proceeds of disposals. Both
--   operands are of one vintage, and the newest vintage that has all of them wins, then a reported
--   quarter over a difference. Where the operands are not there the row says not_derivable and has no
--   value. A year-to-date fact that an amendment restated is no operand of a difference: which of its two
--   values the next report builds on is not said. Facts of proxies, prospectuses and 8-Ks are not used.

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

-- step: capex_restated_by_amendment
-- Even ranks are filings as first made, the odd rank after each their amendments.
SELECT DISTINCT filed.cik, filed.concept, filed.period_start, filed.period_end
FROM capex_fact_latest AS filed
JOIN (
  SELECT cik AS amended_cik, concept AS amended_concept, period_start AS amended_start, period_end AS amended_end,
    vintage_rank - 1 AS amended_rank, amount_usd AS amended_usd
  FROM capex_fact_latest
  WHERE vintage_rank IN (1, 3, 5, 7)
) AS amended
  ON filed.cik = amended.amended_cik AND filed.concept = amended.amended_concept
  AND filed.period_start = amended.amended_start AND filed.period_end = amended.amended_end
  AND filed.vintage_rank = amended.amended_rank
WHERE filed.amount_usd <> amended.amended_usd;

-- step: capex_year_to_date
SELECT quarter.row_id AS quarter_row_id, quarter.cik, quarter.fiscal_year_start, quarter.fiscal_quarter,
  fact.concept, fact.vintage_rank, fact.amount_usd, fact.known_on, fact.fact_row_id,
  CASE WHEN restated.restated_cik IS NULL OR fact.vintage_rank IN (1, 3, 5, 7) THEN FALSE ELSE TRUE END AS is_disputed
FROM mart_fiscal_quarter AS quarter
JOIN (
  SELECT row_id AS fact_row_id, cik AS fact_cik, concept, period_start AS fact_start, period_end AS fact_end,
    amount_usd, known_on, vintage_rank
  FROM capex_fact_latest
) AS fact
  ON quarter.cik = fact.fact_cik AND quarter.fiscal_year_start = fact.fact_start AND quarter.period_end = fact.fact_end
LEFT JOIN (
  SELECT cik AS restated_cik, concept AS restated_concept, period_start AS restated_start, period_end AS restated_end
  FROM capex_restated_by_amendment
) AS restated
  ON quarter.cik = restated.restated_cik AND fact.concept = restated.restated_concept
  AND quarter.fiscal_year_start = restated.restated_start AND quarter.period_end = restated.restated_end;

-- step: capex_candidate
SELECT quarter.row_id AS quarter_row_id, fact.concept, fact.vintage_rank, 2 AS method_rank, 'reported' AS method,
  fact.amount_usd AS capex_usd, fact.fact_known_on AS known_on, fact.fact_row_id AS operand_row_id,
  CAST(NULL AS VARCHAR) AS subtrahend_row_id
FROM mart_fiscal_quarter AS quarter
JOIN (
  SELECT row_id AS fact_row_id, cik AS fact_cik, concept, period_start AS fact_start, period_end AS fact_end,
    amount_usd, known_on AS fact_known_on, vintage_rank
  FROM capex_fact_latest
  WHERE period_days BETWEEN 80 AND 100
) AS fact ON quarter.cik = fact.fact_cik AND quarter.period_end = fact.fact_end
WHERE quarter.period_start IS NULL OR quarter.period_start = fact.fact_start
UNION ALL
SELECT this.quarter_row_id, this.concept, this.vintage_rank, 1 AS method_rank,
  CASE WHEN this.fiscal_quarter = 4 THEN 'year_minus_nine_months' ELSE 'ytd_difference' END AS method,
  this.amount_usd - before.before_usd AS capex_usd,
  GREATEST(this.known_on, before.before_known_on) AS known_on, this.fact_row_id AS operand_row_id,
  before.before_row_id AS subtrahend_row_id
FROM capex_year_to_date AS this
JOIN (
  SELECT cik AS before_cik, fiscal_year_start AS before_year, fiscal_quarter + 1 AS next_quarter,
    concept AS before_concept, vintage_rank AS before_rank, amount_usd AS before_usd, known_on AS before_known_on,
    fact_row_id AS before_row_id, is_disputed AS before_is_disputed
  FROM capex_year_to_date
) AS before
  ON this.cik = before.before_cik AND this.fiscal_year_start = before.before_year
  AND this.fiscal_quarter = before.next_quarter AND this.concept = before.before_concept
  AND this.vintage_rank = before.before_rank
WHERE NOT this.is_disputed AND NOT before.before_is_disputed;

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
