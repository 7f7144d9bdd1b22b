import { botSettingsSchema } from "~/trading/bot-settings";
import type { CommandOf } from "~/trading/steering/command";
import { decideLock } from "~/trading/steering/decide-lock";
import { isRefused, refuse } from "~/trading/steering/refused";
import type { Applied, Applying } from "./applied";

/** Answers how many locks of the pair were in force. */
const release = ({ tx, bot }: Applying, pair: string | null): Promise<number> => tx.$executeRaw`
  UPDATE trade_locks SET unlocked_at = least(until, ${new Date(bot.now)})
  WHERE bot_id = ${bot.botId}::uuid AND pair IS NOT DISTINCT FROM ${pair}::text AND unlocked_at IS NULL`;

/** Keeps a bot from entering a pair until a time of its venue. A lock of the same pair is replaced. */
export const applyLock = async (
  applying: Applying,
  { commandId, command }: { readonly commandId: string; readonly command: CommandOf<"lock-pair"> },
): Promise<Applied> => {
  const { tx, bot } = applying;
  const stored = await tx.botSettings.findFirst({
    where: { botId: bot.botId },
    orderBy: { version: "desc" },
    select: { settings: true },
  });
  const { data } = botSettingsSchema.safeParse(stored?.settings);
  const decided = decideLock(command, {
    now: bot.now,
    pairs: data?.pairs ?? [],
    isArchived: bot.status === "archived",
  });
  if (isRefused(decided)) return decided;
  await release(applying, command.pair);
  await tx.tradeLock.create({
    data: {
      id: commandId,
      botId: bot.botId,
      pair: command.pair,
      until: new Date(decided.until),
      reason: command.reason,
      lockedAt: new Date(bot.now),
    },
  });
  return { positionIds: [] };
};

/** Lets it enter the pair again before its lock ends by itself. */
export const applyUnlock = async (applying: Applying, { pair }: CommandOf<"unlock-pair">): Promise<Applied> => {
  const { tx, bot } = applying;
  const inForce = await tx.tradeLock.count({
    where: { botId: bot.botId, pair, unlockedAt: null, until: { gt: new Date(bot.now) } },
  });
  if (inForce === 0) return refuse(pair === null ? "its pairs are not locked together" : `${pair} is not locked`);
  await release(applying, pair);
  return { positionIds: [] };
};
