-- A page of a bot's ledger, of one account or all, is read from where it begins, however long the ledger is.
CREATE INDEX ledger_entries_bot_id_id_idx ON ledger_entries (bot_id, id);
CREATE INDEX ledger_entries_bot_id_account_id_idx ON ledger_entries (bot_id, account, id);
