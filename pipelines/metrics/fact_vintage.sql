-- Grain: one value of one line of a filer's reports in one period, in order of filing; a new row where a
--   filing states another value, or the same one under another concept.
-- Formula: `change_reason` is the first of these that fits.
--   `scale_error`: 1,000, 1,000,000 or 1,000,000,000 times the other, within half a percent.
--   `first_filed`: no filing before states the line for the period.
--   `tag_switch`: the same value under the concept that replaced the one before.
--   `re_rounded`: one of both is the other, rounded to fewer digits.
--   `split`: of shares and amounts per share, the ratio by which at least two such facts of the filing change.
--   `sign_changed`: the same amount with the other sign.
--   `reverted`: back to the value before the last one.
--   `restated`: the filing is an amendment; or a total of the same period (net income, cash flow of an
--     activity, assets, equity) changes in the same filing.
--   `recast`: the filing repeats a total of the period, none of them changes, and at least two lines do;
--     shares and amounts per share are not recast.
--   `changed`: none of these can be told; also where a later filing takes the value back.
-- Units: that of the fact.
-- Inputs: stated_fact, reported_fact, core_company.
-- Caveats: facts begin in 2009, so the first filing of an older period is its first tagged one. One concept
--   replaced another where the filer used the second only after the last use of the first, at least two
--   periods with different values are stated under both with equal values, and those are most of the periods
--   stated under both; up to three replacements are followed. A value in another form than a periodic report
--   that is a thousandth or a millionth of a reported one is never current. Where two periodic reports differ
--   by such a factor the later one is current, right or wrong.

-- step: vintage_use
SELECT cik, taxonomy, concept, unit, MIN(filed_date) AS first_used, MAX(filed_date) AS last_used
FROM reported_fact
GROUP BY cik, taxonomy, concept, unit;

-- step: vintage_value
SELECT DISTINCT fact.cik, fact.taxonomy, fact.concept, fact.unit, COALESCE(fact.period_start, fact.period_end) AS first_day,
  fact.period_end, CAST(fact.value AS VARCHAR) AS amount, life.first_used, life.last_used
FROM reported_fact AS fact
JOIN (
  SELECT cik AS used_cik, taxonomy AS used_taxonomy, concept AS used_concept, unit AS used_unit, first_used, last_used
  FROM vintage_use
) AS life
  ON fact.cik = life.used_cik AND fact.taxonomy = life.used_taxonomy AND fact.concept = life.used_concept
  AND fact.unit = life.used_unit
WHERE fact.value <> 0;

-- step: vintage_switch_candidate
-- A concept that was given up, and one that was taken up after that with equal values.
SELECT cik, unit, taxonomy, concept, last_used, next_taxonomy, next_concept, next_first_used, COUNT(*) AS equal_periods
FROM (
  SELECT DISTINCT before.cik, before.unit, before.taxonomy, before.concept, before.last_used, after.next_taxonomy,
    after.next_concept, after.next_first_used, before.first_day, before.period_end, before.amount
  FROM vintage_value AS before
  JOIN (
    SELECT cik AS next_cik, unit AS next_unit, taxonomy AS next_taxonomy, concept AS next_concept,
      first_day AS next_first_day, period_end AS next_period_end, amount AS next_amount,
      first_used AS next_first_used
    FROM vintage_value
  ) AS after
    ON before.cik = after.next_cik AND before.unit = after.next_unit AND before.first_day = after.next_first_day
    AND before.period_end = after.next_period_end AND before.amount = after.next_amount
  WHERE before.last_used < after.next_first_used
) AS equal
GROUP BY cik, unit, taxonomy, concept, last_used, next_taxonomy, next_concept, next_first_used
HAVING COUNT(DISTINCT amount) >= 2;

-- step: vintage_period
SELECT DISTINCT cik, unit, taxonomy, concept, first_day, period_end FROM vintage_value;

-- step: vintage_switch_shared
SELECT candidate.cik, candidate.unit, candidate.taxonomy, candidate.concept, candidate.last_used,
  candidate.next_taxonomy, candidate.next_concept, candidate.next_first_used, candidate.equal_periods,
  COUNT(*) AS shared_periods
