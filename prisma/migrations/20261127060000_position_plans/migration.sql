-- A position is left by the settings that opened it, and carries the state of its exits.
ALTER TABLE positions ADD COLUMN settings_version integer, ADD COLUMN exit_plan jsonb;
-- Its opening entry is the last one of its market that was intended before it opened.
UPDATE positions p SET settings_version = coalesce(
    (SELECT c.settings_version FROM order_intents i JOIN cycles c ON c.id = i.cycle_id
      WHERE i.bot_id = p.bot_id AND i.market_id = p.market_id AND i.purpose = 'entry' AND i.intended_at <= p.opened_at
      ORDER BY i.intended_at DESC LIMIT 1),
    (SELECT b.settings_version FROM bots b WHERE b.id = p.bot_id)),
  exit_plan = jsonb_build_object('version', 1, 'stopLoss', trim_scale(p.stop_loss)::text,
    'takeProfit', trim_scale(p.take_profit)::text, 'trailLevel', NULL, 'remainingLegs', '[]'::jsonb, 'filledTargets', '[]'::jsonb);
-- Rows that a deferred trigger still looks at cannot be altered.
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE positions ALTER COLUMN settings_version SET NOT NULL, ALTER COLUMN exit_plan SET NOT NULL;
ALTER TABLE positions ADD CONSTRAINT positions_exit_plan CHECK (coalesce(jsonb_typeof(exit_plan -> 'version') = 'number', false));
ALTER TABLE positions ADD CONSTRAINT positions_bot_id_settings_version_fkey FOREIGN KEY (bot_id, settings_version)
  REFERENCES bot_settings(bot_id, version) ON DELETE RESTRICT ON UPDATE CASCADE;
