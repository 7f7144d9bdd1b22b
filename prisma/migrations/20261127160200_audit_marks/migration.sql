-- Where the last audit of a bot's books ended, so that the next one reads what came since.
CREATE TABLE audit_marks (
  bot_id uuid NOT NULL REFERENCES bots (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  at timestamptz(3) NOT NULL,
  refolded_at timestamptz(3) NOT NULL,
  found jsonb,
  CONSTRAINT audit_marks_pkey PRIMARY KEY (bot_id)
) WITH (fillfactor = 70);

-- What an audit found stays for ever; checks that found nothing are thinned.
CREATE FUNCTION keep_broken_checks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a check that found something is kept' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER invariant_checks_keep_broken BEFORE DELETE ON invariant_checks
  FOR EACH ROW WHEN (OLD.broken <> '[]') EXECUTE FUNCTION keep_broken_checks();
CREATE INDEX invariant_checks_sound ON invariant_checks (created_at) WHERE broken = '[]';

-- The profit of a position is summed by its exits alone, however many lines name it.
CREATE INDEX ledger_entries_realized ON ledger_entries (position_id) WHERE account = 'realized-pnl';

-- As before; the day's end tells the planner that a day is few points of a life.
CREATE OR REPLACE FUNCTION equity_memory_of(bot uuid)
RETURNS TABLE (at timestamptz, equity numeric, peak numeric, day_start numeric, day_low numeric) LANGUAGE sql STABLE AS $$
  SELECT l.at, l.equity, l.peak,
    (SELECT p.equity FROM equity_points p WHERE p.bot_id = bot AND p.at <= date_trunc('day', l.at, 'UTC') ORDER BY p.at DESC LIMIT 1),
    (SELECT min(p.equity) FROM equity_points p WHERE p.bot_id = bot AND p.at >= date_trunc('day', l.at, 'UTC')
      AND p.at < date_trunc('day', l.at, 'UTC') + interval '1 day')
  FROM (SELECT p.at, p.equity, p.peak FROM equity_points p WHERE p.bot_id = bot ORDER BY p.at DESC LIMIT 1) l
$$;
