-- A condition on a missing value is unknown, and a check lets unknown pass: coalesce() where a value must be there.
-- What Prisma's schema cannot say: checks, partial unique indexes, append-only tables, balanced postings.
-- Each is violated on purpose by a test in src/server/db.

-- people and accounts
ALTER TABLE users ADD CONSTRAINT users_email_lower_case CHECK (email = lower(email) AND email LIKE '%_@_%');
ALTER TABLE accounts ADD CONSTRAINT accounts_paper_has_no_key CHECK (kind <> 'paper' OR key_reference IS NULL);

-- venues
ALTER TABLE venue_clocks ADD CONSTRAINT venue_clocks_speed CHECK (speed BETWEEN 0 AND 3600);
ALTER TABLE markets ADD CONSTRAINT markets_positive_rules
  CHECK (tick > 0 AND lot > 0 AND contract_size > 0 AND quantity_min >= 0 AND (notional_min IS NULL OR notional_min >= 0)
         AND (leverage_max IS NULL OR leverage_max >= 1));
ALTER TABLE markets ADD CONSTRAINT markets_pair_form CHECK (pair ~ '^[A-Z0-9]{1,15}/[A-Z0-9]{1,15}$');
ALTER TABLE candles ADD CONSTRAINT candles_prices
  CHECK (low > 0 AND low <= least(open, close) AND high >= greatest(open, close) AND high < 'Infinity'::float8
         AND (volume IS NULL OR (volume >= 0 AND volume < 'Infinity'::float8)));
