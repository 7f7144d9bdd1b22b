-- Of a command about several positions, those that have what was ordered: it is done where any has, and says of how many.
ALTER TABLE commands ADD COLUMN done_ids UUID[] NOT NULL DEFAULT '{}';
ALTER TABLE commands ADD CONSTRAINT commands_done_ids CHECK (done_ids <@ position_ids);

CREATE FUNCTION awaits_exits(plan jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_typeof(plan -> 'exitsOrdered') IS NOT DISTINCT FROM 'object' $$;

-- As before, but exits that some positions took before the others closed are done, and not refused.
CREATE OR REPLACE FUNCTION end_commands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_waiting boolean := jsonb_typeof(NEW.exit_plan -> 'stopOrdered') IS NOT DISTINCT FROM 'object';
BEGIN
  UPDATE commands c SET
    state = CASE WHEN c.kind::text = 'move-stop' AND is_waiting THEN 'refused'::"CommandState" ELSE 'done' END,
    reason = CASE WHEN c.kind::text = 'move-stop' AND is_waiting THEN 'its position closed before' END,
    ended_at = clock_timestamp()
  WHERE c.bot_id = NEW.bot_id AND c.state = 'taken' AND NEW.id = ANY (c.position_ids) AND CASE c.kind::text
    WHEN 'move-stop' THEN true
    WHEN 'apply-exits' THEN false
    ELSE NOT EXISTS (SELECT FROM positions p WHERE p.id = ANY (c.position_ids) AND p.closed_at IS NULL) END;

  -- One that took them stays so, whatever is ordered of it later.
  UPDATE commands c SET done_ids = ARRAY(SELECT p.id FROM positions p WHERE p.id = ANY (c.position_ids)
      AND (p.id = ANY (c.done_ids) OR NOT awaits_exits(p.exit_plan)))
  WHERE c.bot_id = NEW.bot_id AND c.state = 'taken' AND c.kind::text = 'apply-exits' AND NEW.id = ANY (c.position_ids);
  UPDATE commands c SET
    state = CASE WHEN c.done_ids = '{}' THEN 'refused'::"CommandState" ELSE 'done' END,
    reason = CASE WHEN cardinality(c.done_ids) = cardinality(c.position_ids) THEN NULL
      WHEN c.done_ids <> '{}' THEN format('%s of %s positions have them: the rest closed before', cardinality(c.done_ids), cardinality(c.position_ids))
      WHEN cardinality(c.position_ids) = 1 THEN 'its position closed before' ELSE 'its positions closed before' END,
    ended_at = clock_timestamp()
  WHERE c.bot_id = NEW.bot_id AND c.state = 'taken' AND c.kind::text = 'apply-exits' AND NEW.id = ANY (c.position_ids)
    AND NOT EXISTS (SELECT FROM positions p WHERE p.id = ANY (c.position_ids) AND p.id <> ALL (c.done_ids) AND p.closed_at IS NULL);
  RETURN NULL;
END $$;
