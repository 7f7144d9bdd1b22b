-- All that is remembered of a bot's equity points, kept with every point: its last one, and start and low of that one's
-- UTC day. As rememberEquity in src/trading.
CREATE TABLE equity_memories (
  bot_id uuid NOT NULL REFERENCES bots (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  at timestamptz(3) NOT NULL,
  equity numeric(38, 18) NOT NULL,
  peak numeric(38, 18) NOT NULL,
  day_start numeric(38, 18),
  day_low numeric(38, 18) NOT NULL,
  CONSTRAINT equity_memories_pkey PRIMARY KEY (bot_id),
  CONSTRAINT equity_memories_bounds CHECK (peak >= equity AND day_low <= equity)
) WITH (fillfactor = 50);

-- The same as its points tell it.
CREATE FUNCTION equity_memory_of(bot uuid)
RETURNS TABLE (at timestamptz, equity numeric, peak numeric, day_start numeric, day_low numeric) LANGUAGE sql STABLE AS $$
  SELECT l.at, l.equity, l.peak,
    (SELECT p.equity FROM equity_points p WHERE p.bot_id = bot AND p.at <= date_trunc('day', l.at, 'UTC') ORDER BY p.at DESC LIMIT 1),
    (SELECT min(p.equity) FROM equity_points p WHERE p.bot_id = bot AND p.at >= date_trunc('day', l.at, 'UTC'))
  FROM (SELECT p.at, p.equity, p.peak FROM equity_points p WHERE p.bot_id = bot ORDER BY p.at DESC LIMIT 1) l
$$;

-- Of its owner's rights: who may append points may not write here.
CREATE FUNCTION keep_equity_memory() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
    WITH newest AS (
      SELECT DISTINCT ON (bot_id) bot_id, at, equity, peak, date_trunc('day', at, 'UTC') AS day
      FROM marked ORDER BY bot_id, at DESC
    ), days AS (
      SELECT n.bot_id, (array_agg(p.equity ORDER BY p.at DESC) FILTER (WHERE p.at <= n.day))[1] AS start,
        min(p.equity) FILTER (WHERE p.at >= n.day) AS low
      FROM newest n JOIN marked p ON p.bot_id = n.bot_id GROUP BY n.bot_id
    )
    SELECT n.bot_id, n.at, n.equity, n.peak,
      coalesce(d.start, CASE WHEN m.at <= n.day THEN m.equity ELSE m.day_start END),
      least(d.low, CASE WHEN m.at >= n.day THEN m.day_low END)
    FROM newest n JOIN days d ON d.bot_id = n.bot_id LEFT JOIN equity_memories m ON m.bot_id = n.bot_id ORDER BY n.bot_id
    ON CONFLICT (bot_id) DO UPDATE SET at = excluded.at, equity = excluded.equity, peak = excluded.peak,
      day_start = excluded.day_start, day_low = excluded.day_low;
  RETURN NULL;
END
$$;
CREATE TRIGGER equity_points_keep_memory AFTER INSERT ON equity_points
  REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION keep_equity_memory();

INSERT INTO equity_memories (bot_id, at, equity, peak, day_start, day_low)
  SELECT b.id, f.at, f.equity, f.peak, f.day_start, f.day_low FROM bots b CROSS JOIN LATERAL equity_memory_of(b.id) f;
