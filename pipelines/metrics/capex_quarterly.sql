-- Grain: one fiscal quarter of one company and definition.
-- Formula: `cash_gross` is cash paid for property and equipment, before proceeds of disposals.
--   `cash_net` is that less the proceeds of sales of property and equipment and of incentives for it.
--   `cash_and_leases` is cash_gross and the assets obtained in the quarter by finance leases.
--   `accrual` is cash_gross and the purchases unpaid at the end of the quarter less those unpaid at its start.
--   Every flow is taken as reported for the quarter, else as the difference of two year-to-date facts of one
--   series that begin on the first day of the fiscal year; the fourth quarter is the year minus nine months.
-- Units: US dollars.
-- Inputs: reported_fact, mart_fiscal_quarter, core_company, core_calendar.
-- Caveats: all operands are of one vintage, and the newest vintage that has all of them wins, then a reported
--   quarter over a difference. Where an operand is missing the row says not_derivable and has no value: a filer
--   that does not tag proceeds, or leases, is not taken to have none. A year-to-date fact that an amendment
--   restated is no operand of a difference: which of its two values the next report builds on is not said.
--   Facts of proxies, prospectuses and 8-Ks are not used.
--   Two concepts are one series of a filer where a period is stated under both with equal values and none with
--   different ones; only concepts of one series are subtracted from each other, and a fiscal year is told in
--   one series, that which gives most of its quarters. A concept of a filer's own counts where it is one series
--   with a listed one and its name speaks of purchases, payments or acquisitions. The concept for payments net
--   of proceeds is not listed: Amazon stated two different amounts of one period under it.
--   CapitalExpendituresIncurredButNotYetPaid is tagged for a period and means what is unpaid at its end. A
--   filer that tags the purchases of the period that are unpaid states other values for periods of other
--   length with the same end; such ends are not used, but a filer with one length only cannot be told.
--   Some unpaid amounts are stated to the nearest hundred million: accrual is no more precise than they are.
--   Leased assets are counted where the lease begins, whatever is paid then; build-to-suit leases are not.

-- step: capex_concept
SELECT 'gross' AS item, 'PaymentsToAcquirePropertyPlantAndEquipment' AS listed_concept
UNION ALL SELECT 'gross' AS item, 'PaymentsToAcquireProductiveAssets' AS listed_concept
UNION ALL SELECT 'proceeds' AS item, 'ProceedsFromSaleOfPropertyPlantAndEquipment' AS listed_concept
UNION ALL SELECT 'proceeds' AS item, 'ProceedsFromSaleOfProductiveAssets' AS listed_concept
UNION ALL SELECT 'proceeds' AS item, 'ProceedsFromPropertyPlantAndEquipmentSalesAndIncentives' AS listed_concept
UNION ALL SELECT 'leases' AS item, 'RightOfUseAssetObtainedInExchangeForFinanceLeaseLiability' AS listed_concept
UNION ALL SELECT 'leases' AS item, 'CapitalLeaseObligationsIncurred' AS listed_concept
UNION ALL SELECT 'unpaid' AS item, 'CapitalExpendituresIncurredButNotYetPaid' AS listed_concept;

-- step: capex_stated
-- Facts of listed concepts, and of concepts of the filer's own that may turn out to be capital expenditure.
SELECT fact.row_id, fact.cik, listed.item, fact.concept, 1 AS is_listed, fact.period_start, fact.period_end,
  fact.period_days, CAST(CAST(fact.value AS VARCHAR) AS DOUBLE) AS amount_usd, fact.known_on, fact.filed_date,
  fact.accession_number, fact.form_type
FROM reported_fact AS fact
JOIN capex_concept AS listed ON fact.concept = listed.listed_concept
WHERE fact.unit = 'USD' AND fact.period_start IS NOT NULL
  AND fact.form_type IN ('10-K', '10-Q', '20-F', '40-F', '10-K/A', '10-Q/A', '20-F/A', '40-F/A')
