-- A trader may have open positions take up the exits of the bot's present settings, from the next candle on.
ALTER TYPE "CommandKind" ADD VALUE 'apply-exits';

-- A position is done with a command when it has closed, or what was ordered of its stop or its exits has come to pass:
-- recorded in the transaction that makes it so, whoever settles it.
CREATE OR REPLACE FUNCTION end_commands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_waiting boolean := jsonb_typeof(NEW.exit_plan -> 'stopOrdered') IS NOT DISTINCT FROM 'object'
    OR jsonb_typeof(NEW.exit_plan -> 'exitsOrdered') IS NOT DISTINCT FROM 'object';
BEGIN
  UPDATE commands c SET
    state = CASE WHEN e.has_nothing THEN 'refused'::"CommandState" ELSE 'done' END,
    reason = CASE WHEN e.has_nothing THEN 'its position closed before' END,
    ended_at = clock_timestamp()
  FROM (SELECT c.id, c.kind::text IN ('move-stop', 'apply-exits') AND is_waiting AND cardinality(c.position_ids) = 1 AS has_nothing
    FROM commands c WHERE c.bot_id = NEW.bot_id AND c.state = 'taken' AND NEW.id = ANY (c.position_ids)) e
  WHERE c.id = e.id AND CASE c.kind::text
    WHEN 'move-stop' THEN true
    WHEN 'apply-exits' THEN NOT EXISTS (SELECT FROM positions p WHERE p.id = ANY (c.position_ids) AND p.closed_at IS NULL
      AND jsonb_typeof(p.exit_plan -> 'exitsOrdered') = 'object')
    ELSE NOT EXISTS (SELECT FROM positions p WHERE p.id = ANY (c.position_ids) AND p.closed_at IS NULL) END;
  RETURN NULL;
END $$;
DROP TRIGGER positions_end_commands ON positions;
CREATE TRIGGER positions_end_commands AFTER UPDATE ON positions FOR EACH ROW
  WHEN ((OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL)
    OR (jsonb_typeof(OLD.exit_plan -> 'stopOrdered') = 'object' AND jsonb_typeof(NEW.exit_plan -> 'stopOrdered') = 'null')
    OR (jsonb_typeof(OLD.exit_plan -> 'exitsOrdered') = 'object' AND jsonb_typeof(NEW.exit_plan -> 'exitsOrdered') = 'null'))
  EXECUTE FUNCTION end_commands();
