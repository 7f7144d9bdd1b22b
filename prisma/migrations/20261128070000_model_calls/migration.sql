-- What a model's vendor is owed: the other side of what a call cost. It is paid outside of the trading account.
ALTER TYPE "LedgerAccount" ADD VALUE 'model-bill';

-- No version wrote a row of it: it was its shape only.
DROP TABLE model_calls;

CREATE TYPE "ModelCallState" AS ENUM ('reserved', 'replied', 'refused', 'lost');

-- A question to a model, written before it is sent. `cycle_id` is null where a user tried a key. Times are wall time.
CREATE TABLE model_calls (
  id UUID NOT NULL,
  user_id UUID NOT NULL,
  bot_id UUID,
  cycle_id UUID,
  slot TIMESTAMPTZ(3),
  attempt INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  place TEXT NOT NULL,
  served_model TEXT,
  frame_version INTEGER NOT NULL,
  prompt_hash TEXT NOT NULL,
  prompt JSONB NOT NULL,
  facts JSONB NOT NULL,
  state "ModelCallState" NOT NULL DEFAULT 'reserved',
  fault TEXT,
  reason TEXT,
  reserve DECIMAL(38,18) NOT NULL,
  cost DECIMAL(38,18),
  input_tokens INTEGER,
  cache_read_tokens INTEGER,
  cache_write_tokens INTEGER,
  output_tokens INTEGER,
  raw TEXT,
  stop_reason TEXT,
  request_id TEXT,
  tries INTEGER,
  latency_ms INTEGER,
  verdict JSONB,
  asked_at TIMESTAMPTZ(3) NOT NULL,
  ends_by TIMESTAMPTZ(3) NOT NULL,
  answered_at TIMESTAMPTZ(3),
  CONSTRAINT model_calls_pkey PRIMARY KEY (id),
  CONSTRAINT model_calls_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT model_calls_bot_id_fkey FOREIGN KEY (bot_id) REFERENCES bots (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT model_calls_cycle_id_fkey FOREIGN KEY (cycle_id) REFERENCES cycles (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT model_calls_of_cycle CHECK (num_nulls(bot_id, cycle_id, slot) IN (0, 3)),
  CONSTRAINT model_calls_attempt CHECK (attempt IN (1, 2)),
  CONSTRAINT model_calls_prompt_hash CHECK (prompt_hash ~ '^[0-9a-f]{64}$'),
  CONSTRAINT model_calls_amounts CHECK (reserve >= 0 AND coalesce(cost >= 0, true)),
  CONSTRAINT model_calls_times CHECK (ends_by > asked_at AND coalesce(answered_at >= asked_at, true)),
  CONSTRAINT model_calls_reserved CHECK (state <> 'reserved' OR num_nonnulls(cost, answered_at, fault, reason, raw,
    served_model, stop_reason, input_tokens, tries, verdict) = 0),
  CONSTRAINT model_calls_ended CHECK (state = 'reserved' OR num_nulls(cost, answered_at) = 0),
  CONSTRAINT model_calls_replied CHECK ((state = 'replied') = (raw IS NOT NULL) AND (raw IS NULL) = (served_model IS NULL)),
  CONSTRAINT model_calls_says_why CHECK ((state IN ('refused', 'lost')) = (fault IS NOT NULL) AND (fault IS NULL) = (reason IS NULL)),
  -- What was turned away is not paid; of what was lost nobody knows, so that all that was set aside for it counts.
  CONSTRAINT model_calls_cost CHECK (state NOT IN ('refused', 'lost') OR cost = CASE state WHEN 'lost' THEN reserve ELSE 0 END),
  CONSTRAINT model_calls_tokens CHECK (num_nulls(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) IN (0, 4)
    AND coalesce(least(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens) >= 0, true)),
  CONSTRAINT model_calls_raw_size CHECK (octet_length(raw) <= 1048576),
  CONSTRAINT model_calls_prompt_size CHECK (octet_length(prompt::text) <= 1048576 AND octet_length(facts::text) <= 1048576),
  CONSTRAINT model_calls_verdict_size CHECK (octet_length(verdict::text) <= 1048576)
);
-- Also of who tries keys: null is not null's equal.
CREATE UNIQUE INDEX model_calls_cycle_id_prompt_hash_key ON model_calls (cycle_id, prompt_hash);
CREATE INDEX model_calls_bot_id_asked_at_idx ON model_calls (bot_id, asked_at);
CREATE INDEX model_calls_user_id_asked_at_idx ON model_calls (user_id, asked_at);
CREATE INDEX model_calls_under_way ON model_calls (provider, model, place) WHERE state = 'reserved';

-- Written once and ended once: neither the question nor what came of it changes.
CREATE FUNCTION refuse_ended_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'reserved' OR NEW.state = 'reserved' THEN
    RAISE EXCEPTION 'model call % is % and cannot become %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  IF (OLD.id, OLD.user_id, OLD.bot_id, OLD.cycle_id, OLD.slot, OLD.attempt, OLD.provider, OLD.model, OLD.place, OLD.frame_version,
      OLD.prompt_hash, OLD.prompt, OLD.facts, OLD.reserve, OLD.asked_at, OLD.ends_by)
    IS DISTINCT FROM (NEW.id, NEW.user_id, NEW.bot_id, NEW.cycle_id, NEW.slot, NEW.attempt, NEW.provider, NEW.model, NEW.place,
      NEW.frame_version, NEW.prompt_hash, NEW.prompt, NEW.facts, NEW.reserve, NEW.asked_at, NEW.ends_by) THEN
    RAISE EXCEPTION 'model call % was asked and cannot become another', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER model_calls_end_once BEFORE UPDATE ON model_calls FOR EACH ROW EXECUTE FUNCTION refuse_ended_call();
CREATE TRIGGER model_calls_kept BEFORE DELETE OR TRUNCATE ON model_calls FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