FROM vintage_switch_candidate AS candidate
JOIN (
  SELECT cik AS old_cik, unit AS old_unit, taxonomy AS old_taxonomy, concept AS old_concept,
    first_day AS old_first_day, period_end AS old_period_end
  FROM vintage_period
) AS old
  ON candidate.cik = old.old_cik AND candidate.unit = old.old_unit AND candidate.taxonomy = old.old_taxonomy
  AND candidate.concept = old.old_concept
JOIN (
  SELECT cik AS new_cik, unit AS new_unit, taxonomy AS new_taxonomy, concept AS new_concept,
    first_day AS new_first_day, period_end AS new_period_end
  FROM vintage_period
) AS new
  ON candidate.cik = new.new_cik AND candidate.unit = new.new_unit AND candidate.next_taxonomy = new.new_taxonomy
  AND candidate.next_concept = new.new_concept AND old.old_first_day = new.new_first_day
  AND old.old_period_end = new.new_period_end
GROUP BY candidate.cik, candidate.unit, candidate.taxonomy, candidate.concept, candidate.last_used,
  candidate.next_taxonomy, candidate.next_concept, candidate.next_first_used, candidate.equal_periods;

-- step: vintage_switch
-- Each concept is replaced by one, the first taken up after it, and replaces one, that of most equal periods.
SELECT cik, unit, taxonomy, concept, next_taxonomy, next_concept
FROM (
  SELECT vintage_switch_shared.*,
    ROW_NUMBER() OVER (
      PARTITION BY cik, unit, taxonomy, concept
      ORDER BY next_first_used NULLS LAST, next_taxonomy NULLS LAST, next_concept NULLS LAST
    ) AS choice_of_next,
    ROW_NUMBER() OVER (
      PARTITION BY cik, unit, next_taxonomy, next_concept
      ORDER BY equal_periods DESC NULLS LAST, last_used DESC NULLS LAST, taxonomy DESC NULLS LAST, concept DESC NULLS LAST
    ) AS choice_of_before
  FROM vintage_switch_shared
  WHERE equal_periods * 2 > shared_periods
) AS ranked
WHERE choice_of_next = 1 AND choice_of_before = 1;

-- step: vintage_line
-- The concept that a filer tags a line with now, of each concept it tagged it with before.
SELECT one.cik, one.unit, one.taxonomy, one.concept,
  COALESCE(three.third_taxonomy, two.second_taxonomy, one.next_taxonomy) AS line_taxonomy,
  COALESCE(three.third_concept, two.second_concept, one.next_concept) AS line_concept
FROM vintage_switch AS one
LEFT JOIN (
  SELECT cik AS second_cik, unit AS second_unit, taxonomy AS second_from_taxonomy, concept AS second_from,
    next_taxonomy AS second_taxonomy, next_concept AS second_concept
  FROM vintage_switch
) AS two
  ON one.cik = two.second_cik AND one.unit = two.second_unit AND one.next_taxonomy = two.second_from_taxonomy
  AND one.next_concept = two.second_from
LEFT JOIN (
  SELECT cik AS third_cik, unit AS third_unit, taxonomy AS third_from_taxonomy, concept AS third_from,
    next_taxonomy AS third_taxonomy, next_concept AS third_concept
  FROM vintage_switch
) AS three
  ON one.cik = three.third_cik AND one.unit = three.third_unit AND two.second_taxonomy = three.third_from_taxonomy
  AND two.second_concept = three.third_from;

-- step: vintage_filing
-- Every filing that states a line for a period; `history` names line and period, `filing` sorts by filing date.
SELECT fact.row_id, fact.cik, fact.taxonomy, fact.concept, fact.unit, fact.dimensions, fact.period_start,
  fact.period_end, fact.value, CAST(CAST(fact.value AS VARCHAR) AS DOUBLE) AS amount, fact.decimals,
  fact.accession_number, fact.form_type, fact.filed_date, fact.known_on,
  COALESCE(line.line_concept, fact.concept) AS line_concept,
  CONCAT_WS(
    ':', fact.cik, COALESCE(line.line_taxonomy, fact.taxonomy), COALESCE(line.line_concept, fact.concept), fact.unit,
    fact.dimensions, CAST(fact.period_start AS VARCHAR), CAST(fact.period_end AS VARCHAR)
  ) AS history,
  CONCAT_WS(':', CAST(fact.filed_date AS VARCHAR), fact.accession_number, fact.row_id) AS filing