UNION ALL
SELECT fact.row_id, fact.cik, 'gross' AS item, fact.concept, 0 AS is_listed, fact.period_start, fact.period_end,
  fact.period_days, CAST(CAST(fact.value AS VARCHAR) AS DOUBLE) AS amount_usd, fact.known_on, fact.filed_date,
  fact.accession_number, fact.form_type
FROM reported_fact AS fact
LEFT JOIN capex_concept AS listed ON fact.concept = listed.listed_concept
WHERE fact.unit = 'USD' AND fact.period_start IS NOT NULL AND listed.item IS NULL
  AND fact.form_type IN ('10-K', '10-Q', '20-F', '40-F', '10-K/A', '10-Q/A', '20-F/A', '40-F/A')
  AND fact.taxonomy NOT IN ('us-gaap', 'ifrs-full', 'dei', 'srt', 'ecd', 'invest')
  AND (fact.concept LIKE '%Purchase%' OR fact.concept LIKE '%Payment%' OR fact.concept LIKE '%Acqui%');

-- step: capex_overlap
-- Of each two concepts the periods stated under both: whether a value is common to them.
SELECT cik, item, concept, other_concept, SUM(is_equal) AS equal_periods, COUNT(*) - SUM(is_equal) AS unequal_periods
FROM (
  SELECT one.cik, one.item, one.concept, other.other_concept, one.period_start, one.period_end,
    MAX(CASE WHEN one.amount_usd = other.other_usd THEN 1 ELSE 0 END) AS is_equal
  FROM capex_stated AS one
  JOIN (
    SELECT cik AS other_cik, item AS other_item, concept AS other_concept, is_listed AS other_is_listed,
      period_start AS other_start, period_end AS other_end, amount_usd AS other_usd
    FROM capex_stated
  ) AS other
    ON one.cik = other.other_cik AND one.item = other.other_item AND one.period_start = other.other_start
    AND one.period_end = other.other_end
  WHERE one.concept <> other.other_concept AND (one.is_listed = 1 OR other.other_is_listed = 1)
    AND (one.amount_usd <> 0.0 OR other.other_usd <> 0.0)
  GROUP BY one.cik, one.item, one.concept, other.other_concept, one.period_start, one.period_end
) AS period
GROUP BY cik, item, concept, other_concept;

-- step: capex_near
SELECT DISTINCT cik, item, concept, concept AS near_concept FROM capex_stated WHERE is_listed = 1
UNION ALL
SELECT cik, item, concept, other_concept AS near_concept
FROM capex_overlap
WHERE equal_periods > 0 AND unequal_periods = 0;

-- step: capex_nearest
SELECT cik, item, concept, MIN(near_concept) AS first_concept FROM capex_near GROUP BY cik, item, concept;

-- step: capex_group
-- What is joined to one concept is joined to each other, named by its first concept.
SELECT near.cik, near.item, near.concept, MIN(nearest.first_concept) AS series
FROM capex_near AS near
JOIN (SELECT cik AS nearest_cik, item AS nearest_item, concept AS nearest_concept, first_concept FROM capex_nearest) AS nearest
  ON near.cik = nearest.nearest_cik AND near.item = nearest.nearest_item AND near.near_concept = nearest.nearest_concept
GROUP BY near.cik, near.item, near.concept;

-- step: capex_group_contradicted
-- Two concepts that a third one joins and that contradict each other: none of the three is joined.
SELECT DISTINCT one.cik, one.item, one.series
FROM capex_group AS one
JOIN (SELECT cik AS other_cik, item AS other_item, concept AS other_concept, series AS other_series FROM capex_group) AS other
  ON one.cik = other.other_cik AND one.item = other.other_item AND one.series = other.other_series
