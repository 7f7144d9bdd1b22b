-- A model's call belongs to a cycle, and to the decision that came of it. No version has written one yet.
ALTER TABLE model_calls ALTER COLUMN cycle_id SET NOT NULL;
ALTER TABLE model_calls ADD COLUMN decision_id uuid;
ALTER TABLE model_calls ADD CONSTRAINT model_calls_cycle_id_fkey
  FOREIGN KEY (cycle_id) REFERENCES cycles (id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE model_calls ADD CONSTRAINT model_calls_decision_id_fkey
  FOREIGN KEY (decision_id) REFERENCES decisions (id) ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX model_calls_cycle_id_idx ON model_calls (cycle_id);
CREATE INDEX model_calls_decision_id_idx ON model_calls (decision_id);

-- Words that code counts on. Each holds every value that any version wrote.
ALTER TABLE alerts ADD CONSTRAINT alerts_kind
  CHECK (kind IN ('error', 'risk', 'invariant', 'venue') OR kind ~ '^stopped-[a-z]+$');
ALTER TABLE process_heartbeats ADD CONSTRAINT process_heartbeats_name
  CHECK (name IN ('runner', 'market', 'functions', 'cycles'));
ALTER TABLE venues ADD CONSTRAINT venues_finest_timeframe
  CHECK (finest_timeframe IN ('1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '12h', '1d'));
ALTER TABLE candle_coverages ADD CONSTRAINT candle_coverages_timeframe
  CHECK (timeframe IN ('1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '12h', '1d'));

-- Which markets a bot ever ordered in is asked in every cycle.
CREATE INDEX order_intents_bot_id_market_id_idx ON order_intents (bot_id, market_id);
