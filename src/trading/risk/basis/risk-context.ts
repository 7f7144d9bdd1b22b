import type { Decision } from "../../decision/basis/decision";
import type { PositionSide } from "../../portfolio/position-side";
import type { Matching } from "../../execution/matching";
import type { Decimal } from "../../money";
import type { MarketTerms } from "../../ports";
import type { EntryLeg } from "../../portfolio/entry-legs";
import type { ExitPlan } from "../../portfolio/exit-plan";
import type { Position } from "../../portfolio/position";
import type { NewsView } from "./news-view";
import type { PastResult } from "./past-results";
import type { TradeLock } from "./trade-lock";
import type { SizeSteps } from "./size-steps";
import type { UserSums } from "./user-view";

/** A decision to open, with the fields that an open decision always has. */
export type EntryRequest = {
  readonly decision: Decision;
  readonly side: PositionSide;
  readonly sizeFraction: number;
  readonly leverage: Decimal;
  /** Both are null for the control, and only for it. What is added to a position has those of the position. */
  readonly stopLoss: Decimal | null;
  readonly takeProfit: Decimal | null;
  /** The open position that it is to become a part of; absent: it is to open one. */
  readonly addsTo?: MarketPosition;
  /** Of what is added to a position: where parts of it leave; absent: the decision says where. */
  readonly parts?: readonly { readonly price: Decimal; readonly share: Decimal }[];
};

/** What the venue shows of a market at the slot; null is unknown. Fractions of price; values in quote currency. */
export type MarketView = {
  readonly marketId: number;
  readonly rules: MarketTerms;
  readonly referencePrice: Decimal | null;
  readonly candleValue: Decimal | null;
  /** (high - low) / open of the candle that traded it; absent: unknown. */
  readonly candleRange?: number | null;
  /** How an order there is filled; absent: by version 1. */
  readonly matching?: Matching;
  readonly spreadFraction: Decimal | null;
  readonly quoteVolume24h: Decimal | null;
  readonly fundingRatePer8h: Decimal | null;
  readonly dataAgeMs: number | null;
};

/** An open position with its market, and of its plan what the gate asks about; absent: it is entered and left whole. */
export type MarketPosition = Position & {
  readonly marketId: number;
  readonly exitPlan?: Pick<ExitPlan, "entryLegs" | "remainingLegs" | "added">;
};

/**
 * The bot's books at the slot, after the closes and entries of this cycle that were approved before. Legs of entries
 * still to come count as if they were entered: `cash` lacks what they take, `margin` and `grossNotional` have it.
 */
export type PortfolioView = {
  readonly initialCapital: Decimal;
  readonly equity: Decimal;
  readonly cash: Decimal;
  readonly margin: Decimal;
  readonly grossNotional: Decimal;
  readonly positions: readonly MarketPosition[];
  readonly peakEquity: Decimal;
  readonly dayStartEquity: Decimal;
  /** The lowest equity since the UTC day began, including the present one. */
  readonly dayLowEquity: Decimal;
};

/** What happened before, in venue time (ms). */
export type HistoryView = {
  /** Entries of the UTC day, including those of this cycle. */
  readonly entriesToday: number;
  readonly entriesThisCycle: number;
  readonly lastStopAt: number | null;
  readonly lossPauseUntil: number | null;
  /** Whether the market already had an entry at this decision candle. */
  readonly hasEnteredThisCandle: boolean;
  /** Closed trades of every market by their exits, no more than are remembered; none where no rule or size asks. */
  readonly results: readonly PastResult[];
};

/** How a market moves by its closed decision candles; null: too few of them are known. */
export type MarketConditions = {
  /** Average true range of 14 candles as a fraction of the last close. */
  readonly rangeFraction: number | null;
  /** How far the last close is above (below: negative) its average of 200 candles, a fraction of that average. */
  readonly trendFraction: number | null;
  /** Standard deviation of a year's log return, from those of the last 100 candles. */
  readonly yearlyVolatility: number | null;
};

/** Correlation of a market's returns with those of an open same-side position; null is unknown. */
export type CorrelationView = { readonly pair: string; readonly value: number | null };

/** The rules that limit the size of an entry. */
export type SizingRuleName =
  "position-margin" | "total-margin" | "gross-notional" | "user-gross" | "user-same-side" | "cash" | "pair-is-free";

/**
 * The sized entry that the rules judge: the first order and its legs together. Prices in quote per base, values in
 * quote.
 */
export type SizedEntry = {
  readonly quantity: Decimal;
  /** Of it what is ordered at once, at `price`, and what is entered later. */
  readonly firstQuantity: Decimal;
  readonly legs: readonly EntryLeg[];
  readonly price: Decimal;
  readonly slippage: Decimal;
  readonly notional: Decimal;
  readonly margin: Decimal;
  readonly fee: Decimal;
  /** The rate of the exit's fee too, a fraction. */
  readonly takerFeeRate: Decimal;
  /** The limit that made the order smaller than the mode wanted; null when none did. */
  readonly resizedBy: SizingRuleName | null;
  /** How the size came about, before it was cut. */
  readonly steps: SizeSteps;
};

/** All that the rules read. `Limit` names the limits in it. */
export type RiskContext<Limit extends string> = {
  readonly time: number;
  readonly intervalSeconds: number;
  readonly isLive: boolean;
  readonly tradingState: "active" | "reducing" | "halted";
  /** The control: rules about stops and losses do not bind it. */
  readonly isControl: boolean;
  readonly limits: Readonly<Record<Limit, number>>;
  readonly entry: EntryRequest;
  readonly order: SizedEntry;
  readonly market: MarketView;
  readonly portfolio: PortfolioView;
  readonly history: HistoryView;
  readonly conditions: MarketConditions;
  readonly news: NewsView;
  readonly correlations: readonly CorrelationView[];
  /** Null: the user limits no bots together. */
  readonly user: UserSums | null;
  /** What the trader locked. Default: nothing. */
  readonly locks?: readonly TradeLock[];
};
