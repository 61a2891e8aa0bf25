-- Grain: one claim of one argument.
-- Formula: what the warehouse has on the claim's measure, company and period (`found_low` to `found_high`) against the claim. The
--   claim is widened by one percent, and by ten where it says about or nearly. `contradicted`: no value is in both. `supported`: the
--   found range lies in it, or, where no end of it is open, meets it. An open range that does neither decides nothing.
--   `inconsistent`: what the argument's own figures give contradicts it, and no witness of its own supports it; figures
--   that agree within an argument support only what it derives or supposes, and arithmetic that is shown beside a figure that figure; what
--   a figure known otherwise gives with one of the argument's own counts as a witness. `not_checkable`: nothing decides, and
--   `verdict_reason` says why. `verdict` uses what was known when the argument was published, `verdict_with_hindsight` all that is
--   known on the day of the snapshot. Of several witnesses of one kind the one that contradicts or supports comes first.
-- Units: those of the claim.
-- Inputs: anchor_gpu, company_figure, core_calendar, core_company_name, figure_year, gpu_listing, known_claim,
--   known_claim_subject, known_funding_digest, known_funding_round, known_seat_price, mart_anchor_gpu_discount,
--   mart_capex_to_ai_revenue, mart_funding_round, mart_token_price_history, mart_unit_economics, round_mention,
--   seat_base.
-- Caveats: a verdict is on the figure, not on what the argument concludes. Sums of rounds are a low end: not every round is known. Prices of
--   tokens and seats are witnessed from the first reading of a list on, which may be after the claim: they then count with
--   hindsight alone. Whoever wrote the claim down gave the days of its period, and the arithmetic of figures beside it.

-- step: check_claim
SELECT row_id AS claim_row_id, claim_id, source_id AS claim_source, argument_url, subject, company_key AS claim_company, measure, claim_unit, claim_kind,
  hedge, attributed_to, period_text, period_start, period_end, checkable_from, passage, known_issue, known_on AS claim_known_on,
  CAST(CAST(value_low AS VARCHAR) AS DOUBLE) AS claim_low, CAST(CAST(value_high AS VARCHAR) AS DOUBLE) AS claim_high,
  CAST(CAST(value_low AS VARCHAR) AS DOUBLE)
    - ABS(CAST(CAST(value_low AS VARCHAR) AS DOUBLE)) * CASE WHEN hedge = 'about' OR hedge = 'nearly' THEN 0.1 ELSE 0.01 END AS least_claimed,
  CAST(CAST(value_high AS VARCHAR) AS DOUBLE)
    + ABS(CAST(CAST(value_high AS VARCHAR) AS DOUBLE)) * CASE WHEN hedge = 'about' OR hedge = 'nearly' THEN 0.1 ELSE 0.01 END AS most_claimed,
  CAST(CAST(arithmetic_low AS VARCHAR) AS DOUBLE) AS follows_low, CAST(CAST(arithmetic_high AS VARCHAR) AS DOUBLE) AS follows_high
FROM known_claim;

-- step: check_round
-- Mentions of rounds within the claim's period, told in passing only where no other day is named: what was sought is checked against talks, not against
-- the close. What all rounds that closed add up to.
SELECT claim.claim_row_id AS checked_claim, 'mentions of the round' AS found_by, FALSE AS is_own, 'range' AS how,
  CASE WHEN claim.measure = 'valuation' THEN mention.worth_low ELSE mention.low END AS part_low,
  CASE WHEN claim.measure = 'valuation' THEN mention.worth_high ELSE mention.high END AS part_high,
  mention.told_on AS part_known_on, 'core_funding_round' AS part_table, mention.mention_row_id AS part_row_id
FROM check_claim AS claim
JOIN (
  SELECT placed.company_key, placed.mention_row_id, placed.low, placed.high, placed.worth_low, placed.worth_high, placed.currency,
    placed.valuation_currency, placed.round_class, placed.round_status, placed.told_on, dated.is_of_other_day
  FROM round_mention AS placed
  JOIN (
    SELECT row_id AS dated_row_id, mention_role = 'background' AND round_date IS NOT NULL AS is_of_other_day FROM known_funding_round
  ) AS dated
    ON placed.mention_row_id = dated.dated_row_id
) AS mention
  ON claim.claim_company = mention.company_key
