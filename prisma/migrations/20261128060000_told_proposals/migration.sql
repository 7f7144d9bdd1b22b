-- Whoever proposes an entry, or ends a proposal, tells its trader: in the list of what happened and on open pages, and only
-- what is so once all of the transaction is. One that was declined is told by the command that declined it.
CREATE FUNCTION tell_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  told record;
  run timestamptz;
  said text;
BEGIN
  SELECT b.user_id, b.name, m.pair || ' ' || NEW.side::text AS entry INTO STRICT told
    FROM bots b, markets m WHERE b.id = NEW.bot_id AND m.id = NEW.market_id;
  SELECT c.slot INTO run FROM cycles c WHERE c.command_id = NEW.command_id AND NEW.state IN ('placed', 'refused');
  said := told.name || CASE NEW.state
    WHEN 'proposed' THEN ' proposes ' || told.entry || ': it waits for you'
    WHEN 'placed' THEN ' ordered ' || told.entry || ', as you accepted' || coalesce(': ' || NEW.reason, '')
    WHEN 'refused' THEN ' did not enter ' || told.entry || ', which you accepted: ' || NEW.reason
    ELSE ' does not enter ' || told.entry || ' any more: ' || NEW.reason END;
  INSERT INTO activities (id, user_id, bot_id, kind, text, details, at, created_at)
  VALUES (gen_random_uuid(), told.user_id, NEW.bot_id, 'proposal', said, jsonb_build_object('proposalId', NEW.id),
    coalesce(run, NEW.watched_through), CASE NEW.state WHEN 'proposed' THEN NEW.created_at ELSE NEW.ended_at END);
  PERFORM append_live_events(jsonb_build_array(jsonb_build_object('user_id', told.user_id, 'position', 1, 'event',
    jsonb_build_object('kind', 'proposal', 'botId', NEW.bot_id, 'proposalId', NEW.id, 'text', said))), 'live_events');
  RETURN NULL;
END $$;
-- At the end of the transaction, where it is as short as can be that a user's other events wait for it.
CREATE CONSTRAINT TRIGGER proposals_tell_new AFTER INSERT ON proposals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'proposed') EXECUTE FUNCTION tell_proposal();
CREATE CONSTRAINT TRIGGER proposals_tell_end AFTER UPDATE ON proposals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND NEW.state <> 'declined') EXECUTE FUNCTION tell_proposal();

-- An order that may have been filled is placed, also before anybody knows: it is never sent again. It is said so.
CREATE OR REPLACE FUNCTION end_proposal(run cycles, proposal proposals, OUT state "ProposalState", OUT reason text) LANGUAGE plpgsql AS $$
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
    reason := CASE WHEN state = 'refused' THEN 'its order was not filled: ' || coalesce(sent.status_reason, sent.status::text)
      WHEN sent.status IN ('pending', 'submitting', 'unknown') THEN
        'its order was sent, and whether it was filled is not known yet: it is found out, and nothing is sent again meanwhile' END;
    RETURN;
  END IF;
  SELECT d.action, d.reason_text, v.outcome, v.reason INTO judged FROM decisions d LEFT JOIN verdicts v ON v.decision_id = d.id
    WHERE d.cycle_id = run.id AND d.market_id = proposal.market_id;
  state := CASE WHEN judged.action = 'hold' THEN 'expired' ELSE 'refused' END;
  reason := CASE WHEN judged.action = 'hold' THEN judged.reason_text
    WHEN judged.outcome = 'rejected' THEN 'the risk gate: ' || judged.reason ELSE 'its pair is not free' END;
END $$;

-- What was placed is done, also with something to say of it.
CREATE OR REPLACE FUNCTION end_run_command() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  proposal proposals;
  ending record;
  why text := CASE WHEN NEW.status <> 'done' THEN why_not_run(NEW.status, NEW.skip_reason) END;
  is_done boolean := NEW.status = 'done';
BEGIN
  SELECT * INTO proposal FROM proposals WHERE command_id = NEW.command_id AND state = 'accepted' FOR UPDATE;
  IF FOUND THEN
    SELECT * INTO ending FROM end_proposal(NEW, proposal);
    UPDATE proposals SET state = ending.state, reason = ending.reason, ended_at = clock_timestamp() WHERE id = proposal.id;
    why := ending.reason;
    is_done := ending.state = 'placed';
  END IF;
  UPDATE commands SET state = CASE WHEN is_done THEN 'done' ELSE 'refused' END::"CommandState", reason = why,
    ended_at = clock_timestamp()
  WHERE id = NEW.command_id AND state = 'taken';
  RETURN NULL;
END $$;
