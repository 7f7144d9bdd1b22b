-- How many losses in a row a trade makes with those before it, in the order of exits; 0: it did not lose.
ALTER TABLE trades ADD COLUMN losses_in_row integer NOT NULL DEFAULT 0;

-- What all closed trades of a bot add up to, kept with every one of them.
CREATE TABLE trade_totals (
  bot_id uuid NOT NULL REFERENCES bots (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  trades integer NOT NULL,
  wins integer NOT NULL,
  losses integer NOT NULL,
  gross_pnl numeric(38, 18) NOT NULL,
  slippage numeric(38, 18) NOT NULL,
  fees numeric(38, 18) NOT NULL,
  funding numeric(38, 18) NOT NULL,
  realized_pnl numeric(38, 18) NOT NULL,
  won numeric(38, 18) NOT NULL,
  lost numeric(38, 18) NOT NULL,
  last_exit_at timestamptz(3) NOT NULL,
  CONSTRAINT trade_totals_pkey PRIMARY KEY (bot_id)
) WITH (fillfactor = 70);

-- The number of each trade, as all of them together tell it.
CREATE FUNCTION losses_in_row_of(bot uuid) RETURNS TABLE (position_id uuid, losses integer) LANGUAGE sql STABLE AS $$
  SELECT t.position_id, (count(*) FILTER (WHERE t.realized_pnl < 0)
    OVER (PARTITION BY t.others ORDER BY t.exited_at, t.market_id, t.position_id))::integer * (t.realized_pnl < 0)::integer
  FROM (
    SELECT r.position_id, r.exited_at, r.market_id, r.realized_pnl,
      count(*) FILTER (WHERE r.realized_pnl >= 0) OVER (ORDER BY r.exited_at, r.market_id, r.position_id) AS others
    FROM trades r WHERE r.bot_id = bot) t
$$;

-- Of its owner's rights: who may append trades may not write these.
CREATE FUNCTION keep_trade_totals() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  added record;
  trade record;
  losses integer;
BEGIN
  -- One that ended before others renumbers those.
  FOR added IN SELECT bot_id, min(exited_at) AS since FROM closed GROUP BY bot_id ORDER BY bot_id LOOP
    SELECT losses_in_row INTO losses FROM trades WHERE bot_id = added.bot_id AND exited_at < added.since
      ORDER BY exited_at DESC, market_id DESC, position_id DESC LIMIT 1;
    FOR trade IN SELECT position_id, realized_pnl, losses_in_row FROM trades
      WHERE bot_id = added.bot_id AND exited_at >= added.since ORDER BY exited_at, market_id, position_id
    LOOP
      losses := CASE WHEN trade.realized_pnl < 0 THEN coalesce(losses, 0) + 1 ELSE 0 END;
      IF losses <> trade.losses_in_row THEN
        UPDATE trades SET losses_in_row = losses WHERE position_id = trade.position_id;
      END IF;
    END LOOP;
  END LOOP;
  INSERT INTO trade_totals AS kept (bot_id, trades, wins, losses, gross_pnl, slippage, fees, funding, realized_pnl, won, lost, last_exit_at)
    SELECT bot_id, count(*), count(*) FILTER (WHERE realized_pnl > 0), count(*) FILTER (WHERE realized_pnl < 0),
      sum(gross_pnl), sum(slippage), sum(fees), sum(funding), sum(realized_pnl),
      sum(greatest(realized_pnl, 0)), sum(least(realized_pnl, 0)), max(exited_at)
    FROM closed GROUP BY bot_id ORDER BY bot_id
    ON CONFLICT (bot_id) DO UPDATE SET trades = kept.trades + excluded.trades, wins = kept.wins + excluded.wins,
      losses = kept.losses + excluded.losses, gross_pnl = kept.gross_pnl + excluded.gross_pnl,
      slippage = kept.slippage + excluded.slippage, fees = kept.fees + excluded.fees, funding = kept.funding + excluded.funding,
      realized_pnl = kept.realized_pnl + excluded.realized_pnl, won = kept.won + excluded.won, lost = kept.lost + excluded.lost,
      last_exit_at = greatest(kept.last_exit_at, excluded.last_exit_at);
  RETURN NULL;
END
$$;
CREATE TRIGGER trades_keep_totals AFTER INSERT ON trades
  REFERENCING NEW TABLE AS closed FOR EACH STATEMENT EXECUTE FUNCTION keep_trade_totals();

UPDATE trades t SET losses_in_row = n.losses FROM bots b CROSS JOIN LATERAL losses_in_row_of(b.id) n
  WHERE t.position_id = n.position_id AND t.losses_in_row <> n.losses;
INSERT INTO trade_totals (bot_id, trades, wins, losses, gross_pnl, slippage, fees, funding, realized_pnl, won, lost, last_exit_at)
  SELECT bot_id, count(*), count(*) FILTER (WHERE realized_pnl > 0), count(*) FILTER (WHERE realized_pnl < 0),
    sum(gross_pnl), sum(slippage), sum(fees), sum(funding), sum(realized_pnl),
    sum(greatest(realized_pnl, 0)), sum(least(realized_pnl, 0)), max(exited_at)
  FROM trades GROUP BY bot_id;

-- The last stop in a market is one look-up.
CREATE INDEX trades_stops ON trades (bot_id, market_id, exited_at) WHERE exit_reason IN ('stop-loss', 'liquidation');
