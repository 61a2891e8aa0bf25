-- Grain: one product sold by the seat, one figure of the users it could be sold to, one share of them that pay, and one price.
-- Formula: users x share that pays x price a month x 12, the low ends together and the high ends together.
-- Units: users; US dollars a month for each user, and a year in all; the share is a plain number.
-- Inputs: company_figure, known_assumption, known_seat_price.
-- Caveats: which users a product is sold to is an assumption with its evidence (`seat_base`). Every figure of the users makes rows of its
--   own, and so does every price: a text's figure that others contradict stands beside theirs. List prices are what is asked, not
--   what large customers pay.

-- step: seat_base
SELECT base_row_id, seat_product, base_product, base_known_on
FROM (
  SELECT row_id AS base_row_id, company_key AS seat_product, assumed_text AS base_product, known_on AS base_known_on,
    ROW_NUMBER() OVER (PARTITION BY company_key ORDER BY known_on DESC NULLS LAST, row_id DESC NULLS LAST) AS place
  FROM known_assumption
  WHERE measure = 'seat_base'
) AS ranked
WHERE place = 1;

-- step: seat_users
SELECT figure_table AS users_table, figure_row_id AS users_row_id, COALESCE(figure_scope, figure_company) AS users_of, figure_low AS users_low,
  figure_high AS users_high, told_as AS users_told_as, figure_known_on AS users_known_on
FROM (
  SELECT company_figure.*, REPLACE(LOWER(figure_scope), ' ', '') AS plain_scope FROM company_figure WHERE measure = 'users'
) AS told;

-- step: seat_price
-- What texts say the product costs, and what its list says; of a list the offers that stand.
SELECT figure_table AS price_table, figure_row_id AS price_row_id, figure_company AS priced_product, figure_low AS price_low,
  figure_high AS price_high, told_as AS price_told_as, figure_known_on AS price_known_on
FROM company_figure
WHERE measure = 'price' AND figure_unit = 'USD/user/month'
UNION ALL
SELECT 'core_seat_price' AS price_table, listed.row_id AS price_row_id, listed.plain_product AS priced_product, listed.amount AS price_low,
  listed.amount AS price_high, 'listed' AS price_told_as, listed.known_on AS price_known_on
FROM (
  SELECT row_id, REPLACE(product, ' ', '') AS plain_product, CAST(CAST(price AS VARCHAR) AS DOUBLE) AS amount, known_on, is_withdrawn, seat_unit,
    currency, price_kind,
    ROW_NUMBER() OVER (
      PARTITION BY source_id, scope, vendor, product, plan, seat_unit, billing_period, region, currency, price_kind, effective_from
      ORDER BY known_on DESC NULLS LAST, row_id DESC NULLS LAST
    ) AS place
  FROM known_seat_price
) AS listed
WHERE listed.place = 1 AND NOT listed.is_withdrawn AND listed.seat_unit = 'user_month' AND listed.currency = 'USD' AND listed.price_kind = 'list';

-- step: seat_case
SELECT base.seat_product, base.base_row_id, share.share_table, share.share_figure_id, share.paying_low, share.paying_high, users.users_table,
  users.users_row_id, users.users_low, users.users_high, users.users_told_as, price.price_table, price.price_row_id,
  price.price_low, price.price_high, price.price_told_as,
  GREATEST(base.base_known_on, share.share_figure_known_on, users.users_known_on, price.price_known_on) AS case_known_on,
  CONCAT_WS(':', base.seat_product, users.users_row_id, share.share_figure_id, price.price_row_id) AS seat_row_id
FROM seat_base AS base
JOIN (
  SELECT figure_table AS share_table, figure_row_id AS share_figure_id, figure_company AS share_product, figure_low AS paying_low,
    figure_high AS paying_high, figure_known_on AS share_figure_known_on
  FROM company_figure
  WHERE measure = 'paid_penetration' AND figure_unit = 'share'
) AS share
  ON base.seat_product = share.share_product
JOIN (
  SELECT seat_users.*, REPLACE(LOWER(users_of), ' ', '') AS plain_users_of FROM seat_users
) AS users
  ON base.base_product = users.plain_users_of
JOIN seat_price AS price ON base.seat_product = price.priced_product;

-- rows
SELECT seat_row_id AS row_id, seat_product, users_low, users_high, users_told_as, paying_low, paying_high, price_low AS seat_price_low_usd,
  price_high AS seat_price_high_usd, price_told_as, users_low * paying_low * price_low * 12.0 AS seat_revenue_low_usd,
  users_high * paying_high * price_high * 12.0 AS seat_revenue_high_usd, case_known_on AS known_on
FROM seat_case;

-- lineage
SELECT seat_row_id AS mart_row_id, users_table AS input_table, users_row_id AS input_row_id, 'users' AS role FROM seat_case
UNION ALL
SELECT seat_row_id AS mart_row_id, share_table AS input_table, share_figure_id AS input_row_id, 'share_that_pays' AS role FROM seat_case
UNION ALL
SELECT seat_row_id AS mart_row_id, price_table AS input_table, price_row_id AS input_row_id, 'price' AS role FROM seat_case
UNION ALL
SELECT seat_row_id AS mart_row_id, 'core_assumption' AS input_table, base_row_id AS input_row_id, 'seat_base' AS role FROM seat_case;
