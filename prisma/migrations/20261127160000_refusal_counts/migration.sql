-- How often each rule refused a bot, kept with every verdict: refusals stay for ever, so nobody counts them again.
CREATE TABLE refusal_counts (
  bot_id uuid NOT NULL REFERENCES bots (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  rule text NOT NULL,
  refusals integer NOT NULL,
  CONSTRAINT refusal_counts_pkey PRIMARY KEY (bot_id, rule)
) WITH (fillfactor = 70);

-- Of its owner's rights: who may append verdicts may not write here.
CREATE FUNCTION keep_refusals() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO refusal_counts AS kept (bot_id, rule, refusals)
    SELECT bot_id, rule, count(*) FROM judged WHERE outcome = 'rejected' GROUP BY bot_id, rule ORDER BY bot_id, rule
    ON CONFLICT (bot_id, rule) DO UPDATE SET refusals = kept.refusals + excluded.refusals;
  RETURN NULL;
END
$$;
CREATE TRIGGER verdicts_keep_refusals AFTER INSERT ON verdicts
  REFERENCING NEW TABLE AS judged FOR EACH STATEMENT EXECUTE FUNCTION keep_refusals();

INSERT INTO refusal_counts (bot_id, rule, refusals)
  SELECT bot_id, rule, count(*) FROM verdicts WHERE outcome = 'rejected' GROUP BY bot_id, rule;

-- A page of refusals is read from where it begins, however rare they are among the verdicts.
DROP INDEX verdicts_refused;
CREATE INDEX verdicts_refused ON verdicts (bot_id, slot, decision_id) WHERE outcome = 'rejected';
