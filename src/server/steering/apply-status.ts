import { firstSlotFrom } from "~/trading/cycle/plan-slots";
import { decideStatus, type StatusCommand } from "~/trading/steering/decide-status";
import { isRefused } from "~/trading/steering/refused";
import { MISSED_SLOTS } from "../books/missed-slots-sql";
import type { Applied, Applying } from "./applied";
import { endRuns } from "./end-runs";

/** The slots of a bot that was stopped: one row stands for all of them, and the next one comes. */
const skipSlots = async ({ tx, newId, bot }: Applying): Promise<void> => {
  const { botId, now, intervalMs, nextDue } = bot;
  const next = firstSlotFrom(now, intervalMs);
  if (nextDue !== null && next > nextDue) {
    await tx.$executeRaw`
      INSERT INTO cycles (id, bot_id, slot, status, skip_reason, missed_through, missed_count, ended_at)
      SELECT ${newId()}::uuid, r.bot_id, missed.slot, 'skipped', 'missed', r.through, missed.count, clock_timestamp()
      FROM (SELECT ${botId}::uuid AS bot_id, ${new Date(nextDue)}::timestamptz AS next_due,
        ${new Date(next - intervalMs)}::timestamptz AS through, ${intervalMs / 1000}::int AS seconds) r CROSS JOIN ${MISSED_SLOTS} missed`;
  }
  await tx.$executeRaw`UPDATE bots SET next_due = greatest(next_due, ${new Date(next)}) WHERE id = ${botId}::uuid`;
};

/** Changes whether a bot has cycles and enters. */
export const applyStatus = async (applying: Applying, command: StatusCommand): Promise<Applied> => {
  const { tx, bot } = applying;
  const decided = decideStatus(bot, command);
  if (isRefused(decided)) return decided;
  const { status } = decided;
  await tx.$executeRaw`
    UPDATE bots SET status = ${status}::"BotStatus", stopped_reason = CASE WHEN ${status} = 'stopped' THEN 'user'::"StopReason" END,
      archived_at = CASE WHEN ${status} = 'archived' THEN clock_timestamp() END
    WHERE id = ${bot.botId}::uuid`;
  if (bot.status === "stopped" && status === "running") await skipSlots(applying);
  if (status === "stopped") await endRuns(tx, [bot.botId]);
  return { positionIds: [] };
};
