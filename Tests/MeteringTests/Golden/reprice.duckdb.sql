WITH names AS (
  SELECT * FROM (VALUES
    (CAST('' AS VARCHAR), CAST('' AS VARCHAR), CAST('' AS VARCHAR), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT)),
    ('acme', 'it''s', 'acme/acme/rocket', 1, -99999999999, 99999999999, 1, 2, 1, 1, 1, 1, 1, 1),
    ('', 'latest', 'acme/acme/rocket', 1, -99999999999, 1771200000, 1, 2, 1, 1, 1, 1, 1, 1),
    ('', 'latest', '', 1, 1771200000, 1779840000, 0, 0, 0, 0, 0, 0, 0, 0),
    ('', 'latest', 'acme/acme/rocket2', 1, 1779840000, 99999999999, 3, 3, 3, 3, 3, 3, 3, 3)) AS constants(provider, model, route, is_named, from_second, until_second, set_standard, set_batch, set_flex, set_priority, set_off_peak, set_fast, set_ultrafast, set_balanced)
),
rates AS (
  SELECT * FROM (VALUES
    (CAST(0 AS BIGINT), CAST(-99999999999 AS BIGINT), CAST(99999999999 AS BIGINT), CAST(-1 AS BIGINT), CAST(9000000000000000 AS BIGINT), CAST(0 AS BIGINT), CAST(10080 AS BIGINT), CAST(NULL AS HUGEINT), CAST(NULL AS HUGEINT), CAST(NULL AS HUGEINT), CAST(NULL AS HUGEINT)),
    (1, -99999999999, 1782864000, -1, 200000, 0, 540, 125, 1000, 125, 0),
    (1, -99999999999, 1782864000, 200000, 9000000000000000, 0, 540, 125, 1500, 125, 0),
    (1, -99999999999, 1782864000, -1, 200000, 540, 1020, 125, 1000, 10, 0),
    (1, -99999999999, 1782864000, 200000, 9000000000000000, 540, 1020, 125, 1500, 10, 0),
    (1, -99999999999, 1782864000, -1, 200000, 1020, 10080, 125, 1000, 125, 0),
    (1, -99999999999, 1782864000, 200000, 9000000000000000, 1020, 10080, 125, 1500, 125, 0),
    (1, 1782864000, 99999999999, -1, 200000, 0, 540, 100, 1000, 100, 0),
    (1, 1782864000, 99999999999, 200000, 9000000000000000, 0, 540, 100, 1500, 100, 0),
    (1, 1782864000, 99999999999, -1, 200000, 540, 1020, 100, 1000, 10, 0),
    (1, 1782864000, 99999999999, 200000, 9000000000000000, 540, 1020, 100, 1500, 10, 0),
    (1, 1782864000, 99999999999, -1, 200000, 1020, 10080, 100, 1000, 100, 0),
    (1, 1782864000, 99999999999, 200000, 9000000000000000, 1020, 10080, 100, 1500, 100, 0),
    (2, -99999999999, 99999999999, -1, 200000, 0, 540, 50, 1000, 50, 0),
    (2, -99999999999, 99999999999, 200000, 9000000000000000, 0, 540, 50, 1500, 50, 0),
    (2, -99999999999, 99999999999, -1, 200000, 540, 1020, 50, 1000, 10, 0),
    (2, -99999999999, 99999999999, 200000, 9000000000000000, 540, 1020, 50, 1500, 10, 0),
    (2, -99999999999, 99999999999, -1, 200000, 1020, 10080, 50, 1000, 50, 0),
    (2, -99999999999, 99999999999, 200000, 9000000000000000, 1020, 10080, 50, 1500, 50, 0),
    (3, -99999999999, 99999999999, -1, 9000000000000000, 0, 10080, 400, NULL, 400, 0)) AS constants(rate_set, from_second, until_second, prompt_above, prompt_up_to, minute_from, minute_until, price_input, price_output, price_cache_read, price_requests)
),
log AS (
  SELECT
    CASE WHEN NOT regexp_matches(CAST(source."at" AS VARCHAR), '^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?([Zz]|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?)?$') THEN NULL WHEN regexp_matches(CAST(source."at" AS VARCHAR), '^.{13}.*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$') THEN ((epoch_us(TRY_CAST(CAST(source."at" AS VARCHAR) AS TIMESTAMPTZ))) - ((epoch_us(TRY_CAST(CAST(source."at" AS VARCHAR) AS TIMESTAMPTZ))) % 1000000 + 1000000) % 1000000) // 1000000 ELSE ((epoch_us(TRY_CAST(CAST(source."at" AS VARCHAR) AS TIMESTAMP))) - ((epoch_us(TRY_CAST(CAST(source."at" AS VARCHAR) AS TIMESTAMP))) % 1000000 + 1000000) % 1000000) // 1000000 END AS second,
    COALESCE(CAST(source."provider" AS VARCHAR), '') AS provider,
    COALESCE(CAST(source."model" AS VARCHAR), '') AS model,
    CASE WHEN lower(COALESCE(CAST(source."mode" AS VARCHAR), '')) IN ('batch', 'priority', 'flex', 'off_peak', 'fast') THEN lower(COALESCE(CAST(source."mode" AS VARCHAR), ''))
      WHEN lower(COALESCE(CAST(source."mode" AS VARCHAR), '')) IN ('priority_on_demand', 'on_demand_priority') THEN 'priority'
      WHEN lower(COALESCE(CAST(source."mode" AS VARCHAR), '')) IN ('flex_discount', 'on_demand_flex') THEN 'flex'
      WHEN lower(COALESCE(CAST(source."mode" AS VARCHAR), '')) = 'on_demand_offpeak' THEN 'off_peak'
      ELSE 'standard' END AS mode,
    TRY_CAST(CAST(source."cost" AS VARCHAR) AS DECIMAL(38, 18)) AS charged,
    COALESCE(CAST(source."input" AS BIGINT), 0) AS n_input,
    COALESCE(CAST(source."output" AS BIGINT), 0) AS n_output,
    COALESCE(CAST(source."cache_read" AS BIGINT), 0) AS n_cache_read,
    CAST(1 AS BIGINT) AS n_requests
  FROM "golden_usage" AS source
),
counted AS (
  SELECT
    second,
    provider,
    model,
    mode,
    charged,
    CASE WHEN n_input BETWEEN 0 AND 1000000000000000 AND n_cache_read BETWEEN 0 AND 1000000000000000 THEN n_input + n_cache_read ELSE -1 END AS whole_input,
    CASE WHEN n_output BETWEEN 0 AND 1000000000000000 THEN n_output ELSE -1 END AS whole_output,
    CASE WHEN n_cache_read BETWEEN 0 AND 1000000000000000 THEN n_cache_read ELSE -1 END AS whole_cache_read,
    CASE WHEN n_requests BETWEEN 0 AND 1000000000000000 THEN n_requests ELSE -1 END AS whole_requests
  FROM log
),
pieces AS (
  SELECT
    second,
    provider,
    model,
    mode,
    charged,
    whole_input,
    whole_output,
    whole_cache_read,
    whole_requests,
    whole_input - whole_cache_read AS only_input,
    whole_output AS only_output,
    whole_cache_read AS only_cache_read,
    whole_requests AS only_requests,
    (whole_input + (CASE WHEN whole_requests < 1 THEN 1 ELSE whole_requests END) - 1) // (CASE WHEN whole_requests < 1 THEN 1 ELSE whole_requests END) AS prompt,
    (whole_output + (CASE WHEN whole_requests < 1 THEN 1 ELSE whole_requests END) - 1) // (CASE WHEN whole_requests < 1 THEN 1 ELSE whole_requests END) AS answer,
    (whole_input + whole_output + (CASE WHEN whole_requests < 1 THEN 1 ELSE whole_requests END) - 1) // (CASE WHEN whole_requests < 1 THEN 1 ELSE whole_requests END) AS prompt_answer
  FROM counted
),
found AS (
  SELECT
    pieces.second AS second,
    pieces.provider AS provider,
    pieces.model AS model,
    pieces.mode AS mode,
    pieces.charged AS charged,
    pieces.whole_input AS whole_input,
    pieces.only_input AS only_input,
    pieces.whole_output AS whole_output,
    pieces.only_output AS only_output,
    pieces.whole_cache_read AS whole_cache_read,
    pieces.only_cache_read AS only_cache_read,
    pieces.whole_requests AS whole_requests,
    pieces.only_requests AS only_requests,
    pieces.prompt AS prompt,
    pieces.answer AS answer,
    pieces.prompt_answer AS prompt_answer,
    names.route AS route,
    COALESCE(CASE pieces.mode WHEN 'standard' THEN names.set_standard WHEN 'batch' THEN names.set_batch WHEN 'flex' THEN names.set_flex WHEN 'priority' THEN names.set_priority WHEN 'off_peak' THEN names.set_off_peak WHEN 'fast' THEN names.set_fast WHEN 'ultrafast' THEN names.set_ultrafast WHEN 'balanced' THEN names.set_balanced END, 0) AS found_set
  FROM pieces
  LEFT JOIN names AS names ON names.provider = pieces.provider AND names.model = pieces.model
  WHERE COALESCE(names.is_named, 0) = 0
    OR ((CASE WHEN pieces.second BETWEEN -99999999999 AND 99999999998 THEN pieces.second ELSE 0 END) >= names.from_second AND (CASE WHEN pieces.second BETWEEN -99999999999 AND 99999999998 THEN pieces.second ELSE 0 END) < names.until_second)
),
placed AS (
  SELECT
    second,
    provider,
    model,
    mode,
    charged,
    whole_input,
    only_input,
    whole_output,
    only_output,
    whole_cache_read,
    only_cache_read,
    whole_requests,
    only_requests,
    prompt,
    answer,
    prompt_answer,
    route,
    found_set,
    CASE
    WHEN whole_input < 0 OR whole_input > 1000000000000000 OR only_input < 0 OR whole_output < 0 OR whole_output > 1000000000000000 OR whole_cache_read < 0 OR whole_cache_read > 1000000000000000 OR whole_requests < 0 OR whole_requests > 1000000000000000 OR prompt > 1000000000 OR answer > 1000000000 THEN 'bad_count'
    WHEN second IS NULL OR NOT second BETWEEN 1514764800 AND 99999999998 THEN 'no_time'
    WHEN found_set = 0 THEN 'no_route'
    ELSE '' END AS problem,
    ((((second) - ((second) % 60 + 60) % 60) // 60 + 4320) % 10080 + 10080) % 10080 AS minute_of_week
  FROM found
),
priced AS (
  SELECT
    placed.second AS second,
    placed.provider AS provider,
    placed.model AS model,
    placed.mode AS mode,
    placed.charged AS charged,
    CASE WHEN placed.problem = '' THEN placed.route END AS route,
    placed.whole_input AS whole_input,
    placed.whole_output AS whole_output,
    placed.whole_cache_read AS whole_cache_read,
    placed.whole_requests AS whole_requests,
    CASE WHEN placed.problem <> '' THEN placed.problem WHEN (placed.only_input > 0 AND rates.price_input IS NULL) OR (placed.only_output > 0 AND rates.price_output IS NULL) OR (placed.only_cache_read > 0 AND rates.price_cache_read IS NULL) OR (placed.only_requests > 0 AND rates.price_requests IS NULL) THEN 'unpriced' ELSE '' END AS problem,
    COALESCE(placed.only_input * rates.price_input, 0)
      + COALESCE(placed.only_output * rates.price_output, 0)
      + COALESCE(placed.only_cache_read * rates.price_cache_read, 0)
      + COALESCE(placed.only_requests * rates.price_requests, 0) AS known
  FROM placed
  INNER JOIN rates AS rates ON rates.rate_set = CASE WHEN placed.problem = '' THEN placed.found_set ELSE 0 END
  WHERE placed.problem <> ''
    OR (placed.second >= rates.from_second AND placed.second < rates.until_second
    AND placed.prompt > rates.prompt_above AND placed.prompt <= rates.prompt_up_to
    AND placed.minute_of_week >= rates.minute_from AND placed.minute_of_week < rates.minute_until)
),
totals AS (
  SELECT
    DATE '1970-01-01' + CAST(((second) - ((second) % 86400 + 86400) % 86400) // 86400 AS INTEGER) AS by_day,
    NULLIF(model, '') AS by_model,
    COUNT(*) AS row_count,
    SUM(CASE WHEN problem = '' THEN 1 ELSE 0 END) AS priced_rows,
    SUM(CASE WHEN problem = 'unpriced' THEN 1 ELSE 0 END) AS unpriced_rows,
    SUM(CASE WHEN problem = 'no_route' THEN 1 ELSE 0 END) AS no_route_rows,
    SUM(CASE WHEN problem = 'no_time' THEN 1 ELSE 0 END) AS no_time_rows,
    SUM(CASE WHEN problem = 'bad_count' THEN 1 ELSE 0 END) AS bad_count_rows,
    SUM(CAST(CASE WHEN problem = 'bad_count' THEN 0 ELSE whole_input END AS HUGEINT)) AS sum_input,
    SUM(CAST(CASE WHEN problem = 'bad_count' THEN 0 ELSE whole_output END AS HUGEINT)) AS sum_output,
    SUM(CAST(CASE WHEN problem = 'bad_count' THEN 0 ELSE whole_cache_read END AS HUGEINT)) AS sum_cache_read,
    SUM(CAST(CASE WHEN problem = 'bad_count' THEN 0 ELSE whole_requests END AS HUGEINT)) AS sum_requests,
    SUM(priced.known) AS known_sum,
    SUM(priced.charged) AS charged_sum
  FROM priced
  GROUP BY DATE '1970-01-01' + CAST(((second) - ((second) % 86400 + 86400) % 86400) // 86400 AS INTEGER), NULLIF(model, '')
),
amounts AS (
  SELECT totals.*, lpad(CAST(known_sum AS VARCHAR), CAST(greatest(length(CAST(known_sum AS VARCHAR)), 9) AS INTEGER), '0') AS known_digits
  FROM totals
)
SELECT
  by_day AS day,
  by_model AS model,
  row_count,
  priced_rows,
  unpriced_rows,
  no_route_rows,
  no_time_rows,
  bad_count_rows,
  sum_input AS input,
  sum_output AS output,
  sum_cache_read AS cache_read,
  sum_requests AS requests,
  CAST(concat(substr(known_digits, 1, CAST(length(known_digits) AS INTEGER) - 8), '.', right(known_digits, 8)) AS DECIMAL(38, 18)) AS known_usd,
  CASE WHEN priced_rows = row_count THEN CAST(concat(substr(known_digits, 1, CAST(length(known_digits) AS INTEGER) - 8), '.', right(known_digits, 8)) AS DECIMAL(38, 18)) END AS cost_usd,
  charged_sum AS charged_usd
FROM amounts
ORDER BY by_day NULLS LAST, by_model NULLS LAST;