WHERE ((claim.measure = 'valuation' AND mention.valuation_currency = 'USD' AND mention.worth_low IS NOT NULL)
    OR (claim.measure = 'round_amount' AND mention.currency = 'USD' AND mention.round_class = 'equity' AND mention.low IS NOT NULL)
    OR (claim.measure = 'debt_amount' AND mention.currency = 'USD' AND mention.round_class = 'debt' AND mention.low IS NOT NULL))
  AND NOT mention.is_of_other_day AND mention.told_on <= claim.period_end AND mention.told_on >= claim.period_start
  AND (claim.claim_kind <> 'in_talks' OR mention.round_status <> 'closed')
UNION ALL
SELECT claim.claim_row_id AS checked_claim, 'rounds known to have closed' AS found_by, FALSE AS is_own, 'sum' AS how,
  round.amount_low_stated AS part_low, CAST(NULL AS DOUBLE) AS part_high, round.known_on AS part_known_on,
  'mart_funding_round' AS part_table, round.row_id AS part_row_id
FROM check_claim AS claim
JOIN mart_funding_round AS round ON claim.claim_company = round.company_key
WHERE claim.measure = 'total_raised' AND round.round_status = 'closed' AND round.round_class = 'equity' AND round.currency = 'USD'
  AND round.amount_low_stated IS NOT NULL AND round.closed_on <= claim.claim_known_on;

-- step: check_digest
-- A digest's own figures, and what it says of the period before.
SELECT claim.claim_row_id AS checked_claim, 'digest of the period' AS found_by, FALSE AS is_own, 'range' AS how,
  CASE WHEN claim.measure = 'financing_events' THEN CAST(digest.deals AS DOUBLE) ELSE CAST(CAST(digest.amount_low AS VARCHAR) AS DOUBLE) END AS part_low,
  CASE WHEN claim.measure = 'financing_events' THEN CAST(digest.deals AS DOUBLE) ELSE CAST(CAST(digest.amount_high AS VARCHAR) AS DOUBLE) END AS part_high,
  digest.known_on AS part_known_on, 'core_funding_digest' AS part_table, digest.row_id AS part_row_id
FROM check_claim AS claim
JOIN known_funding_digest AS digest ON claim.period_start = digest.period_start AND claim.period_end = digest.period_end
WHERE claim.attributed_to = digest.publisher AND (claim.measure = 'financing_events' OR (claim.measure = 'disclosed_total' AND claim.claim_unit = digest.currency))
UNION ALL
SELECT claim.claim_row_id AS checked_claim, 'digest of the period after' AS found_by, FALSE AS is_own, 'range' AS how,
  CASE WHEN claim.measure = 'financing_events' THEN CAST(digest.previous_deals AS DOUBLE) ELSE CAST(CAST(digest.previous_amount AS VARCHAR) AS DOUBLE) END AS part_low,
  CASE WHEN claim.measure = 'financing_events' THEN CAST(digest.previous_deals AS DOUBLE) ELSE CAST(CAST(digest.previous_amount AS VARCHAR) AS DOUBLE) END AS part_high,
  digest.known_on AS part_known_on, 'core_funding_digest' AS part_table, digest.row_id AS part_row_id
FROM check_claim AS claim
JOIN (SELECT date AS last_day, next_date AS day_after FROM core_calendar) AS after ON claim.period_end = after.last_day
JOIN known_funding_digest AS digest ON after.day_after = digest.period_start
WHERE claim.attributed_to = digest.publisher AND (claim.measure = 'financing_events' OR (claim.measure = 'disclosed_total' AND claim.claim_unit = digest.currency));

-- step: check_capex_subject
-- The companies that a claim on spending since November 2022 adds up.
SELECT claim.claim_row_id AS subject_of, claim.claim_known_on AS subject_known_on, claim.measure AS subject_measure,
  claim.period_end AS subject_until, named.subject_company, named.subject_row_id
FROM check_claim AS claim
JOIN (
  SELECT claim_id AS subject_claim, company_key AS subject_company, row_id AS subject_row_id FROM known_claim_subject
) AS named
  ON claim.claim_id = named.subject_claim
JOIN (SELECT date AS began_on, calendar_quarter AS began_quarter FROM core_calendar) AS began ON claim.period_start = began.began_on
WHERE claim.measure IN ('capex', 'capex_plus_investments') AND began.began_quarter = '2022Q4';

-- step: check_capex_part
-- Of each company what was spent until the last quarter that had been filed, once by what was known then, once by what is known now.
-- What ends before the period does, is a part of what is claimed, or is not known of a company leaves the high end open.
SELECT ranked.subject_of, ranked.found_by AS part_found_by, ranked.part_low, ranked.part_high, ranked.part_row_id,
  COALESCE(ranked.part_known_on, ranked.subject_known_on) AS company_known_on
