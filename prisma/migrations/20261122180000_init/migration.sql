-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "UserRole" AS ENUM ('trader', 'admin');

-- CreateEnum
CREATE TYPE "AccountKind" AS ENUM ('paper', 'venue-demo', 'live');

-- CreateEnum
CREATE TYPE "VenueKind" AS ENUM ('okx', 'demo');

-- CreateEnum
CREATE TYPE "MarketType" AS ENUM ('swap', 'spot');

-- CreateEnum
CREATE TYPE "BotStatus" AS ENUM ('running', 'paused', 'stopped', 'archived');

-- CreateEnum
CREATE TYPE "TradingState" AS ENUM ('active', 'reducing', 'halted');

-- CreateEnum
CREATE TYPE "CycleStatus" AS ENUM ('due', 'running', 'done', 'skipped', 'failed', 'abandoned');

-- CreateEnum
CREATE TYPE "SkipReason" AS ENUM ('busy', 'stale', 'paused', 'halted', 'missed');

-- CreateEnum
CREATE TYPE "DecisionAction" AS ENUM ('open', 'close', 'hold');

-- CreateEnum
CREATE TYPE "PositionSide" AS ENUM ('long', 'short');

-- CreateEnum
CREATE TYPE "VerdictOutcome" AS ENUM ('approved', 'resized', 'rejected');

-- CreateEnum
CREATE TYPE "OrderSide" AS ENUM ('buy', 'sell');

-- CreateEnum
CREATE TYPE "OrderPurpose" AS ENUM ('entry', 'exit', 'protective', 'manual');

-- CreateEnum
CREATE TYPE "OrderStatus" AS ENUM ('pending', 'submitting', 'accepted', 'partiallyFilled', 'filled', 'canceled', 'rejected', 'expired', 'unknown');

-- CreateEnum
CREATE TYPE "LedgerAccount" AS ENUM ('capital', 'cash', 'margin', 'realized-pnl', 'fees', 'funding', 'model-cost');

-- CreateEnum
CREATE TYPE "AlertSeverity" AS ENUM ('info', 'warning', 'critical');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT,
    "role" "UserRole" NOT NULL DEFAULT 'trader',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "venue_id" UUID NOT NULL,
    "kind" "AccountKind" NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'USDT',
    "key_reference" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "venues" (
    "id" UUID NOT NULL,
    "kind" "VenueKind" NOT NULL,
    "name" TEXT NOT NULL,
    "identity" TEXT NOT NULL,
    "finest_timeframe" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "venues_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "venue_clocks" (
    "venue_id" UUID NOT NULL,
    "anchor_wall" TIMESTAMPTZ(3) NOT NULL,
    "anchor_market" TIMESTAMPTZ(3) NOT NULL,
    "speed" INTEGER NOT NULL,
    "high_water" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "venue_clocks_pkey" PRIMARY KEY ("venue_id")
);

-- CreateTable
CREATE TABLE "markets" (
    "id" SERIAL NOT NULL,
    "venue_id" UUID NOT NULL,
    "pair" TEXT NOT NULL,
    "market_type" "MarketType" NOT NULL,
    "tick" DECIMAL(38,18) NOT NULL,
    "lot" DECIMAL(38,18) NOT NULL,
    "contract_size" DECIMAL(38,18) NOT NULL,
    "quantity_min" DECIMAL(38,18) NOT NULL,
    "notional_min" DECIMAL(38,18),
    "leverage_max" INTEGER,

    CONSTRAINT "markets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "candles" (
    "market_id" INTEGER NOT NULL,
    "timeframe" TEXT NOT NULL,
    "open_time" TIMESTAMPTZ(3) NOT NULL,
    "open" DOUBLE PRECISION NOT NULL,
    "high" DOUBLE PRECISION NOT NULL,
    "low" DOUBLE PRECISION NOT NULL,
    "close" DOUBLE PRECISION NOT NULL,
    "volume" DOUBLE PRECISION,

    CONSTRAINT "candles_pkey" PRIMARY KEY ("market_id","timeframe","open_time")
);

-- CreateTable
CREATE TABLE "candle_coverages" (
    "market_id" INTEGER NOT NULL,
    "timeframe" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "through" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "candle_coverages_pkey" PRIMARY KEY ("market_id","timeframe")
);

