import { VENUE_CATALOGUE } from "~/trading/venue-catalogue";
import { createHash } from "node:crypto";
import { toMarketSnapshot, type MarketSnapshot } from "~/trading/market/market-snapshot";
import { floorToGrid, timeframeMs } from "~/trading/market/timeframe";
import type { MarketData, Ticker } from "~/trading/ports";
import type { BotContext, BotMarket } from "../bot-context";
import type { Ports } from "../ports";
import { orUnknown } from "./or-unknown";
import { noteSnapshots, readSnapshots } from "./read-snapshots";

const quoteOf = (ticker: Ticker | null) => ({
  last: ticker?.last,
  bid: ticker?.bid,
  ask: ticker?.ask,
  quoteVolume24h: ticker?.quoteVolume24h,
});

type SnapshotPorts = Pick<Ports, "db" | "marketDataOf" | "newId">;
type SnapshotContext = Pick<BotContext, "venue" | "finestTimeframe" | "markets">;

const fetchSnapshot = async (source: MarketData, context: SnapshotContext, at: { market: BotMarket; slot: number }) => {
  const { pair, marketType } = at.market.rules;
  const market = { pair, marketType };
  const timeframe = context.finestTimeframe;
  const openTime = floorToGrid(at.slot, timeframeMs(timeframe));
  const isAtOpen = VENUE_CATALOGUE[context.venue.kind].referencePrice === "slot-open";
  const [ticker, funding, interest, openPrice] = await Promise.all([
    orUnknown(source.fetchTicker(market), null),
    orUnknown(source.fetchFundingRate(market), null),
    orUnknown(source.fetchOpenInterest(market), null),
    // On a replayed market an order of this slot is filled from the open of the candle that opens now (TRADING 6).
    isAtOpen && openTime === at.slot
      ? orUnknown(source.fetchOpenPrice({ ...market, timeframe, openTime }), null)
      : null,
  ]);
  return toMarketSnapshot(pair, at.slot, {
    ...quoteOf(ticker),
    referencePrice: isAtOpen ? openPrice : ticker?.last,
    fundingRate: funding?.ratePer8h,
    openInterest: interest?.base,
  });
};

/** SHA-256 of the content, by which a decision names what it saw. */
const hashSnapshot = (snapshot: MarketSnapshot): string =>
  createHash("sha256").update(JSON.stringify(snapshot)).digest("hex");

const storeSnapshots = async (
  ports: SnapshotPorts,
  context: SnapshotContext,
  { slot, markets }: { readonly slot: number; readonly markets: readonly BotMarket[] },
): Promise<void> => {
  const source = await ports.marketDataOf(context.venue);
  const data = await Promise.all(
    markets.map(async (market) => {
      const snapshot = await fetchSnapshot(source, context, { market, slot });
      const { pair: _pair, ...values } = snapshot;
      return { ...values, id: ports.newId(), marketId: market.id, slot: new Date(slot), hash: hashSnapshot(snapshot) };
    }),
  );
  noteSnapshots(ports.db, slot, await ports.db.marketSnapshot.createManyAndReturn({ data, skipDuplicates: true }));
};

/**
 * What the venue shows of each pair at a slot, stored once and shared: the second bot reads the first one's row, so
 * bots of one slot see one market. Returns the pairs without a price.
 */
export const recordSnapshots = async (
  ports: SnapshotPorts,
  context: SnapshotContext,
  { slot, markets = context.markets }: { readonly slot: number; readonly markets?: readonly BotMarket[] },
): Promise<string[]> => {
  const marketIds = markets.map((market) => market.id);
  const stored = () => readSnapshots(ports.db, { slot, marketIds });
  if (markets.length === 0) return [];
  const known = await stored();
  const missing = markets.filter((market) => known.every((row) => row.marketId !== market.id));
  if (missing.length > 0) await storeSnapshots(ports, context, { slot, markets: missing });
  // The stored row counts: where another bot of this slot was first, it is read.
  const rows = missing.length === 0 ? known : await stored();
  const hasNoPrice = ({ id }: BotMarket) => rows.some((row) => row.marketId === id && row.referencePrice === null);
  return markets.filter(hasNoPrice).map((market) => market.rules.pair);
};
