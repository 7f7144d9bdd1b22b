-- A bot's refusals and wishes are counted and listed without reading its cycles of years.
ALTER TABLE "verdicts" ADD COLUMN "bot_id" UUID, ADD COLUMN "slot" TIMESTAMPTZ(3);
UPDATE "verdicts" v SET "bot_id" = c."bot_id", "slot" = c."slot"
  FROM "decisions" d JOIN "cycles" c ON c."id" = d."cycle_id" WHERE d."id" = v."decision_id";
ALTER TABLE "verdicts" ALTER COLUMN "bot_id" SET NOT NULL, ALTER COLUMN "slot" SET NOT NULL;
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE INDEX "verdicts_bot_id_slot_idx" ON "verdicts"("bot_id", "slot");
CREATE INDEX verdicts_refused ON verdicts (bot_id, rule, slot) WHERE outcome = 'rejected';
CREATE INDEX "positions_bot_id_opened_at_idx" ON "positions"("bot_id", "opened_at");
CREATE INDEX "alerts_user_id_created_at_idx" ON "alerts"("user_id", "created_at");

-- The deepest drawdown of a bot is the first entry of its part of this index.
CREATE INDEX equity_points_drawdown ON equity_points (bot_id, ((peak - equity) / nullif(peak, 0)) DESC NULLS LAST);
