-- Grain: one fiscal quarter of one filer.
-- Formula: a fiscal year is a period of 350 to 380 days for which an annual report states a cash flow;
--   its quarters end where most year-to-date facts of that year end (80 to 100, 170 to 192 and 260 to
--   285 days after its start). Years without an annual report begin after the last filed one, or where an
--   interim report's cash flows begin near the nominal year end: only their reported quarters stand.
-- Units: days as dates.
-- Inputs: reported_fact, core_company, core_calendar.
-- Caveats: the SEC's fy and fp describe filings and are not used. A quarter that no fact delimits has no
--   dates. Transition periods belong to no fiscal year. Of two years that overlap the one that more facts
--   state stands.

-- step: fiscal_duration
SELECT cik, concept, form_type, period_start, period_end, period_days, row_id, known_on
FROM reported_fact
WHERE period_days BETWEEN 80 AND 380 AND taxonomy IN ('us-gaap', 'ifrs-full') AND known_on > period_end;

-- step: fiscal_year_candidate
SELECT stated.cik, stated.period_start, stated.period_end, stated.facts, stated.known_on,
  first_day.start_day, first_day.fiscal_year, last_day.end_day,
  stated.facts * 1000000 + last_day.end_day AS weight
FROM (
  SELECT cik, period_start, period_end, COUNT(*) AS facts, MIN(known_on) AS known_on
  FROM fiscal_duration
  WHERE period_days BETWEEN 350 AND 380
    AND form_type IN ('10-K', '10-K/A', '20-F', '20-F/A', '40-F', '40-F/A')
    AND concept IN (
      'NetCashProvidedByUsedInOperatingActivities', 'CashFlowsFromUsedInOperatingActivities',
      'PaymentsToAcquirePropertyPlantAndEquipment', 'PaymentsToAcquireProductiveAssets'
    )
  GROUP BY cik, period_start, period_end
) AS stated
JOIN (SELECT date AS first_date, day_number AS start_day, fiscal_year_begun AS fiscal_year FROM core_calendar) AS first_day
  ON stated.period_start = first_day.first_date
JOIN (SELECT date AS last_date, day_number AS end_day FROM core_calendar) AS last_day
  ON stated.period_end = last_day.last_date;

-- step: fiscal_year_overlapped
-- Filers misstate a start or an end by a day: of years that overlap, those that fewer facts state.
SELECT DISTINCT one.cik, one.period_start, one.period_end
FROM fiscal_year_candidate AS one
JOIN (
  SELECT cik AS other_cik, start_day AS other_start, end_day AS other_end, weight AS other_weight
  FROM fiscal_year_candidate
) AS other ON one.cik = other.other_cik
WHERE one.start_day <= other.other_end AND one.end_day >= other.other_start
  AND (one.weight < other.other_weight OR (one.weight = other.other_weight AND one.start_day < other.other_start));

-- step: fiscal_year_filed
SELECT candidate.cik, candidate.fiscal_year, candidate.period_start AS fiscal_year_start,
  candidate.period_end AS fiscal_year_end_date, candidate.start_day, candidate.end_day, candidate.known_on
FROM fiscal_year_candidate AS candidate
LEFT JOIN (
  SELECT cik AS dropped_cik, period_start AS dropped_start, period_end AS dropped_end FROM fiscal_year_overlapped
) AS dropped
  ON candidate.cik = dropped.dropped_cik AND candidate.period_start = dropped.dropped_start
  AND candidate.period_end = dropped.dropped_end
WHERE dropped.dropped_cik IS NULL;

-- step: fiscal_year_after
-- The day after the last filed year begins the open one.
SELECT latest.cik, last_day.next_date AS fiscal_year_start, latest.known_on, 1000000 AS facts
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
SELECT interim.cik, interim.period_start AS fiscal_year_start, MIN(interim.known_on) AS known_on, COUNT(*) AS facts
FROM fiscal_duration_interim AS interim
JOIN (SELECT month_day, day_number AS nominal_day_number FROM core_calendar) AS nominal_end
  ON interim.fiscal_year_end = nominal_end.month_day
WHERE interim.day_number - nominal_end.nominal_day_number BETWEEN -6 AND 8
GROUP BY interim.cik, interim.period_start;

-- step: fiscal_year_open_candidate
SELECT opened.cik, opened.fiscal_year_start, opened.known_on, opened.facts, first_day.start_day, first_day.fiscal_year
FROM (
  SELECT cik, fiscal_year_start, known_on, facts FROM fiscal_year_after
  UNION ALL
  SELECT cik, fiscal_year_start, known_on, facts FROM fiscal_year_nominal
) AS opened
JOIN (SELECT date AS first_date, day_number AS start_day, fiscal_year_begun AS fiscal_year FROM core_calendar) AS first_day
  ON opened.fiscal_year_start = first_day.first_date;

