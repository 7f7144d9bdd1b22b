-- The control (mode `hold`) holds whatever comes: it alone may want, order and have an unlevered long without a stop.
-- The checks say what such a row looks like, the triggers whose it may be: a check cannot look at another table.

ALTER TABLE decisions DROP CONSTRAINT decisions_open_is_complete;
ALTER TABLE decisions ADD CONSTRAINT decisions_open_is_complete
  CHECK (action <> 'open' OR coalesce(side IS NOT NULL AND size_fraction > 0 AND size_fraction <= 1 AND leverage >= 1
         AND entry_price > 0 AND decided_candle IS NOT NULL
         AND ((stop_loss IS NULL AND take_profit IS NULL AND side = 'long' AND leverage = 1)
              OR coalesce(stop_loss > 0 AND take_profit > 0, false)), false));

ALTER TABLE order_intents DROP CONSTRAINT order_intents_entry_is_protected;
ALTER TABLE order_intents ADD CONSTRAINT order_intents_entry_is_protected
  CHECK (purpose <> 'entry' OR coalesce(decided_candle IS NOT NULL AND decision_id IS NOT NULL
         AND ((stop_loss IS NULL AND take_profit IS NULL AND position_side = 'long' AND leverage = 1)
              OR coalesce(stop_loss > 0, false)), false));

ALTER TABLE positions ADD CONSTRAINT positions_open_is_protected
  CHECK (closed_at IS NOT NULL OR (stop_loss IS NULL AND take_profit IS NULL AND side = 'long' AND leverage = 1)
         OR coalesce(stop_loss > 0, false));

-- By the settings that the cycle ran on: versions are never changed, so what was true of a row stays true.
CREATE FUNCTION is_control_cycle(cycle uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM cycles c JOIN bot_settings s ON s.bot_id = c.bot_id AND s.version = c.settings_version
    WHERE c.id = cycle AND s.settings ->> 'mode' = 'hold')
$$;
CREATE FUNCTION require_control() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  cycle uuid;
BEGIN
  IF TG_TABLE_NAME = 'positions' THEN
    -- A position names no cycle: its pair's newest entry does.
    SELECT i.cycle_id INTO cycle FROM order_intents i
      WHERE i.bot_id = NEW.bot_id AND i.market_id = NEW.market_id AND i.purpose = 'entry' ORDER BY i.intended_at DESC LIMIT 1;
  ELSE
    cycle := NEW.cycle_id;
  END IF;
  IF NOT is_control_cycle(cycle) THEN
    RAISE EXCEPTION '% without a stop: only the control may have them', TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER decisions_without_stop AFTER INSERT OR UPDATE ON decisions FOR EACH ROW
  WHEN (NEW.action = 'open' AND NEW.stop_loss IS NULL) EXECUTE FUNCTION require_control();
CREATE CONSTRAINT TRIGGER order_intents_without_stop AFTER INSERT OR UPDATE ON order_intents FOR EACH ROW
  WHEN (NEW.purpose = 'entry' AND NEW.stop_loss IS NULL) EXECUTE FUNCTION require_control();
CREATE CONSTRAINT TRIGGER positions_without_stop AFTER INSERT OR UPDATE ON positions FOR EACH ROW
  WHEN (NEW.closed_at IS NULL AND NEW.stop_loss IS NULL) EXECUTE FUNCTION require_control();
