-- What a script answered was paid to nobody. A demo's bot asks it 17,280 times a day of wall time, 400 MB of prompts and
-- replies, so that calls that led to nothing go with their cycles; all others stay.
DROP TRIGGER model_calls_kept ON model_calls;
CREATE TRIGGER model_calls_kept BEFORE TRUNCATE ON model_calls FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_paid_call_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.provider = 'scripted' AND OLD.state <> 'reserved' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'model call % of % is kept', OLD.id, OLD.provider USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER model_calls_paid_kept BEFORE DELETE ON model_calls FOR EACH ROW EXECUTE FUNCTION refuse_paid_call_delete();
