import { isTimeframe, timeframeMs } from "~/trading/market/timeframe";
import { firstSlotFrom } from "~/trading/cycle/plan-slots";
import { guardBot } from "../cycle/guard-positions";
import type { PlannedCycle } from "../cycle/planned-cycle";
import type { Ports } from "../ports";
import { toClockRow, shownTimeAt, wallTimeOf } from "../venues/venue-time";
import { findRuns } from "./find-runs";
import { takeCommands } from "./take-commands";

/**
 * `waiting`: commands that wait for the bot's cycle. `settlesInMs`: when what it was told can be settled, wall time; null:
 * nothing. `runs`: those that commands started, to be announced.
 */
export type Followed = {
  readonly waiting: number;
  readonly settlesInMs: number | null;
  readonly runs: readonly PlannedCycle[];
};

type FollowPorts = Pick<Ports, "db" | "wallNow" | "newId">;

/** A candle is known a moment after it closed. */
const KNOWN_AFTER_MS = 250;

/** When the candle that opens next has closed: the first that an order of now can be settled by. */
const findSettlement = async ({ db, wallNow }: FollowPorts, botId: string): Promise<number | null> => {
  const taken = await db.command.findFirst({
    where: { botId, state: "taken", positionIds: { isEmpty: false } },
    orderBy: { effectiveAt: "desc" },
  });
  if (!taken?.effectiveAt) return null;
  const { account } = await db.bot.findUniqueOrThrow({
    where: { id: botId },
    select: { account: { select: { venue: { select: { finestTimeframe: true, clock: true } } } } },
  });
  const { finestTimeframe, clock } = account.venue;
  if (!isTimeframe(finestTimeframe)) return null;
  const length = timeframeMs(finestTimeframe);
  const closesAt = firstSlotFrom(taken.effectiveAt.getTime(), length) + length;
  const wall = wallNow();
  const wallAt = clock === null ? closesAt : wallTimeOf(toClockRow(clock), closesAt);
  // A clock that stands still brings no candle: the guard sees to it once it goes on.
  if (wallAt === null || (clock?.speed === 0 && shownTimeAt(clock, wall) < closesAt)) return null;
  return Math.max(0, Math.ceil(wallAt - wall)) + KNOWN_AFTER_MS;
};

/** Takes what waits to be told to a bot, and says when it can be settled. */
export const followCommand = async (ports: FollowPorts, botId: string): Promise<Followed> => {
  const { waiting } = await takeCommands(ports, botId);
  return { waiting, settlesInMs: await findSettlement(ports, botId), runs: await findRuns(ports, botId) };
};

/** Settles the bot's positions through the last candle, as the guard does each minute. Returns how many closed. */
export const settleTold = async (
  ports: Parameters<typeof guardBot>[0],
  botId: string,
): Promise<{ readonly closed: number }> => {
  const { settingsVersion } = await ports.db.bot.findUniqueOrThrow({
    where: { id: botId },
    select: { settingsVersion: true },
  });
  return { closed: await guardBot(ports, { botId, settingsVersion }) };
};

/** A hint that was not followed by then did not come. */
const HINT_LOST_MS = 5000;

/** Bots that something waits to be told: the hint was lost, or a cycle had them for long. */
export const findWaitingBots = async ({ db, wallNow }: Pick<Ports, "db" | "wallNow">): Promise<string[]> => {
  const rows = await db.$queryRaw<{ botId: string }[]>`
    SELECT DISTINCT bot_id AS "botId" FROM (
      SELECT bot_id FROM commands WHERE state = 'asked' AND asked_at < ${new Date(wallNow() - HINT_LOST_MS)}
      ORDER BY asked_at, id LIMIT 200) w`;
  return rows.map(({ botId }) => botId);
};
