-- What traders tell their bots, one row a command, for ever. Asked, it waits for the cycle that has the bot; taken, the
-- positions it is about are not done with it yet.
CREATE TYPE "CommandKind" AS ENUM ('pause', 'resume', 'stop', 'archive', 'close-all', 'close-position', 'move-stop');
CREATE TYPE "CommandState" AS ENUM ('asked', 'taken', 'done', 'refused');
CREATE TABLE commands (
  id UUID NOT NULL,
  bot_id UUID NOT NULL,
  actor_id UUID NOT NULL,
  kind "CommandKind" NOT NULL,
  details JSONB NOT NULL,
  state "CommandState" NOT NULL DEFAULT 'asked',
  position_ids UUID[] NOT NULL DEFAULT '{}',
  reason TEXT,
  asked_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  taken_at TIMESTAMPTZ(3),
  effective_at TIMESTAMPTZ(3),
  ended_at TIMESTAMPTZ(3),
  CONSTRAINT commands_pkey PRIMARY KEY (id),
  CONSTRAINT commands_bot_id_fkey FOREIGN KEY (bot_id) REFERENCES bots(id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT commands_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES users(id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT commands_state_times CHECK (CASE state
    WHEN 'asked' THEN taken_at IS NULL AND effective_at IS NULL AND ended_at IS NULL
    WHEN 'taken' THEN taken_at IS NOT NULL AND effective_at IS NOT NULL AND ended_at IS NULL AND cardinality(position_ids) > 0
    WHEN 'done' THEN taken_at IS NOT NULL AND effective_at IS NOT NULL AND ended_at IS NOT NULL
    ELSE ended_at IS NOT NULL END),
  CONSTRAINT commands_reason CHECK ((state = 'refused') = (reason IS NOT NULL)),
  CONSTRAINT commands_details CHECK (jsonb_typeof(details) = 'object')
);
CREATE INDEX commands_bot_id_asked_at_idx ON commands (bot_id, asked_at);
CREATE INDEX commands_actor_id_idx ON commands (actor_id);
-- Those that wait, and those that positions still have to be done with: few, whatever was told before.
CREATE INDEX commands_asked ON commands (asked_at, id) WHERE state = 'asked';
CREATE INDEX commands_taken ON commands (bot_id) WHERE state = 'taken';

-- A command goes on and never back; what was asked stays as it was asked.
CREATE FUNCTION keep_command() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.bot_id, NEW.actor_id, NEW.kind, NEW.details, NEW.asked_at)
    IS DISTINCT FROM (OLD.id, OLD.bot_id, OLD.actor_id, OLD.kind, OLD.details, OLD.asked_at)
    OR OLD.state IN ('done', 'refused') OR (OLD.state = 'taken' AND NEW.state = 'asked') THEN
    RAISE EXCEPTION 'command % is % and cannot become %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER commands_go_on BEFORE UPDATE ON commands FOR EACH ROW EXECUTE FUNCTION keep_command();

-- A position is done with a command when it has closed, or its stop has gone where it was ordered: recorded in the
-- transaction that makes it so, whoever settles it.
CREATE FUNCTION end_commands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_waiting boolean := jsonb_typeof(NEW.exit_plan -> 'stopOrdered') IS NOT DISTINCT FROM 'object';
BEGIN
  UPDATE commands c SET
    state = CASE WHEN c.kind = 'move-stop' AND is_waiting THEN 'refused'::"CommandState" ELSE 'done' END,
    reason = CASE WHEN c.kind = 'move-stop' AND is_waiting THEN 'its position closed before' END,
    ended_at = clock_timestamp()
  WHERE c.bot_id = NEW.bot_id AND c.state = 'taken' AND NEW.id = ANY (c.position_ids)
    AND CASE c.kind WHEN 'move-stop' THEN true
      ELSE NOT EXISTS (SELECT FROM positions p WHERE p.id = ANY (c.position_ids) AND p.closed_at IS NULL) END;
  RETURN NULL;
END $$;
CREATE TRIGGER positions_end_commands AFTER UPDATE ON positions FOR EACH ROW
  WHEN ((OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL)
    OR (jsonb_typeof(OLD.exit_plan -> 'stopOrdered') = 'object' AND jsonb_typeof(NEW.exit_plan -> 'stopOrdered') = 'null'))
  EXECUTE FUNCTION end_commands();

ALTER TYPE "ActivityKind" ADD VALUE 'command';

ALTER TABLE trades DROP CONSTRAINT trades_exit_reason;
ALTER TABLE trades ADD CONSTRAINT trades_exit_reason
  CHECK (exit_reason IN ('stop-loss', 'take-profit', 'liquidation', 'break-even', 'trailing-stop', 'time-exit', 'invalidation', 'delisting', 'by-hand')
    OR exit_reason ~ '^exit-[a-z0-9-]+$') NOT VALID;
ALTER TABLE trades VALIDATE CONSTRAINT trades_exit_reason;

-- A paused bot enters nothing, but its cycles go on: its mode closes what it holds.
DROP VIEW next_looks;
DROP INDEX bots_next_due;
CREATE INDEX bots_next_due ON bots (venue_id, interval_seconds, next_due) WHERE status IN ('running', 'paused');
CREATE VIEW next_looks AS
  WITH RECURSIVE groups AS (
    SELECT v.id AS venue_id, (SELECT min(b.interval_seconds) FROM bots b
      WHERE b.venue_id = v.id AND b.status IN ('running', 'paused')) AS interval_seconds
    FROM venues v
    UNION ALL
    SELECT g.venue_id, (SELECT min(b.interval_seconds) FROM bots b
      WHERE b.venue_id = g.venue_id AND b.status IN ('running', 'paused') AND b.interval_seconds > g.interval_seconds)
    FROM groups g WHERE g.interval_seconds IS NOT NULL
  )
  SELECT g.venue_id, g.interval_seconds, (SELECT min(b.next_due) FROM bots b WHERE b.venue_id = g.venue_id
    AND b.status IN ('running', 'paused') AND b.interval_seconds = g.interval_seconds) AS next_due
  FROM groups g WHERE g.interval_seconds IS NOT NULL;
