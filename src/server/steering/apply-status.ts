import { firstSlotFrom } from "~/trading/cycle/plan-slots";
import { decideStatus, type StatusCommand } from "~/trading/steering/decide-status";
import { isRefused } from "~/trading/steering/refused";
import type { Applied, Applying } from "./applied";
import { endRuns } from "./end-runs";

/** The slots of a bot that was stopped: one row stands for all of them, and the next one comes. */
const skipSlots = async ({ tx, newId, bot }: Applying): Promise<void> => {
  const { botId, now, intervalMs, nextDue } = bot;
  const next = firstSlotFrom(now, intervalMs);
  if (nextDue !== null && next > nextDue) {
    const count = Math.round((next - nextDue) / intervalMs);
    await tx.$executeRaw`
      INSERT INTO cycles (id, bot_id, slot, status, skip_reason, missed_through, missed_count, ended_at)
      VALUES (${newId()}::uuid, ${botId}::uuid, ${new Date(nextDue)}, 'skipped', 'missed', ${new Date(next - intervalMs)},
        ${count}, clock_timestamp())`;
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
