-- Grain: what one company raised in one calendar quarter, by class, status and currency (`total_of` = `company`); or what a
--   digest of funding news counts in its period (`digest`).
-- Formula: the sum of the rounds whose status was first told of in the quarter, from the sum of their low ends to that of their
--   high ends. `change_in_deals` and `change_in_amount` are the digest's figures over those of the period before, less one.
-- Units: whole units of the currency; changes are shares.
-- Inputs: mart_funding_round, known_funding_digest, core_calendar.
-- Caveats: rounds without an amount are counted in `rounds_undisclosed` and leave the high end open. A digest counts what its outlet saw, of
--   the sector it names, and overlaps with rounds told of singly: the two are never added. `lead_investors` are those of
--   the largest round that names any.

-- step: quarter_round
SELECT round.row_id AS quarter_round_id, round.company_key, round.company_name, round.round_class, round.round_status, round.currency,
  round.amount_low_stated AS low, CASE WHEN round.amount_is_open AND round.amount_high_stated <= round.amount_low_stated THEN NULL ELSE round.amount_high_stated END AS high,
  round.lead_investors, round.known_on, day.calendar_quarter,
  CONCAT_WS(':', 'company', round.company_key, day.calendar_quarter, round.round_class, round.round_status, COALESCE(round.currency, '-')) AS quarter_row_id
FROM (
  SELECT mart_funding_round.*,
    CASE
      WHEN round_status = 'closed' THEN closed_on
      WHEN round_status = 'rumoured' THEN rumoured_on
      WHEN round_status = 'announced' THEN announced_on
      ELSE in_talks_on
    END AS status_on
  FROM mart_funding_round
) AS round
JOIN (SELECT date AS status_day, calendar_quarter FROM core_calendar) AS day ON round.status_on = day.status_day;

-- step: quarter_lead
SELECT lead_row_id, leads
FROM (
  SELECT quarter_row_id AS lead_row_id, lead_investors AS leads,
    ROW_NUMBER() OVER (PARTITION BY quarter_row_id ORDER BY low DESC NULLS LAST, quarter_round_id DESC NULLS LAST) AS place
  FROM quarter_round
  WHERE lead_investors IS NOT NULL
) AS ranked
WHERE place = 1;

-- step: quarter_name
SELECT name_row_id, named
FROM (
  SELECT quarter_row_id AS name_row_id, company_name AS named,
    ROW_NUMBER() OVER (PARTITION BY quarter_row_id ORDER BY known_on DESC NULLS LAST, quarter_round_id DESC NULLS LAST) AS place
  FROM quarter_round
) AS ranked
WHERE place = 1;

-- step: quarter_sum
SELECT quarter_row_id AS sum_row_id, company_key, calendar_quarter, round_class, round_status, currency, COUNT(*) AS rounds,
  COUNT(*) - COUNT(low) AS rounds_without_low, COUNT(*) - COUNT(high) AS rounds_without_high, SUM(low) AS low_sum, SUM(high) AS high_sum,
  MAX(known_on) AS sum_known_on
FROM quarter_round
GROUP BY quarter_row_id, company_key, calendar_quarter, round_class, round_status, currency;

-- rows
SELECT summed.sum_row_id AS row_id, 'company' AS total_of, summed.company_key AS raised_by, named.named AS raised_by_name,
  summed.calendar_quarter, bounds.first_day AS period_start, bounds.last_day AS period_end, summed.round_class,
  summed.round_status, summed.currency, summed.rounds AS deals_counted, summed.rounds_without_low AS rounds_undisclosed,
  summed.low_sum AS raised_low, CASE WHEN summed.rounds_without_high > 0 THEN NULL ELSE summed.high_sum END AS raised_high,
  led.leads AS lead_investors, CAST(NULL AS DOUBLE) AS change_in_deals, CAST(NULL AS DOUBLE) AS change_in_amount,
  summed.sum_known_on AS known_on
FROM quarter_sum AS summed
JOIN quarter_name AS named ON summed.sum_row_id = named.name_row_id
JOIN (
  SELECT calendar_quarter AS bounded_quarter, MIN(date) AS first_day, MAX(date) AS last_day FROM core_calendar GROUP BY calendar_quarter
) AS bounds
  ON summed.calendar_quarter = bounds.bounded_quarter
LEFT JOIN quarter_lead AS led ON summed.sum_row_id = led.lead_row_id
UNION ALL
SELECT CONCAT_WS(':', 'digest', row_id) AS row_id, 'digest' AS total_of, CAST(NULL AS VARCHAR) AS raised_by, publisher AS raised_by_name,
  CAST(NULL AS VARCHAR) AS calendar_quarter, period_start, period_end, CAST(NULL AS VARCHAR) AS round_class,
  CAST(NULL AS VARCHAR) AS round_status, currency, deals AS deals_counted, 0 AS rounds_undisclosed,
  CAST(CAST(amount_low AS VARCHAR) AS DOUBLE) AS raised_low, CAST(CAST(amount_high AS VARCHAR) AS DOUBLE) AS raised_high,
  CAST(NULL AS VARCHAR) AS lead_investors,
  CAST(deals AS DOUBLE) / NULLIF(CAST(previous_deals AS DOUBLE), 0.0) - 1.0 AS change_in_deals,
  CAST(CAST(amount_low AS VARCHAR) AS DOUBLE) / NULLIF(CAST(CAST(previous_amount AS VARCHAR) AS DOUBLE), 0.0) - 1.0 AS change_in_amount,
  known_on
FROM known_funding_digest;

-- lineage
SELECT quarter_row_id AS mart_row_id, 'mart_funding_round' AS input_table, quarter_round_id AS input_row_id, 'round' AS role
FROM quarter_round
UNION ALL
SELECT CONCAT_WS(':', 'digest', row_id) AS mart_row_id, 'core_funding_digest' AS input_table, row_id AS input_row_id, 'digest' AS role
FROM known_funding_digest;
