-- The venue of a bot's account, beside the bot: what comes next at a venue is then found in one index, however many
-- bots there are. As the kind is, it is part of the key, so that it cannot disagree.
ALTER TABLE bots ADD COLUMN venue_id uuid;
UPDATE bots b SET venue_id = a.venue_id FROM accounts a WHERE a.id = b.account_id;
ALTER TABLE bots ALTER COLUMN venue_id SET NOT NULL;
CREATE UNIQUE INDEX accounts_id_kind_venue_id_key ON accounts (id, kind, venue_id);
ALTER TABLE bots DROP CONSTRAINT bots_account_id_account_kind_fkey;
ALTER TABLE bots ADD CONSTRAINT bots_account_id_account_kind_venue_id_fkey FOREIGN KEY (account_id, account_kind, venue_id)
  REFERENCES accounts (id, kind, venue_id) ON DELETE RESTRICT ON UPDATE CASCADE;

DROP INDEX bots_status_next_due_idx;
CREATE INDEX bots_next_due ON bots (venue_id, interval_seconds, next_due) WHERE status = 'running';

-- The earliest slot that nobody looked at, of the running bots of each venue and interval: a few look-ups in the index
-- for each interval in use.
CREATE VIEW next_looks AS
  WITH RECURSIVE groups AS (
    SELECT v.id AS venue_id,
      (SELECT min(b.interval_seconds) FROM bots b WHERE b.venue_id = v.id AND b.status = 'running') AS interval_seconds
    FROM venues v
    UNION ALL
    SELECT g.venue_id, (SELECT min(b.interval_seconds) FROM bots b
      WHERE b.venue_id = g.venue_id AND b.status = 'running' AND b.interval_seconds > g.interval_seconds)
    FROM groups g WHERE g.interval_seconds IS NOT NULL
  )
  SELECT g.venue_id, g.interval_seconds, (SELECT min(b.next_due) FROM bots b WHERE b.venue_id = g.venue_id
    AND b.status = 'running' AND b.interval_seconds = g.interval_seconds) AS next_due
  FROM groups g WHERE g.interval_seconds IS NOT NULL;

-- In the order in which pages of them are read.
DROP INDEX cycles_due;
CREATE INDEX cycles_due ON cycles (slot, id) WHERE status = 'due';
-- Of the cycles that failed and wait, the first to be tried again.
CREATE INDEX cycles_retried ON cycles (retry_at) WHERE status = 'due' AND retry_at IS NOT NULL;
-- Slots that brought no new figures, by the last slot that each covers.
CREATE INDEX cycles_without_figures ON cycles ((coalesce(missed_through, slot))) WHERE status <> 'done';