FROM stated_fact AS fact
LEFT JOIN (
  SELECT cik AS line_cik, unit AS line_unit, taxonomy AS old_taxonomy, concept AS old_concept, line_taxonomy,
    line_concept
  FROM vintage_line
) AS line
  ON fact.cik = line.line_cik AND fact.taxonomy = line.old_taxonomy AND fact.concept = line.old_concept
  AND fact.unit = line.line_unit;

-- step: vintage_history
SELECT history, MIN(filing) AS first_filing, COUNT(*) AS filings,
  CASE WHEN MIN(amount) <> MAX(amount) OR MIN(concept) <> MAX(concept) THEN 1 ELSE 0 END AS is_varied
FROM vintage_filing
GROUP BY history;

-- step: vintage_varied
-- The filings of lines that changed; few, so that what follows has little to put in order.
SELECT filing.row_id, filing.cik, filing.taxonomy, filing.concept, filing.unit, filing.dimensions,
  filing.period_start, filing.period_end, filing.amount, filing.decimals, filing.accession_number, filing.form_type,
  filing.history, filing.filing,
  CASE WHEN filing.form_type IN ('10-K', '10-Q', '20-F', '40-F', '10-K/A', '10-Q/A', '20-F/A', '40-F/A') THEN 1 ELSE 0 END
    AS is_periodic
FROM vintage_filing AS filing
JOIN (SELECT history AS varied_history FROM vintage_history WHERE is_varied = 1) AS varied
  ON filing.history = varied.varied_history;

-- step: vintage_off_scale
-- Values in proxies and the like that no periodic report states, only a thousand or a million times as much.
SELECT row_id
FROM (
  SELECT other.row_id,
    MAX(CASE WHEN other.amount = periodic.periodic_amount THEN 1 ELSE 0 END) AS is_reported,
    MAX(CASE
      WHEN ABS(other.amount * 1000.0 - periodic.periodic_amount) <= 0.005 * ABS(periodic.periodic_amount)
        OR ABS(other.amount * 1000000.0 - periodic.periodic_amount) <= 0.005 * ABS(periodic.periodic_amount)
        OR ABS(periodic.periodic_amount * 1000.0 - other.amount) <= 0.005 * ABS(other.amount)
        OR ABS(periodic.periodic_amount * 1000000.0 - other.amount) <= 0.005 * ABS(other.amount) THEN 1
      ELSE 0
    END) AS is_scaled
  FROM vintage_varied AS other
  JOIN (
    SELECT DISTINCT history AS periodic_history, amount AS periodic_amount
    FROM vintage_varied
    WHERE is_periodic = 1 AND amount <> 0.0
  ) AS periodic ON other.history = periodic.periodic_history
  WHERE other.is_periodic = 0 AND other.amount <> 0.0
  GROUP BY other.row_id
) AS compared
WHERE is_reported = 0 AND is_scaled = 1;

-- step: vintage_ordered
-- Values off scale are a strand of their own, so that the next report does not change what it repeats.
SELECT strand.*,
  ROW_NUMBER() OVER (PARTITION BY history, is_off_scale ORDER BY filing NULLS LAST) AS filing_number,
  LAG(amount) OVER (PARTITION BY history, is_off_scale ORDER BY filing NULLS LAST) AS amount_before,
  LAG(concept) OVER (PARTITION BY history, is_off_scale ORDER BY filing NULLS LAST) AS concept_before,
  LAG(decimals) OVER (PARTITION BY history, is_off_scale ORDER BY filing NULLS LAST) AS decimals_before,
  LAG(row_id) OVER (PARTITION BY history, is_off_scale ORDER BY filing NULLS LAST) AS row_before,
  LAG(row_id) OVER (PARTITION BY history ORDER BY filing NULLS LAST) AS any_row_before
FROM (
  SELECT varied.*, CASE WHEN off.off_row_id IS NULL THEN 0 ELSE 1 END AS is_off_scale
  FROM vintage_varied AS varied
  LEFT JOIN (SELECT row_id AS off_row_id FROM vintage_off_scale) AS off ON varied.row_id = off.off_row_id
) AS strand;

