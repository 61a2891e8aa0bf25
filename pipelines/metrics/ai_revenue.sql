-- Grain: one figure of what one company earns from AI, as one document tells it.
-- Formula: of a company that sells nothing but AI (cohort `lab`) any revenue counts; of others what a filing or a text
--   says AI brings in. The basis stands beside each figure: bases are never added up or compared here. A claim of an
--   argument that names a year is of `reported_year`, one that names none has the basis `not_stated`.
--   `is_latest` marks of each company and basis the figure of the latest period, and of these the one told last.
-- Units: US dollars; of run-rates per year.
-- Inputs: known_reported_metric, known_claim, known_disclosure, core_company, core_calendar, core_source.
-- Caveats: figures in other currencies are left out. What is supposed, wished, targeted or worked out by an argument is no figure.
--   Open ends stay open. A figure of a part of a company, or of one product, is left out unless the part is AI.

-- step: figure_year
SELECT year AS calendar_year, CAST(year AS VARCHAR) AS year_text, MIN(date) AS year_first, MAX(date) AS year_last
FROM core_calendar
GROUP BY year;

-- step: told_figure
-- What the press reports, and what an argument states as known, under one set of names.
SELECT 'core_reported_metric' AS figure_table, row_id AS figure_row_id, source_id AS figure_source, article_url AS figure_text, company_key AS figure_company,
  CASE WHEN metric = 'revenue_run_rate' OR metric = 'arr' THEN 'revenue' ELSE metric END AS measure, revenue_basis AS told_basis,
  CAST(CAST(value_low AS VARCHAR) AS DOUBLE) AS figure_low, CAST(CAST(value_high AS VARCHAR) AS DOUBLE) AS figure_high,
  hedge, metric_unit AS figure_unit, period_text AS figure_period, period_start AS figure_start, period_end AS figure_end,
  metric_scope AS figure_scope,
  CASE WHEN metric_status = 'projected' THEN 'projected' ELSE 'reported' END AS told_as,
  attributed_to, evidence, CAST(NULL AS VARCHAR) AS counterparty_key, known_on AS figure_known_on
FROM known_reported_metric
WHERE metric_status IN ('reported', 'historical', 'projected')
UNION ALL
SELECT 'core_claim' AS figure_table, row_id AS figure_row_id, source_id AS figure_source, argument_url AS figure_text, company_key AS figure_company, measure,
  CAST(NULL AS VARCHAR) AS told_basis, CAST(CAST(value_low AS VARCHAR) AS DOUBLE) AS figure_low,
  CAST(CAST(value_high AS VARCHAR) AS DOUBLE) AS figure_high, hedge, claim_unit AS figure_unit, period_text AS figure_period,
  CAST(NULL AS DATE) AS figure_start, CAST(NULL AS DATE) AS figure_end, CAST(NULL AS VARCHAR) AS figure_scope,
  CASE WHEN claim_kind = 'fact' THEN 'claimed' ELSE CONCAT_WS('_', 'claimed', claim_kind) END AS told_as, attributed_to, passage AS evidence,
  counterparty_key, known_on AS figure_known_on
FROM known_claim
WHERE claim_kind IN ('fact', 'forecast', 'estimate', 'in_talks');

-- step: company_figure
-- A figure is of a calendar year where its period is that year. `told_rank` is lower the nearer it is to a report.
SELECT figure.figure_table, figure.figure_row_id, figure.figure_source, figure.figure_text, figure.figure_company, figure.measure, figure.told_basis,
  figure.figure_low, figure.figure_high, figure.hedge, figure.figure_unit, figure.figure_period, figure.figure_scope, figure.told_as,
  figure.attributed_to, figure.evidence, figure.counterparty_key, figure.figure_known_on,
  COALESCE(figure.figure_start, named.named_first) AS figure_start, COALESCE(figure.figure_end, named.named_last) AS figure_end,
  COALESCE(spanned.spanned_year, named.named_year) AS figure_year,
  CASE WHEN figure.told_as = 'reported' THEN 1 WHEN figure.told_as = 'claimed' THEN 2 ELSE 3 END AS told_rank
FROM told_figure AS figure
LEFT JOIN (
  SELECT calendar_year AS spanned_year, year_first AS spanned_first, year_last AS spanned_last FROM figure_year
) AS spanned
  ON figure.figure_start = spanned.spanned_first AND figure.figure_end = spanned.spanned_last
LEFT JOIN (
  SELECT calendar_year AS named_year, year_text AS named_text, year_first AS named_first, year_last AS named_last
  FROM figure_year
) AS named
  ON figure.figure_period = named.named_text;

