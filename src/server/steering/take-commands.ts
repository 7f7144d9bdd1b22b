import type { StatusCommand } from "~/trading/steering/decide-status";
import { commandSchema, type Command, type CommandOf } from "~/trading/steering/command";
import { describeTaken } from "~/trading/steering/describe-command";
import { isRefused } from "~/trading/steering/refused";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { appendLiveEvent } from "../live/append-live-event";
import type { Ports } from "../ports";
import type { Applied, Applying } from "./applied";
import { applyLock, applyUnlock } from "./apply-lock";
import { applyRunNow } from "./apply-run";
import { applyStatus } from "./apply-status";
import { acceptProposal, declineProposal } from "./apply-proposal";
import { lockBot, type LockedBot } from "./lock-bot";
import { applyCloseAll, applyClosePosition, applyMoveStop } from "./order-exits";
import { applyExits } from "./renew-exits";

type TakePorts = Pick<Ports, "db" | "wallNow" | "newId">;
type Asked = {
  readonly id: string;
  readonly kind: Command["kind"];
  readonly details: unknown;
  readonly askedAt: Date;
};

const readAsked = (tx: Transaction, botId: string): Promise<Asked[]> => tx.$queryRaw<Asked[]>`
  SELECT id, kind::text AS kind, details, asked_at AS "askedAt" FROM commands WHERE bot_id = ${botId}::uuid AND state = 'asked' ORDER BY asked_at, id`;

type Told<Kind extends Command["kind"]> = {
  readonly commandId: string;
  /** Wall time, ms. */
  readonly askedAt: number;
  readonly command: CommandOf<Kind>;
};

const changeTo =
  (kind: StatusCommand) =>
  (applying: Applying): Promise<Applied> =>
    applyStatus(applying, kind);

const APPLY: {
  readonly [Kind in Command["kind"]]: (applying: Applying, told: Told<Kind>) => Promise<Applied>;
} = {
  pause: changeTo("pause"),
  resume: changeTo("resume"),
  stop: changeTo("stop"),
  archive: changeTo("archive"),
  "close-all": applyCloseAll,
  "close-position": (applying, { command }) => applyClosePosition(applying, command),
  "move-stop": (applying, { command }) => applyMoveStop(applying, command),
  "apply-exits": (applying, { command }) => applyExits(applying, command),
  "run-now": (applying, { commandId }) => applyRunNow(applying, commandId),
  "lock-pair": applyLock,
  "unlock-pair": (applying, { command }) => applyUnlock(applying, command),
  "accept-proposal": acceptProposal,
  "decline-proposal": declineProposal,
};

const apply = <Kind extends Command["kind"]>(applying: Applying, told: Told<Kind>): Promise<Applied> =>
  (APPLY[told.command.kind] as (applying: Applying, told: Told<Kind>) => Promise<Applied>)(applying, told);

/** The state that a command has then, in the transaction that makes it so. */
const writeOutcome = async (
  { tx, bot }: Applying,
  id: string,
  applied: Applied,
): Promise<"taken" | "done" | "refused"> => {
  if (isRefused(applied)) {
    await tx.$executeRaw`
      UPDATE commands SET state = 'refused', reason = ${applied.refused}, ended_at = clock_timestamp() WHERE id = ${id}::uuid`;
    return "refused";
  }
  const { positionIds, isRunning = false, note = null } = applied;
  const state = positionIds.length > 0 || isRunning ? "taken" : "done";
  await tx.$executeRaw`
    UPDATE commands SET state = ${state}::"CommandState", position_ids = ${[...positionIds]}::uuid[],
      reason = ${note},
      effective_at = ${new Date(bot.now)}, taken_at = clock_timestamp(),
      ended_at = CASE WHEN ${state} = 'done' THEN clock_timestamp() END
    WHERE id = ${id}::uuid`;
  return state;
};

const takeOne = async (applying: Applying, asked: Asked): Promise<void> => {
  const { tx, newId, bot } = applying;
  const command = commandSchema.parse({ ...(asked.details as object), kind: asked.kind });
  const applied = await apply(applying, { commandId: asked.id, askedAt: asked.askedAt.getTime(), command });
  const state = await writeOutcome(applying, asked.id, applied);
  const { botId, userId, name } = bot;
  const text = describeTaken(name, command, applied);
  await tx.$executeRaw`
    INSERT INTO activities (id, user_id, bot_id, kind, text, details, at)
    VALUES (${newId()}::uuid, ${userId}::uuid, ${botId}::uuid, 'command', ${text},
      jsonb_build_object('commandId', ${asked.id}::text), ${new Date(bot.now)})`;
  appendLiveEvent(tx, userId, { kind: "command", botId, commandId: asked.id, state, text });
};

type Left = Pick<LockedBot, "status" | "isMarketGone"> & { readonly nextDue: Date | null };

/** The bot as the commands before left it. */
const rereadBot = async (tx: Transaction, bot: LockedBot): Promise<LockedBot> => {
  const [row] = await tx.$queryRaw<[Left]>`
    SELECT status, next_due AS "nextDue", coalesce(stopped_reason = 'market-not-running', false) AS "isMarketGone"
    FROM bots WHERE id = ${bot.botId}::uuid`;
  return { ...bot, ...row, nextDue: row.nextDue?.getTime() ?? null };
};

/**
 * Carries out what waits to be told to a bot, in the order in which it was asked, unless a cycle has the bot: nothing
 * changes under a cycle. Answers how many wait for it. Each command has its effect in the transaction that records it.
 */
export const takeCommands = (ports: TakePorts, botId: string): Promise<{ readonly waiting: number }> =>
  inTransaction(ports.db, async (tx) => {
    const waiting = await tx.command.count({ where: { botId, state: "asked" } });
    if (waiting === 0) return { waiting };
    const wallNow = ports.wallNow();
    const locked = await lockBot(tx, botId, wallNow);
    if (locked === null) return { waiting };
    // Under the lock: another may have taken them meanwhile.
    for (const asked of await readAsked(tx, botId)) {
      await takeOne({ tx, newId: ports.newId, wallNow, bot: await rereadBot(tx, locked) }, asked);
    }
    return { waiting: 0 };
  });
