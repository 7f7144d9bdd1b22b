import { LAST_CANDLE_LOOKBACK, viewMarket, type ShownPrices, type SlotView } from "~/trading/cycle/view-market";
import type { MarketPosition } from "~/trading/risk/basis/risk-context";
import type { BotContext, BotMarket } from "../bot-context";
import { fromColumnOrNull } from "../db/amounts";
import type { MarketSnapshot } from "../db/prisma";
import type { Ports } from "../ports";
import { readLastCandles } from "./read-closed-candles";
import { readSnapshots } from "./read-snapshots";

const textOf = (value: { toString(): string } | null): string | null => fromColumnOrNull(value)?.toFixed() ?? null;

const shownBy = (snapshot: MarketSnapshot): ShownPrices => ({
  referencePrice: textOf(snapshot.referencePrice),
  bid: textOf(snapshot.bid),
  ask: textOf(snapshot.ask),
  quoteVolume24h: textOf(snapshot.quoteVolume24h),
  fundingRate: textOf(snapshot.fundingRate),
});

type Viewing = {
  readonly slot: number;
  readonly markets?: readonly BotMarket[];
  /** Open positions: their orders are matched by the settings that opened them. */
  readonly positions: readonly Pick<MarketPosition, "marketId" | "matching">[];
};

/** What the gate sees of each of a bot's markets at a slot: the stored quote and the last closed settlement candle. */
export const loadMarketViews = async (
  ports: Pick<Ports, "db" | "candles" | "marketDataOf">,
  context: BotContext,
  { slot, markets = context.markets, positions }: Viewing,
): Promise<SlotView[]> => {
  const { finestTimeframe: timeframe, venue, settings } = context;
  const matchingOf = (marketId: number) =>
    (positions.find((position) => position.marketId === marketId) ?? settings).matching;
  const snapshots = await readSnapshots(ports.db, { slot, marketIds: markets.map(({ id }) => id) });
  return Promise.all(
    markets.map(async (market) => {
      const wanted = { timeframe, count: LAST_CANDLE_LOOKBACK, closedBy: slot };
      const last = (await readLastCandles(ports, { ...market, venue }, wanted)).at(-1);
      const snapshot = snapshots.find((row) => row.marketId === market.id);
      const shown = snapshot ? shownBy(snapshot) : null;
      return viewMarket(
        { marketId: market.id, rules: market.rules, shown, last, timeframe, matching: matchingOf(market.id) },
        slot,
      );
    }),
  );
};