-- step: ai_revenue_told
SELECT figure.figure_table, figure.figure_row_id, figure.figure_source, figure.figure_company AS revenue_company,
  COALESCE(figure.told_basis, CASE WHEN figure.figure_year IS NOT NULL THEN 'reported_year' ELSE 'not_stated' END) AS basis,
  'whole_company' AS revenue_scope, figure.told_as, figure.figure_start, figure.figure_end, figure.figure_low, figure.figure_high,
  figure.hedge, figure.attributed_to, figure.evidence, figure.figure_known_on
FROM company_figure AS figure
JOIN (SELECT company_id AS lab_id FROM core_company WHERE cohort = 'lab') AS lab ON figure.figure_company = lab.lab_id
WHERE figure.measure = 'revenue' AND figure.figure_scope IS NULL AND (figure.figure_unit = 'USD' OR figure.figure_unit = 'USD/year')
UNION ALL
SELECT figure.figure_table, figure.figure_row_id, figure.figure_source, figure.figure_company AS revenue_company,
  COALESCE(figure.told_basis, CASE WHEN figure.figure_year IS NOT NULL THEN 'reported_year' ELSE 'not_stated' END) AS basis,
  'stated_as_ai' AS revenue_scope, figure.told_as, figure.figure_start, figure.figure_end, figure.figure_low, figure.figure_high,
  figure.hedge, figure.attributed_to, figure.evidence, figure.figure_known_on
FROM company_figure AS figure
WHERE figure.measure = 'revenue' AND figure.figure_unit IN ('USD', 'USD/year') AND figure.figure_scope IN ('AI', 'AI business', 'generative AI')
UNION ALL
SELECT 'core_disclosure' AS figure_table, disclosure.row_id AS figure_row_id, disclosure.source_id AS figure_source,
  COALESCE(filer.filer_id, CONCAT_WS('', 'cik', disclosure.cik)) AS revenue_company,
  CASE WHEN disclosure.disclosure_kind = 'ai_run_rate' THEN 'run_rate_x12' ELSE 'as_filed' END AS basis,
  'stated_as_ai' AS revenue_scope, 'reported' AS told_as, CAST(NULL AS DATE) AS figure_start,
  disclosure.period_end AS figure_end, CAST(CAST(disclosure.value_low AS VARCHAR) AS DOUBLE) AS figure_low,
  CAST(CAST(disclosure.value_high AS VARCHAR) AS DOUBLE) AS figure_high, disclosure.hedge,
  CAST(NULL AS VARCHAR) AS attributed_to, disclosure.evidence, disclosure.known_on AS figure_known_on
FROM known_disclosure AS disclosure
LEFT JOIN (SELECT company_id AS filer_id, cik AS filer_cik FROM core_company WHERE cik IS NOT NULL) AS filer
  ON disclosure.cik = filer.filer_cik
WHERE disclosure.disclosure_kind IN ('ai_revenue', 'ai_run_rate') AND disclosure.figure_unit = 'USD';

-- step: ai_revenue_figure
SELECT ranked.*, CONCAT_WS(':', revenue_company, basis, figure_row_id) AS revenue_row_id, ranked.place = 1 AS is_latest
FROM (
  SELECT told.*, ROW_NUMBER() OVER (
      PARTITION BY told.revenue_company, told.basis
      ORDER BY told.holds_on DESC NULLS LAST, told.figure_known_on DESC NULLS LAST, told.figure_row_id DESC NULLS LAST
    ) AS place
  FROM (
    SELECT ai_revenue_told.*, COALESCE(figure_end, figure_known_on) AS holds_on FROM ai_revenue_told
  ) AS told
) AS ranked;

-- rows
SELECT figure.revenue_row_id AS row_id, figure.revenue_company AS company_id, figure.basis AS revenue_basis, figure.revenue_scope,
  figure.told_as, figure.figure_start AS period_start, figure.figure_end AS period_end, figure.figure_low AS ai_revenue_low_usd,
  figure.figure_high AS ai_revenue_high_usd, figure.hedge, figure.attributed_to, figure.evidence, figure.is_latest,
  publishes.is_second_hand, figure.figure_known_on AS known_on
FROM ai_revenue_figure AS figure
JOIN (SELECT source_id AS publishing_source, is_second_hand FROM core_source) AS publishes
  ON figure.figure_source = publishes.publishing_source;

-- lineage
SELECT revenue_row_id AS mart_row_id, figure_table AS input_table, figure_row_id AS input_row_id, 'figure' AS role
FROM ai_revenue_figure;