-- step: fiscal_year_open_overlapped
-- A start within a filed year, or up to two weeks before it, is that year's, misstated.
SELECT DISTINCT opened.cik, opened.fiscal_year_start
FROM fiscal_year_open_candidate AS opened
JOIN (SELECT cik AS filed_cik, start_day AS filed_start, end_day AS filed_end FROM fiscal_year_filed) AS filed
  ON opened.cik = filed.filed_cik
WHERE opened.start_day >= filed.filed_start - 14 AND opened.start_day <= filed.filed_end;

-- step: fiscal_year_open
SELECT cik, fiscal_year, fiscal_year_start, known_on
FROM (
  SELECT opened.cik, opened.fiscal_year, opened.fiscal_year_start, opened.known_on,
    ROW_NUMBER() OVER (
      PARTITION BY opened.cik, opened.fiscal_year
      ORDER BY opened.facts DESC NULLS LAST, opened.fiscal_year_start DESC NULLS LAST
    ) AS choice
  FROM fiscal_year_open_candidate AS opened
  LEFT JOIN (SELECT cik AS dropped_cik, fiscal_year_start AS dropped_start FROM fiscal_year_open_overlapped) AS dropped
    ON opened.cik = dropped.dropped_cik AND opened.fiscal_year_start = dropped.dropped_start
  WHERE dropped.dropped_cik IS NULL
) AS ranked
WHERE choice = 1;

-- step: fiscal_year_known
SELECT cik, fiscal_year, fiscal_year_start, fiscal_year_end_date, known_on FROM fiscal_year_filed
UNION ALL
SELECT cik, fiscal_year, fiscal_year_start, CAST(NULL AS DATE) AS fiscal_year_end_date, known_on FROM fiscal_year_open;

-- step: fiscal_quarter_fact
-- Facts that delimit a quarter of a known year; those of the whole year delimit the fourth.
SELECT cik, fiscal_year_start, fiscal_quarter, period_end, known_on, row_id
FROM (
  SELECT fact.cik, fiscal.fiscal_year_start, fact.period_end, fact.known_on, fact.row_id,
    CASE
      WHEN fact.period_days BETWEEN 80 AND 100 THEN 1
      WHEN fact.period_days BETWEEN 170 AND 192 THEN 2
      WHEN fact.period_days BETWEEN 260 AND 285 THEN 3
      WHEN fact.period_end = fiscal.fiscal_year_end_date THEN 4
      ELSE 0
    END AS fiscal_quarter
  FROM fiscal_duration AS fact
  JOIN (SELECT cik AS filer_cik, fiscal_year_start, fiscal_year_end_date FROM fiscal_year_known) AS fiscal
    ON fact.cik = fiscal.filer_cik AND fact.period_start = fiscal.fiscal_year_start
) AS to_date
WHERE fiscal_quarter > 0;

-- step: fiscal_quarter_end
-- The end that most facts state, known since the first of them was filed.
SELECT cik, fiscal_year_start, fiscal_quarter, period_end, known_on
FROM (
  SELECT counted.*,
    ROW_NUMBER() OVER (
      PARTITION BY cik, fiscal_year_start, fiscal_quarter
      ORDER BY facts DESC NULLS LAST, period_end DESC NULLS LAST
    ) AS choice
  FROM (
    SELECT cik, fiscal_year_start, fiscal_quarter, period_end, COUNT(*) AS facts, MIN(known_on) AS known_on
    FROM fiscal_quarter_fact
    GROUP BY cik, fiscal_year_start, fiscal_quarter, period_end
  ) AS counted
) AS ranked
WHERE choice = 1;

-- step: fiscal_quarter_witness
-- One of the facts that were first to state an end.
SELECT fact.cik, fact.fiscal_year_start, fact.fiscal_quarter, MIN(fact.row_id) AS witness_row_id
FROM fiscal_quarter_fact AS fact
JOIN (
  SELECT cik AS end_cik, fiscal_year_start AS end_year, fiscal_quarter AS end_quarter, period_end AS end_date,
    known_on AS end_known_on
  FROM fiscal_quarter_end
) AS stated
  ON fact.cik = stated.end_cik AND fact.fiscal_year_start = stated.end_year
  AND fact.fiscal_quarter = stated.end_quarter AND fact.period_end = stated.end_date
  AND fact.known_on = stated.end_known_on
GROUP BY fact.cik, fact.fiscal_year_start, fact.fiscal_quarter;