-- step: vintage_begun
-- Filings that begin a vintage.
SELECT vintage_ordered.*
FROM vintage_ordered
WHERE amount_before IS NULL OR amount <> amount_before OR concept <> concept_before;

-- step: vintage_numbered
SELECT vintage_begun.*,
  ROW_NUMBER() OVER (PARTITION BY history ORDER BY filing NULLS LAST) AS vintage_number,
  LEAD(filing_number) OVER (PARTITION BY history, is_off_scale ORDER BY filing NULLS LAST) AS next_filing_number,
  LEAD(amount) OVER (PARTITION BY history, is_off_scale ORDER BY filing NULLS LAST) AS amount_next,
  LAG(amount_before) OVER (PARTITION BY history, is_off_scale ORDER BY filing NULLS LAST) AS amount_before_that
FROM vintage_begun;

-- step: vintage_changed
-- What the rules of change are put to: values that differ from the one before.
SELECT row_id, cik, taxonomy, concept, unit, dimensions, history, accession_number, form_type, period_start,
  period_end, amount, amount_before, amount_before_that, amount_next,
  COALESCE(CAST(period_start AS VARCHAR), '') || ':' || CAST(period_end AS VARCHAR) AS period,
  CASE WHEN decimals = decimals_before THEN 1 ELSE 0 END AS is_as_precise,
  CASE
    WHEN amount = 0.0 OR amount_before = 0.0 THEN 0
    WHEN ABS(amount * 1000.0 - amount_before) <= 0.005 * ABS(amount_before)
      OR ABS(amount * 1000000.0 - amount_before) <= 0.005 * ABS(amount_before)
      OR ABS(amount * 1000000000.0 - amount_before) <= 0.005 * ABS(amount_before)
      OR ABS(amount_before * 1000.0 - amount) <= 0.005 * ABS(amount)
      OR ABS(amount_before * 1000000.0 - amount) <= 0.005 * ABS(amount)
      OR ABS(amount_before * 1000000000.0 - amount) <= 0.005 * ABS(amount) THEN 1
    ELSE 0
  END AS is_scaled
FROM vintage_numbered
WHERE is_off_scale = 0 AND amount <> amount_before;

-- step: vintage_digit
-- Units to which filers round; those below one only for ratios.
SELECT CAST(0.001 AS DOUBLE) AS digit
UNION ALL SELECT CAST(0.01 AS DOUBLE) AS digit
UNION ALL SELECT CAST(0.1 AS DOUBLE) AS digit
UNION ALL SELECT CAST(1000.0 AS DOUBLE) AS digit
UNION ALL SELECT CAST(100000.0 AS DOUBLE) AS digit
UNION ALL SELECT CAST(1000000.0 AS DOUBLE) AS digit
UNION ALL SELECT CAST(100000000.0 AS DOUBLE) AS digit
UNION ALL SELECT CAST(1000000000.0 AS DOUBLE) AS digit;

-- step: vintage_re_rounded
-- One value is a whole number of units, and not none; the other is not, and lies no more than half a unit off.
SELECT DISTINCT row_id
FROM (
  SELECT changed.row_id, digit.digit, changed.amount, changed.amount_before,
    changed.amount - changed.amount_before AS difference,
    ABS(changed.amount / NULLIF(digit.digit, 0.0) - FLOOR(changed.amount / NULLIF(digit.digit, 0.0) + 0.5)) AS beyond,
    ABS(changed.amount_before / NULLIF(digit.digit, 0.0) - FLOOR(changed.amount_before / NULLIF(digit.digit, 0.0) + 0.5)) AS beyond_before
  FROM vintage_changed AS changed
  CROSS JOIN vintage_digit AS digit
  WHERE changed.is_scaled = 0 AND changed.is_as_precise = 0 AND (digit.digit > 1.0 OR changed.unit = 'pure')
) AS measured
WHERE ABS(difference) <= 0.5000001 * digit
  AND ((beyond < 0.000001 AND beyond_before >= 0.000001 AND ABS(amount) >= 0.999999 * digit)
    OR (beyond >= 0.000001 AND beyond_before < 0.000001 AND ABS(amount_before) >= 0.999999 * digit));

