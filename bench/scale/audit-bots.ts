import { checkBotInvariants } from "../../src/server/books/check-bot-invariants";
import { createRuntime } from "../../src/server/runtime";

/** More are audited evenly spread: an audit reads all of a bot's books. */
const AUDITED_MAX = 1000;
const AT_ONCE = 4;

/** Checks every invariant of the bots that have lived, or of a thousand spread over them. Returns what was checked. */
export const auditBots = async (
  databaseUrl: string,
): Promise<{ readonly audited: number; readonly broken: string[] }> => {
  const runtime = createRuntime({ databaseUrl, poolMax: AT_ONCE });
  try {
    const lived = await runtime.db.$queryRaw<{ botId: string; settingsVersion: number; at: Date }[]>`
      SELECT b.id AS "botId", b.settings_version AS "settingsVersion", e.at FROM bots b,
        LATERAL (SELECT at FROM equity_points WHERE bot_id = b.id ORDER BY at DESC LIMIT 1) e ORDER BY b.id`;
    const step = Math.max(1, lived.length / AUDITED_MAX);
    const chosen = lived.filter((_, index) => Math.floor(index / step) > Math.floor((index - 1) / step));
    const broken: string[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let bot = chosen[next++]; bot !== undefined; bot = chosen[next++]) {
        const found = await checkBotInvariants(runtime, { ...bot, at: bot.at.getTime() });
        broken.push(...found.map(({ invariant, text }) => `bot ${bot?.botId}: ${invariant}: ${text}`));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return { audited: chosen.length, broken };
  } finally {
    await runtime.close();
  }
};
