CREATE TYPE "SpendScope" AS ENUM ('bot', 'user', 'system');

-- What calls of a day cost or may cost: `spent` is what was charged, and the reserve of each call that has not ended. `day`
-- is the UTC day of wall time at which a call was asked. `scope_id` names the bot or the user; the system's is 'system'.
CREATE TABLE model_spend (
  scope "SpendScope" NOT NULL,
  scope_id TEXT NOT NULL,
  day DATE NOT NULL,
  spent DECIMAL(38,18) NOT NULL DEFAULT 0,
  calls INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT model_spend_pkey PRIMARY KEY (scope, scope_id, day),
  CONSTRAINT model_spend_amounts CHECK (spent >= 0 AND calls >= 0),
  CONSTRAINT model_spend_scope CHECK ((scope = 'system') = (scope_id = 'system'))
) WITH (fillfactor = 70);

-- What a user lets all bots together spend a day, in US dollars; without a row, what the deployment gives everybody.
CREATE TABLE model_limits (
  user_id UUID NOT NULL,
  budget_per_day DECIMAL(38,18) NOT NULL,
  changed_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT model_limits_pkey PRIMARY KEY (user_id),
  CONSTRAINT model_limits_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT model_limits_budget CHECK (budget_per_day >= 0)
);

-- How a model is asked by all bots: calls in this minute, and the breaker. `place` is the user whose address it is, or ''
-- for its provider's own. Times are wall time.
CREATE TABLE model_gates (
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  place TEXT NOT NULL,
  minute TIMESTAMPTZ(3) NOT NULL,
  calls INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  open_until TIMESTAMPTZ(3),
  CONSTRAINT model_gates_pkey PRIMARY KEY (provider, model, place),
  CONSTRAINT model_gates_counts CHECK (calls >= 0 AND failures >= 0)
) WITH (fillfactor = 70);

-- A user's key of a provider. `sealed` opens by the secret `key_id` of the deployment, for this row, user, provider and
-- address alone; of the key itself nothing but its last four letters can be shown.
CREATE TABLE model_keys (
  id UUID NOT NULL,
  user_id UUID NOT NULL,
  provider TEXT NOT NULL,
  base_url TEXT,
  key_id TEXT NOT NULL,
  sealed BYTEA NOT NULL,
  hint TEXT NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL,
  used_at TIMESTAMPTZ(3),
  CONSTRAINT model_keys_pkey PRIMARY KEY (id),
  CONSTRAINT model_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT model_keys_sealed_size CHECK (octet_length(sealed) BETWEEN 90 AND 1024),
  CONSTRAINT model_keys_hint_size CHECK (length(hint) <= 4)
);
CREATE UNIQUE INDEX model_keys_user_id_provider_key ON model_keys (user_id, provider);
