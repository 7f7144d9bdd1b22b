import type { z } from "zod";
import type { PreviewCandles, previewCandlesInputSchema } from "~/contracts/market-row";
import { canAggregate } from "~/trading/market/aggregate-candles";
import { TIMEFRAMES, timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import type { Database } from "../../db/client";
import { AppError } from "../../errors";
import type { Ports } from "../../ports";
import { readVenueTime } from "../../venues/venue-time";
import { requireOpenVenue } from "./list-markets";

type Wanted = z.infer<typeof previewCandlesInputSchema>;
type Reach = { readonly timeframe: Timeframe; readonly first: Date };

/** How far back the newest candles of each timeframe reach that can be put together to the wanted one. */
const findReaches = async (db: Database, { marketId, timeframe: to, limit }: Wanted): Promise<Reach[]> => {
  const fitting = TIMEFRAMES.filter((from) => canAggregate({ from, to }));
  const rows = await db.$queryRaw<{ timeframe: Timeframe; first: Date | null }[]>`
    SELECT t.timeframe, (SELECT min(open_time) FROM (
      SELECT open_time FROM candles WHERE market_id = ${marketId} AND timeframe = t.timeframe
      ORDER BY open_time DESC LIMIT ${limit}) c) AS first
    FROM unnest(${fitting}::text[]) WITH ORDINALITY AS t (timeframe, rank) ORDER BY t.rank`;
  return rows.flatMap(({ timeframe, first }) => (first ? [{ timeframe, first }] : []));
};

/** What reaches back farthest; of those that are a candle apart at most, the finest. */
const chooseReach = (reaches: readonly Reach[], wanted: Timeframe): Reach | undefined => {
  const farthest = Math.min(...reaches.map(({ first }) => first.getTime()));
  return reaches.find(({ first }) => first.getTime() - farthest <= timeframeMs(wanted));
};

const NONE: PreviewCandles = { timeframe: null, times: [], open: [], high: [], low: [], close: [], volume: [] };

/** Closed candles of a market for a preview, no more than are stored. Throws AppError where its venue is not open. */
export const listPreviewCandles = async (
  ports: Pick<Ports, "db" | "wallNow">,
  wanted: Wanted,
): Promise<PreviewCandles> => {
  const { marketId, limit } = wanted;
  const market = await ports.db.market.findUnique({ where: { id: marketId }, select: { venueId: true } });
  if (!market) throw new AppError("not-found", "There is no such market: choose another one.");
  await requireOpenVenue(ports, market.venueId);
  const [now, reaches] = await Promise.all([readVenueTime(ports, market.venueId), findReaches(ports.db, wanted)]);
  const reach = chooseReach(reaches, wanted.timeframe);
  if (!reach) return NONE;
  const { timeframe } = reach;
  const rows = await ports.db.candle.findMany({
    where: { marketId, timeframe, openTime: { lte: new Date(now - timeframeMs(timeframe)) } },
    orderBy: { openTime: "desc" },
    take: limit,
  });
  const candles = rows.toReversed();
  return {
    timeframe,
    times: candles.map(({ openTime }) => openTime.getTime() / 1000),
    open: candles.map(({ open }) => open),
    high: candles.map(({ high }) => high),
    low: candles.map(({ low }) => low),
    close: candles.map(({ close }) => close),
    volume: candles.map(({ volume }) => volume),
  };
};