FROM (
  SELECT told.*,
    ROW_NUMBER() OVER (
      PARTITION BY told.subject_of, told.found_by, told.subject_company ORDER BY told.spent_end DESC NULLS LAST, told.part_row_id DESC NULLS LAST
    ) AS place
  FROM (
    SELECT subject.subject_of, subject.subject_known_on, subject.subject_company, 'capital expenditure as known then' AS found_by,
      spent.spent_low AS part_low, spent.spent_end, spent.spent_known_on AS part_known_on, spent.spent_row_id AS part_row_id,
      CASE WHEN subject.subject_measure = 'capex' AND spent.spent_end >= subject.subject_until THEN spent.spent_high END AS part_high
    FROM check_capex_subject AS subject
    LEFT JOIN (
      SELECT row_id AS spent_row_id, company_id AS spent_company, capex_low_usd AS spent_low, capex_high_usd AS spent_high, period_end AS spent_end,
        known_on AS spent_known_on
      FROM mart_capex_to_ai_revenue
      WHERE window_kind = 'since_2022_11_30' AND capex_kind = 'total' AND consolidation = 'gross'
    ) AS spent
      ON subject.subject_company = spent.spent_company AND spent.spent_end <= subject.subject_until AND spent.spent_known_on <= subject.subject_known_on
    UNION ALL
    SELECT subject.subject_of, subject.subject_known_on, subject.subject_company, 'capital expenditure as known now' AS found_by,
      spent.spent_low AS part_low, spent.spent_end, spent.spent_known_on AS part_known_on, spent.spent_row_id AS part_row_id,
      CASE WHEN subject.subject_measure = 'capex' AND spent.spent_end >= subject.subject_until THEN spent.spent_high END AS part_high
    FROM check_capex_subject AS subject
    LEFT JOIN (
      SELECT row_id AS spent_row_id, company_id AS spent_company, capex_low_usd AS spent_low, capex_high_usd AS spent_high, period_end AS spent_end,
        known_on AS spent_known_on
      FROM mart_capex_to_ai_revenue
      WHERE window_kind = 'since_2022_11_30' AND capex_kind = 'total' AND consolidation = 'gross'
    ) AS spent
      ON subject.subject_company = spent.spent_company AND spent.spent_end <= subject.subject_until
  ) AS told
) AS ranked
WHERE ranked.place = 1;

-- step: check_capex
-- A sum is known when the last of its parts is.
SELECT part.subject_of AS checked_claim, part.part_found_by AS found_by, FALSE AS is_own, 'sum' AS how, part.part_low, part.part_high,
  summed.sum_known_on AS part_known_on, 'mart_capex_to_ai_revenue' AS part_table, part.part_row_id
FROM check_capex_part AS part
JOIN (
  SELECT subject_of AS sum_of, part_found_by AS sum_found_by, MAX(company_known_on) AS sum_known_on
  FROM check_capex_part
  GROUP BY subject_of, part_found_by
) AS summed
  ON part.subject_of = summed.sum_of AND part.part_found_by = summed.sum_found_by;

-- step: check_price
-- Seats and conversations as listed; prices of tokens that were in force when the argument was published, or first seen later; a cloud's list of the GPU that is assumed.
SELECT claim.claim_row_id AS checked_claim, 'list price' AS found_by, FALSE AS is_own, 'range' AS how, seat.amount AS part_low, seat.amount AS part_high,
  seat.known_on AS part_known_on, 'core_seat_price' AS part_table, seat.row_id AS part_row_id
FROM check_claim AS claim
JOIN (
  SELECT listed.row_id, names.seat_product, listed.listed_unit, listed.amount, listed.known_on
  FROM (
    SELECT row_id, vendor AS listed_vendor, product AS listed_product, known_on,
      CASE WHEN seat_unit = 'user_month' THEN 'USD/user/month' WHEN seat_unit = 'conversation' THEN 'USD/conversation' ELSE seat_unit END AS listed_unit,
      CAST(CAST(price AS VARCHAR) AS DOUBLE) AS amount
    FROM known_seat_price
    WHERE NOT is_withdrawn AND currency = 'USD' AND price_kind = 'list' AND price IS NOT NULL
  ) AS listed
  JOIN (
    SELECT vendor AS named_vendor, product AS named_product, REPLACE(product, ' ', '') AS seat_product FROM known_seat_price
    UNION
    SELECT vendor AS named_vendor, product AS named_product, CONCAT_WS('', vendor, REPLACE(product, ' ', '')) AS seat_product FROM known_seat_price
  ) AS names
    ON listed.listed_vendor = names.named_vendor AND listed.listed_product = names.named_product
) AS seat
  ON claim.claim_company = seat.seat_product AND claim.claim_unit = seat.listed_unit
