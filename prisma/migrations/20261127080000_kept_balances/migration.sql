-- What each ledger account of a bot holds, kept with every posting: nobody sums a ledger of years.
CREATE TABLE bot_balances (
  bot_id uuid NOT NULL REFERENCES bots (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  account "LedgerAccount" NOT NULL,
  currency text NOT NULL,
  amount numeric(38, 18) NOT NULL,
  CONSTRAINT bot_balances_pkey PRIMARY KEY (bot_id, account, currency)
) WITH (fillfactor = 70);

-- Of its owner's rights: who may append to the ledger may not write here.
CREATE FUNCTION keep_balances() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO bot_balances AS kept (bot_id, account, currency, amount)
    SELECT bot_id, account, currency, sum(amount) FROM posted GROUP BY bot_id, account, currency ORDER BY bot_id, account, currency
    ON CONFLICT (bot_id, account, currency) DO UPDATE SET amount = kept.amount + excluded.amount;
  RETURN NULL;
END
$$;
CREATE TRIGGER ledger_entries_keep_balances AFTER INSERT ON ledger_entries
  REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION keep_balances();

INSERT INTO bot_balances (bot_id, account, currency, amount)
  SELECT bot_id, account, currency, sum(amount) FROM ledger_entries GROUP BY bot_id, account, currency;
