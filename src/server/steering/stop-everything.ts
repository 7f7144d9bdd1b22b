import { v5 as uuidv5 } from "uuid";
import { HAS_CYCLES } from "../books/bot-status-sql";
import { Prisma } from "../db/prisma";
import type { Ports } from "../ports";
import type { OwnedBot } from "../tenant/find-own";
import { askCommand } from "./ask-command";

type StopPorts = Parameters<typeof askCommand>[0] & Pick<Ports, "db">;
type Told = { readonly userId: string; readonly commandId: string };
const HOLDS = Prisma.sql`EXISTS (SELECT FROM positions p WHERE p.bot_id = b.id AND p.closed_at IS NULL)`;

/** The bots that run or hold something, by id. */
const findBots = async ({ db }: StopPorts, { userId }: Told): Promise<string[]> => {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT b.id FROM bots b WHERE b.user_id = ${userId}::uuid AND (${HAS_CYCLES} OR ${HOLDS}) ORDER BY b.id`;
  return rows.map(({ id }) => id);
};

/** Whether it has something to close, or a cycle that has it may still open something. */
const mayHold = async ({ db }: StopPorts, { userId, botId }: OwnedBot): Promise<boolean> => {
  const [row] = await db.$queryRaw<{ holds: boolean }[]>`
    SELECT ${HOLDS} OR EXISTS (SELECT FROM commands c WHERE c.bot_id = b.id AND c.state = 'asked') AS holds
    FROM bots b WHERE b.id = ${botId}::uuid AND b.user_id = ${userId}::uuid`;
  return row?.holds ?? false;
};

type ToldBot = { readonly isStopped: boolean; readonly isClosing: boolean };

/** Answers what the bot was told. */
const stopOne = async (ports: StopPorts, { userId, commandId }: Told, botId: string): Promise<ToldBot> => {
  const ask = (kind: "stop" | "close-all"): Promise<string> =>
    askCommand(ports, { commandId: uuidv5(`${kind}:${botId}`, commandId), userId, botId, command: { kind } });
  const isStopped =
    (await ports.db.bot.count({ where: { id: botId, userId, status: { in: ["running", "paused"] } } })) > 0;
  if (isStopped) await ask("stop");
  // Read after the stop: what its last cycle opened meanwhile is closed too.
  const isClosing = await mayHold(ports, { userId, botId });
  if (isClosing) await ask("close-all");
  return { isStopped, isClosing };
};

/**
 * Stops every bot of a user and closes what they hold: for each a stop, then the close of everything. Ids follow from
 * the panic's own and the bot, so that asking twice is asking once, and going on where a first try broke off. A bot
 * that cannot be told keeps no other from it: the first such failure is thrown when all were asked.
 */
export const stopEverything = async (
  ports: StopPorts,
  told: Told,
): Promise<{ readonly stopped: number; readonly closing: number }> => {
  let [stopped, closing] = [0, 0];
  const failures: unknown[] = [];
  for (const botId of await findBots(ports, told)) {
    try {
      const { isStopped, isClosing } = await stopOne(ports, told, botId);
      stopped += Number(isStopped);
      closing += Number(isClosing);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return { stopped, closing };
};