WHERE claim.measure = 'price'
UNION ALL
SELECT claim.claim_row_id AS checked_claim, 'list price' AS found_by, FALSE AS is_own, 'range' AS how, token.price_per_million_tokens AS part_low,
  token.price_per_million_tokens AS part_high, token.known_on AS part_known_on, 'mart_token_price_history' AS part_table, token.row_id AS part_row_id
FROM check_claim AS claim
JOIN (
  SELECT row_id, model_id, CONCAT_WS('_', meter, 'price') AS token_measure, price_per_million_tokens, known_on, valid_until
  FROM mart_token_price_history
  WHERE modality IN ('text', 'any') AND service_tier = 'standard' AND price_kind = 'list' AND currency = 'USD' AND vendor = provider
) AS token
  ON claim.subject = token.model_id AND claim.measure = token.token_measure
WHERE token.valid_until IS NULL OR token.valid_until > claim.claim_known_on
UNION ALL
SELECT claim.claim_row_id AS checked_claim, 'list price' AS found_by, FALSE AS is_own, 'range' AS how, offer.amount AS part_low,
  offer.amount AS part_high, offer.known_on AS part_known_on, 'core_gpu_price' AS part_table, offer.row_id AS part_row_id
FROM check_claim AS claim
JOIN (SELECT DISTINCT claim_row_id AS seller_claim, counterparty_key AS seller FROM (SELECT row_id AS claim_row_id, counterparty_key FROM known_claim) AS named) AS sold
  ON claim.claim_row_id = sold.seller_claim
JOIN (SELECT company_id AS seller_id, LOWER(known_as) AS seller_name FROM core_company_name) AS named ON sold.seller = named.seller_id
JOIN gpu_listing AS offer ON named.seller_name = offer.provider
JOIN (SELECT DISTINCT assumed_gpu FROM anchor_gpu) AS assumed ON offer.gpu_model = assumed.assumed_gpu
WHERE claim.measure = 'gpu_hour_price_list' AND NOT offer.is_withdrawn AND offer.term = 'on_demand' AND offer.price_kind = 'list'
  AND offer.currency = 'USD' AND offer.billed_scope <> 'gpu_only' AND offer.operating_system <> 'windows' AND offer.known_on <= claim.claim_known_on
  AND (offer.next_known_on IS NULL OR offer.next_known_on > claim.claim_known_on);

-- step: check_model_ratio
-- The price that the argument names for the first model over the list prices of those it is compared with.
SELECT claim.claim_row_id AS checked_claim, 'claimed price over list prices' AS found_by, FALSE AS is_own, 'range' AS how,
  above.above_low / NULLIF(below.price_per_million_tokens, 0.0) AS part_low, above.above_high / NULLIF(below.price_per_million_tokens, 0.0) AS part_high,
  below.known_on AS part_known_on, 'mart_token_price_history' AS part_table, below.row_id AS part_row_id, above.above_row_id
FROM check_claim AS claim
JOIN (SELECT claim_id AS first_claim, subject AS first_model FROM known_claim_subject WHERE subject_number = 1) AS first
  ON claim.claim_id = first.first_claim
JOIN (SELECT claim_id AS other_claim, subject AS other_model FROM known_claim_subject WHERE subject_number > 1) AS other
  ON claim.claim_id = other.other_claim
JOIN (
  SELECT claim_row_id AS above_row_id, argument_url AS above_argument, subject AS above_model, CONCAT_WS('_', measure, 'multiple') AS above_measure,
    claim_low AS above_low, claim_high AS above_high
  FROM check_claim
  WHERE measure IN ('input_price', 'output_price')
) AS above
  ON claim.argument_url = above.above_argument AND first.first_model = above.above_model AND claim.measure = above.above_measure
JOIN (
  SELECT row_id, model_id, CONCAT_WS('_', meter, 'price_multiple') AS below_measure, price_per_million_tokens, known_on, valid_until
  FROM mart_token_price_history
  WHERE modality IN ('text', 'any') AND service_tier = 'standard' AND price_kind = 'list' AND currency = 'USD' AND vendor = provider
) AS below
  ON other.other_model = below.model_id AND claim.measure = below.below_measure
