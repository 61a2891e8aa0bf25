-- Grain: one round of one company.
-- Formula: mentions are put together by company and class (equity, debt, secondary with tenders). In order of days, a
--   headline mention begins another round where (1) it is the first; (2) nothing was told of the company for 180 days;
--   (3) it names another stage (seed, Series A …) than the last mention that named one; (4) the last mention told of a
--   close and this one, more than 30 days later, of talks or an announcement; (5) it and the last mention both tell of
--   a close, and its amount and the one closed before in the same currency differ by more than a quarter of the larger,
--   unless both name one stage. A mention in passing belongs to the round of that company and class whose amount (within two
--   percent) or stage it tells, the nearest before it; those that fit none are a round of their own by stage and amount.
--   What is told in passing without a day as still in talks or announced counts as a headline.
--   `round_status` is the furthest: closed, rumoured, announced, in_talks. Amount and valuation are those of mentions of
--   that status: from the lowest to the highest stated. They differ where one's low end is more than two percent above
--   another's high end: no figure is what both say. What was said in talks stands beside it.
-- Units: whole units of the currency, which is the one most mentions use; other currencies are left out of the range.
-- Inputs: known_funding_round, known_article, core_calendar, core_source.
-- Caveats: pooled funds and shares issued in mergers are no rounds (Form D tells them apart; texts on fund closes give
--   no mention). Copies of a text share the hash of its first words, and an item of a feed the
--   address of its article; the number of independent texts counts each once.
--   Two rounds of one unnamed stage within 30 days are told apart by their amounts alone.

-- step: round_mention
SELECT mention.row_id AS mention_row_id, mention.mention_id, mention.source_id AS mention_source, mention.company_key,
  mention.company_name, mention.round_kind, mention.round_status, mention.currency,
  CASE
    WHEN mention.mention_role = 'background' AND (mention.round_date IS NOT NULL OR mention.round_status = 'closed'
      OR mention.round_status = 'rumoured') THEN 'background'
    ELSE 'headline'
  END AS mention_role,
  mention.valuation_currency, mention.valuation_basis, mention.lead_investors, mention.named_investors,
  CAST(CAST(mention.amount_low AS VARCHAR) AS DOUBLE) AS low, CAST(CAST(mention.amount_high AS VARCHAR) AS DOUBLE) AS high,
  CAST(CAST(mention.valuation_low AS VARCHAR) AS DOUBLE) AS worth_low,
  CAST(CAST(mention.valuation_high AS VARCHAR) AS DOUBLE) AS worth_high,
  CASE
    WHEN mention.round_kind = 'debt' THEN 'debt'
    WHEN mention.round_kind = 'secondary' OR mention.round_kind = 'tender' THEN 'secondary'
    ELSE 'equity'
  END AS round_class,
  CASE
    WHEN mention.round_kind = 'unknown' OR mention.round_kind = 'strategic' OR mention.round_kind = 'debt'
      OR mention.round_kind = 'secondary' OR mention.round_kind = 'tender' THEN NULL
    ELSE mention.round_kind
  END AS stage,
  CASE
    WHEN mention.round_status = 'closed' THEN 4
    WHEN mention.round_status = 'rumoured' THEN 3
    WHEN mention.round_status = 'announced' THEN 2
    ELSE 1
  END AS progress,
  mention.known_on AS told_on, told.told_number, COALESCE(article.lead_digest, mention.mention_id) AS told_by,
  publishes.is_second_hand
FROM known_funding_round AS mention
JOIN (SELECT date AS told_date, day_number AS told_number FROM core_calendar) AS told ON mention.known_on = told.told_date
JOIN (SELECT source_id AS publishing_source, is_second_hand FROM core_source) AS publishes
  ON mention.source_id = publishes.publishing_source
LEFT JOIN (
  SELECT article_url AS told_url, first_digest AS lead_digest
  FROM (
    SELECT article_url, lead_digest AS first_digest,
      ROW_NUMBER() OVER (PARTITION BY article_url ORDER BY lead_digest NULLS LAST, row_id NULLS LAST) AS place
    FROM known_article
  ) AS digests
  WHERE place = 1
) AS article
  ON mention.article_url = article.told_url
