-- The mark that a bot's books have once these orders of it, pending now, are on their way and nothing else has changed: so
-- what is booked of them can be compared with what was read before they were sent.
CREATE FUNCTION books_mark_once_sent(bot uuid, sent uuid[]) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT md5(jsonb_build_array(
    (SELECT string_agg(p::text, ';' ORDER BY p.id) FROM positions p WHERE p.bot_id = bot AND p.closed_at IS NULL),
    (SELECT string_agg(l::text, ';' ORDER BY l::text) FROM bot_balances l WHERE l.bot_id = bot),
    (SELECT m::text FROM equity_memories m WHERE m.bot_id = bot),
    (SELECT b.trading_state::text FROM bots b WHERE b.id = bot),
    (SELECT string_agg(s.id::text || s.status, ';' ORDER BY s.id) FROM (
      SELECT o.id, o.status::text FROM bots b JOIN orders o ON o.account_id = b.account_id
        JOIN order_intents i ON i.id = o.intent_id AND i.bot_id = b.id
        WHERE b.id = bot AND o.status IN ('submitting', 'accepted', 'partiallyFilled', 'unknown')
      UNION ALL SELECT a.id, 'submitting' FROM unnest(sent) AS a(id)) s)
  )::text)
$$;

-- As before, by the same definition.
CREATE OR REPLACE FUNCTION books_mark(bot uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT books_mark_once_sent(bot, '{}')
$$;
