-- Both functions as before, but for the gate: times that a wrong clock left ahead hold up nobody, and a breaker's one call
-- gives its turn to the next where it says nothing of the model, as by a key that is not accepted.

-- Sets aside what a call may cost at most and writes the call down, both or none: {"outcome": "reserved"}. Otherwise why
-- not: "asked-before" (by an earlier try of the same cycle), "busy" (so many are under way, or in this minute, or its
-- breaker is open; `until` where that is known) or "over-budget" (whose, what is spent and what the limit is).
-- limits = {bot, user (who has set none), userMost (null: any), system: dollars a day; atOnce, atOnceEach, perMinute: calls; failuresMax, pauseMs: of the breaker}
CREATE OR REPLACE FUNCTION reserve_model_call(asked jsonb, limits jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  call model_calls := jsonb_populate_record(NULL::model_calls, asked);
  gate model_gates;
  before model_calls;
  spend model_spend;
  most numeric;
  this_minute timestamptz := date_trunc('minute', call.asked_at, 'UTC');
  on_day date := (call.asked_at AT TIME ZONE 'UTC')::date;
  under_way int;
  pause CONSTANT interval := (limits ->> 'pauseMs')::int * interval '1 ms';
  -- No clock of a process of ours is ahead by more: what says so was left by one that was wrong, and holds up nobody.
  ahead CONSTANT interval := interval '1 minute';
BEGIN
  INSERT INTO model_gates (provider, model, place, minute) VALUES (call.provider, call.model, call.place, this_minute)
    ON CONFLICT DO NOTHING;
  SELECT * INTO STRICT gate FROM model_gates g
    WHERE g.provider = call.provider AND g.model = call.model AND g.place = call.place FOR UPDATE;
  -- A cycle asks once, and once more for a repair: whatever it would ask now, also where what the prompt shows has moved.
  SELECT * INTO before FROM model_calls c WHERE c.cycle_id = call.cycle_id AND c.attempt = call.attempt;
  IF FOUND THEN
    RETURN jsonb_build_object('outcome', 'asked-before', 'callId', before.id, 'state', before.state);
  END IF;
  IF gate.open_until > call.asked_at AND gate.open_until <= call.asked_at + pause + ahead THEN
    RETURN jsonb_build_object('outcome', 'busy', 'why', 'breaker', 'until', gate.open_until);
  END IF;
  -- The minute of whoever is ahead is everybody's.
  IF gate.minute > this_minute AND gate.minute <= this_minute + ahead THEN
    this_minute := gate.minute;
  END IF;
  IF gate.minute = this_minute AND gate.calls >= (limits ->> 'perMinute')::int THEN
    RETURN jsonb_build_object('outcome', 'busy', 'why', 'rate', 'until', gate.minute + interval '1 minute');
  END IF;
  SELECT count(*) INTO under_way FROM model_calls c WHERE c.provider = call.provider AND c.model = call.model
    AND c.place = call.place AND c.state = 'reserved' AND c.ends_by > call.asked_at AND c.asked_at <= call.asked_at + ahead;
  IF under_way >= (limits ->> 'atOnceEach')::int THEN
    RETURN jsonb_build_object('outcome', 'busy', 'why', 'at-once');
  END IF;

  FOR spend IN SELECT * FROM lock_model_spend(call.bot_id, call.user_id, on_day) LOOP
    most := CASE spend.scope WHEN 'bot' THEN (limits ->> 'bot')::numeric WHEN 'system' THEN (limits ->> 'system')::numeric
      ELSE least(coalesce((SELECT budget_per_day FROM model_limits WHERE user_id = call.user_id), (limits ->> 'user')::numeric),
        (limits ->> 'userMost')::numeric) END;
    IF spend.spent + call.reserve > most THEN
      RETURN jsonb_build_object('outcome', 'over-budget', 'scope', spend.scope, 'spent', spend.spent::text, 'most', most::text);
    END IF;
  END LOOP;
  -- Under the system's lock, which every call takes: nobody else counts meanwhile.
  SELECT count(*) INTO under_way FROM model_calls c
    WHERE c.state = 'reserved' AND c.ends_by > call.asked_at AND c.asked_at <= call.asked_at + ahead;
  IF under_way >= (limits ->> 'atOnce')::int THEN
    RETURN jsonb_build_object('outcome', 'busy', 'why', 'at-once');
  END IF;

  INSERT INTO model_calls (id, user_id, bot_id, cycle_id, slot, attempt, provider, model, place, frame_version, prompt_hash, prompt,
      facts, reserve, asked_at, ends_by)
    VALUES (call.id, call.user_id, call.bot_id, call.cycle_id, call.slot, call.attempt, call.provider, call.model, call.place,
      call.frame_version, call.prompt_hash, call.prompt, call.facts, call.reserve, call.asked_at, call.ends_by);
  UPDATE model_spend s SET spent = s.spent + call.reserve, calls = s.calls + 1 WHERE s.day = on_day
    AND (s.scope, s.scope_id) IN (('bot', call.bot_id::text), ('user', call.user_id::text), ('system', 'system'));
  -- An open breaker lets one call through to find out: the next ones wait for what comes of it.
  UPDATE model_gates g SET minute = this_minute, calls = CASE WHEN g.minute = this_minute THEN g.calls + 1 ELSE 1 END,
      open_until = CASE WHEN g.failures >= (limits ->> 'failuresMax')::int THEN call.asked_at + pause END
    WHERE g.provider = call.provider AND g.model = call.model AND g.place = call.place;
  RETURN jsonb_build_object('outcome', 'reserved');
END $$;

-- Ends a call by what came of it, once: the day on which it was asked pays what it cost instead of what was set aside. Null:
-- it had ended before, and nothing is changed. `health`: what it says of the model: "well", "ill" or "nothing".
CREATE OR REPLACE FUNCTION end_model_call(ended jsonb, health text, breaker jsonb) RETURNS model_calls LANGUAGE plpgsql AS $$
DECLARE
  come model_calls := jsonb_populate_record(NULL::model_calls, ended);
  call model_calls;
  on_day date;
  failures_max CONSTANT int := (breaker ->> 'failuresMax')::int;
  pause CONSTANT interval := (breaker ->> 'pauseMs')::int * interval '1 ms';
BEGIN
  SELECT * INTO call FROM model_calls c WHERE c.id = come.id;
  -- Whoever posts to a bot's ledger has its lease's row.
  PERFORM 1 FROM bot_leases l WHERE l.bot_id = call.bot_id FOR UPDATE;
  PERFORM 1 FROM model_gates g WHERE g.provider = call.provider AND g.model = call.model AND g.place = call.place FOR UPDATE;
  UPDATE model_calls c SET state = come.state, fault = come.fault, reason = come.reason,
      cost = CASE come.state WHEN 'lost' THEN c.reserve WHEN 'refused' THEN 0 ELSE coalesce(come.cost, c.reserve) END,
      served_model = come.served_model, raw = come.raw, stop_reason = come.stop_reason, request_id = come.request_id,
      input_tokens = come.input_tokens, cache_read_tokens = come.cache_read_tokens, cache_write_tokens = come.cache_write_tokens,
      output_tokens = come.output_tokens, tries = come.tries, latency_ms = come.latency_ms, verdict = come.verdict,
      answered_at = greatest(come.answered_at, c.asked_at)
    WHERE c.id = come.id AND c.state = 'reserved' RETURNING c.* INTO call;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  on_day := (call.asked_at AT TIME ZONE 'UTC')::date;
  PERFORM 1 FROM lock_model_spend(call.bot_id, call.user_id, on_day);
  UPDATE model_spend s SET spent = s.spent + call.cost - call.reserve WHERE s.day = on_day
    AND (s.scope, s.scope_id) IN (('bot', call.bot_id::text), ('user', call.user_id::text), ('system', 'system'));
  UPDATE model_gates g SET failures = CASE health WHEN 'well' THEN 0 WHEN 'ill' THEN g.failures + 1 ELSE g.failures END,
      open_until = CASE WHEN health = 'well' THEN NULL
        WHEN health = 'ill' AND g.failures + 1 >= failures_max THEN come.answered_at + pause
        -- The one that was let through to find out found nothing out: it is the next one's turn.
        WHEN health = 'nothing' AND g.failures >= failures_max AND g.open_until = call.asked_at + pause THEN NULL
        ELSE g.open_until END
    WHERE g.provider = call.provider AND g.model = call.model AND g.place = call.place;
  RETURN call;
END $$;