WHERE COALESCE(mention.industry, '') <> 'Pooled Investment Fund' AND COALESCE(mention.is_business_combination, FALSE) = FALSE;

-- step: round_headline
SELECT round_mention.*,
  LAG(told_number) OVER (
    PARTITION BY company_key, round_class ORDER BY told_number NULLS LAST, mention_row_id NULLS LAST
  ) AS last_number,
  LAG(progress) OVER (
    PARTITION BY company_key, round_class ORDER BY told_number NULLS LAST, mention_row_id NULLS LAST
  ) AS last_progress
FROM round_mention
WHERE mention_role = 'headline';

-- step: round_stage
-- Where a named stage differs from the one named before.
SELECT mention_row_id AS staged_row_id,
  CASE
    WHEN LAG(stage) OVER (
      PARTITION BY company_key, round_class ORDER BY told_number NULLS LAST, mention_row_id NULLS LAST
    ) <> stage THEN 1
    ELSE 0
  END AS stage_begins
FROM round_mention
WHERE mention_role = 'headline' AND stage IS NOT NULL;

-- step: round_close
-- Where a close tells of another amount than the close before.
SELECT mention_row_id AS closing_row_id,
  CASE
    WHEN last_stage = stage THEN 0
    WHEN last_figure IS NULL THEN 0
    WHEN ABS(figure - last_figure) > 0.25 * GREATEST(figure, last_figure) THEN 1
    ELSE 0
  END AS amount_begins
FROM (
  SELECT mention_row_id, stage, figure,
    LAG(figure) OVER (
      PARTITION BY company_key, round_class, currency ORDER BY told_number NULLS LAST, mention_row_id NULLS LAST
    ) AS last_figure,
    LAG(stage) OVER (
      PARTITION BY company_key, round_class, currency ORDER BY told_number NULLS LAST, mention_row_id NULLS LAST
    ) AS last_stage
  FROM (
    SELECT mention_row_id, company_key, round_class, currency, told_number, stage, COALESCE(low, high) AS figure
    FROM round_mention
    WHERE mention_role = 'headline' AND progress >= 3 AND currency IS NOT NULL
  ) AS closed
  WHERE figure IS NOT NULL
) AS compared;

-- step: round_begin
SELECT headline.mention_row_id AS numbered_row_id, headline.company_key, headline.round_class, headline.told_number,
  CASE
    WHEN headline.last_number IS NULL THEN 1
    WHEN headline.told_number - headline.last_number > 180 THEN 1
    WHEN COALESCE(staged.stage_begins, 0) = 1 THEN 1
    WHEN headline.last_progress >= 3 AND headline.progress < 3 AND headline.told_number - headline.last_number > 30 THEN 1
    WHEN COALESCE(closing.amount_begins, 0) = 1 AND headline.last_progress >= 3 THEN 1
    ELSE 0
  END AS begins
FROM round_headline AS headline
LEFT JOIN round_stage AS staged ON headline.mention_row_id = staged.staged_row_id
LEFT JOIN round_close AS closing ON headline.mention_row_id = closing.closing_row_id;

