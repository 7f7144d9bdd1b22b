import { v5 as uuidv5 } from "uuid";
import type { Command } from "~/trading/steering/command";
import { appendAudit } from "../audit/append-audit";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { requireOwnBot } from "../tenant/find-own";
import type { OwnBotId } from "../tenant/own-id";
import { takeCommands } from "./take-commands";

/** A command of a user to one of the user's bots. `commandId` is made by who asks: asked twice, it is one command. */
export type AskedCommand = {
  readonly commandId: string;
  readonly userId: string;
  readonly botId: string;
  readonly command: Command;
};

/** One whose bot was found to be the user's. */
type OwnCommand = AskedCommand & { readonly botId: OwnBotId };

type AskPorts = Pick<Ports, "db" | "wallNow" | "newId" | "events">;

/** A bot keeps its commands for ever, so nobody may pile them up. */
const WAITING_MAX = 20;
/** Beyond them: whoever wants out is not kept waiting by what else was asked. */
const WAYS_OUT_MAX = 10;
const mostOf = ({ kind }: Command): number =>
  kind === "stop" || kind === "close-all" ? WAITING_MAX + WAYS_OUT_MAX : WAITING_MAX;

const insertCommand = async (
  tx: Transaction,
  { commandId, userId, botId, command }: AskedCommand,
  at: Date,
): Promise<boolean> => {
  const { kind, ...details } = command;
  const count = await tx.$executeRaw`
    INSERT INTO commands (id, bot_id, actor_id, kind, details, asked_at)
    VALUES (${commandId}::uuid, ${botId}::uuid, ${userId}::uuid, ${kind}::"CommandKind", ${JSON.stringify(details)}::jsonb,
      clock_timestamp())
    ON CONFLICT (id) DO NOTHING`;
  if (count === 0) return false;
  await appendAudit(tx, {
    actorId: userId,
    action: `command-${kind}`,
    subject: `bot:${botId}`,
    details: { commandId, ...details },
    at,
  });
  return true;
};

const isSame = async (tx: Transaction, { commandId, userId, botId, command }: AskedCommand): Promise<boolean> => {
  const { kind, ...details } = command;
  const [row] = await tx.$queryRaw<object[]>`
    SELECT 1 FROM commands WHERE id = ${commandId}::uuid AND bot_id = ${botId}::uuid AND actor_id = ${userId}::uuid
      AND kind = ${kind}::"CommandKind" AND details = ${JSON.stringify(details)}::jsonb`;
  return row !== undefined;
};

/** The id to store a command by: another where somebody else has this one, so that nobody can find out that it is taken. */
const idFor = async (tx: Transaction, { commandId, userId }: AskedCommand): Promise<string> => {
  const isTaken = (await tx.command.count({ where: { id: commandId, actorId: { not: userId } } })) > 0;
  return isTaken ? uuidv5(userId, commandId) : commandId;
};

const store = (ports: AskPorts, told: AskedCommand): Promise<OwnCommand> =>
  inTransaction(ports.db, async (tx) => {
    const botId = await requireOwnBot(tx, told);
    // Before the count: many that are asked at once are counted one after another.
    await tx.$queryRaw`SELECT 1 FROM bot_leases WHERE bot_id = ${botId}::uuid FOR UPDATE`;
    const asked = { ...told, botId, commandId: await idFor(tx, told) };
    const waiting = await tx.command.count({
      where: { botId, state: "asked", id: { not: asked.commandId } },
    });
    if (waiting >= mostOf(asked.command)) {
      throw new AppError("conflict", `${waiting} commands wait for this bot's cycle already: wait a moment.`);
    }
    if (!(await insertCommand(tx, asked, new Date(ports.wallNow()))) && !(await isSame(tx, asked))) {
      throw new AppError("conflict", "This command's id was used for another one: ask again.");
    }
    return asked;
  });

/**
 * Stores a command and has it taken, at once where no cycle has the bot. Whoever asks again with the same id changes
 * nothing. What it came to is in its row: taken, done, or refused with the reason. Throws AppError `not-found` for a bot
 * that is not the user's, and `conflict` where too many wait. Returns the id of its row.
 */
export const askCommand = async (ports: AskPorts, asked: AskedCommand): Promise<string> => {
  const { commandId, botId } = await store(ports, asked);
  await takeCommands(ports, botId);
  // Only a hint: what waits for the bot's cycle, or for the candle that it leaves at, is looked after.
  await ports.events.commandAsked({ botId, commandId }).catch(() => undefined);
  return commandId;
};
