-- A page of a bot's trades by what they made is found by its place, however many there are.
CREATE INDEX trades_bot_id_realized_pnl_position_id_idx ON trades (bot_id, realized_pnl, position_id);