WHERE below.known_on <= claim.claim_known_on AND (below.valid_until IS NULL OR below.valid_until > claim.claim_known_on);

-- step: check_press
-- The same measure of the same company and year, or of the same product, as the press or a filing has it.
SELECT claim.claim_row_id AS checked_claim, 'figure of the same year' AS found_by, FALSE AS is_own, 'range' AS how, figure.figure_low AS part_low,
  figure.figure_high AS part_high, figure.figure_known_on AS part_known_on, figure.figure_table AS part_table, figure.figure_row_id AS part_row_id
FROM check_claim AS claim
JOIN (SELECT calendar_year, year_text FROM figure_year) AS named ON claim.period_text = named.year_text
JOIN (
  SELECT figure_company, measure AS figure_measure, figure_year, figure_low, figure_high, figure_known_on, figure_table, figure_row_id
  FROM company_figure
  WHERE figure_table = 'core_reported_metric' AND figure_scope IS NULL AND figure_unit = 'USD'
    AND (measure <> 'revenue' OR told_basis = 'reported_year')
) AS figure
  ON claim.claim_company = figure.figure_company AND claim.measure = figure.figure_measure AND named.calendar_year = figure.figure_year
WHERE claim.claim_unit = 'USD' OR claim.claim_unit = 'USD/year'
UNION ALL
SELECT claim.claim_row_id AS checked_claim, 'figure of the same product' AS found_by, FALSE AS is_own, 'range' AS how, figure.figure_low AS part_low,
  figure.figure_high AS part_high, figure.figure_known_on AS part_known_on, figure.figure_table AS part_table, figure.figure_row_id AS part_row_id
FROM check_claim AS claim
JOIN (
  SELECT REPLACE(LOWER(figure_scope), ' ', '') AS figure_product, measure AS figure_measure, figure_low, figure_high, figure_known_on, figure_table, figure_row_id
  FROM company_figure
  WHERE figure_table = 'core_reported_metric' AND measure = 'users' AND figure_scope IS NOT NULL
) AS figure
  ON claim.claim_company = figure.figure_product AND claim.measure = figure.figure_measure;

-- step: check_share
-- Users who pay = users it is sold to x share that pays: what each two of them give for the third, with the users told by the
-- argument (own figures) and with those that others tell.
SELECT base.figure_row_id AS base_figure, base.figure_table AS base_table, share.figure_row_id AS share_figure, paying.figure_row_id AS paying_figure,
  product.base_row_id AS seat_assumption, base.is_told_by_argument, base.figure_low AS base_low, base.figure_high AS base_high, share.figure_low AS share_low, share.figure_high AS share_high,
  paying.figure_low AS paying_low, paying.figure_high AS paying_high, base.figure_known_on AS base_known_on
FROM seat_base AS product
JOIN (
  SELECT figure_row_id, figure_table, figure_low, figure_high, figure_known_on, figure_table = 'core_claim' AS is_told_by_argument,
    REPLACE(LOWER(COALESCE(figure_scope, figure_company)), ' ', '') AS base_of
  FROM company_figure
  WHERE measure = 'users'
) AS base
  ON product.base_product = base.base_of
JOIN (
  SELECT figure_row_id, figure_company AS share_of, figure_low, figure_high FROM company_figure
  WHERE measure = 'paid_penetration' AND figure_table = 'core_claim'
) AS share
  ON product.seat_product = share.share_of
JOIN (
  SELECT figure_row_id, figure_company AS paying_of, figure_low, figure_high FROM company_figure
  WHERE measure = 'users' AND figure_table = 'core_claim'
) AS paying
  ON product.seat_product = paying.paying_of;

-- step: check_own
-- What the argument's own figures give.
SELECT claim.claim_row_id AS checked_claim, 'compute at what others pay' AS found_by, TRUE AS is_own, 'range' AS how,
  lab.compute_at_list_low_usd AS part_low, lab.compute_at_list_high_usd AS part_high, lab.known_on AS part_known_on,
  'mart_unit_economics' AS part_table, lab.row_id AS part_row_id