JOIN (
  SELECT cik AS pair_cik, item AS pair_item, concept AS pair_one, other_concept AS pair_other
  FROM capex_overlap
  WHERE unequal_periods > 0
) AS pair
  ON one.cik = pair.pair_cik AND one.item = pair.pair_item AND one.concept = pair.pair_one
  AND other.other_concept = pair.pair_other;

-- step: capex_series
SELECT grouped.cik, grouped.item, grouped.concept,
  CASE WHEN contradicted.contradicted_cik IS NULL THEN grouped.series ELSE grouped.concept END AS series
FROM capex_group AS grouped
LEFT JOIN (
  SELECT cik AS contradicted_cik, item AS contradicted_item, series AS contradicted_series FROM capex_group_contradicted
) AS contradicted
  ON grouped.cik = contradicted.contradicted_cik AND grouped.item = contradicted.contradicted_item
  AND grouped.series = contradicted.contradicted_series;

-- step: capex_fact
-- A filing states its own periods and, beside them, those of earlier years: a fact's vintage is how many
-- years after its period it was filed. An amended filing is a vintage of its own.
SELECT fact.row_id, fact.cik, fact.item, series.series, fact.concept, fact.period_start, fact.period_end,
  fact.period_days, fact.amount_usd, fact.known_on, fact.filed_date, fact.accession_number, fact.form_type,
  2 * CASE
    WHEN filed.day_number - period_end.day_number < 365 THEN 0
    WHEN filed.day_number - period_end.day_number < 730 THEN 1
    WHEN filed.day_number - period_end.day_number < 1095 THEN 2
    ELSE 3
  END + CASE WHEN fact.form_type IN ('10-K/A', '10-Q/A', '20-F/A', '40-F/A') THEN 1 ELSE 0 END AS vintage_rank
FROM capex_stated AS fact
JOIN (SELECT cik AS series_cik, item AS series_item, concept AS series_concept, series FROM capex_series) AS series
  ON fact.cik = series.series_cik AND fact.item = series.series_item AND fact.concept = series.series_concept
JOIN core_calendar AS filed ON fact.filed_date = filed.date
JOIN core_calendar AS period_end ON fact.period_end = period_end.date;

-- step: capex_fact_latest
-- Of several filings of one vintage the last one stands.
SELECT row_id, cik, item, series, concept, period_start, period_end, period_days, amount_usd, known_on, vintage_rank
FROM (
  SELECT capex_fact.*,
    ROW_NUMBER() OVER (
      PARTITION BY cik, item, series, period_start, period_end, vintage_rank
      ORDER BY filed_date DESC NULLS LAST, accession_number DESC NULLS LAST, row_id DESC NULLS LAST
    ) AS choice
  FROM capex_fact
) AS ranked
WHERE choice = 1;

-- step: capex_restated_by_amendment
-- Even ranks are filings as first made, the odd rank after each their amendments.
SELECT DISTINCT filed.cik, filed.item, filed.series, filed.period_start, filed.period_end
FROM capex_fact_latest AS filed
JOIN (
  SELECT cik AS amended_cik, item AS amended_item, series AS amended_series, period_start AS amended_start,
    period_end AS amended_end, vintage_rank - 1 AS amended_rank, amount_usd AS amended_usd
  FROM capex_fact_latest
  WHERE vintage_rank IN (1, 3, 5, 7)
) AS amended
  ON filed.cik = amended.amended_cik AND filed.item = amended.amended_item AND filed.series = amended.amended_series
  AND filed.period_start = amended.amended_start AND filed.period_end = amended.amended_end
  AND filed.vintage_rank = amended.amended_rank
WHERE filed.amount_usd <> amended.amended_usd;

-- step: capex_year_to_date
SELECT quarter.row_id AS quarter_row_id, quarter.cik, quarter.fiscal_year_start, quarter.fiscal_quarter,
  fact.item, fact.series, fact.concept, fact.vintage_rank, fact.amount_usd, fact.known_on, fact.fact_row_id,
  CASE WHEN restated.restated_cik IS NULL OR fact.vintage_rank IN (1, 3, 5, 7) THEN FALSE ELSE TRUE END AS is_disputed