-- step: vintage_share_change
-- Changes of shares and of amounts per share, with the split they would follow from: of shares the ratio of
-- the values, of amounts per share its inverse, to the next half.
SELECT row_id, cik, accession_number, unit, amount, amount_before, multiple, direction,
  FLOOR(2.0 * multiple + 0.5) / 2.0 AS split_ratio
FROM (
  SELECT ratio.row_id, ratio.cik, ratio.accession_number, ratio.unit, ratio.amount, ratio.amount_before,
    CASE WHEN ratio.ratio >= 1.0 THEN ratio.ratio ELSE 1.0 / NULLIF(ratio.ratio, 0.0) END AS multiple,
    CASE WHEN ratio.ratio >= 1.0 THEN 1 ELSE 0 END AS direction
  FROM (
    SELECT vintage_changed.*,
      CASE WHEN unit = 'shares' THEN amount / NULLIF(amount_before, 0.0) ELSE amount_before / NULLIF(amount, 0.0) END AS ratio
    FROM vintage_changed
    WHERE (unit = 'shares' OR unit LIKE '%/shares') AND is_scaled = 0
  ) AS ratio
  WHERE ratio.ratio > 0.0
) AS positive
WHERE multiple >= 1.25;

-- step: vintage_share_fit
-- Whether a change is that ratio: of shares within half a percent, of amounts per share within half a cent.
SELECT row_id, cik, accession_number, unit, amount, direction, split_ratio, amount_before,
  CASE
    WHEN unit = 'shares' THEN CASE WHEN ABS(multiple / NULLIF(split_ratio, 0.0) - 1.0) < 0.005 THEN 1 ELSE 0 END
    WHEN direction = 1 THEN CASE WHEN ABS(amount_before / NULLIF(split_ratio, 0.0) - amount) < 0.0051 AND ABS(amount) >= 0.1 THEN 1 ELSE 0 END
    ELSE CASE WHEN ABS(amount / NULLIF(split_ratio, 0.0) - amount_before) < 0.0051 AND ABS(amount_before) >= 0.1 THEN 1 ELSE 0 END
  END AS fits
FROM vintage_share_change;

-- step: vintage_split_filing
-- The split of a filing: the ratio that most of its changes follow, and two at least.
SELECT cik, accession_number, direction, split_ratio
FROM (
  SELECT voted.*,
    ROW_NUMBER() OVER (
      PARTITION BY cik, accession_number
      ORDER BY votes DESC NULLS LAST, split_ratio DESC NULLS LAST, direction DESC NULLS LAST
    ) AS choice
  FROM (
    SELECT cik, accession_number, direction, split_ratio, COUNT(*) AS votes
    FROM vintage_share_fit
    WHERE fits = 1
    GROUP BY cik, accession_number, direction, split_ratio
  ) AS voted
  WHERE votes >= 2
) AS ranked
WHERE choice = 1;

-- step: vintage_split
-- Once the ratio is known, shares stated in whole millions may also be half a million off before the split.
SELECT change.row_id
FROM vintage_share_change AS change
JOIN (
  SELECT cik AS split_cik, accession_number AS split_accession, direction AS filing_direction,
    split_ratio AS filing_ratio
  FROM vintage_split_filing
) AS filing
  ON change.cik = filing.split_cik AND change.accession_number = filing.split_accession
  AND change.direction = filing.filing_direction
WHERE (change.unit = 'shares' AND ABS(change.multiple / NULLIF(filing.filing_ratio, 0.0) - 1.0) < 0.005)
  OR (change.unit = 'shares' AND change.direction = 1 AND change.amount_before % 1000000.0 = 0.0
    AND ABS(change.amount - change.amount_before * filing.filing_ratio) <= 500000.0 * filing.filing_ratio)
  OR (change.unit <> 'shares' AND change.direction = 1
    AND ABS(change.amount_before / NULLIF(filing.filing_ratio, 0.0) - change.amount) < 0.0051)
  OR (change.unit <> 'shares' AND change.direction = 0
    AND ABS(change.amount / NULLIF(filing.filing_ratio, 0.0) - change.amount_before) < 0.0051);