-- step: round_number
SELECT numbered_row_id,
  SUM(begins) OVER (
    PARTITION BY company_key, round_class ORDER BY told_number NULLS LAST, numbered_row_id NULLS LAST
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS number
FROM round_begin;

-- step: round_of_headline
SELECT mention.mention_row_id AS member_row_id, mention.company_key AS round_company, mention.round_class AS class_of_round,
  CONCAT_WS(':', mention.company_key, mention.round_class, CAST(numbered.number AS VARCHAR)) AS round_row_id
FROM round_mention AS mention
JOIN (SELECT numbered_row_id, CAST(number AS BIGINT) AS number FROM round_number) AS numbered
  ON mention.mention_row_id = numbered.numbered_row_id;

-- step: round_fit
-- Mentions in passing with the rounds whose amount or stage they tell.
SELECT passing.mention_row_id AS passing_row_id, known_round.known_round_id,
  CASE WHEN ABS(passing.low - known_round.round_low) <= 0.02 * passing.low THEN 0 ELSE 1 END AS misses_amount,
  CASE WHEN known_round.round_told <= passing.told_number THEN 0 ELSE 1 END AS is_later,
  ABS(known_round.round_told - passing.told_number) AS days_apart
FROM round_mention AS passing
JOIN (
  SELECT member.round_row_id AS known_round_id, member.round_company, member.class_of_round,
    headline.currency AS round_currency, headline.low AS round_low, headline.stage AS round_stage,
    headline.told_number AS round_told
  FROM round_of_headline AS member
  JOIN round_mention AS headline ON member.member_row_id = headline.mention_row_id
) AS known_round
  ON passing.company_key = known_round.round_company AND passing.round_class = known_round.class_of_round
WHERE passing.mention_role = 'background'
  AND ((passing.currency = known_round.round_currency AND ABS(passing.low - known_round.round_low) <= 0.02 * passing.low)
    OR (passing.low IS NULL AND passing.stage = known_round.round_stage));

-- step: round_candidate
-- The best first.
SELECT passing_row_id, known_round_id,
  ROW_NUMBER() OVER (
    PARTITION BY passing_row_id
    ORDER BY misses_amount NULLS LAST, is_later NULLS LAST, days_apart NULLS LAST, known_round_id NULLS LAST
  ) AS place
FROM round_fit;

-- step: round_member
SELECT member_row_id, round_row_id FROM round_of_headline
UNION ALL
SELECT passing_row_id AS member_row_id, known_round_id AS round_row_id FROM round_candidate WHERE place = 1
UNION ALL
SELECT alone.mention_row_id AS member_row_id,
  CONCAT_WS(':', alone.company_key, alone.round_class, 'earlier', COALESCE(alone.stage, 'unknown'),
    COALESCE(CAST(CAST(alone.low AS BIGINT) AS VARCHAR), 'undisclosed'), COALESCE(alone.currency, 'none')) AS round_row_id
FROM round_mention AS alone
LEFT JOIN (SELECT passing_row_id FROM round_candidate WHERE place = 1) AS placed
  ON alone.mention_row_id = placed.passing_row_id
WHERE alone.mention_role = 'background' AND placed.passing_row_id IS NULL;

-- step: round_mention_placed
SELECT mention.*, member.round_row_id
FROM round_mention AS mention
JOIN round_member AS member ON mention.mention_row_id = member.member_row_id;

-- step: round_summary
SELECT round_row_id AS summed_round, MAX(progress) AS furthest, MIN(told_on) AS first_seen_on, MAX(told_on) AS known_on,
  MIN(CASE WHEN progress = 1 THEN told_on END) AS in_talks_on, MIN(CASE WHEN progress = 2 THEN told_on END) AS announced_on,
  MIN(CASE WHEN progress = 3 THEN told_on END) AS rumoured_on, MIN(CASE WHEN progress = 4 THEN told_on END) AS closed_on,
  COUNT(DISTINCT mention_id) AS mentions, COUNT(DISTINCT told_by) AS independent_texts,
  MIN(CASE WHEN is_second_hand THEN 1 ELSE 0 END) AS only_second_hand
FROM round_mention_placed
GROUP BY round_row_id;

-- step: round_currency
-- The currency that most mentions use, of amounts and of valuations.
SELECT currency_round, money, used_currency
FROM (
  SELECT currency_round, money, used_currency,
    ROW_NUMBER() OVER (
      PARTITION BY currency_round, money ORDER BY uses DESC NULLS LAST, used_currency DESC NULLS LAST
    ) AS place
  FROM (
    SELECT round_row_id AS currency_round, 'amount' AS money, currency AS used_currency, COUNT(*) AS uses
    FROM round_mention_placed
    WHERE currency IS NOT NULL
    GROUP BY round_row_id, currency
    UNION ALL
    SELECT round_row_id AS currency_round, 'valuation' AS money, valuation_currency AS used_currency, COUNT(*) AS uses
    FROM round_mention_placed
    WHERE valuation_currency IS NOT NULL
    GROUP BY round_row_id, valuation_currency
  ) AS used
) AS ranked
WHERE place = 1;

-- step: round_figure
-- Amounts and valuations in that currency, with how far the round had come.
SELECT placed.round_row_id AS figure_round, 'amount' AS figure_money, placed.progress AS figure_progress,
  COALESCE(placed.low, placed.high) AS figure_low, COALESCE(placed.high, placed.low) AS figure_high,
  placed.low AS least, placed.high AS most, CASE WHEN placed.low IS NULL OR placed.high IS NULL THEN 1 ELSE 0 END AS figure_open,
  used.used_currency
FROM round_mention_placed AS placed
JOIN (SELECT currency_round, used_currency FROM round_currency WHERE money = 'amount') AS used
  ON placed.round_row_id = used.currency_round AND placed.currency = used.used_currency
UNION ALL
SELECT placed.round_row_id AS figure_round, 'valuation' AS figure_money, placed.progress AS figure_progress,
  COALESCE(placed.worth_low, placed.worth_high) AS figure_low, COALESCE(placed.worth_high, placed.worth_low) AS figure_high,
  placed.worth_low AS least, placed.worth_high AS most,
  CASE WHEN placed.worth_low IS NULL OR placed.worth_high IS NULL THEN 1 ELSE 0 END AS figure_open, used.used_currency
FROM round_mention_placed AS placed
JOIN (SELECT currency_round, used_currency FROM round_currency WHERE money = 'valuation') AS used
  ON placed.round_row_id = used.currency_round AND placed.valuation_currency = used.used_currency;

-- step: round_range
-- From the lowest to the highest figure of the furthest status that states one; while in talks, apart.
SELECT figure.figure_round AS range_round, figure.figure_money AS range_money, figure.used_currency,
  MIN(CASE WHEN figure.figure_progress = far.far_progress THEN figure.figure_low END) AS range_low,
  MAX(CASE WHEN figure.figure_progress = far.far_progress THEN figure.figure_high END) AS range_high,
  MIN(CASE WHEN figure.figure_progress = far.far_progress THEN figure.figure_open END) AS range_open,
  MAX(CASE WHEN figure.figure_progress = far.far_progress THEN figure.least END) AS highest_low,
  MIN(CASE WHEN figure.figure_progress = far.far_progress THEN figure.most END) AS lowest_high,
  MIN(CASE WHEN figure.figure_progress = 1 THEN figure.figure_low END) AS talked_low,
  MAX(CASE WHEN figure.figure_progress = 1 THEN figure.figure_high END) AS talked_high
FROM round_figure AS figure
JOIN (
  SELECT figure_round AS far_round, figure_money AS far_money, MAX(figure_progress) AS far_progress
  FROM round_figure
  GROUP BY figure_round, figure_money
) AS far
  ON figure.figure_round = far.far_round AND figure.figure_money = far.far_money
GROUP BY figure.figure_round, figure.figure_money, figure.used_currency;

-- step: round_words
-- Of texts: the last of the furthest status that says something.
SELECT words_round, words_of, words
FROM (
  SELECT said.words_round, said.words_of, said.words,
    ROW_NUMBER() OVER (
      PARTITION BY said.words_round, said.words_of
      ORDER BY said.progress DESC NULLS LAST, said.told_number DESC NULLS LAST, said.mention_row_id DESC NULLS LAST
    ) AS place
  FROM (
    SELECT round_row_id AS words_round, 'leads' AS words_of, lead_investors AS words, progress, told_number, mention_row_id
    FROM round_mention_placed
    UNION ALL
    SELECT round_row_id AS words_round, 'investors' AS words_of, named_investors AS words, progress, told_number,
      mention_row_id
    FROM round_mention_placed
    UNION ALL
    SELECT round_row_id AS words_round, 'basis' AS words_of, valuation_basis AS words, progress, told_number,
      mention_row_id
    FROM round_mention_placed
    UNION ALL
    SELECT round_row_id AS words_round, 'stage' AS words_of, stage AS words, progress, told_number, mention_row_id
    FROM round_mention_placed
    UNION ALL
    SELECT round_row_id AS words_round, 'kind' AS words_of, round_kind AS words, progress, told_number, mention_row_id
    FROM round_mention_placed
    UNION ALL
    SELECT round_row_id AS words_round, 'company' AS words_of, company_name AS words, progress, told_number,
      mention_row_id
    FROM round_mention_placed
  ) AS said
  WHERE said.words IS NOT NULL
) AS ranked
WHERE place = 1;

-- step: round_told
SELECT keys.keyed_round, keys.company_key, keys.round_class, named.words AS company_name, staged.words AS stage,
  kinds.words AS kind, led.words AS lead_investors, invested.words AS named_investors, based.words AS valuation_basis
FROM (
  SELECT DISTINCT round_row_id AS keyed_round, company_key, round_class FROM round_mention_placed
) AS keys
JOIN (SELECT words_round AS named_round, words FROM round_words WHERE words_of = 'company') AS named
  ON keys.keyed_round = named.named_round
JOIN (SELECT words_round AS kind_round, words FROM round_words WHERE words_of = 'kind') AS kinds
  ON keys.keyed_round = kinds.kind_round
LEFT JOIN (SELECT words_round AS staged_round, words FROM round_words WHERE words_of = 'stage') AS staged
  ON keys.keyed_round = staged.staged_round
LEFT JOIN (SELECT words_round AS led_round, words FROM round_words WHERE words_of = 'leads') AS led
  ON keys.keyed_round = led.led_round
LEFT JOIN (SELECT words_round AS invested_round, words FROM round_words WHERE words_of = 'investors') AS invested
  ON keys.keyed_round = invested.invested_round
LEFT JOIN (SELECT words_round AS based_round, words FROM round_words WHERE words_of = 'basis') AS based
  ON keys.keyed_round = based.based_round;

-- rows
SELECT summary.summed_round AS row_id, told.company_key, told.company_name, told.round_class,
  COALESCE(told.stage, told.kind) AS round_kind,
  CASE
    WHEN summary.furthest = 4 THEN 'closed'
    WHEN summary.furthest = 3 THEN 'rumoured'
    WHEN summary.furthest = 2 THEN 'announced'
    ELSE 'in_talks'
  END AS round_status,
  summary.first_seen_on, summary.in_talks_on, summary.announced_on, summary.rumoured_on, summary.closed_on,
  amount.amount_currency AS currency, amount.amount_low AS amount_low_stated, amount.amount_high AS amount_high_stated,
  COALESCE(amount.amount_open, 0) = 1 AS amount_is_open,
  COALESCE(amount.amount_highest_low > 1.02 * amount.amount_lowest_high, FALSE) AS amounts_differ,
  amount.amount_talked_low AS talked_amount_low, amount.amount_talked_high AS talked_amount_high,
  worth.worth_currency AS valuation_currency, worth.worth_low AS valuation_low_stated,
  worth.worth_high AS valuation_high_stated, COALESCE(worth.worth_open, 0) = 1 AS valuation_is_open,
  COALESCE(worth.worth_highest_low > 1.02 * worth.worth_lowest_high, FALSE) AS valuations_differ,
  told.valuation_basis, worth.worth_talked_low AS talked_valuation_low, worth.worth_talked_high AS talked_valuation_high,
  told.lead_investors, told.named_investors, summary.mentions, summary.independent_texts,
  summary.only_second_hand = 1 AS is_second_hand, summary.known_on
FROM round_summary AS summary
JOIN round_told AS told ON summary.summed_round = told.keyed_round
LEFT JOIN (
  SELECT range_round AS amount_round, used_currency AS amount_currency, range_low AS amount_low, range_high AS amount_high,
    range_open AS amount_open, highest_low AS amount_highest_low, lowest_high AS amount_lowest_high, talked_low AS amount_talked_low, talked_high AS amount_talked_high
  FROM round_range
  WHERE range_money = 'amount'
) AS amount
  ON summary.summed_round = amount.amount_round
LEFT JOIN (
  SELECT range_round AS worth_round, used_currency AS worth_currency, range_low AS worth_low, range_high AS worth_high,
    range_open AS worth_open, highest_low AS worth_highest_low, lowest_high AS worth_lowest_high, talked_low AS worth_talked_low, talked_high AS worth_talked_high
  FROM round_range
  WHERE range_money = 'valuation'
) AS worth
  ON summary.summed_round = worth.worth_round;

-- lineage
SELECT round_row_id AS mart_row_id, 'core_funding_round' AS input_table, mention_row_id AS input_row_id,
  CASE WHEN mention_role = 'headline' THEN round_status ELSE 'in_passing' END AS role
FROM round_mention_placed;