FROM check_claim AS claim
JOIN mart_unit_economics AS lab ON claim.claim_company = lab.company_id
WHERE claim.measure = 'compute_spend_without_discount' AND lab.compute_at_list_low_usd IS NOT NULL
UNION ALL
SELECT claim.claim_row_id AS checked_claim, 'what others pay over the price paid' AS found_by, TRUE AS is_own, 'range' AS how,
  discount.least_per_gpu_hour / NULLIF(discount.paid_high_per_gpu_hour, 0.0) AS part_low,
  discount.highest_per_gpu_hour / NULLIF(discount.paid_low_per_gpu_hour, 0.0) AS part_high, discount.known_on AS part_known_on,
  'mart_anchor_gpu_discount' AS part_table, discount.row_id AS part_row_id
FROM check_claim AS claim
JOIN mart_anchor_gpu_discount AS discount ON claim.claim_company = discount.buyer_id
WHERE claim.measure = 'gpu_price_discount_multiple' AND discount.reference = 'stated_by_source'
UNION ALL
SELECT claim_row_id AS checked_claim, 'arithmetic of figures beside it' AS found_by, TRUE AS is_own, 'range' AS how, follows_low AS part_low,
  follows_high AS part_high, claim_known_on AS part_known_on, 'core_claim' AS part_table, claim_row_id AS part_row_id
FROM check_claim
WHERE follows_low IS NOT NULL
UNION ALL
SELECT claim.claim_row_id AS checked_claim, 'the same figure elsewhere in the argument' AS found_by, TRUE AS is_own, 'range' AS how,
  other.other_low AS part_low, other.other_high AS part_high, claim.claim_known_on AS part_known_on, 'core_claim' AS part_table,
  other.other_row_id AS part_row_id
FROM check_claim AS claim
JOIN (
  SELECT claim_row_id AS other_row_id, argument_url AS other_argument, claim_company AS other_company, measure AS other_measure,
    period_text AS other_period, claim_low AS other_low, claim_high AS other_high
  FROM check_claim
  WHERE claim_kind IN ('fact', 'forecast', 'estimate')
) AS other
  ON claim.argument_url = other.other_argument AND claim.claim_company = other.other_company AND claim.measure = other.other_measure
  AND claim.period_text = other.other_period
WHERE claim.claim_kind IN ('hypothetical', 'derived')
UNION ALL
SELECT base_figure AS checked_claim, 'users who pay over the share that pays' AS found_by, TRUE AS is_own, 'range' AS how,
  paying_low / NULLIF(share_high, 0.0) AS part_low, paying_high / NULLIF(share_low, 0.0) AS part_high, base_known_on AS part_known_on,
  'core_claim' AS part_table, share_figure AS part_row_id
FROM check_share
WHERE is_told_by_argument
UNION ALL
SELECT share_figure AS checked_claim, CASE WHEN is_told_by_argument THEN 'users who pay over users told' ELSE 'users who pay over users known' END AS found_by,
  is_told_by_argument AS is_own, 'range' AS how, paying_low / NULLIF(base_high, 0.0) AS part_low, paying_high / NULLIF(base_low, 0.0) AS part_high,
  base_known_on AS part_known_on, base_table AS part_table, base_figure AS part_row_id
FROM check_share
UNION ALL
SELECT paying_figure AS checked_claim, CASE WHEN is_told_by_argument THEN 'share that pays of users told' ELSE 'share that pays of users known' END AS found_by,
  is_told_by_argument AS is_own, 'range' AS how, base_low * share_low AS part_low, base_high * share_high AS part_high,
  base_known_on AS part_known_on, base_table AS part_table, base_figure AS part_row_id
FROM check_share;

-- step: check_part
SELECT checked_claim, found_by, is_own, how, part_low, part_high, part_known_on, part_table, part_row_id FROM check_round
UNION ALL
SELECT checked_claim, found_by, is_own, how, part_low, part_high, part_known_on, part_table, part_row_id FROM check_digest
UNION ALL
SELECT checked_claim, found_by, is_own, how, part_low, part_high, part_known_on, part_table, part_row_id FROM check_capex
UNION ALL
SELECT checked_claim, found_by, is_own, how, part_low, part_high, part_known_on, part_table, part_row_id FROM check_price
UNION ALL
SELECT checked_claim, found_by, is_own, how, part_low, part_high, part_known_on, part_table, part_row_id FROM check_model_ratio
UNION ALL
SELECT checked_claim, found_by, is_own, how, part_low, part_high, part_known_on, part_table, part_row_id FROM check_press
UNION ALL
SELECT checked_claim, found_by, is_own, how, part_low, part_high, part_known_on, part_table, part_row_id FROM check_own;