ALTER TABLE candles ADD CONSTRAINT candles_timeframe
  CHECK (timeframe IN ('1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '12h', '1d'));
ALTER TABLE candle_coverages ADD CONSTRAINT candle_coverages_order CHECK ("from" <= "through");

-- bots
ALTER TABLE bots ADD CONSTRAINT bots_interval CHECK (interval_seconds >= 60 AND interval_seconds <= 86400);
ALTER TABLE bots ADD CONSTRAINT bots_allotment CHECK (allotment > 0);
ALTER TABLE bot_settings ADD CONSTRAINT bot_settings_version CHECK (version >= 1);

-- cycles
ALTER TABLE cycles ADD CONSTRAINT cycles_skip_reason CHECK ((status = 'skipped') = (skip_reason IS NOT NULL));
ALTER TABLE cycles ADD CONSTRAINT cycles_failure CHECK (status <> 'failed' OR failure IS NOT NULL);
ALTER TABLE cycles ADD CONSTRAINT cycles_missed
  CHECK ((skip_reason IS NOT DISTINCT FROM 'missed') = (missed_through IS NOT NULL AND missed_count IS NOT NULL)
         AND (missed_count IS NULL OR (missed_count >= 1 AND missed_through >= slot)));
ALTER TABLE cycles ADD CONSTRAINT cycles_running_has_epoch CHECK (status <> 'running' OR (epoch IS NOT NULL AND holder IS NOT NULL));
CREATE UNIQUE INDEX cycles_one_running ON cycles (bot_id) WHERE status = 'running';
CREATE INDEX cycles_due ON cycles (slot) WHERE status = 'due';

-- signals, decisions, verdicts
ALTER TABLE signals ADD CONSTRAINT signals_scores CHECK (long_score BETWEEN 0 AND 1 AND short_score BETWEEN 0 AND 1);
ALTER TABLE signals ADD CONSTRAINT signals_evidence_size CHECK (evidence IS NULL OR octet_length(evidence::text) <= 8192);
ALTER TABLE decisions ADD CONSTRAINT decisions_score CHECK (score BETWEEN 0 AND 1);
ALTER TABLE decisions ADD CONSTRAINT decisions_open_is_complete
  CHECK (action <> 'open' OR coalesce(side IS NOT NULL AND size_fraction > 0 AND size_fraction <= 1 AND leverage >= 1
         AND entry_price > 0 AND stop_loss > 0 AND take_profit > 0 AND decided_candle IS NOT NULL, false));
ALTER TABLE verdicts ADD CONSTRAINT verdicts_rejected_names_rule CHECK (outcome <> 'rejected' OR rule IS NOT NULL);

-- orders
ALTER TABLE order_intents ADD CONSTRAINT order_intents_positive CHECK (quantity > 0 AND leverage >= 1);
ALTER TABLE order_intents ADD CONSTRAINT order_intents_client_order_id CHECK (client_order_id ~ '^[0-9a-f]{32}$');
ALTER TABLE order_intents ADD CONSTRAINT order_intents_side
  CHECK ((purpose = 'entry') = ((side = 'buy') = (position_side = 'long')) OR purpose = 'manual');
ALTER TABLE order_intents ADD CONSTRAINT order_intents_entry_is_protected
  CHECK (purpose <> 'entry' OR coalesce(stop_loss > 0 AND decided_candle IS NOT NULL AND decision_id IS NOT NULL, false));
ALTER TABLE order_intents ADD CONSTRAINT order_intents_closing_names_position CHECK (purpose = 'entry' OR purpose = 'manual' OR position_id IS NOT NULL);
-- At most one entry per pair and closed decision candle, also after a stop.
CREATE UNIQUE INDEX order_intents_one_entry_per_candle ON order_intents (bot_id, market_id, decided_candle) WHERE purpose = 'entry';
ALTER TABLE orders ADD CONSTRAINT orders_quantities CHECK (quantity > 0 AND filled_quantity >= 0 AND filled_quantity <= quantity);
ALTER TABLE orders ADD CONSTRAINT orders_filled CHECK ((status = 'filled') = (filled_quantity = quantity));
ALTER TABLE fills ADD CONSTRAINT fills_positive CHECK (price > 0 AND quantity > 0 AND fee >= 0 AND slippage >= 0);

-- positions and trades
ALTER TABLE positions ADD CONSTRAINT positions_amounts
  CHECK (quantity >= 0 AND entry_price > 0 AND leverage >= 1 AND margin >= 0 AND mark > 0);
ALTER TABLE positions ADD CONSTRAINT positions_closed_is_flat CHECK ((closed_at IS NULL) = (quantity > 0) AND (closed_at IS NULL OR margin = 0));
ALTER TABLE positions ADD CONSTRAINT positions_times CHECK (settled_through >= opened_at AND (closed_at IS NULL OR closed_at >= opened_at));
CREATE UNIQUE INDEX positions_one_open_per_bot ON positions (bot_id, market_id) WHERE closed_at IS NULL;
-- A real venue nets positions of one account.
CREATE UNIQUE INDEX positions_one_open_per_account ON positions (account_id, market_id)
  WHERE closed_at IS NULL AND account_kind <> 'paper';
CREATE INDEX positions_open ON positions (settled_through) WHERE closed_at IS NULL;
ALTER TABLE trades ADD CONSTRAINT trades_net CHECK (realized_pnl = gross_pnl - slippage - fees + funding);
ALTER TABLE trades ADD CONSTRAINT trades_amounts
  CHECK (quantity > 0 AND entry_price > 0 AND exit_price > 0 AND fees >= 0 AND slippage >= 0 AND exited_at >= entered_at);

-- equity
ALTER TABLE equity_points ADD CONSTRAINT equity_points_sum CHECK (equity = cash + margin + unrealized_pnl AND peak >= equity);

-- append-only tables
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bot_settings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bot_settings
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fills_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fills
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A stored candle never changes: a venue that says otherwise is a breach, not an update.
CREATE TRIGGER candles_immutable BEFORE UPDATE ON candles FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Every ledger transaction sums to zero per bot and currency, checked when it commits.
CREATE FUNCTION check_ledger_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  total numeric;
BEGIN
  SELECT sum(amount) INTO total FROM ledger_entries
    WHERE transaction_id = NEW.transaction_id AND bot_id = NEW.bot_id AND currency = NEW.currency;
  IF total <> 0 THEN
    RAISE EXCEPTION 'ledger transaction % is off by % %', NEW.transaction_id, total, NEW.currency USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_ledger_balance();

-- Numbers of a user's live events start at 1 and follow the topic's counter.
ALTER TABLE live_events ADD CONSTRAINT live_events_number CHECK (number >= 1);