FROM mart_fiscal_quarter AS quarter
JOIN (
  SELECT row_id AS fact_row_id, cik AS fact_cik, item, series, concept, period_start AS fact_start,
    period_end AS fact_end, amount_usd, known_on, vintage_rank
  FROM capex_fact_latest
  WHERE item <> 'unpaid'
) AS fact
  ON quarter.cik = fact.fact_cik AND quarter.fiscal_year_start = fact.fact_start AND quarter.period_end = fact.fact_end
LEFT JOIN (
  SELECT cik AS restated_cik, item AS restated_item, series AS restated_series, period_start AS restated_start,
    period_end AS restated_end
  FROM capex_restated_by_amendment
) AS restated
  ON quarter.cik = restated.restated_cik AND fact.item = restated.restated_item AND fact.series = restated.restated_series
  AND quarter.fiscal_year_start = restated.restated_start AND quarter.period_end = restated.restated_end;

-- step: capex_candidate
SELECT quarter.row_id AS quarter_row_id, fact.item, fact.series, fact.concept, fact.vintage_rank, 2 AS method_rank,
  'reported' AS method, fact.amount_usd, fact.fact_known_on AS known_on, fact.fact_row_id AS operand_row_id,
  CAST(NULL AS VARCHAR) AS subtrahend_row_id
FROM mart_fiscal_quarter AS quarter
JOIN (
  SELECT row_id AS fact_row_id, cik AS fact_cik, item, series, concept, period_start AS fact_start,
    period_end AS fact_end, amount_usd, known_on AS fact_known_on, vintage_rank
  FROM capex_fact_latest
  WHERE period_days BETWEEN 80 AND 100 AND item <> 'unpaid'
) AS fact ON quarter.cik = fact.fact_cik AND quarter.period_end = fact.fact_end
WHERE quarter.period_start IS NULL OR quarter.period_start = fact.fact_start
UNION ALL
SELECT this.quarter_row_id, this.item, this.series, this.concept, this.vintage_rank, 1 AS method_rank,
  CASE WHEN this.fiscal_quarter = 4 THEN 'year_minus_nine_months' ELSE 'ytd_difference' END AS method,
  this.amount_usd - before.before_usd AS amount_usd,
  GREATEST(this.known_on, before.before_known_on) AS known_on, this.fact_row_id AS operand_row_id,
  before.before_row_id AS subtrahend_row_id
FROM capex_year_to_date AS this
JOIN (
  SELECT cik AS before_cik, fiscal_year_start AS before_year, fiscal_quarter + 1 AS next_quarter, item AS before_item,
    series AS before_series, vintage_rank AS before_rank, amount_usd AS before_usd, known_on AS before_known_on,
    fact_row_id AS before_row_id, is_disputed AS before_is_disputed
  FROM capex_year_to_date
) AS before
  ON this.cik = before.before_cik AND this.fiscal_year_start = before.before_year
  AND this.fiscal_quarter = before.next_quarter AND this.item = before.before_item
  AND this.series = before.before_series AND this.vintage_rank = before.before_rank
WHERE NOT this.is_disputed AND NOT before.before_is_disputed;

-- step: capex_flow
-- Of each series and vintage a reported quarter over a difference.
SELECT quarter_row_id, item, series, concept, vintage_rank, method_rank, method, amount_usd, known_on, operand_row_id,
  subtrahend_row_id
FROM (
  SELECT capex_candidate.*,
    ROW_NUMBER() OVER (
      PARTITION BY quarter_row_id, item, series, vintage_rank
      ORDER BY method_rank DESC NULLS LAST, known_on DESC NULLS LAST, operand_row_id DESC NULLS LAST
    ) AS choice
  FROM capex_candidate
) AS ranked
WHERE choice = 1;