-- step: check_witness
-- The parts put together, once of those known when the argument was published, once of all.
SELECT witness_claim, knowledge, found_by, is_own,
  CASE WHEN how = 'sum' THEN low_sum WHEN lows < parts THEN NULL ELSE least END AS found_low,
  CASE WHEN highs < parts THEN NULL WHEN how = 'sum' THEN high_sum ELSE highest END AS found_high, witness_known_on
FROM (
  SELECT part.checked_claim AS witness_claim, part.knowledge, part.found_by, part.is_own, part.how, COUNT(*) AS parts,
    COUNT(part.part_low) AS lows, COUNT(part.part_high) AS highs, SUM(part.part_low) AS low_sum, SUM(part.part_high) AS high_sum,
    MIN(part.part_low) AS least, MAX(part.part_high) AS highest, MAX(part.part_known_on) AS witness_known_on
  FROM (
    SELECT check_part.*, 'hindsight' AS knowledge FROM check_part
    UNION ALL
    SELECT told.*, 'then' AS knowledge
    FROM check_part AS told
    JOIN (SELECT claim_row_id AS then_claim, claim_known_on AS then_known_on FROM check_claim) AS claimed ON told.checked_claim = claimed.then_claim
    WHERE told.part_known_on <= claimed.then_known_on
  ) AS part
  GROUP BY part.checked_claim, part.knowledge, part.found_by, part.is_own, part.how
) AS summed;

-- step: check_judged
SELECT claim.claim_row_id AS judged_claim, witness.knowledge, witness.found_by, witness.is_own, witness.found_low, witness.found_high, witness.witness_known_on,
  CASE
    WHEN witness.found_high < claim.least_claimed OR witness.found_low > claim.most_claimed THEN 'contradicts'
    WHEN witness.is_own AND claim.claim_kind IN ('forecast', 'estimate', 'in_talks') THEN 'does_not_decide'
    WHEN witness.is_own AND claim.claim_kind = 'fact' AND witness.found_by <> 'arithmetic of figures beside it' THEN 'does_not_decide'
    WHEN witness.found_low IS NOT NULL AND witness.found_high IS NOT NULL THEN 'supports'
    WHEN (claim.claim_low IS NULL OR witness.found_low >= claim.least_claimed) AND (claim.claim_high IS NULL OR witness.found_high <= claim.most_claimed)
      THEN 'supports'
    ELSE 'does_not_decide'
  END AS says
FROM check_claim AS claim
JOIN check_witness AS witness ON claim.claim_row_id = witness.witness_claim;

-- step: check_chosen
-- The witness that decides: one of its own before the argument's figures, one that supports before one that contradicts.
SELECT judged_claim, knowledge, found_by, is_own, found_low, found_high, witness_known_on, says
FROM (
  SELECT check_judged.*,
    ROW_NUMBER() OVER (PARTITION BY judged_claim, knowledge ORDER BY says_rank NULLS LAST, found_by NULLS LAST) AS place
  FROM (
    SELECT check_judged.*,
      CASE
        WHEN says = 'supports' AND NOT is_own THEN 1
        WHEN says = 'contradicts' AND is_own THEN 2
        WHEN says = 'contradicts' THEN 3
        WHEN says = 'supports' THEN 4
        ELSE 5
      END AS says_rank
    FROM check_judged
  ) AS check_judged
) AS ranked
WHERE place = 1;

-- step: check_verdict
SELECT claim.*, told.found_by, told.found_low, told.found_high, told.witness_known_on, hind.hindsight_found_by, hind.hindsight_low, hind.hindsight_high,
  hind.hindsight_known_on,
  CASE WHEN told.says = 'supports' THEN 'supported' WHEN told.says = 'contradicts' AND told.is_own THEN 'inconsistent'
    WHEN told.says = 'contradicts' THEN 'contradicted' ELSE 'not_checkable' END AS verdict,
  CASE WHEN hind.hindsight_says = 'supports' THEN 'supported' WHEN hind.hindsight_says = 'contradicts' AND hind.hindsight_own THEN 'inconsistent'
    WHEN hind.hindsight_says = 'contradicts' THEN 'contradicted' ELSE 'not_checkable' END AS verdict_with_hindsight,
  CASE
    WHEN told.says IN ('supports', 'contradicts') THEN NULL
    WHEN told.says IS NOT NULL THEN 'open_range_does_not_decide'
    WHEN claim.checkable_from = 'not_checkable' THEN 'nothing_public_can_settle_it'
    WHEN claim.checkable_from = 'media_report_only' THEN 'press_report_alone'
    WHEN hind.hindsight_says IS NOT NULL THEN 'known_only_later'
    ELSE 'nothing_known_of_it'
  END AS verdict_reason