-- CreateTable
CREATE TABLE "market_snapshots" (
    "id" UUID NOT NULL,
    "market_id" INTEGER NOT NULL,
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "reference_price" DECIMAL(38,18),
    "last" DECIMAL(38,18),
    "bid" DECIMAL(38,18),
    "ask" DECIMAL(38,18),
    "quote_volume_24h" DECIMAL(38,18),
    "funding_rate" DECIMAL(38,18),
    "open_interest" DECIMAL(38,18),
    "hash" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "market_snapshots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bots" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "account_kind" "AccountKind" NOT NULL,
    "name" TEXT NOT NULL,
    "status" "BotStatus" NOT NULL DEFAULT 'running',
    "trading_state" "TradingState" NOT NULL DEFAULT 'active',
    "settings_version" INTEGER NOT NULL,
    "interval_seconds" INTEGER NOT NULL,
    "allotment" DECIMAL(38,18) NOT NULL,
    "next_due" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "bots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bot_settings" (
    "bot_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bot_settings_pkey" PRIMARY KEY ("bot_id","version")
);

-- CreateTable
CREATE TABLE "bot_leases" (
    "bot_id" UUID NOT NULL,
    "holder" TEXT,
    "epoch" BIGINT NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "bot_leases_pkey" PRIMARY KEY ("bot_id")
);

-- CreateTable
CREATE TABLE "cycles" (
    "id" UUID NOT NULL,
    "bot_id" UUID NOT NULL,
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "status" "CycleStatus" NOT NULL DEFAULT 'due',
    "skip_reason" "SkipReason",
    "failure" TEXT,
    "epoch" BIGINT,
    "holder" TEXT,
    "settings_version" INTEGER,
    "stages" JSONB NOT NULL DEFAULT '{}',
    "missed_through" TIMESTAMPTZ(3),
    "missed_count" INTEGER,
    "planned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "cycles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cycle_days" (
    "bot_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "cycle_days_pkey" PRIMARY KEY ("bot_id","day")
);

-- CreateTable
CREATE TABLE "signals" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "market_id" INTEGER NOT NULL,
    "mode" TEXT NOT NULL,
    "long_score" DOUBLE PRECISION,
    "short_score" DOUBLE PRECISION,
    "evidence" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decisions" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "market_id" INTEGER NOT NULL,
    "signal_id" UUID,
    "sequence" INTEGER NOT NULL,
    "action" "DecisionAction" NOT NULL,
    "side" "PositionSide",
    "decided_candle" TIMESTAMPTZ(3),
    "score" DOUBLE PRECISION NOT NULL,
    "size_fraction" DOUBLE PRECISION,
    "leverage" DOUBLE PRECISION,
    "entry_price" DECIMAL(38,18),
    "stop_loss" DECIMAL(38,18),
    "take_profit" DECIMAL(38,18),
    "invalidation" JSONB NOT NULL DEFAULT '[]',
    "reason_code" TEXT NOT NULL,
    "reason_text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verdicts" (
    "decision_id" UUID NOT NULL,
    "outcome" "VerdictOutcome" NOT NULL,
    "rule" TEXT,
    "reason" TEXT NOT NULL,
    "quantity" DECIMAL(38,18),
    "checks" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verdicts_pkey" PRIMARY KEY ("decision_id")
);

-- CreateTable
CREATE TABLE "order_intents" (
    "id" UUID NOT NULL,
    "bot_id" UUID NOT NULL,
    "cycle_id" UUID,
    "decision_id" UUID,
    "position_id" UUID,
    "market_id" INTEGER NOT NULL,
    "client_order_id" TEXT NOT NULL,
    "purpose" "OrderPurpose" NOT NULL,
    "kind" TEXT NOT NULL,
    "side" "OrderSide" NOT NULL,
    "position_side" "PositionSide" NOT NULL,
    "quantity" DECIMAL(38,18) NOT NULL,
    "leverage" DECIMAL(38,18) NOT NULL,
    "stop_loss" DECIMAL(38,18),
    "take_profit" DECIMAL(38,18),
    "decided_candle" TIMESTAMPTZ(3),
    "intended_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_intents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" UUID NOT NULL,
    "intent_id" UUID NOT NULL,
    "venue_order_id" TEXT,
    "status" "OrderStatus" NOT NULL DEFAULT 'pending',
    "status_reason" TEXT,
    "quantity" DECIMAL(38,18) NOT NULL,
    "filled_quantity" DECIMAL(38,18) NOT NULL DEFAULT 0,
    "average_price" DECIMAL(38,18),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fills" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "position_id" UUID NOT NULL,
    "venue_id" UUID NOT NULL,
    "venue_fill_id" TEXT NOT NULL,
    "side" "OrderSide" NOT NULL,
    "price" DECIMAL(38,18) NOT NULL,
    "quantity" DECIMAL(38,18) NOT NULL,
    "fee" DECIMAL(38,18) NOT NULL,
    "slippage" DECIMAL(38,18) NOT NULL,
    "filled_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "fills_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "positions" (
    "id" UUID NOT NULL,
    "bot_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "account_kind" "AccountKind" NOT NULL,
    "market_id" INTEGER NOT NULL,
    "side" "PositionSide" NOT NULL,
    "quantity" DECIMAL(38,18) NOT NULL,
    "entry_price" DECIMAL(38,18) NOT NULL,
    "leverage" DECIMAL(38,18) NOT NULL,
    "margin" DECIMAL(38,18) NOT NULL,
    "stop_loss" DECIMAL(38,18),
    "take_profit" DECIMAL(38,18),
    "invalidation" JSONB NOT NULL DEFAULT '[]',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "settled_through" TIMESTAMPTZ(3) NOT NULL,
    "mark" DECIMAL(38,18) NOT NULL,
    "marked_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "positions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trades" (
    "position_id" UUID NOT NULL,
    "bot_id" UUID NOT NULL,
    "market_id" INTEGER NOT NULL,
    "side" "PositionSide" NOT NULL,
    "quantity" DECIMAL(38,18) NOT NULL,
    "entry_price" DECIMAL(38,18) NOT NULL,
    "exit_price" DECIMAL(38,18) NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,
    "exited_at" TIMESTAMPTZ(3) NOT NULL,
    "gross_pnl" DECIMAL(38,18) NOT NULL,
    "fees" DECIMAL(38,18) NOT NULL,
    "funding" DECIMAL(38,18) NOT NULL,
    "slippage" DECIMAL(38,18) NOT NULL,
    "realized_pnl" DECIMAL(38,18) NOT NULL,
    "exit_reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trades_pkey" PRIMARY KEY ("position_id")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "id" BIGSERIAL NOT NULL,
    "transaction_id" TEXT NOT NULL,
    "bot_id" UUID NOT NULL,
    "account" "LedgerAccount" NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" DECIMAL(38,18) NOT NULL,
    "position_id" UUID,
    "fill_id" UUID,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "equity_points" (
    "bot_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "equity" DECIMAL(38,18) NOT NULL,
    "cash" DECIMAL(38,18) NOT NULL,
    "margin" DECIMAL(38,18) NOT NULL,
    "unrealized_pnl" DECIMAL(38,18) NOT NULL,
    "peak" DECIMAL(38,18) NOT NULL,

    CONSTRAINT "equity_points_pkey" PRIMARY KEY ("bot_id","at")
);

-- CreateTable
CREATE TABLE "invariant_checks" (
    "bot_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "checked" INTEGER NOT NULL,
    "broken" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invariant_checks_pkey" PRIMARY KEY ("bot_id","at")
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "bot_id" UUID,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" "AlertSeverity" NOT NULL,
    "message" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activities" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "bot_id" UUID,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "live_topics" (
    "user_id" UUID NOT NULL,
    "last_number" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "live_topics_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "live_events" (
    "user_id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "live_events_pkey" PRIMARY KEY ("user_id","number")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" BIGSERIAL NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_calls" (
    "id" UUID NOT NULL,
    "bot_id" UUID NOT NULL,
    "cycle_id" UUID,
    "model" TEXT NOT NULL,
    "prompt_hash" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,
    "cost" DECIMAL(38,18),
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lessons" (
    "id" UUID NOT NULL,
    "bot_id" UUID NOT NULL,
    "position_id" UUID,
    "text" TEXT NOT NULL,
    "learned_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lessons_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "accounts_user_id_idx" ON "accounts"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_id_kind_key" ON "accounts"("id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "venues_identity_key" ON "venues"("identity");

-- CreateIndex
CREATE UNIQUE INDEX "markets_venue_id_pair_market_type_key" ON "markets"("venue_id", "pair", "market_type");

-- CreateIndex
CREATE UNIQUE INDEX "market_snapshots_market_id_slot_key" ON "market_snapshots"("market_id", "slot");

-- CreateIndex
CREATE INDEX "bots_user_id_idx" ON "bots"("user_id");

-- CreateIndex
CREATE INDEX "bots_account_id_idx" ON "bots"("account_id");

-- CreateIndex
CREATE INDEX "bots_status_next_due_idx" ON "bots"("status", "next_due");

-- CreateIndex
CREATE UNIQUE INDEX "cycles_bot_id_slot_key" ON "cycles"("bot_id", "slot");

-- CreateIndex
CREATE UNIQUE INDEX "signals_cycle_id_market_id_key" ON "signals"("cycle_id", "market_id");

-- CreateIndex
CREATE UNIQUE INDEX "decisions_cycle_id_market_id_key" ON "decisions"("cycle_id", "market_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_intents_client_order_id_key" ON "order_intents"("client_order_id");

-- CreateIndex
CREATE INDEX "order_intents_cycle_id_idx" ON "order_intents"("cycle_id");

-- CreateIndex
CREATE INDEX "order_intents_bot_id_intended_at_idx" ON "order_intents"("bot_id", "intended_at");

-- CreateIndex
CREATE UNIQUE INDEX "orders_intent_id_key" ON "orders"("intent_id");

-- CreateIndex
CREATE INDEX "fills_order_id_idx" ON "fills"("order_id");

-- CreateIndex
CREATE INDEX "fills_position_id_idx" ON "fills"("position_id");

-- CreateIndex
CREATE UNIQUE INDEX "fills_venue_id_venue_fill_id_key" ON "fills"("venue_id", "venue_fill_id");

-- CreateIndex
CREATE INDEX "positions_bot_id_closed_at_idx" ON "positions"("bot_id", "closed_at");

-- CreateIndex
CREATE INDEX "trades_bot_id_exited_at_idx" ON "trades"("bot_id", "exited_at");

-- CreateIndex
CREATE INDEX "ledger_entries_bot_id_posted_at_idx" ON "ledger_entries"("bot_id", "posted_at");

-- CreateIndex
CREATE INDEX "ledger_entries_position_id_idx" ON "ledger_entries"("position_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_transaction_id_bot_id_account_currency_key" ON "ledger_entries"("transaction_id", "bot_id", "account", "currency");

-- CreateIndex
CREATE UNIQUE INDEX "alerts_user_id_key_key" ON "alerts"("user_id", "key");

-- CreateIndex
CREATE INDEX "activities_user_id_created_at_idx" ON "activities"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "live_events_created_at_idx" ON "live_events"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entries_hash_key" ON "audit_entries"("hash");

-- CreateIndex
CREATE INDEX "model_calls_bot_id_created_at_idx" ON "model_calls"("bot_id", "created_at");

-- CreateIndex
CREATE INDEX "lessons_bot_id_learned_at_idx" ON "lessons"("bot_id", "learned_at");

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_venue_id_fkey" FOREIGN KEY ("venue_id") REFERENCES "venues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "venue_clocks" ADD CONSTRAINT "venue_clocks_venue_id_fkey" FOREIGN KEY ("venue_id") REFERENCES "venues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "markets" ADD CONSTRAINT "markets_venue_id_fkey" FOREIGN KEY ("venue_id") REFERENCES "venues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "candles" ADD CONSTRAINT "candles_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "candle_coverages" ADD CONSTRAINT "candle_coverages_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "market_snapshots" ADD CONSTRAINT "market_snapshots_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bots" ADD CONSTRAINT "bots_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bots" ADD CONSTRAINT "bots_account_id_account_kind_fkey" FOREIGN KEY ("account_id", "account_kind") REFERENCES "accounts"("id", "kind") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bot_settings" ADD CONSTRAINT "bot_settings_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bot_leases" ADD CONSTRAINT "bot_leases_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cycles" ADD CONSTRAINT "cycles_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cycles" ADD CONSTRAINT "cycles_bot_id_settings_version_fkey" FOREIGN KEY ("bot_id", "settings_version") REFERENCES "bot_settings"("bot_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cycle_days" ADD CONSTRAINT "cycle_days_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signals" ADD CONSTRAINT "signals_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signals" ADD CONSTRAINT "signals_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_signal_id_fkey" FOREIGN KEY ("signal_id") REFERENCES "signals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decisions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_intents" ADD CONSTRAINT "order_intents_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_intents" ADD CONSTRAINT "order_intents_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_intents" ADD CONSTRAINT "order_intents_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decisions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_intents" ADD CONSTRAINT "order_intents_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "positions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_intents" ADD CONSTRAINT "order_intents_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_intent_id_fkey" FOREIGN KEY ("intent_id") REFERENCES "order_intents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fills" ADD CONSTRAINT "fills_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fills" ADD CONSTRAINT "fills_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "positions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fills" ADD CONSTRAINT "fills_venue_id_fkey" FOREIGN KEY ("venue_id") REFERENCES "venues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "positions" ADD CONSTRAINT "positions_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "positions" ADD CONSTRAINT "positions_account_id_account_kind_fkey" FOREIGN KEY ("account_id", "account_kind") REFERENCES "accounts"("id", "kind") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "positions" ADD CONSTRAINT "positions_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trades" ADD CONSTRAINT "trades_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "positions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trades" ADD CONSTRAINT "trades_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trades" ADD CONSTRAINT "trades_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "positions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_fill_id_fkey" FOREIGN KEY ("fill_id") REFERENCES "fills"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "equity_points" ADD CONSTRAINT "equity_points_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invariant_checks" ADD CONSTRAINT "invariant_checks_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "live_topics" ADD CONSTRAINT "live_topics_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "live_events" ADD CONSTRAINT "live_events_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "live_topics"("user_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_calls" ADD CONSTRAINT "model_calls_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lessons" ADD CONSTRAINT "lessons_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lessons" ADD CONSTRAINT "lessons_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "positions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


