-- Grain: one fiscal quarter of one filer.
-- Formula: a fiscal year is a period of 350 to 380 days for which an annual report states a cash flow;
--   its quarters end where most year-to-date facts of that year end (80 to 100, 170 to 192 and 260 to
--   285 days after its start). Years without an annual report begin after the last filed one, or where an
--   interim report's cash flows begin near the nominal year end: only their reported quarters stand.
-- Units: days as dates.
-- Inputs: known_xbrl_fact, core_company, core_calendar.
-- Caveats: the SEC's fy and fp describe filings and are not used. A quarter that no fact delimits has no
--   dates. Transition periods belong to no fiscal year.

-- step: fiscal_duration
SELECT cik, concept, form_type, period_start, period_end, period_days, row_id, known_on
FROM known_xbrl_fact
WHERE period_days BETWEEN 80 AND 380 AND taxonomy IN ('us-gaap', 'ifrs-full');

-- step: fiscal_year_candidate
SELECT cik, period_start, period_end, COUNT(*) AS facts, MIN(known_on) AS known_on, MIN(row_id) AS witness_row_id
FROM fiscal_duration
WHERE period_days BETWEEN 350 AND 380
  AND form_type IN ('10-K', '10-K/A', '20-F', '20-F/A', '40-F', '40-F/A')
  AND concept IN (
    'NetCashProvidedByUsedInOperatingActivities', 'CashFlowsFromUsedInOperatingActivities',
    'PaymentsToAcquirePropertyPlantAndEquipment', 'PaymentsToAcquireProductiveAssets'
  )
GROUP BY cik, period_start, period_end;

-- step: fiscal_year_filed
-- A filer that misstates a start by a day must not get two years: the start that most facts have stands.
SELECT cik, period_start AS fiscal_year_start, period_end AS fiscal_year_end_date, known_on, witness_row_id
FROM (
  SELECT fiscal_year_candidate.*,
    ROW_NUMBER() OVER (
      PARTITION BY cik, period_end ORDER BY facts DESC NULLS LAST, period_start DESC NULLS LAST
    ) AS choice
  FROM fiscal_year_candidate
) AS ranked
WHERE choice = 1;

-- step: fiscal_year_after
-- The day after the last filed year begins the open one.
SELECT latest.cik, last_day.next_date AS fiscal_year_start, latest.known_on
FROM (
  SELECT cik, MAX(fiscal_year_end_date) AS last_filed_day, MAX(known_on) AS known_on
  FROM fiscal_year_filed
  GROUP BY cik
) AS latest
JOIN core_calendar AS last_day ON latest.last_filed_day = last_day.date;

-- step: fiscal_duration_interim
SELECT duration.cik, duration.period_start, duration.known_on, first_day.day_number, company.fiscal_year_end
FROM fiscal_duration AS duration
JOIN core_calendar AS first_day ON duration.period_start = first_day.date
JOIN (SELECT cik AS filer_cik, fiscal_year_end FROM core_company) AS company ON duration.cik = company.filer_cik
WHERE duration.form_type IN ('10-Q', '10-Q/A') AND duration.period_days < 300
  AND duration.concept IN (
    'NetCashProvidedByUsedInOperatingActivities', 'PaymentsToAcquirePropertyPlantAndEquipment',
    'PaymentsToAcquireProductiveAssets'
  );

-- step: fiscal_year_nominal
-- Where no annual report is at hand: cash flows of an interim report begin with the fiscal year, so one
-- that begins within a week of the nominal year end does.
SELECT interim.cik, interim.period_start AS fiscal_year_start, MIN(interim.known_on) AS known_on
FROM fiscal_duration_interim AS interim
JOIN (SELECT month_day, day_number AS nominal_day_number FROM core_calendar) AS nominal_end
  ON interim.fiscal_year_end = nominal_end.month_day
WHERE interim.day_number - nominal_end.nominal_day_number BETWEEN -6 AND 8
GROUP BY interim.cik, interim.period_start;

-- step: fiscal_year_known
SELECT cik, fiscal_year_start, fiscal_year_end_date, known_on FROM fiscal_year_filed
UNION ALL
SELECT cik, fiscal_year_start, CAST(NULL AS DATE) AS fiscal_year_end_date, MIN(known_on) AS known_on
FROM (
  SELECT cik, fiscal_year_start, known_on FROM fiscal_year_after
  UNION ALL
  SELECT cik, fiscal_year_start, known_on FROM fiscal_year_nominal
) AS open_year
WHERE cik || CAST(fiscal_year_start AS VARCHAR) NOT IN (
  SELECT cik || CAST(fiscal_year_start AS VARCHAR) FROM fiscal_year_filed
)
GROUP BY cik, fiscal_year_start;