FROM check_claim AS claim
LEFT JOIN (SELECT judged_claim AS told_claim, found_by, is_own, found_low, found_high, witness_known_on, says FROM check_chosen WHERE knowledge = 'then') AS told
  ON claim.claim_row_id = told.told_claim
LEFT JOIN (
  SELECT judged_claim AS hind_claim, found_by AS hindsight_found_by, is_own AS hindsight_own, found_low AS hindsight_low, found_high AS hindsight_high,
    witness_known_on AS hindsight_known_on, says AS hindsight_says
  FROM check_chosen WHERE knowledge = 'hindsight'
) AS hind
  ON claim.claim_row_id = hind.hind_claim;

-- rows
SELECT claim_id AS row_id, argument_url, subject, measure, claim_low, claim_high, hedge, claim_unit, period_text, claim_kind, checkable_from, verdict,
  verdict_reason, found_by, found_low, found_high, verdict_with_hindsight, hindsight_found_by, hindsight_low AS hindsight_found_low,
  hindsight_high AS hindsight_found_high, passage, known_issue,
  GREATEST(claim_known_on, COALESCE(witness_known_on, claim_known_on), COALESCE(hindsight_known_on, claim_known_on)) AS known_on
FROM check_verdict;

-- lineage
SELECT claim_id AS mart_row_id, 'core_claim' AS input_table, claim_row_id AS input_row_id, 'claim' AS role FROM check_claim
UNION ALL
SELECT DISTINCT claim.claim_id AS mart_row_id, part.part_table AS input_table, part.part_row_id AS input_row_id,
  CASE WHEN part.is_own THEN 'own_figure' ELSE 'witness' END AS role
FROM check_claim AS claim
JOIN check_part AS part ON claim.claim_row_id = part.checked_claim
WHERE part.part_row_id IS NOT NULL
UNION ALL
SELECT claim.claim_id AS mart_row_id, 'core_claim_subject' AS input_table, about.about_row_id AS input_row_id, 'subject' AS role
FROM check_claim AS claim
JOIN (SELECT claim_id AS about_claim, row_id AS about_row_id FROM known_claim_subject) AS about ON claim.claim_id = about.about_claim
UNION ALL
SELECT DISTINCT claim.claim_id AS mart_row_id, 'core_assumption' AS input_table, assumed.gpu_assumption_id AS input_row_id, 'gpu' AS role
FROM check_claim AS claim
CROSS JOIN anchor_gpu AS assumed
WHERE claim.measure = 'gpu_hour_price_list'
UNION ALL
SELECT DISTINCT claim.claim_id AS mart_row_id, 'core_assumption' AS input_table, share.seat_assumption AS input_row_id, 'seat_base' AS role
FROM check_claim AS claim
JOIN (
  SELECT base_figure AS shared_figure, seat_assumption FROM check_share
  UNION
  SELECT share_figure AS shared_figure, seat_assumption FROM check_share
  UNION
  SELECT paying_figure AS shared_figure, seat_assumption FROM check_share
) AS share
  ON claim.claim_row_id = share.shared_figure
UNION ALL
SELECT DISTINCT claim.claim_id AS mart_row_id, 'core_claim' AS input_table, ratio.above_row_id AS input_row_id, 'own_price' AS role
FROM check_claim AS claim
JOIN check_model_ratio AS ratio ON claim.claim_row_id = ratio.checked_claim
UNION ALL
SELECT DISTINCT claim.claim_id AS mart_row_id, 'core_claim' AS input_table, share.share_figure AS input_row_id, 'own_share' AS role
FROM check_claim AS claim
JOIN check_share AS share ON claim.claim_row_id = share.paying_figure
UNION ALL
SELECT DISTINCT claim.claim_id AS mart_row_id, 'core_claim' AS input_table, share.paying_figure AS input_row_id, 'own_users_who_pay' AS role
FROM check_claim AS claim
JOIN check_share AS share ON claim.claim_row_id = share.share_figure
UNION ALL
SELECT DISTINCT claim.claim_id AS mart_row_id, 'core_claim' AS input_table, share.paying_figure AS input_row_id, 'own_users_who_pay' AS role
FROM check_claim AS claim
JOIN check_share AS share ON claim.claim_row_id = share.base_figure;