-- step: fiscal_quarter_spine
SELECT fiscal.cik, fiscal.fiscal_year, fiscal.fiscal_year_start, fiscal.fiscal_year_end_date, spine.fiscal_quarter,
  this.period_end, before.previous_end,
  GREATEST(
    COALESCE(this.this_known_on, fiscal.known_on), COALESCE(before.previous_known_on, fiscal.known_on), fiscal.known_on
  ) AS known_on
FROM fiscal_year_known AS fiscal
CROSS JOIN (SELECT quarter AS fiscal_quarter FROM core_calendar GROUP BY quarter) AS spine
LEFT JOIN (
  SELECT cik AS this_cik, fiscal_year_start AS this_year, fiscal_quarter AS this_quarter, period_end,
    known_on AS this_known_on
  FROM fiscal_quarter_end
) AS this
  ON fiscal.cik = this.this_cik AND fiscal.fiscal_year_start = this.this_year
  AND spine.fiscal_quarter = this.this_quarter
LEFT JOIN (
  SELECT cik AS previous_cik, fiscal_year_start AS previous_year, fiscal_quarter + 1 AS next_quarter,
    period_end AS previous_end, known_on AS previous_known_on
  FROM fiscal_quarter_end
) AS before
  ON fiscal.cik = before.previous_cik AND fiscal.fiscal_year_start = before.previous_year
  AND spine.fiscal_quarter = before.next_quarter
WHERE fiscal.fiscal_year_end_date IS NOT NULL OR this.period_end IS NOT NULL;

-- rows
SELECT
  spine.cik || ':' || CAST(spine.fiscal_year_start AS VARCHAR) || ':Q' || CAST(spine.fiscal_quarter AS VARCHAR) AS row_id,
  spine.cik, spine.fiscal_year, spine.fiscal_quarter, spine.fiscal_year_start, spine.fiscal_year_end_date,
  CASE WHEN spine.fiscal_quarter = 1 THEN spine.fiscal_year_start ELSE previous_day.period_start END AS period_start,
  spine.period_end, last_day.calendar_quarter, spine.known_on
FROM fiscal_quarter_spine AS spine
LEFT JOIN (SELECT date AS previous_date, next_date AS period_start FROM core_calendar) AS previous_day
  ON spine.previous_end = previous_day.previous_date
LEFT JOIN (SELECT date AS last_date, quarter_ended AS calendar_quarter FROM core_calendar) AS last_day
  ON spine.period_end = last_day.last_date;

-- lineage
SELECT spine.cik || ':' || CAST(spine.fiscal_year_start AS VARCHAR) || ':Q' || CAST(spine.fiscal_quarter AS VARCHAR) AS mart_row_id,
  'core_xbrl_fact' AS input_table, witness.witness_row_id AS input_row_id, 'delimits_end' AS role
FROM fiscal_quarter_spine AS spine
JOIN (
  SELECT cik AS end_cik, fiscal_year_start AS end_year, fiscal_quarter AS end_quarter, witness_row_id
  FROM fiscal_quarter_witness
) AS witness
  ON spine.cik = witness.end_cik AND spine.fiscal_year_start = witness.end_year
  AND spine.fiscal_quarter = witness.end_quarter
UNION ALL
SELECT later.cik || ':' || CAST(later.fiscal_year_start AS VARCHAR) || ':Q' || CAST(later.fiscal_quarter AS VARCHAR) AS mart_row_id,
  'core_xbrl_fact' AS input_table, earlier.witness_row_id AS input_row_id, 'delimits_start' AS role
FROM fiscal_quarter_spine AS later
JOIN (
  SELECT cik AS start_cik, fiscal_year_start AS start_year, fiscal_quarter + 1 AS start_quarter, witness_row_id
  FROM fiscal_quarter_witness
) AS earlier
  ON later.cik = earlier.start_cik AND later.fiscal_year_start = earlier.start_year
  AND later.fiscal_quarter = earlier.start_quarter
UNION ALL
SELECT spine.cik || ':' || CAST(spine.fiscal_year_start AS VARCHAR) || ':Q' || CAST(spine.fiscal_quarter AS VARCHAR) AS mart_row_id,
  'core_xbrl_fact' AS input_table, filed.witness_row_id AS input_row_id, 'fiscal_year' AS role
FROM fiscal_quarter_spine AS spine
JOIN (
  SELECT cik AS filed_cik, fiscal_year_start AS filed_year, witness_row_id
  FROM fiscal_quarter_witness
  WHERE fiscal_quarter = 4
) AS filed
  ON spine.cik = filed.filed_cik AND spine.fiscal_year_start = filed.filed_year
WHERE spine.fiscal_quarter < 4;
