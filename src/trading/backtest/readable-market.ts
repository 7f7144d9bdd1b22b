import type { SlotMarket } from "../cycle/slot-market";
import type { ShownPrices } from "../cycle/view-market";
import { sumVolumes } from "../market/aggregate-candles";
import type { Candle } from "../market/candle";
import { countBefore } from "../market/count-before";
import { createDayVolumes } from "../market/day-volumes";
import { DAY_MS } from "../market/duration";
import { floorToGrid, timeframeMs, type Timeframe } from "../market/timeframe";
import { decimal, priceToMoney, toPlain, type Decimal } from "../money";
import type { MarketTerms } from "../ports";
import { createRecordedCandles, type RecordedCandles, type Recording } from "./recorded-candles";
import { quoteRecorded } from "./recorded-quote";

/** A market to trade in a backtest. Events of one instant go by `id`. */
export type BacktestMarket = Recording & { readonly id: number; readonly rules: MarketTerms };

export type ReadableMarket = {
  readonly id: number;
  readonly rules: MarketTerms;
  readonly candles: RecordedCandles;
  /** Its finest candles, ascending. */
  readonly finest: readonly Candle[];
  /** The market at a slot (ms); its quote is only worked out where it is asked for. */
  readonly at: (slot: number) => SlotMarket;
};

/** The markets of one bot, in the order of its pairs. */
export type BotMarkets = { readonly finestTimeframe: Timeframe; readonly traded: readonly ReadableMarket[] };

/** The price of an instant (ms): the open of the candle that forms then, in a gap the last close; null before the first. */
export const priceAt = ({ timeframe, candles }: Recording, now: number): number | null => {
  const current = floorToGrid(now, timeframeMs(timeframe));
  const next = countBefore(candles, current);
  const opened = candles[next]?.openTime === current ? candles[next]?.open : undefined;
  return opened ?? candles[next - 1]?.close ?? null;
};

type ShowPrices = (now: number) => ShownPrices | null;

/** Quote value of a day's candles, as the venue's ticker gives it: of a swap the base volume at the last price. */
const createDayValue = ({ rules }: BacktestMarket): ((day: readonly Candle[], last: Decimal) => Decimal | null) => {
  if (rules.marketType === "swap") {
    return (day, last) => {
      const base = day.length === 0 ? null : sumVolumes(day);
      return base === null ? null : decimal(base).times(last);
    };
  }
  const sumDay = createDayVolumes();
  return (day) => {
    const { quote, unknown } = sumDay(day);
    return day.length === 0 || unknown > 0 ? null : quote;
  };
};

/** Shows the prices of an instant (ms) as the recorded venue does; null once the recording is over. */
const createShowPrices = (market: BacktestMarket, end: number): ShowPrices => {
  const { candles, timeframe, rules } = market;
  const tick = decimal(rules.tick);
  const valueOf = createDayValue(market);
  return (now) => {
    const price = priceAt(market, now);
    if (now > end || price === null) return null;
    const next = countBefore(candles, floorToGrid(now, timeframeMs(timeframe)));
    const opened = candles[next]?.openTime === now ? candles[next] : undefined;
    const { last, bid, ask } = quoteRecorded(price, tick);
    const value = valueOf(candles.slice(countBefore(candles, now - DAY_MS), next), last);
    return {
      referencePrice: opened ? toPlain(priceToMoney(opened.open)) : null,
      bid: toPlain(bid),
      ask: toPlain(ask),
      quoteVolume24h: value && toPlain(value),
      fundingRate: null,
    };
  };
};

/** A recorded market that can be asked about any slot. */
export const createReadableMarket = (market: BacktestMarket): ReadableMarket => {
  const { id, rules } = market;
  const candles = createRecordedCandles(market);
  const show = createShowPrices(market, candles.end);
  return {
    id,
    rules,
    candles,
    finest: market.candles,
    at: (slot) => ({
      id,
      rules,
      candles: candles.read,
      get shown() {
        return show(slot);
      },
    }),
  };
};
