-- Money that a bot got from its account after it was made, or gave back (below zero). It is no profit, drawdown or peak, so
-- the point that is marked with it says how much of its equity came by it.
ALTER TABLE equity_points ADD COLUMN flow DECIMAL(38,18) NOT NULL DEFAULT 0;
ALTER TABLE equity_points ADD CONSTRAINT equity_points_flow CHECK (flow = 0 OR (equity > 0 AND equity > flow));
CREATE INDEX equity_points_flows ON equity_points (bot_id, at) WHERE flow <> 0;

ALTER TYPE "ActivityKind" ADD VALUE 'allotment-changed';

-- `at` is venue time, at which it is in the books; `moved_at` wall time.
CREATE TABLE allotment_flows (
  id UUID NOT NULL,
  bot_id UUID NOT NULL,
  actor_id UUID NOT NULL,
  amount DECIMAL(38,18) NOT NULL,
  allotment_after DECIMAL(38,18) NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  moved_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT allotment_flows_pkey PRIMARY KEY (id),
  CONSTRAINT allotment_flows_bot_id_fkey FOREIGN KEY (bot_id) REFERENCES bots (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT allotment_flows_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES users (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT allotment_flows_amounts CHECK (amount <> 0 AND allotment_after > 0 AND allotment_after > amount)
);
CREATE INDEX allotment_flows_bot_id_moved_at_idx ON allotment_flows (bot_id, moved_at);
CREATE INDEX allotment_flows_actor_id_idx ON allotment_flows (actor_id);
CREATE TRIGGER allotment_flows_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON allotment_flows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- As before; what flowed in or out of the bot since the day began is in the day's start and low.
CREATE OR REPLACE FUNCTION equity_memory_of(bot uuid)
RETURNS TABLE (at timestamptz, equity numeric, peak numeric, day_start numeric, day_low numeric) LANGUAGE sql STABLE AS $$
  SELECT l.at, l.equity, l.peak,
    (SELECT p.equity FROM equity_points p WHERE p.bot_id = bot AND p.at <= date_trunc('day', l.at, 'UTC') ORDER BY p.at DESC LIMIT 1)
      + coalesce((SELECT sum(f.flow) FROM equity_points f WHERE f.bot_id = bot AND f.flow <> 0
        AND f.at > date_trunc('day', l.at, 'UTC')), 0),
    (SELECT min(d.equity + d.flowed) FROM (
      SELECT p.equity, coalesce(sum(p.flow) OVER (ORDER BY p.at DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS flowed
      FROM equity_points p WHERE p.bot_id = bot AND p.at >= date_trunc('day', l.at, 'UTC')
        AND p.at < date_trunc('day', l.at, 'UTC') + interval '1 day') d)
  FROM (SELECT p.at, p.equity, p.peak FROM equity_points p WHERE p.bot_id = bot ORDER BY p.at DESC LIMIT 1) l
$$;

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
      SELECT bot_id, at, equity, peak, flow, date_trunc('day', max(at) OVER (PARTITION BY bot_id), 'UTC') AS day,
        coalesce(sum(flow) OVER (PARTITION BY bot_id ORDER BY at DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS flowed
      FROM marked
    ), newest AS (
      SELECT bot_id, day, max(at) AS at, (array_agg(equity ORDER BY at DESC))[1] AS equity,
        (array_agg(peak ORDER BY at DESC))[1] AS peak, sum(flow) AS flow,
        (array_agg(equity + flowed ORDER BY at DESC) FILTER (WHERE at <= day))[1] AS start,
        min(equity + flowed) FILTER (WHERE at >= day) AS low
      FROM dated GROUP BY bot_id, day
    )
    SELECT n.bot_id, n.at, n.equity, n.peak,
      coalesce(n.start, CASE WHEN m.at <= n.day THEN m.equity ELSE m.day_start END + n.flow),
      least(n.low, CASE WHEN m.at >= n.day THEN m.day_low + n.flow END)
    FROM newest n LEFT JOIN equity_memories m ON m.bot_id = n.bot_id ORDER BY n.bot_id
    ON CONFLICT (bot_id) DO UPDATE SET at = excluded.at, equity = excluded.equity, peak = excluded.peak,
      day_start = excluded.day_start, day_low = excluded.day_low;
  RETURN NULL;
END
$$;
