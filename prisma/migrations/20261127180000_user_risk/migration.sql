-- What a user allows all bots together. Every user with a bot has a row, so that an approval has something to lock.
CREATE TABLE user_risk (
  user_id UUID NOT NULL,
  gross_notional_max DECIMAL(38,18),
  same_side_notional_max DECIMAL(38,18),
  same_side_correlation DOUBLE PRECISION NOT NULL DEFAULT 0.8,
  daily_loss_max DECIMAL(38,18),
  version BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT user_risk_pkey PRIMARY KEY (user_id),
  CONSTRAINT user_risk_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT user_risk_limits_positive CHECK (gross_notional_max > 0 AND same_side_notional_max > 0 AND daily_loss_max > 0),
  CONSTRAINT user_risk_correlation CHECK (same_side_correlation BETWEEN 0 AND 1),
  CONSTRAINT user_risk_version CHECK (version >= 0)
);

CREATE FUNCTION open_user_risk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO user_risk (user_id) VALUES (NEW.user_id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER bots_open_user_risk AFTER INSERT ON bots FOR EACH ROW EXECUTE FUNCTION open_user_risk();
INSERT INTO user_risk (user_id) SELECT id FROM users u WHERE EXISTS (SELECT FROM bots b WHERE b.user_id = u.id);

-- What an entry is worth until it is filled. Earlier orders do not say it.
ALTER TABLE order_intents ADD COLUMN notional DECIMAL(38,18);
ALTER TABLE order_intents ADD CONSTRAINT order_intents_notional
  CHECK (notional IS NULL OR (purpose = 'entry' AND notional > 0));

-- The sums of the user's other bots that an entry was judged by.
ALTER TABLE verdicts ADD COLUMN user_sums JSONB;
ALTER TABLE verdicts ADD CONSTRAINT verdicts_user_sums CHECK (jsonb_typeof(user_sums) = 'object');
