-- Each point is read once. The plan that PostgreSQL keeps may be one that was made for a single point: with the points
-- joined to themselves, those of 250 bots took it a second.
CREATE OR REPLACE FUNCTION keep_equity_memory() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM marked p JOIN equity_memories m ON m.bot_id = p.bot_id AND m.at >= p.at) THEN
    -- A point of an earlier time than the last: no rule of the last alone covers it.
    INSERT INTO equity_memories (bot_id, at, equity, peak, day_start, day_low)
      SELECT b.bot_id, f.at, f.equity, f.peak, f.day_start, f.day_low
      FROM (SELECT DISTINCT bot_id FROM marked) b CROSS JOIN LATERAL equity_memory_of(b.bot_id) f ORDER BY b.bot_id
      ON CONFLICT (bot_id) DO UPDATE SET at = excluded.at, equity = excluded.equity, peak = excluded.peak,
        day_start = excluded.day_start, day_low = excluded.day_low;
    RETURN NULL;
  END IF;
  INSERT INTO equity_memories (bot_id, at, equity, peak, day_start, day_low)
    WITH dated AS (
      SELECT p.bot_id, p.at, p.equity, p.peak,
        date_trunc('day', max(p.at) OVER (PARTITION BY p.bot_id), 'UTC') AS day
      FROM marked p
    ), newest AS (
      SELECT bot_id, day, max(at) AS at, (array_agg(equity ORDER BY at DESC))[1] AS equity,
        (array_agg(peak ORDER BY at DESC))[1] AS peak,
        (array_agg(equity ORDER BY at DESC) FILTER (WHERE at <= day))[1] AS start,
        min(equity) FILTER (WHERE at >= day) AS low
      FROM dated GROUP BY bot_id, day
    )
    SELECT n.bot_id, n.at, n.equity, n.peak,
      coalesce(n.start, CASE WHEN m.at <= n.day THEN m.equity ELSE m.day_start END),
      least(n.low, CASE WHEN m.at >= n.day THEN m.day_low END)
    FROM newest n LEFT JOIN equity_memories m ON m.bot_id = n.bot_id ORDER BY n.bot_id
    ON CONFLICT (bot_id) DO UPDATE SET at = excluded.at, equity = excluded.equity, peak = excluded.peak,
      day_start = excluded.day_start, day_low = excluded.day_low;
  RETURN NULL;
END
$$;
