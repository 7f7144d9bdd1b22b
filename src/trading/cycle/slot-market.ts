import type { ReadCandles } from "../market/candle-range";
import type { Timeframe } from "../market/timeframe";
import type { MarketTerms } from "../ports";
import type { ShownPrices } from "./view-market";

/** A market as far as it is known at a slot. `id`: its number; what happens at one instant is in their order. */
export type SlotMarket = {
  readonly id: number;
  readonly rules: MarketTerms;
  /** Its quote at the slot; null where the venue showed none. */
  readonly shown: ShownPrices | null;
  /** Its candles of any timeframe that the bot's mode reads, and of the finest. */
  readonly candles: ReadCandles;
};

/** The markets of a bot at a slot. */
export type SlotMarkets = {
  /** The shortest candles of the venue: exits settle and positions are marked by them. */
  readonly finestTimeframe: Timeframe;
  /** In the order of the settings' pairs; a pair that the venue does not list is missing. */
  readonly traded: readonly SlotMarket[];
  /** Markets that the settings no longer name: a position there still settles. */
  readonly held: readonly SlotMarket[];
};
