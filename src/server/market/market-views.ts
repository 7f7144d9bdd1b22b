import { candleValueOf } from "~/trading/market/candle-value";
import { candleCloseTime, type Candle } from "~/trading/market/candle";
import { spreadFraction } from "~/trading/market/market-snapshot";
import { priceToMoney, type Decimal } from "~/trading/money";
import type { MarketView } from "~/trading/risk/risk-context";
import type { BotContext } from "../bot-context";
import { fromColumnOrNull } from "../db/amounts";
import type { MarketSnapshot } from "../db/prisma";
import type { Ports } from "../ports";
import { readLastCandles } from "./read-closed-candles";

export type StoredMarketView = MarketView & { readonly marketId: number; readonly mark: Decimal | null };

type ShownPrices = Pick<MarketSnapshot, "referencePrice" | "bid" | "ask" | "quoteVolume24h" | "fundingRate">;

/** How far back the last settlement candle is looked for where the venue has gaps. */
export const LAST_CANDLE_LOOKBACK = 12;

const NOTHING_SHOWN: ShownPrices = {
  referencePrice: null,
  bid: null,
  ask: null,
  quoteVolume24h: null,
  fundingRate: null,
};

const viewOfSnapshot = (snapshot: ShownPrices = NOTHING_SHOWN) => ({
  referencePrice: fromColumnOrNull(snapshot.referencePrice),
  spreadFraction: spreadFraction({
    bid: fromColumnOrNull(snapshot.bid)?.toFixed() ?? null,
    ask: fromColumnOrNull(snapshot.ask)?.toFixed() ?? null,
  }),
  quoteVolume24h: fromColumnOrNull(snapshot.quoteVolume24h),
  fundingRatePer8h: fromColumnOrNull(snapshot.fundingRate),
});

/** What the gate sees of each of a bot's markets at a slot: the stored quote and the last closed settlement candle. */
export const loadMarketViews = async (
  ports: Pick<Ports, "db" | "candles" | "marketDataOf">,
  context: BotContext,
  slot: number,
): Promise<StoredMarketView[]> => {
  const { finestTimeframe: timeframe, venue } = context;
  const ids = context.markets.map(({ id }) => id);
  const snapshots = await ports.db.marketSnapshot.findMany({ where: { slot: new Date(slot), marketId: { in: ids } } });
  return Promise.all(
    context.markets.map(async (market) => {
      const wanted = { timeframe, count: LAST_CANDLE_LOOKBACK, closedBy: slot };
      const last: Candle | undefined = (await readLastCandles(ports, { ...market, venue }, wanted)).at(-1);
      return {
        ...viewOfSnapshot(snapshots.find((row) => row.marketId === market.id)),
        marketId: market.id,
        rules: market.rules,
        candleValue: last ? candleValueOf(last) : null,
        mark: last ? priceToMoney(last.close) : null,
        dataAgeMs: last ? slot - candleCloseTime(last, timeframe) : null,
      };
    }),
  );
};
