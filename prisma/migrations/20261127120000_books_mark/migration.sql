-- A fingerprint of all that a stage of a cycle computes by and that others may change meanwhile: open positions, balances,
-- remembered equity, trading state, and orders under way. As of the statement that asks.
CREATE FUNCTION books_mark(bot uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT md5(jsonb_build_array(
    (SELECT string_agg(p::text, ';' ORDER BY p.id) FROM positions p WHERE p.bot_id = bot AND p.closed_at IS NULL),
    (SELECT string_agg(l::text, ';' ORDER BY l::text) FROM bot_balances l WHERE l.bot_id = bot),
    (SELECT m::text FROM equity_memories m WHERE m.bot_id = bot),
    (SELECT b.trading_state::text FROM bots b WHERE b.id = bot),
    (SELECT string_agg(o.id::text || o.status::text, ';' ORDER BY o.id)
      FROM bots b JOIN orders o ON o.account_id = b.account_id JOIN order_intents i ON i.id = o.intent_id AND i.bot_id = b.id
      WHERE b.id = bot AND o.status IN ('submitting', 'accepted', 'partiallyFilled', 'unknown'))
  )::text)
$$;

-- The same as of now: what others committed while the statement that asks waited for a lock is seen.
CREATE FUNCTION books_mark_now(bot uuid) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN books_mark(bot);
END $$;

-- Takes the topics' next numbers, writes the events under them and notifies, however many users are told. Topics are
-- locked in one order by all, so that transactions that tell several users cannot deadlock.
-- told = [{user_id, position, event}, ...]
CREATE FUNCTION append_live_events(told jsonb, channel text) RETURNS void LANGUAGE sql VOLATILE AS $$
  WITH told AS (
    SELECT user_id, position, event FROM jsonb_to_recordset($1) AS t(user_id uuid, position int, event jsonb)
  ), topic AS (
    INSERT INTO live_topics AS t (user_id, last_number)
    SELECT user_id, count(*) FROM told GROUP BY user_id ORDER BY user_id
    ON CONFLICT (user_id) DO UPDATE SET last_number = t.last_number + excluded.last_number
    RETURNING user_id, last_number
  ), written AS (
    INSERT INTO live_events (user_id, number, kind, payload)
    SELECT user_id, last_number - (max(position) OVER (PARTITION BY user_id)) + position, event ->> 'kind', event - 'kind'
    FROM told JOIN topic USING (user_id)
  )
  SELECT pg_notify(channel, user_id::text) FROM topic
$$;
