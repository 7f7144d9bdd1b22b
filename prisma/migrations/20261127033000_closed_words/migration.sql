-- What the gate counts as a stop is one of the protective exits; a mode's own exits carry a prefix that none of those has.
-- Earlier versions wrote stop-loss, take-profit, liquidation, exit-supertrend, exit-sma200 and exit-rsi.
ALTER TABLE trades ADD CONSTRAINT trades_exit_reason
  CHECK (exit_reason IN ('stop-loss', 'take-profit', 'liquidation') OR exit_reason ~ '^exit-[a-z0-9-]+$');

-- Every kind that any version wrote.
CREATE TYPE "ActivityKind" AS ENUM ('market-not-running', 'control-resumed', 'stop-removed');
ALTER TABLE activities ALTER COLUMN kind TYPE "ActivityKind" USING kind::"ActivityKind";