-- step: vintage_told
-- What the value and its neighbours tell.
SELECT changed.row_id, changed.cik, changed.unit, changed.accession_number, changed.period,
  CASE
    WHEN changed.is_scaled = 1 THEN 'scale_error'
    WHEN rounded.rounded_row_id IS NOT NULL THEN 're_rounded'
    WHEN split.split_row_id IS NOT NULL THEN 'split'
    WHEN changed.amount = 0.0 - changed.amount_before THEN 'sign_changed'
    WHEN changed.amount = changed.amount_before_that THEN 'reverted'
    WHEN changed.form_type IN ('10-K/A', '10-Q/A', '20-F/A', '40-F/A') THEN 'restated'
    WHEN changed.amount_next = changed.amount_before THEN 'changed'
    ELSE NULL
  END AS told
FROM vintage_changed AS changed
LEFT JOIN (SELECT row_id AS rounded_row_id FROM vintage_re_rounded) AS rounded ON changed.row_id = rounded.rounded_row_id
LEFT JOIN (SELECT row_id AS split_row_id FROM vintage_split) AS split ON changed.row_id = split.split_row_id;

-- step: vintage_total
-- Of each filing and period the totals that were stated before, and how many of them the filing changes.
SELECT filing.cik, filing.accession_number, filing.period, COUNT(*) AS totals,
  CAST(SUM(CASE WHEN told.told_row_id IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS totals_changed
FROM (
  SELECT row_id, cik, accession_number, history AS total_history, filing,
    COALESCE(CAST(period_start AS VARCHAR), '') || ':' || CAST(period_end AS VARCHAR) AS period
  FROM vintage_filing
  WHERE dimensions IS NULL AND concept IN (
    'NetIncomeLoss', 'ProfitLoss', 'NetCashProvidedByUsedInOperatingActivities',
    'NetCashProvidedByUsedInInvestingActivities', 'NetCashProvidedByUsedInFinancingActivities', 'Assets',
    'LiabilitiesAndStockholdersEquity', 'StockholdersEquity', 'CashFlowsFromUsedInOperatingActivities',
    'CashFlowsFromUsedInInvestingActivities', 'CashFlowsFromUsedInFinancingActivities', 'Equity'
  )
) AS filing
JOIN vintage_history AS history ON filing.total_history = history.history
LEFT JOIN (SELECT row_id AS told_row_id FROM vintage_told WHERE told IS NULL) AS told ON filing.row_id = told.told_row_id
WHERE filing.filing > history.first_filing
GROUP BY filing.cik, filing.accession_number, filing.period;

-- step: vintage_lines_changed
SELECT cik, accession_number, period, COUNT(*) AS lines_changed
FROM vintage_told
WHERE told IS NULL
GROUP BY cik, accession_number, period;

-- step: vintage_reason
SELECT told.row_id,
  CASE
    WHEN told.told IS NOT NULL THEN told.told
    WHEN total.totals_changed > 0 THEN 'restated'
    WHEN total.totals > 0 AND lines.lines_changed >= 2 AND told.unit <> 'shares' AND told.unit NOT LIKE '%/shares' THEN 'recast'
    ELSE 'changed'
  END AS reason
FROM vintage_told AS told
LEFT JOIN (
  SELECT cik AS total_cik, accession_number AS total_accession, period AS total_period, totals, totals_changed
  FROM vintage_total
) AS total
  ON told.cik = total.total_cik AND told.accession_number = total.total_accession AND told.period = total.total_period
LEFT JOIN (
  SELECT cik AS lines_cik, accession_number AS lines_accession, period AS lines_period, lines_changed
  FROM vintage_lines_changed
) AS lines
  ON told.cik = lines.lines_cik AND told.accession_number = lines.lines_accession AND told.period = lines.lines_period;

-- step: vintage_row
-- The vintages of lines that changed, and the one of each line that did not.
SELECT numbered.history || ':' || CAST(numbered.vintage_number AS VARCHAR) AS vintage_row_id, numbered.row_id,
  numbered.history, numbered.vintage_number, numbered.is_off_scale,
  CASE WHEN numbered.is_off_scale = 1 THEN numbered.any_row_before ELSE numbered.row_before END AS previous_row_id,
  numbered.filing_number, COALESCE(numbered.next_filing_number, strand.filings_of_strand + 1) AS end_filing_number,
  CASE WHEN numbered.is_off_scale = 0 AND numbered.next_filing_number IS NULL THEN TRUE ELSE FALSE END AS is_current,
  CASE
    WHEN numbered.is_off_scale = 1 THEN 'scale_error'
    WHEN numbered.amount_before IS NULL THEN 'first_filed'
    WHEN numbered.amount = numbered.amount_before THEN 'tag_switch'
    ELSE reason.reason
  END AS change_reason
FROM vintage_numbered AS numbered
JOIN (
  SELECT history AS strand_history, is_off_scale AS strand_off_scale, COUNT(*) AS filings_of_strand
  FROM vintage_ordered
  GROUP BY history, is_off_scale
) AS strand
  ON numbered.history = strand.strand_history AND numbered.is_off_scale = strand.strand_off_scale
LEFT JOIN (SELECT row_id AS reason_row_id, reason FROM vintage_reason) AS reason ON numbered.row_id = reason.reason_row_id
UNION ALL
SELECT steady.history || ':1' AS vintage_row_id, filing.row_id, steady.history, 1 AS vintage_number, 0 AS is_off_scale,
  CAST(NULL AS VARCHAR) AS previous_row_id, 1 AS filing_number, steady.filings + 1 AS end_filing_number,
  TRUE AS is_current, 'first_filed' AS change_reason
FROM vintage_history AS steady
JOIN (SELECT row_id, history AS filing_history, filing FROM vintage_filing) AS filing
  ON steady.history = filing.filing_history AND steady.first_filing = filing.filing
WHERE steady.is_varied = 0;

-- rows
SELECT vintage.vintage_row_id AS row_id, stated.cik, COALESCE(company.company_id, 'cik' || stated.cik) AS company_id,
  stated.taxonomy, stated.concept, stated.line_concept, stated.unit, stated.dimensions, stated.period_start,
  stated.period_end, vintage.vintage_number, stated.value, before.previous_value, vintage.change_reason,
  stated.accession_number, stated.form_type, stated.filed_date, stated.known_on, vintage.is_current,
  vintage.end_filing_number - vintage.filing_number AS filings
FROM vintage_row AS vintage
JOIN (
  SELECT row_id AS stated_row_id, cik, taxonomy, concept, line_concept, unit, dimensions, period_start, period_end,
    value, accession_number, form_type, filed_date, known_on
  FROM vintage_filing
) AS stated ON vintage.row_id = stated.stated_row_id
LEFT JOIN (SELECT row_id AS before_row_id, value AS previous_value FROM vintage_filing) AS before
  ON vintage.previous_row_id = before.before_row_id
LEFT JOIN (SELECT company_id, cik AS company_cik FROM core_company) AS company ON stated.cik = company.company_cik;

-- lineage
SELECT vintage.vintage_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, filing.fact_row_id AS input_row_id,
  CASE WHEN filing.fact_row_id = vintage.row_id THEN 'stated' ELSE 'repeated' END AS role
FROM vintage_row AS vintage
JOIN (
  SELECT history AS filing_history, is_off_scale AS filing_off_scale, row_id AS fact_row_id,
    filing_number AS number_of_filing
  FROM vintage_ordered
) AS filing
  ON vintage.history = filing.filing_history AND vintage.is_off_scale = filing.filing_off_scale
WHERE filing.number_of_filing >= vintage.filing_number AND filing.number_of_filing < vintage.end_filing_number
UNION ALL
SELECT steady.history || ':1' AS mart_row_id, 'core_xbrl_fact' AS input_table, filing.fact_row_id AS input_row_id,
  CASE WHEN steady.first_filing = filing.filing THEN 'stated' ELSE 'repeated' END AS role
FROM vintage_history AS steady
JOIN (SELECT row_id AS fact_row_id, history AS filing_history, filing FROM vintage_filing) AS filing
  ON steady.history = filing.filing_history
WHERE steady.is_varied = 0
UNION ALL
SELECT vintage_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, previous_row_id AS input_row_id,
  'previous' AS role
FROM vintage_row
WHERE previous_row_id IS NOT NULL;
