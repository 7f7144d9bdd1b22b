-- A day's counts are of all its cycles, those that stay too: how a bot's cycles ended is its days and what is younger.
ALTER TABLE cycle_days ADD COLUMN failed integer NOT NULL DEFAULT 0;
UPDATE cycle_days d SET done = d.done + k.done, skipped = d.skipped + k.skipped, failed = k.failed
  FROM (SELECT bot_id, (slot AT TIME ZONE 'UTC')::date AS day, count(*) FILTER (WHERE status = 'done') AS done,
      coalesce(sum(coalesce(missed_count, 1)) FILTER (WHERE status = 'skipped'), 0) AS skipped,
      count(*) FILTER (WHERE status IN ('failed', 'abandoned')) AS failed
    FROM cycles GROUP BY 1, 2) k
  WHERE k.bot_id = d.bot_id AND k.day = d.day;
