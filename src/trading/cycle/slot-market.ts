import type { Decision } from "../decision/basis/decision";
import type { ModelAnswers } from "../decision/asking/model-answers";
import type { ReadCandles } from "../market/candle-range";
import type { Timeframe } from "../market/timeframe";
import { decimal } from "../money";
import type { MarketTerms } from "../ports";
import type { FundingSource, RecordedFunding } from "../settlement/funding";
import type { AskedMarket } from "./ask-markets";
import type { HeldPosition } from "./bot-state";
import type { ModelQuestion } from "./model-question";
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
  /** Its recorded funding rates; absent: none were. */
  readonly funding?: RecordedFunding;
};

/** Where positions of a market are funded from: spot pays none. Without a market nothing is known. */
export const fundingIn = (market: Pick<SlotMarket, "rules" | "funding"> | undefined): FundingSource =>
  market?.rules.marketType === "spot" ? null : market?.funding;

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
  /** Asks a model, for a bot whose mode does; without it nobody is asked, and what it would decide is held. */
  readonly askModel?: (question: ModelQuestion) => ModelAnswers;
};

/** By what a market's positions settle. One without a market here has no candles either, so nothing is filled. */
export const settlementTermsIn = (market: SlotMarket | undefined) => {
  const { tick = 1, lot = 1, takerFeeRate = 0 } = market?.rules ?? {};
  const funding = fundingIn(market);
  return { tick: decimal(tick), lot: decimal(lot), takerFeeRate: decimal(takerFeeRate), funding };
};