-- step: capex_year_series
-- The series a fiscal year is told in.
SELECT cik, fiscal_year_start, series
FROM (
  SELECT counted.*,
    ROW_NUMBER() OVER (
      PARTITION BY cik, fiscal_year_start
      ORDER BY quarters DESC NULLS LAST, newest_rank DESC NULLS LAST, series DESC NULLS LAST
    ) AS choice
  FROM (
    SELECT quarter.cik, quarter.fiscal_year_start, flow.series, COUNT(DISTINCT flow.quarter_row_id) AS quarters,
      MAX(flow.vintage_rank) AS newest_rank
    FROM (SELECT quarter_row_id, series, vintage_rank FROM capex_flow WHERE item = 'gross') AS flow
    JOIN (SELECT row_id, cik, fiscal_year_start FROM mart_fiscal_quarter) AS quarter ON flow.quarter_row_id = quarter.row_id
    GROUP BY quarter.cik, quarter.fiscal_year_start, flow.series
  ) AS counted
) AS ranked
WHERE choice = 1;

-- step: capex_gross
SELECT flow.quarter_row_id, quarter.cik, quarter.period_start, quarter.period_end, flow.series, flow.concept,
  flow.vintage_rank, flow.method_rank, flow.method, flow.amount_usd, flow.known_on, flow.operand_row_id,
  flow.subtrahend_row_id, CASE WHEN quarter.fiscal_quarter = 4 THEN 'year_minus_nine_months' ELSE 'ytd_difference' END AS difference
FROM (SELECT * FROM capex_flow WHERE item = 'gross') AS flow
JOIN (
  SELECT row_id, cik, fiscal_year_start, fiscal_quarter, period_start, period_end FROM mart_fiscal_quarter
) AS quarter ON flow.quarter_row_id = quarter.row_id
JOIN (SELECT cik AS year_cik, fiscal_year_start AS year_start, series AS year_series FROM capex_year_series) AS told
  ON quarter.cik = told.year_cik AND quarter.fiscal_year_start = told.year_start AND flow.series = told.year_series;

-- step: capex_other
-- Proceeds and leases: of a quarter and vintage that two series tell, neither.
SELECT quarter_row_id AS other_quarter, item, vintage_rank AS other_rank, MAX(method) AS other_method,
  MAX(amount_usd) AS other_usd, MAX(known_on) AS other_known_on, MAX(operand_row_id) AS other_row_id,
  MAX(subtrahend_row_id) AS other_subtrahend_row_id
FROM capex_flow
WHERE item IN ('proceeds', 'leases')
GROUP BY quarter_row_id, item, vintage_rank
HAVING COUNT(*) = 1;

-- step: capex_balance
-- What was unpaid on a day, where all periods that end then say the same.
SELECT cik, period_end, vintage_rank, MAX(amount_usd) AS amount_usd, MAX(known_on) AS known_on, MAX(row_id) AS row_id
FROM capex_fact_latest
WHERE item = 'unpaid'
GROUP BY cik, period_end, vintage_rank
HAVING MIN(amount_usd) = MAX(amount_usd);

-- step: capex_unpaid
SELECT at_end.cik, at_end.period_end, day_before.start_day, at_end.vintage_rank,
  at_end.amount_usd - at_start.start_usd AS change_usd, GREATEST(at_end.known_on, at_start.start_known_on) AS known_on,
  at_end.row_id AS end_row_id, at_start.start_row_id
FROM capex_balance AS at_end
JOIN (
  SELECT cik AS start_cik, period_end AS start_date, vintage_rank AS start_rank, amount_usd AS start_usd,
    known_on AS start_known_on, row_id AS start_row_id
  FROM capex_balance
) AS at_start
  ON at_end.cik = at_start.start_cik AND at_end.vintage_rank = at_start.start_rank
JOIN (SELECT date AS day_before_start, next_date AS start_day FROM core_calendar) AS day_before
  ON at_start.start_date = day_before.day_before_start;

