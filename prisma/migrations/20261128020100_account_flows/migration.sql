-- What was paid into a paper account after it was opened, and taken out of it. Gains can be taken out too, so that what
-- was paid in on balance may fall to nothing and below.
ALTER TABLE accounts DROP CONSTRAINT accounts_capital_positive;

CREATE TYPE "FlowKind" AS ENUM ('deposit', 'withdrawal');
CREATE TABLE account_flows (
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  actor_id UUID NOT NULL,
  kind "FlowKind" NOT NULL,
  amount DECIMAL(38,18) NOT NULL,
  capital_after DECIMAL(38,18) NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT account_flows_pkey PRIMARY KEY (id),
  CONSTRAINT account_flows_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT account_flows_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES users (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT account_flows_amount_positive CHECK (amount > 0)
);
CREATE INDEX account_flows_account_id_at_idx ON account_flows (account_id, at);
CREATE INDEX account_flows_actor_id_idx ON account_flows (actor_id);
CREATE TRIGGER account_flows_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account_flows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
