-- A paper position whose market was delisted is closed at its last price. NOT VALID first, so that the scan of existing
-- rows does not hold the lock.
ALTER TABLE trades DROP CONSTRAINT trades_exit_reason;
ALTER TABLE trades ADD CONSTRAINT trades_exit_reason
  CHECK (exit_reason IN ('stop-loss', 'take-profit', 'liquidation', 'break-even', 'trailing-stop', 'time-exit', 'invalidation', 'delisting')
    OR exit_reason ~ '^exit-[a-z0-9-]+$') NOT VALID;
ALTER TABLE trades VALIDATE CONSTRAINT trades_exit_reason;
