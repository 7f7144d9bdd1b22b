-- A command may start a run of its own, which ends it. Its slot is the open of the next finest candle, also off the bot's
-- interval.
ALTER TABLE cycles ADD COLUMN command_id UUID;
ALTER TABLE cycles ADD CONSTRAINT cycles_command_id_fkey FOREIGN KEY (command_id) REFERENCES commands(id)
  ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE UNIQUE INDEX cycles_command_id_key ON cycles (command_id);

ALTER TABLE commands DROP CONSTRAINT commands_state_times;
ALTER TABLE commands ADD CONSTRAINT commands_state_times CHECK (CASE state
  WHEN 'asked' THEN taken_at IS NULL AND effective_at IS NULL AND ended_at IS NULL
  WHEN 'taken' THEN taken_at IS NOT NULL AND effective_at IS NOT NULL AND ended_at IS NULL
    AND (cardinality(position_ids) > 0) <> (kind IN ('run-now', 'accept-proposal'))
  WHEN 'done' THEN taken_at IS NOT NULL AND effective_at IS NOT NULL AND ended_at IS NOT NULL
  ELSE ended_at IS NOT NULL END);
-- One that is done may say what it found.
ALTER TABLE commands DROP CONSTRAINT commands_reason;
ALTER TABLE commands ADD CONSTRAINT commands_reason CHECK (CASE state
  WHEN 'refused' THEN reason IS NOT NULL WHEN 'done' THEN true ELSE reason IS NULL END);

CREATE FUNCTION why_not_run(status "CycleStatus", skip_reason "SkipReason") RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE status WHEN 'failed' THEN 'its cycle failed' WHEN 'abandoned' THEN 'its cycle was abandoned'
    ELSE CASE skip_reason WHEN 'paused' THEN 'the bot did not run any more' WHEN 'halted' THEN 'the bot was halted'
      WHEN 'busy' THEN 'another cycle had the bot' ELSE 'a later slot of the bot came before it' END END $$;

-- The run that a command started ends it, in the transaction that ends the run.
CREATE FUNCTION end_run_command() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE commands SET state = CASE WHEN NEW.status = 'done' THEN 'done' ELSE 'refused' END::"CommandState",
    reason = CASE WHEN NEW.status <> 'done' THEN why_not_run(NEW.status, NEW.skip_reason) END, ended_at = clock_timestamp()
  WHERE id = NEW.command_id AND state = 'taken';
  RETURN NULL;
END $$;
CREATE TRIGGER cycles_end_command AFTER UPDATE ON cycles FOR EACH ROW
  WHEN (NEW.command_id IS NOT NULL AND OLD.status IN ('due', 'running') AND NEW.status NOT IN ('due', 'running'))
  EXECUTE FUNCTION end_run_command();

-- Pairs that a trader keeps a bot from entering, until a time of its venue. No pair: all of them.
CREATE TABLE trade_locks (
  id UUID NOT NULL,
  bot_id UUID NOT NULL,
  pair TEXT,
  until TIMESTAMPTZ(3) NOT NULL,
  reason TEXT,
  locked_at TIMESTAMPTZ(3) NOT NULL,
  unlocked_at TIMESTAMPTZ(3),
  CONSTRAINT trade_locks_pkey PRIMARY KEY (id),
  CONSTRAINT trade_locks_id_fkey FOREIGN KEY (id) REFERENCES commands(id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT trade_locks_bot_id_fkey FOREIGN KEY (bot_id) REFERENCES bots(id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT trade_locks_until CHECK (until > locked_at)
);
CREATE UNIQUE INDEX trade_locks_in_force ON trade_locks (bot_id, coalesce(pair, '')) WHERE unlocked_at IS NULL;