-- step: fiscal_quarter_end
SELECT cik, fiscal_year_start, fiscal_quarter, period_end, known_on, witness_row_id
FROM (
  SELECT counted.*,
    ROW_NUMBER() OVER (
      PARTITION BY cik, fiscal_year_start, fiscal_quarter
      ORDER BY facts DESC NULLS LAST, period_end DESC NULLS LAST
    ) AS choice
  FROM (
    SELECT cik, fiscal_year_start, fiscal_quarter, period_end,
      COUNT(*) AS facts, MIN(known_on) AS known_on, MIN(row_id) AS witness_row_id
    FROM (
      SELECT fact.cik, fiscal.fiscal_year_start, fact.period_end, fact.known_on, fact.row_id,
        CASE
          WHEN fact.period_days BETWEEN 80 AND 100 THEN 1
          WHEN fact.period_days BETWEEN 170 AND 192 THEN 2
          WHEN fact.period_days BETWEEN 260 AND 285 THEN 3
          ELSE 0
        END AS fiscal_quarter
      FROM fiscal_duration AS fact
      JOIN fiscal_year_known AS fiscal
        ON fact.cik = fiscal.cik AND fact.period_start = fiscal.fiscal_year_start
    ) AS to_date
    WHERE fiscal_quarter > 0
    GROUP BY cik, fiscal_year_start, fiscal_quarter, period_end
  ) AS counted
) AS ranked
WHERE choice = 1
UNION ALL
SELECT cik, fiscal_year_start, 4 AS fiscal_quarter, fiscal_year_end_date AS period_end, known_on, witness_row_id
FROM fiscal_year_filed;

-- step: fiscal_quarter_spine
SELECT fiscal.cik, fiscal.fiscal_year_start, fiscal.fiscal_year_end_date, spine.fiscal_quarter,
  this.period_end, previous.period_end AS previous_end,
  COALESCE(this.known_on, fiscal.known_on) AS known_on,
  this.witness_row_id AS end_row_id, previous.witness_row_id AS previous_end_row_id
FROM fiscal_year_known AS fiscal
CROSS JOIN (SELECT quarter AS fiscal_quarter FROM core_calendar GROUP BY quarter) AS spine
LEFT JOIN fiscal_quarter_end AS this
  ON this.cik = fiscal.cik AND this.fiscal_year_start = fiscal.fiscal_year_start
  AND this.fiscal_quarter = spine.fiscal_quarter
LEFT JOIN (
  SELECT cik, fiscal_year_start, fiscal_quarter + 1 AS fiscal_quarter, period_end, witness_row_id
  FROM fiscal_quarter_end
) AS previous
  ON previous.cik = fiscal.cik AND previous.fiscal_year_start = fiscal.fiscal_year_start
  AND previous.fiscal_quarter = spine.fiscal_quarter
WHERE fiscal.fiscal_year_end_date IS NOT NULL OR this.period_end IS NOT NULL;

-- rows
SELECT
  spine.cik || ':' || CAST(spine.fiscal_year_start AS VARCHAR) || ':Q' || CAST(spine.fiscal_quarter AS VARCHAR) AS row_id,
  spine.cik, year_start.fiscal_year, spine.fiscal_quarter, spine.fiscal_year_start, spine.fiscal_year_end_date,
  CASE WHEN spine.fiscal_quarter = 1 THEN spine.fiscal_year_start ELSE previous_day.period_start END AS period_start,
  spine.period_end, last_day.calendar_quarter, spine.known_on
FROM fiscal_quarter_spine AS spine
JOIN (SELECT date AS first_date, fiscal_year_begun AS fiscal_year FROM core_calendar) AS year_start
  ON spine.fiscal_year_start = year_start.first_date
LEFT JOIN (SELECT date AS previous_date, next_date AS period_start FROM core_calendar) AS previous_day
  ON spine.previous_end = previous_day.previous_date
LEFT JOIN (SELECT date AS last_date, quarter_ended AS calendar_quarter FROM core_calendar) AS last_day
  ON spine.period_end = last_day.last_date;

-- lineage
SELECT DISTINCT mart_row_id, input_table, input_row_id, role FROM (
  SELECT cik || ':' || CAST(fiscal_year_start AS VARCHAR) || ':Q' || CAST(fiscal_quarter AS VARCHAR) AS mart_row_id,
    'core_xbrl_fact' AS input_table, end_row_id AS input_row_id, 'delimits_end' AS role
  FROM fiscal_quarter_spine
  UNION ALL
  SELECT cik || ':' || CAST(fiscal_year_start AS VARCHAR) || ':Q' || CAST(fiscal_quarter AS VARCHAR) AS mart_row_id,
    'core_xbrl_fact' AS input_table, previous_end_row_id AS input_row_id, 'delimits_start' AS role
  FROM fiscal_quarter_spine
) AS edge
WHERE input_row_id IS NOT NULL;
