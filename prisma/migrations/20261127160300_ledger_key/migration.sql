-- Every unique key of the ledger has its bot, so that it can be partitioned by hash of the bot, and the index of its
-- pages is that key. Identifiers stay unique over all bots: one sequence gives them out.
ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_pkey;
DROP INDEX ledger_entries_bot_id_id_idx;
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (bot_id, id);
