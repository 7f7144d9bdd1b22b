import type { Decision } from "../decision/basis/decision";
import type { ReadCandles } from "../market/candle-range";
import type { Timeframe } from "../market/timeframe";
import type { MarketTerms } from "../ports";
import type { AskedMarket } from "./ask-markets";
import type { HeldPosition } from "./bot-state";
import type { ShownPrices } from "./view-market";

/** A market to decide about, and what the bot holds there. */
type Asked = AskedMarket<SlotMarket, Omit<HeldPosition, "past">>;
/** Answers for one market by the bot's mode. */
export type AskMode = (asked: Asked) => Decision;

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
  /** Answers for a market that was read before; without it the market is read anew. */
  readonly ask?: AskMode;
};
