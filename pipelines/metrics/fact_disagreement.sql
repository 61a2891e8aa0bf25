-- Grain: one fact of one filing that companyfacts and the filing's own document tell differently.
-- Formula: companyfacts is made from the documents, so each of its facts should stand in the document with
--   the same value. Of those that do not, the class is the first that fits: `missing_in_document`;
--   `nil_in_document`; `sign` (the same amount with the other sign); `scale` (a factor of 1,000, 1,000,000
--   or 1,000,000,000); `rounding` (no further apart than half a unit of the decimals that the document
--   states); `value`.
-- Units: that of the fact.
-- Inputs: known_xbrl_fact, core_company.
-- Caveats: only filings of which the document was read are compared. That the document says more (facts with
--   dimensions, facts of the filer's own taxonomy) is how it should be and makes no row. Companyfacts writes a
--   period of one day as an instant, so the two are not told apart here.

-- step: sourced_fact
SELECT row_id, source_id, cik, taxonomy, concept, unit, dimensions, period_start, period_end, period_days, value,
  decimals, accession_number, form_type, filed_date, known_on
FROM known_xbrl_fact;

-- step: disagreement_filing
-- A fact of each filing of which the document was read, to show that it was.
SELECT accession_number AS read_accession, MIN(row_id) AS witness_row_id, MIN(known_on) AS read_known_on
FROM sourced_fact
WHERE source_id = 'sec_filings'
GROUP BY accession_number;

-- step: disagreement_companyfacts
SELECT api.row_id, api.cik, api.taxonomy, api.concept, api.unit, api.dimensions, api.period_start, api.period_end,
  api.period_days, api.value, api.decimals, api.accession_number, api.form_type, api.filed_date, api.known_on,
  COALESCE(api.period_start, api.period_end) AS first_day,
  filing.witness_row_id, filing.read_known_on
FROM sourced_fact AS api
JOIN disagreement_filing AS filing ON api.accession_number = filing.read_accession
WHERE api.source_id <> 'sec_filings' AND api.value IS NOT NULL;

-- step: disagreement_candidate
SELECT api.*, document.document_row_id, document.document_value, document.document_decimals, document.document_known_on,
  CASE WHEN api.value = document.document_value THEN 1 ELSE 0 END AS is_equal
FROM disagreement_companyfacts AS api
LEFT JOIN (
  SELECT cik AS document_cik, accession_number AS document_accession, taxonomy AS document_taxonomy,
    concept AS document_concept, unit AS document_unit, COALESCE(period_start, period_end) AS document_first_day,
    period_end AS document_last_day, value AS document_value,
    decimals AS document_decimals, row_id AS document_row_id, known_on AS document_known_on
  FROM sourced_fact
  WHERE source_id = 'sec_filings' AND dimensions IS NULL
) AS document
  ON api.cik = document.document_cik AND api.accession_number = document.document_accession
  AND api.taxonomy = document.document_taxonomy AND api.concept = document.document_concept
  AND api.unit = document.document_unit AND api.first_day = document.document_first_day
  AND api.period_end = document.document_last_day;

-- step: disagreement_pair
-- Of a period of one day and an instant of that day the one that agrees.
SELECT *
FROM (
  SELECT disagreement_candidate.*,
    ROW_NUMBER() OVER (PARTITION BY row_id ORDER BY is_equal DESC NULLS LAST, document_row_id DESC NULLS LAST) AS choice
  FROM disagreement_candidate
) AS ranked
WHERE choice = 1;

-- step: stated_fact
-- The one place where facts that several sources carry become one: the document is the authority, and of
-- companyfacts counts what no document at hand has.
SELECT row_id, cik, taxonomy, concept, unit, dimensions, period_start, period_end, period_days, value, decimals,
  accession_number, form_type, filed_date, known_on
FROM sourced_fact
WHERE source_id = 'sec_filings' AND value IS NOT NULL
UNION ALL
SELECT row_id, cik, taxonomy, concept, unit, dimensions, period_start, period_end, period_days, value, decimals,
  accession_number, form_type, filed_date, known_on
FROM disagreement_pair
WHERE document_row_id IS NULL
UNION ALL
SELECT api.row_id, api.cik, api.taxonomy, api.concept, api.unit, api.dimensions, api.period_start, api.period_end,
  api.period_days, api.value, api.decimals, api.accession_number, api.form_type, api.filed_date, api.known_on
FROM sourced_fact AS api
LEFT JOIN disagreement_filing AS filing ON api.accession_number = filing.read_accession
WHERE api.source_id <> 'sec_filings' AND api.value IS NOT NULL AND filing.witness_row_id IS NULL;

-- step: reported_fact
-- What the other metrics read: values of the filer as a whole.
SELECT row_id, cik, taxonomy, concept, unit, period_start, period_end, period_days, value, decimals, accession_number,
  form_type, filed_date, known_on
FROM stated_fact
WHERE dimensions IS NULL;

-- step: disagreement_measured
SELECT disagreement_pair.*,
  CONCAT_WS(':', cik, accession_number, taxonomy, concept, unit, CAST(period_start AS VARCHAR), CAST(period_end AS VARCHAR)) AS pair_row_id,
  CAST(CAST(value AS VARCHAR) AS DOUBLE) AS companyfacts_amount,
  CAST(CAST(document_value AS VARCHAR) AS DOUBLE) AS document_amount,
  GREATEST(known_on, COALESCE(document_known_on, read_known_on)) AS told_on
FROM disagreement_pair;

-- step: disagreement_classed
SELECT disagreement_measured.*, companyfacts_amount - document_amount AS difference,
  CASE
    WHEN document_row_id IS NULL THEN 'missing_in_document'
    WHEN document_amount IS NULL THEN 'nil_in_document'
    WHEN companyfacts_amount = 0.0 - document_amount THEN 'sign'
    WHEN companyfacts_amount * 1000.0 = document_amount OR document_amount * 1000.0 = companyfacts_amount
      OR companyfacts_amount * 1000000.0 = document_amount OR document_amount * 1000000.0 = companyfacts_amount
      OR companyfacts_amount * 1000000000.0 = document_amount OR document_amount * 1000000000.0 = companyfacts_amount
      THEN 'scale'
    WHEN ABS(companyfacts_amount - document_amount)
      <= 0.5 * POWER(10.0, 0.0 - CAST(NULLIF(document_decimals, 'INF') AS DOUBLE)) THEN 'rounding'
    ELSE 'value'
  END AS disagreement
FROM disagreement_measured
WHERE document_amount IS NULL OR companyfacts_amount <> document_amount;

-- rows
SELECT classed.pair_row_id AS row_id, classed.cik, COALESCE(company.company_id, 'cik' || classed.cik) AS company_id,
  classed.taxonomy, classed.concept, classed.unit, classed.period_start, classed.period_end,
  classed.accession_number, classed.form_type, classed.filed_date, classed.value AS companyfacts_value,
  classed.document_value, classed.difference, classed.disagreement, classed.told_on AS known_on,
  classed.row_id AS companyfacts_row_id, classed.document_row_id
FROM disagreement_classed AS classed
LEFT JOIN (SELECT company_id, cik AS company_cik FROM core_company) AS company ON classed.cik = company.company_cik;

-- lineage
SELECT pair_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, row_id AS input_row_id, 'companyfacts' AS role
FROM disagreement_classed
UNION ALL
SELECT pair_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, document_row_id AS input_row_id, 'document' AS role
FROM disagreement_classed
WHERE document_row_id IS NOT NULL
UNION ALL
SELECT pair_row_id AS mart_row_id, 'core_xbrl_fact' AS input_table, witness_row_id AS input_row_id,
  'other_fact_of_document' AS role
FROM disagreement_classed
WHERE document_row_id IS NULL;
