import { VENUE_CATALOGUE } from "~/trading/venue-catalogue";
import { createHash } from "node:crypto";
import { toMarketSnapshot, type MarketSnapshot } from "~/trading/market/market-snapshot";
import { floorToGrid, timeframeMs } from "~/trading/market/timeframe";
import type { MarketData, Ticker } from "~/trading/ports";
import type { BotContext, BotMarket } from "../bot-context";
import type { Ports } from "../ports";
import { orUnknown } from "./or-unknown";
import { readSnapshots } from "./read-snapshots";

const quoteOf = (ticker: Ticker | null) => ({
  last: ticker?.last,
  bid: ticker?.bid,
  ask: ticker?.ask,
  quoteVolume24h: ticker?.quoteVolume24h,
});

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

/**
 * What the venue shows of each pair at a slot, stored once and shared: the second bot reads the first one's row, so
 * bots of one slot see one market. Returns the pairs without a price.
 */
export const recordSnapshots = async (
  ports: Pick<Ports, "db" | "marketDataOf" | "newId">,
  context: SnapshotContext,
  { slot, markets = context.markets }: { readonly slot: number; readonly markets?: readonly BotMarket[] },
): Promise<string[]> => {
  const slotDate = new Date(slot);
  const marketIds = markets.map((market) => market.id);
  const stored = () => readSnapshots(ports.db, { slot, marketIds });
  if (markets.length === 0) return [];
  const known = await stored();
  const missing = markets.filter((market) => known.every((row) => row.marketId !== market.id));
  const source = await ports.marketDataOf(context.venue);
  const fetched = await Promise.all(
    missing.map(async (market) => ({ market, snapshot: await fetchSnapshot(source, context, { market, slot }) })),
  );
  await ports.db.marketSnapshot.createMany({
    data: fetched.map(({ market, snapshot }) => {
      const { pair: _pair, ...values } = snapshot;
      return { ...values, id: ports.newId(), marketId: market.id, slot: slotDate, hash: hashSnapshot(snapshot) };
    }),
    skipDuplicates: true,
  });
  // The stored row counts: another bot of this slot may have been first.
  const rows = missing.length === 0 ? known : await stored();
  const hasNoPrice = ({ id }: BotMarket) => rows.some((row) => row.marketId === id && row.referencePrice === null);
  return markets.filter(hasNoPrice).map((market) => market.rules.pair);
};