-- step: capex_defined
SELECT quarter_row_id, 'cash_gross' AS definition, series, concept, vintage_rank, method_rank, method,
  amount_usd AS capex_usd, CAST(0.0 AS DOUBLE) AS adjustment_usd, known_on, operand_row_id, subtrahend_row_id,
  CAST(NULL AS VARCHAR) AS other_row_id, CAST(NULL AS VARCHAR) AS other_subtrahend_row_id
FROM capex_gross
UNION ALL
SELECT gross.quarter_row_id, CASE WHEN other.item = 'proceeds' THEN 'cash_net' ELSE 'cash_and_leases' END AS definition,
  gross.series, gross.concept, gross.vintage_rank, gross.method_rank,
  CASE WHEN other.other_method = 'reported' THEN gross.method ELSE gross.difference END AS method,
  CASE WHEN other.item = 'proceeds' THEN gross.amount_usd - other.other_usd ELSE gross.amount_usd + other.other_usd END AS capex_usd,
  CASE WHEN other.item = 'proceeds' THEN 0.0 - other.other_usd ELSE other.other_usd END AS adjustment_usd,
  GREATEST(gross.known_on, other.other_known_on) AS known_on, gross.operand_row_id, gross.subtrahend_row_id,
  other.other_row_id, other.other_subtrahend_row_id
FROM capex_gross AS gross
JOIN capex_other AS other
  ON gross.quarter_row_id = other.other_quarter AND gross.vintage_rank = other.other_rank
UNION ALL
SELECT gross.quarter_row_id, 'accrual' AS definition, gross.series, gross.concept, gross.vintage_rank,
  gross.method_rank, gross.method, gross.amount_usd + unpaid.change_usd AS capex_usd,
  unpaid.change_usd AS adjustment_usd, GREATEST(gross.known_on, unpaid.unpaid_known_on) AS known_on,
  gross.operand_row_id, gross.subtrahend_row_id, unpaid.end_row_id AS other_row_id,
  unpaid.start_row_id AS other_subtrahend_row_id
FROM capex_gross AS gross
JOIN (
  SELECT cik AS unpaid_cik, period_end AS unpaid_end, start_day AS unpaid_start, vintage_rank AS unpaid_rank,
    change_usd, known_on AS unpaid_known_on, end_row_id, start_row_id
  FROM capex_unpaid
) AS unpaid
  ON gross.cik = unpaid.unpaid_cik AND gross.period_end = unpaid.unpaid_end AND gross.period_start = unpaid.unpaid_start
  AND gross.vintage_rank = unpaid.unpaid_rank;

-- step: capex_chosen
SELECT quarter_row_id, definition, series, concept, vintage_rank, method, capex_usd, adjustment_usd, known_on,
  operand_row_id, subtrahend_row_id, other_row_id, other_subtrahend_row_id
FROM (
  SELECT capex_defined.*,
    ROW_NUMBER() OVER (
      PARTITION BY quarter_row_id, definition
      ORDER BY vintage_rank DESC NULLS LAST, method_rank DESC NULLS LAST, known_on DESC NULLS LAST,
        operand_row_id DESC NULLS LAST
    ) AS choice
  FROM capex_defined
) AS ranked
WHERE choice = 1;

-- step: capex_asked
-- Every quarter of a filer that has capital expenditure, once for each definition.
SELECT quarter.*, names.definition,
  quarter.cik || ':' || names.definition || ':' || CAST(quarter.fiscal_year_start AS VARCHAR) || ':Q'
    || CAST(quarter.fiscal_quarter AS VARCHAR) AS capex_row_id
FROM mart_fiscal_quarter AS quarter
JOIN (SELECT cik FROM capex_fact WHERE item = 'gross' GROUP BY cik) AS filer ON filer.cik = quarter.cik
CROSS JOIN (
  SELECT 'cash_gross' AS definition UNION ALL SELECT 'cash_net' AS definition
  UNION ALL SELECT 'cash_and_leases' AS definition UNION ALL SELECT 'accrual' AS definition
) AS names;

