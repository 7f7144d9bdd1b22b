import { timeframeMs } from "~/trading/market/timeframe";
import { isTimeframe } from "~/trading/market/timeframe";
import { firstSlotFrom } from "~/trading/cycle/plan-slots";
import { invariant } from "~/trading/invariant";
import type { Applying } from "./applied";

/** So many candles are tried: one may be the bot's own slot that a look is about to account for, or another run's. */
const CANDLES_TRIED = 3;

const lengthOfFinest = async ({ tx, bot }: Applying): Promise<number> => {
  const { account } = await tx.bot.findUniqueOrThrow({
    where: { id: bot.botId },
    select: { account: { select: { venue: { select: { finestTimeframe: true } } } } },
  });
  const { finestTimeframe } = account.venue;
  invariant(isTimeframe(finestTimeframe), "a venue has a finest timeframe");
  return timeframeMs(finestTimeframe);
};

/** Whether the bot's own slots leave this one to a run. Its next one it may take, which then is accounted for. */
const takeSlot = async ({ tx, bot }: Applying, slot: number): Promise<boolean> => {
  const { botId, intervalMs, nextDue } = bot;
  if (slot % intervalMs !== 0 || nextDue === null || nextDue > slot) return true;
  if (nextDue < slot) return false;
  await tx.$executeRaw`UPDATE bots SET next_due = ${new Date(slot + intervalMs)} WHERE id = ${botId}::uuid`;
  return true;
};

/**
 * Starts a run of the bot for a command, at the open of the next finest candle; null: it cannot start one at this
 * moment. Only under the bot's lock.
 */
export const startRun = async (
  applying: Applying,
  commandId: string,
): Promise<{ readonly cycleId: string; readonly slot: number } | null> => {
  const { tx, newId, bot } = applying;
  const length = await lengthOfFinest(applying);
  const first = firstSlotFrom(bot.now, length);
  for (let slot = first; slot < first + CANDLES_TRIED * length; slot += length) {
    if (!(await takeSlot(applying, slot))) continue;
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO cycles (id, bot_id, slot, command_id)
      VALUES (${newId()}::uuid, ${bot.botId}::uuid, ${new Date(slot)}, ${commandId}::uuid)
      ON CONFLICT (bot_id, slot) DO UPDATE SET command_id = excluded.command_id
        WHERE cycles.status = 'due' AND cycles.command_id IS NULL
      RETURNING id`;
    if (row) return { cycleId: row.id, slot };
  }
  return null;
};
