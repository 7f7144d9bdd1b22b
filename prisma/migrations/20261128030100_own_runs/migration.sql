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

-- What a bot would enter and waits for its trader to accept: it holds nothing meanwhile. Each ends once.
CREATE TYPE "ProposalState" AS ENUM ('proposed', 'accepted', 'placed', 'declined', 'expired', 'refused');
CREATE TABLE proposals (
  id UUID NOT NULL,
  bot_id UUID NOT NULL,
  decision_id UUID NOT NULL,
  market_id INTEGER NOT NULL,
  side "PositionSide" NOT NULL,
  settings_version INTEGER NOT NULL,
  reference_price DECIMAL(38,18) NOT NULL,
  stop_loss DECIMAL(38,18) NOT NULL,
  take_profit DECIMAL(38,18) NOT NULL,
  quantity DECIMAL(38,18) NOT NULL,
  notional DECIMAL(38,18) NOT NULL,
  risk DECIMAL(38,18) NOT NULL,
  band_low DECIMAL(38,18) NOT NULL,
  band_high DECIMAL(38,18) NOT NULL,
  proposed_at TIMESTAMPTZ(3) NOT NULL,
  watched_through TIMESTAMPTZ(3) NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  state "ProposalState" NOT NULL DEFAULT 'proposed',
  reason TEXT,
  command_id UUID,
  ended_at TIMESTAMPTZ(3),
  CONSTRAINT proposals_pkey PRIMARY KEY (id),
  CONSTRAINT proposals_bot_id_settings_version_fkey FOREIGN KEY (bot_id, settings_version) REFERENCES bot_settings(bot_id, version)
    ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT proposals_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decisions(id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT proposals_market_id_fkey FOREIGN KEY (market_id) REFERENCES markets(id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT proposals_command_id_fkey FOREIGN KEY (command_id) REFERENCES commands(id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT proposals_band CHECK (0 < band_low AND band_low < reference_price AND reference_price < band_high),
  CONSTRAINT proposals_amounts CHECK (quantity > 0 AND notional > 0 AND risk >= 0 AND stop_loss > 0 AND take_profit > 0),
  CONSTRAINT proposals_ends CHECK ((state IN ('proposed', 'accepted')) = (ended_at IS NULL)),
  CONSTRAINT proposals_decided CHECK (CASE state WHEN 'proposed' THEN command_id IS NULL WHEN 'expired' THEN true ELSE command_id IS NOT NULL END),
  CONSTRAINT proposals_reason CHECK (state NOT IN ('expired', 'refused') OR reason IS NOT NULL)
);
CREATE UNIQUE INDEX proposals_decision_id_key ON proposals (decision_id);
CREATE UNIQUE INDEX proposals_command_id_key ON proposals (command_id);
CREATE INDEX proposals_bot_id_created_at_idx ON proposals (bot_id, created_at);
CREATE UNIQUE INDEX proposals_one_open ON proposals (bot_id, market_id) WHERE state IN ('proposed', 'accepted');

-- One of a pair is open at a time: a newer one takes its place. One that is being placed stays.
CREATE FUNCTION replace_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE proposals SET state = 'expired', reason = 'a newer proposal took its place', ended_at = clock_timestamp()
  WHERE bot_id = NEW.bot_id AND market_id = NEW.market_id AND state = 'proposed';
  IF EXISTS (SELECT FROM proposals WHERE bot_id = NEW.bot_id AND market_id = NEW.market_id AND state = 'accepted') THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_replace BEFORE INSERT ON proposals FOR EACH ROW EXECUTE FUNCTION replace_proposal();

-- What was proposed stays as it was; it goes on, never back, and ends once.
CREATE FUNCTION keep_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - '{state,reason,command_id,ended_at,watched_through}'::text[]
    <> to_jsonb(OLD) - '{state,reason,command_id,ended_at,watched_through}'::text[]
    OR OLD.state NOT IN ('proposed', 'accepted') OR (OLD.state = 'proposed' AND NEW.state IN ('placed', 'refused'))
    OR (OLD.state = 'accepted' AND (NEW.state IN ('proposed', 'declined') OR NEW.command_id IS DISTINCT FROM OLD.command_id)) THEN
    RAISE EXCEPTION 'proposal % is % and cannot become %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_go_on BEFORE UPDATE ON proposals FOR EACH ROW EXECUTE FUNCTION keep_proposal();

-- A bot whose entries its trader approves enters nothing else, whoever writes it.
CREATE FUNCTION refuse_unapproved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM cycles c JOIN bot_settings s ON s.bot_id = c.bot_id AND s.version = c.settings_version
      WHERE c.id = NEW.cycle_id AND jsonb_typeof(s.settings -> 'approval') = 'object')
    AND NOT EXISTS (SELECT FROM cycles c JOIN proposals p ON p.command_id = c.command_id
      WHERE c.id = NEW.cycle_id AND p.state = 'accepted' AND p.bot_id = NEW.bot_id AND p.market_id = NEW.market_id) THEN
    RAISE EXCEPTION 'an entry of bot % that its trader did not accept', NEW.bot_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER order_intents_approved BEFORE INSERT ON order_intents FOR EACH ROW WHEN (NEW.purpose = 'entry')
  EXECUTE FUNCTION refuse_unapproved();

-- A bot that does not run places nothing, so that nothing waits for its trader.
CREATE FUNCTION expire_proposals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE proposals SET state = 'expired', reason = 'the bot was ' || NEW.status::text, ended_at = clock_timestamp()
  WHERE bot_id = NEW.id AND state = 'proposed';
  RETURN NULL;
END $$;
CREATE TRIGGER bots_expire_proposals AFTER UPDATE ON bots FOR EACH ROW
  WHEN (OLD.status = 'running' AND NEW.status <> 'running') EXECUTE FUNCTION expire_proposals();

-- How an accepted proposal ended in the run that was to place it.
CREATE FUNCTION end_proposal(run cycles, proposal proposals, OUT state "ProposalState", OUT reason text) LANGUAGE plpgsql AS $$
DECLARE
  sent record;
  judged record;
BEGIN
  IF run.status <> 'done' THEN
    state := 'expired';
    reason := why_not_run(run.status, run.skip_reason);
    RETURN;
  END IF;
  SELECT o.status, o.status_reason INTO sent FROM order_intents i JOIN orders o ON o.intent_id = i.id
    WHERE i.cycle_id = run.id AND i.market_id = proposal.market_id AND i.purpose = 'entry';
  IF FOUND THEN
    state := CASE WHEN sent.status IN ('rejected', 'canceled', 'expired') THEN 'refused' ELSE 'placed' END;
    reason := CASE WHEN state = 'refused' THEN 'its order was not filled: ' || coalesce(sent.status_reason, sent.status::text) END;
    RETURN;
  END IF;
  SELECT d.action, d.reason_text, v.outcome, v.reason INTO judged FROM decisions d LEFT JOIN verdicts v ON v.decision_id = d.id
    WHERE d.cycle_id = run.id AND d.market_id = proposal.market_id;
  state := CASE WHEN judged.action = 'hold' THEN 'expired' ELSE 'refused' END;
  reason := CASE WHEN judged.action = 'hold' THEN judged.reason_text
    WHEN judged.outcome = 'rejected' THEN 'the risk gate: ' || judged.reason ELSE 'its pair is not free' END;
END $$;

-- The run that a command started ends it, and the proposal that it was to place, in the transaction that ends the run.
CREATE FUNCTION end_run_command() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  proposal proposals;
  ending record;
  why text := CASE WHEN NEW.status <> 'done' THEN why_not_run(NEW.status, NEW.skip_reason) END;
BEGIN
  SELECT * INTO proposal FROM proposals WHERE command_id = NEW.command_id AND state = 'accepted' FOR UPDATE;
  IF FOUND THEN
    SELECT * INTO ending FROM end_proposal(NEW, proposal);
    UPDATE proposals SET state = ending.state, reason = ending.reason, ended_at = clock_timestamp() WHERE id = proposal.id;
    why := ending.reason;
  END IF;
  UPDATE commands SET state = CASE WHEN why IS NULL THEN 'done' ELSE 'refused' END::"CommandState", reason = why,
    ended_at = clock_timestamp()
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
