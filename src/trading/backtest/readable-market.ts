import type { SlotMarket } from "../cycle/slot-market";
import type { ShownPrices } from "../cycle/view-market";
import { countBefore } from "../market/count-before";
import { createDayVolumes } from "../market/day-volumes";
import { DAY_MS } from "../market/duration";
import { floorToGrid, timeframeMs } from "../market/timeframe";
import { decimal, priceToMoney, toPlain } from "../money";
import type { MarketTerms } from "../ports";
import { createRecordedCandles, type RecordedCandles, type Recording } from "./recorded-candles";
import { quoteRecorded } from "./recorded-quote";

/** A market to trade in a backtest. Events of one instant go by `id`. */
export type BacktestMarket = Recording & { readonly id: number; readonly rules: MarketTerms };

export type ReadableMarket = {
  readonly id: number;
  readonly rules: MarketTerms;
  readonly candles: RecordedCandles;
  /** The market at a slot (ms); its quote is only worked out where it is asked for. */
  readonly at: (slot: number) => SlotMarket;
};

/** The price of an instant (ms): the open of the candle that forms then, in a gap the last close; null before the first. */
export const priceAt = ({ timeframe, candles }: Recording, now: number): number | null => {
  const current = floorToGrid(now, timeframeMs(timeframe));
  const next = countBefore(candles, current);
  const opened = candles[next]?.openTime === current ? candles[next]?.open : undefined;
  return opened ?? candles[next - 1]?.close ?? null;
};

type ShowPrices = (now: number) => ShownPrices | null;

/** Shows the prices of an instant (ms) as the recorded venue does; null once the recording is over. */
const createShowPrices = ({ timeframe, candles, rules }: BacktestMarket, end: number): ShowPrices => {
  const step = timeframeMs(timeframe);
  const tick = decimal(rules.tick);
  const sumDay = createDayVolumes();
  return (now) => {
    const next = countBefore(candles, floorToGrid(now, step));
    const opened = candles[next]?.openTime === floorToGrid(now, step) ? candles[next] : undefined;
    const price = priceAt({ timeframe, candles }, now);
    if (now > end || price === null) return null;
    const { last, bid, ask } = quoteRecorded(price, tick);
    const day = candles.slice(countBefore(candles, now - DAY_MS), next);
    const { base, quote, unknown } = sumDay(day);
    const traded = rules.marketType === "swap" ? decimal(base.toNumber()).times(last) : quote;
    return {
      referencePrice: opened?.openTime === now ? toPlain(priceToMoney(opened.open)) : null,
      bid: toPlain(bid),
      ask: toPlain(ask),
      quoteVolume24h: day.length === 0 || unknown > 0 ? null : toPlain(traded),
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
