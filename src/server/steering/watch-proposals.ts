import { whyOver } from "~/trading/steering/decide-proposal";
import { leftBandIn } from "~/trading/approval/price-band";
import { floorToGrid, isTimeframe, timeframeMs } from "~/trading/market/timeframe";
import { fromColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { readStoredMarket } from "../market/read-closed-candles";
import type { Ports } from "../ports";
import { readVenueTime } from "../venues/venue-time";
import { expireProposal } from "./end-proposal";

type WatchPorts = Pick<Ports, "db" | "wallNow" | "candles" | "marketDataOf">;

/** Each round looks at so many, the ones that end first; a round comes every few seconds. */
const WATCHED_MAX = 500;

const findOpen = ({ db }: WatchPorts, botId?: string) =>
  db.proposal.findMany({
    where: { state: "proposed", ...(botId !== undefined && { botId }) },
    orderBy: [{ expiresAt: "asc" }, { id: "asc" }],
    take: WATCHED_MAX,
    include: {
      market: { include: { venue: true } },
      settings: { select: { bot: { select: { settingsVersion: true } } } },
    },
  });
type Open = Awaited<ReturnType<typeof findOpen>>[number];

/** Why its market's candles end it, and how far they were looked at, ms. */
const lookAtBand = async (ports: WatchPorts, { market, ...proposal }: Open) => {
  const { id, pair, marketType, venue } = market;
  const { finestTimeframe: timeframe } = venue;
  const from = proposal.watchedThrough.getTime();
  if (!isTimeframe(timeframe)) return { reason: null, through: from };
  const now = floorToGrid(await readVenueTime(ports, venue.id), timeframeMs(timeframe));
  const stored = { id, pair, marketType, venue: { id: venue.id, kind: venue.kind } };
  const candles = now > from ? await readStoredMarket(ports, stored, { timeframe, from, closedBy: now }) : [];
  const last = candles.at(-1);
  const band = { low: fromColumn(proposal.bandLow), high: fromColumn(proposal.bandHigh) };
  return {
    reason: leftBandIn(band, candles, timeframe),
    through: last ? last.openTime + timeframeMs(timeframe) : from,
  };
};

/** Whether it was accepted in time by a command that waits for a cycle which has the bot. */
const isAccepted = async (tx: Transaction, { id, botId, expiresAt }: Open): Promise<boolean> => {
  const [row] = await tx.$queryRaw<object[]>`
    SELECT 1 FROM commands WHERE bot_id = ${botId}::uuid AND state = 'asked' AND kind = 'accept-proposal'
      AND details ->> 'proposalId' = ${id} AND asked_at < ${expiresAt} LIMIT 1`;
  return row !== undefined;
};

/** The same once nobody can ask beside it. */
const isAcceptedFinally = async (tx: Transaction, proposal: Open): Promise<boolean> => {
  await tx.$queryRaw`SELECT 1 FROM bot_leases WHERE bot_id = ${proposal.botId}::uuid FOR UPDATE`;
  return isAccepted(tx, proposal);
};

const watchOne = async (ports: WatchPorts, proposal: Open): Promise<boolean> => {
  const { id, settingsVersion, settings } = proposal;
  const [now, expiresAt] = [ports.wallNow(), proposal.expiresAt.getTime()];
  const isLate = now >= expiresAt && !(await isAccepted(ports.db, proposal));
  const over = whyOver(
    { state: "proposed", settingsVersion, expiresAt },
    { now: isLate ? now : Math.min(now, expiresAt - 1), settingsVersion: settings.bot.settingsVersion },
  );
  const { reason, through } = over === null ? await lookAtBand(ports, proposal) : { reason: over, through: null };
  return inTransaction(ports.db, async (tx) => {
    if (isLate && (await isAcceptedFinally(tx, proposal))) return false;
    if (through !== null) {
      await tx.$executeRaw`
        UPDATE proposals SET watched_through = greatest(watched_through, ${new Date(through)})
        WHERE id = ${id}::uuid AND state = 'proposed'`;
    }
    return reason === null ? false : expireProposal(tx, { id, reason });
  });
};

/**
 * Ends the proposals that waited for long enough, or whose price left its band in a candle since they were looked at last.
 * How often it comes changes nothing of what ends them by a candle. A market that does not answer keeps no other from
 * it: the first such failure is thrown when all were looked at. `open`: how many wait still.
 */
export const watchProposals = async (
  ports: WatchPorts,
  botId?: string,
): Promise<{ readonly open: number; readonly expired: number }> => {
  const proposals = await findOpen(ports, botId);
  let expired = 0;
  const failures: unknown[] = [];
  for (const proposal of proposals) {
    try {
      if (await watchOne(ports, proposal)) expired += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return { open: proposals.length - expired, expired };
};
