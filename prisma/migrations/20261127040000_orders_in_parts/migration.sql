-- Orders as any venue takes them, filled in parts and late: each has its own client order id, account, type and prices.
CREATE TYPE "OrderType" AS ENUM ('market', 'limit', 'stop', 'stopLimit');

ALTER TABLE orders ADD COLUMN account_id uuid, ADD COLUMN client_order_id text,
  ADD COLUMN type "OrderType" NOT NULL DEFAULT 'market', ADD COLUMN price decimal(38,18), ADD COLUMN trigger_price decimal(38,18);
UPDATE orders SET account_id = b.account_id, client_order_id = i.client_order_id
  FROM order_intents i JOIN bots b ON b.id = i.bot_id WHERE i.id = orders.intent_id;
ALTER TABLE orders ALTER COLUMN account_id SET NOT NULL, ALTER COLUMN client_order_id SET NOT NULL;
ALTER TABLE orders ADD CONSTRAINT orders_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE UNIQUE INDEX orders_client_order_id_key ON orders (client_order_id);
ALTER TABLE orders ADD CONSTRAINT orders_client_order_id CHECK (client_order_id ~ '^[0-9a-f]{32}$');
ALTER TABLE orders ADD CONSTRAINT orders_prices
  CHECK ((price IS NOT NULL) = (type IN ('limit', 'stopLimit')) AND (trigger_price IS NOT NULL) = (type IN ('stop', 'stopLimit'))
         AND coalesce(price, 1) > 0 AND coalesce(trigger_price, 1) > 0);

-- An intent may have several orders.
DROP INDEX orders_intent_id_key;
CREATE INDEX orders_intent_id_idx ON orders (intent_id);
-- The few that still have to be asked about, among all that ever were.
CREATE INDEX orders_unresolved ON orders (account_id)
  WHERE status IN ('pending', 'submitting', 'accepted', 'partiallyFilled', 'unknown');

-- What may follow what: the transition table of src/trading/execution/order-status.ts, which a test compares.
CREATE FUNCTION check_order_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT coalesce(NEW.status::text = ANY (CASE OLD.status::text
    WHEN 'pending' THEN ARRAY['submitting', 'rejected', 'expired']
    WHEN 'submitting' THEN ARRAY['accepted', 'partiallyFilled', 'filled', 'canceled', 'rejected', 'expired', 'unknown']
    WHEN 'accepted' THEN ARRAY['partiallyFilled', 'filled', 'canceled', 'expired', 'unknown']
    WHEN 'partiallyFilled' THEN ARRAY['filled', 'canceled', 'expired', 'unknown']
    WHEN 'unknown' THEN ARRAY['submitting', 'accepted', 'partiallyFilled', 'filled', 'canceled', 'rejected', 'expired']
    WHEN 'canceled' THEN ARRAY['filled'] END), false) THEN
    RAISE EXCEPTION 'an order that is % cannot become %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER orders_status_follows BEFORE UPDATE ON orders FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION check_order_status();

-- A venue counts its fills per account and market. The rows are told whose they are; nothing else of them changes.
ALTER TABLE fills ADD COLUMN account_id uuid, ADD COLUMN market_id integer, ADD COLUMN fee_currency text;
ALTER TABLE fills DISABLE TRIGGER fills_append_only;
UPDATE fills SET account_id = p.account_id, market_id = p.market_id, fee_currency = a.currency
  FROM positions p JOIN accounts a ON a.id = p.account_id WHERE p.id = fills.position_id;
ALTER TABLE fills ENABLE TRIGGER fills_append_only;
ALTER TABLE fills ALTER COLUMN account_id SET NOT NULL, ALTER COLUMN market_id SET NOT NULL, ALTER COLUMN fee_currency SET NOT NULL,
  ALTER COLUMN slippage DROP NOT NULL;
ALTER TABLE fills ADD CONSTRAINT fills_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE fills ADD CONSTRAINT fills_market_id_fkey FOREIGN KEY (market_id) REFERENCES markets(id) ON DELETE RESTRICT ON UPDATE CASCADE;
DROP INDEX fills_venue_id_venue_fill_id_key;
CREATE UNIQUE INDEX fills_account_id_market_id_venue_fill_id_key ON fills (account_id, market_id, venue_fill_id);
