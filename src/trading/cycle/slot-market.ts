import type { ReadCandles } from "../market/candle-range";
import type { Timeframe } from "../market/timeframe";
import type { MarketTerms } from "../ports";
import type { ShownPrices } from "./view-market";

/** What is known of a market at a slot. Events at the same instant are ordered by `id`. */
export type SlotMarket = {
  readonly id: number;
  readonly rules: MarketTerms;
  /** Its quote at the slot; null where the venue showed none. */
  readonly shown: ShownPrices | null;
  /** Its candles of each timeframe that the bot's mode reads, and of the finest timeframe. */
  readonly candles: ReadCandles;
};

/** The markets of a bot at a slot. */
export type SlotMarkets = {
  /** The venue's shortest timeframe: exits are settled and positions marked on its candles. */
  readonly finestTimeframe: Timeframe;
  /** In the order of the settings' pairs; a pair that the venue does not list is missing. */
  readonly traded: readonly SlotMarket[];
  /** Markets of open positions that the settings do not name: those positions are settled too. */
  readonly held: readonly SlotMarket[];
};
