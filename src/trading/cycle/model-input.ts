import type { BotSettings } from "../bot-settings";
import type { Analysis } from "../decision/basis/analysis";
import type { DecisionSettings, ModeSettings } from "../decision/basis/decision-mode";
import type { LlmReadings } from "../decision/asking/llm-readings";
import type { Outside } from "../decision/asking/outside-facts";
import type { Decimal } from "../money";
import type { TradingState } from "./watch-drawdown";
import type { PlannedPosition } from "../portfolio/position";

/** A market that a decision is due about. */
export type DueMarket = {
  readonly pair: string;
  /** Of one fill, a fraction. */
  readonly takerFeeRate: string;
  /** Those that decide there: of an open position those that opened it, else the present ones. */
  readonly settings: ModeSettings;
  readonly analysis: Analysis;
  /** What the venue showed at the slot; null: nothing. `fundingRate`: per 8 h, a fraction. */
  readonly shown: { readonly fundingRate: string | null } | null;
};

/** `thesis`: the reason that the decision gave which opened it; absent or null: nobody knows. */
export type ToldPosition = PlannedPosition & { readonly thesis?: string | null };

/** All that a question is written of. Times in ms of venue time, money in quote currency. */
export type ModelInput = {
  /** The bot's present settings. */
  readonly settings: Pick<BotSettings, "risk"> & DecisionSettings;
  /** The slot. */
  readonly time: number;
  /** A bot that may only close is asked about what it holds alone; absent: it may enter. */
  readonly tradingState?: TradingState;
  /** In the order of the bot's markets. */
  readonly markets: readonly DueMarket[];
  /** Settled through the slot; all positions, also those that nobody is asked about. `cash` is what is free. */
  readonly portfolio: { readonly equity: Decimal; readonly cash: Decimal; readonly positions: readonly ToldPosition[] };
  readonly outside: Outside;
  /** Not to be guessed by whoever wrote what is quoted. */
  readonly delimiter: string;
};

/** A market that a model is asked about, with what the mode read there. */
export type AskedOfModel = DueMarket & { readonly readings: LlmReadings };
