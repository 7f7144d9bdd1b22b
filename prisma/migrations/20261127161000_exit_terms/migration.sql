-- How a position is closed beside its stop and target goes from the decision to the order that opens it.
ALTER TABLE decisions ADD COLUMN exits jsonb, ADD COLUMN close_fraction double precision;
ALTER TABLE order_intents ADD COLUMN exits jsonb;
ALTER TABLE decisions ADD CONSTRAINT decisions_close_fraction
  CHECK (close_fraction IS NULL OR (action = 'close' AND close_fraction > 0 AND close_fraction <= 1)) NOT VALID;
ALTER TABLE decisions VALIDATE CONSTRAINT decisions_close_fraction;
ALTER TABLE decisions ADD CONSTRAINT decisions_exits CHECK (exits IS NULL OR action <> 'hold') NOT VALID;
ALTER TABLE decisions VALIDATE CONSTRAINT decisions_exits;

ALTER TABLE trades DROP CONSTRAINT trades_exit_reason;
ALTER TABLE trades ADD CONSTRAINT trades_exit_reason
  CHECK (exit_reason IN ('stop-loss', 'take-profit', 'liquidation', 'break-even', 'trailing-stop', 'time-exit', 'invalidation')
    OR exit_reason ~ '^exit-[a-z0-9-]+$') NOT VALID;
ALTER TABLE trades VALIDATE CONSTRAINT trades_exit_reason;
