-- Grain: one payment from one company to another, as one document tells it: who pays, who is paid, what for.
-- Formula: a round is paid by those who lead it, where they are named; a lab's spending on compute by the lab, to whom the
--   text says it pays; credits by the cloud that grants them. Names of watched companies are their `company_id`.
-- Units: whole units of the currency.
-- Inputs: company_figure, core_calendar, core_company_name, known_claim, mart_funding_round.
-- Caveats: several investors share one amount, which no text divides: the row has all of their names and the whole amount, and
--   no `payer_id`. Who is paid is absent where no text says it. What clouds pay the makers of GPUs no document names.
--   `flow_year` is the calendar year that a figure names; of a round it is that of the day on which its status was first told of.
--   Spending on a part of compute (inference alone, say) is left out.

-- step: money_flow
SELECT CONCAT_WS(':', 'round', round.row_id) AS flow_row_id, 'mart_funding_round' AS flow_table, round.row_id AS flow_input,
  CASE WHEN round.round_class = 'equity' THEN 'equity' WHEN round.round_class = 'debt' THEN 'debt' ELSE 'secondary' END AS flow_kind,
  round.lead_investors AS payer, investor.investor_id AS payer_id, round.company_name AS payee, round.company_key AS payee_id,
  day.flow_year, round.currency AS flow_currency, round.amount_low_stated AS flow_low,
  CASE WHEN round.amount_is_open THEN NULL ELSE round.amount_high_stated END AS flow_high, round.round_status AS flow_status,
  round.known_on AS flow_known_on
FROM (
  SELECT mart_funding_round.*, COALESCE(closed_on, rumoured_on, announced_on, in_talks_on, known_on) AS status_on FROM mart_funding_round
) AS round
JOIN (SELECT date AS told_day, year AS flow_year FROM core_calendar) AS day ON round.status_on = day.told_day
LEFT JOIN (SELECT known_as AS investor_name, company_id AS investor_id FROM core_company_name) AS investor
  ON round.lead_investors = investor.investor_name
WHERE round.lead_investors IS NOT NULL AND round.amount_low_stated IS NOT NULL
UNION ALL
SELECT CONCAT_WS(':', 'compute', figure.figure_row_id) AS flow_row_id, figure.figure_table AS flow_table,
  figure.figure_row_id AS flow_input, 'compute' AS flow_kind, figure.figure_company AS payer, figure.figure_company AS payer_id,
  figure.counterparty_key AS payee, figure.counterparty_key AS payee_id, figure.figure_year AS flow_year,
  figure.figure_unit AS flow_currency, figure.figure_low AS flow_low, figure.figure_high AS flow_high,
  figure.told_as AS flow_status, figure.figure_known_on AS flow_known_on
FROM company_figure AS figure
WHERE figure.measure = 'compute_spend' AND figure.figure_unit = 'USD' AND figure.figure_scope IS NULL
UNION ALL
SELECT CONCAT_WS(':', 'credits', claim.row_id) AS flow_row_id, 'core_claim' AS flow_table, claim.row_id AS flow_input,
  'credits' AS flow_kind, claim.company_key AS payer, claim.company_key AS payer_id, claim.counterparty_key AS payee,
  claim.counterparty_key AS payee_id, CAST(NULL AS BIGINT) AS flow_year, claim.claim_unit AS flow_currency,
  CAST(CAST(claim.value_low AS VARCHAR) AS DOUBLE) AS flow_low, CAST(CAST(claim.value_high AS VARCHAR) AS DOUBLE) AS flow_high,
  claim.claim_kind AS flow_status, claim.known_on AS flow_known_on
FROM known_claim AS claim
WHERE claim.measure = 'cloud_credits';

-- rows
SELECT flow_row_id AS row_id, flow_kind, payer, payer_id, payee, payee_id, flow_year, flow_currency AS currency, flow_low, flow_high,
  flow_status, flow_known_on AS known_on
FROM money_flow;

-- lineage
SELECT flow_row_id AS mart_row_id, flow_table AS input_table, flow_input AS input_row_id, 'told' AS role FROM money_flow;
