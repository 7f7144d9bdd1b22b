import { v5 as uuidv5 } from "uuid";
import type { Ports } from "../ports";
import { askCommand } from "./ask-command";

type StopPorts = Parameters<typeof askCommand>[0] & Pick<Ports, "db">;
type Told = { readonly userId: string; readonly commandId: string };
type Running = { readonly id: string; readonly holds: boolean; readonly runs: boolean };

/** The bots that run or hold something. */
const findBots = ({ db }: StopPorts, { userId }: Told): Promise<Running[]> => db.$queryRaw<Running[]>`
  SELECT b.id, b.status IN ('running', 'paused') AS runs,
    EXISTS (SELECT FROM positions p WHERE p.bot_id = b.id AND p.closed_at IS NULL) AS holds
  FROM bots b WHERE b.user_id = ${userId}::uuid AND (b.status IN ('running', 'paused')
    OR EXISTS (SELECT FROM positions p WHERE p.bot_id = b.id AND p.closed_at IS NULL)) ORDER BY b.id`;

/**
 * Stops every bot of a user and closes what they hold: for each a stop, then the close of everything. Ids follow from
 * the panic's own and the bot, so that asking twice is asking once, and going on where a first try broke off.
 */
export const stopEverything = async (
  ports: StopPorts,
  told: Told,
): Promise<{ readonly stopped: number; readonly closing: number }> => {
  const bots = await findBots(ports, told);
  const ask = (botId: string, kind: "stop" | "close-all"): Promise<void> =>
    askCommand(ports, {
      commandId: uuidv5(`${kind}:${botId}`, told.commandId),
      userId: told.userId,
      botId,
      command: { kind },
    });
  for (const { id, runs } of bots) if (runs) await ask(id, "stop");
  for (const { id, holds } of bots) if (holds) await ask(id, "close-all");
  return { stopped: bots.filter(({ runs }) => runs).length, closing: bots.filter(({ holds }) => holds).length };
};