-- step: capex_operand
SELECT asked.capex_row_id, asked.row_id AS quarter_row_id, asked.definition, chosen.operand_row_id,
  chosen.subtrahend_row_id, chosen.other_row_id, chosen.other_subtrahend_row_id
FROM capex_asked AS asked
JOIN (
  SELECT quarter_row_id AS chosen_quarter, definition AS chosen_definition, operand_row_id, subtrahend_row_id,
    other_row_id, other_subtrahend_row_id
  FROM capex_chosen
) AS chosen
  ON asked.row_id = chosen.chosen_quarter AND asked.definition = chosen.chosen_definition;

-- rows
SELECT asked.capex_row_id AS row_id, asked.cik, COALESCE(company.company_id, 'cik' || asked.cik) AS company_id,
  asked.definition, asked.fiscal_year, asked.fiscal_quarter, asked.fiscal_year_start, asked.period_start,
  asked.period_end, asked.calendar_quarter, chosen.capex_usd, chosen.adjustment_usd,
  COALESCE(chosen.method, 'not_derivable') AS method,
  CASE
    WHEN chosen.vintage_rank = 0 THEN 'as_first_filed'
    WHEN chosen.vintage_rank = 2 THEN 'comparative_1'
    WHEN chosen.vintage_rank = 4 THEN 'comparative_2'
    WHEN chosen.vintage_rank = 6 THEN 'comparative_3'
    WHEN chosen.vintage_rank IN (1, 3, 5, 7) THEN 'amended'
    ELSE NULL
  END AS vintage,
  chosen.concept, chosen.series, chosen.known_on, chosen.operand_row_id, chosen.subtrahend_row_id
FROM capex_asked AS asked
LEFT JOIN (
  SELECT quarter_row_id, definition AS chosen_definition, series, concept, vintage_rank, method, capex_usd,
    adjustment_usd, known_on, operand_row_id, subtrahend_row_id
  FROM capex_chosen
) AS chosen
  ON chosen.quarter_row_id = asked.row_id AND chosen.chosen_definition = asked.definition
LEFT JOIN core_company AS company ON asked.cik = company.cik;

-- lineage
SELECT capex_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, operand_row_id AS input_row_id,
  CASE WHEN subtrahend_row_id IS NULL THEN 'reported' ELSE 'minuend' END AS role
FROM capex_operand
UNION ALL
SELECT capex_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, subtrahend_row_id AS input_row_id, 'subtrahend' AS role
FROM capex_operand
WHERE subtrahend_row_id IS NOT NULL
UNION ALL
SELECT capex_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, other_row_id AS input_row_id,
  CASE
    WHEN definition = 'cash_net' AND other_subtrahend_row_id IS NULL THEN 'proceeds'
    WHEN definition = 'cash_net' THEN 'proceeds_minuend'
    WHEN definition = 'accrual' THEN 'unpaid_at_end'
    WHEN other_subtrahend_row_id IS NULL THEN 'leases'
    ELSE 'leases_minuend'
  END AS role
FROM capex_operand
WHERE other_row_id IS NOT NULL
UNION ALL
SELECT capex_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, other_subtrahend_row_id AS input_row_id,
  CASE
    WHEN definition = 'cash_net' THEN 'proceeds_subtrahend'
    WHEN definition = 'accrual' THEN 'unpaid_at_start'
    ELSE 'leases_subtrahend'
  END AS role
FROM capex_operand
WHERE other_subtrahend_row_id IS NOT NULL
UNION ALL
SELECT capex_row_id AS mart_row_id, 'mart_fiscal_quarter' AS input_table, row_id AS input_row_id, 'fiscal_quarter' AS role
FROM capex_asked;
