import type { MarketRow, PreviewCandles } from "~/contracts/market-row";
import type { PromptPart } from "~/contracts/model-view";
import type { SettingIssue } from "~/trading/preview/read-settings";
import type { Hindrance } from "~/trading/preview/find-hindrances";
import type { ModelSpend } from "~/trading/preview/estimate-model-spend";
import type { BotPreview } from "~/trading/preview/preview-bot";
import type { Timeframe } from "~/trading/market/timeframe";
import type { SettingSection } from "~/trading/setting-line";
import type { RawSettings } from "./draft";

/** A market as the page knows it; `knownMs`: how long its candles are known, null: unknown. */
export type KnownMarket = { readonly row: MarketRow; readonly knownMs: number | null };

export type ReadRequest = {
  readonly kind: "read";
  readonly id: number;
  readonly settings: RawSettings;
  /** What the bot gets, as it was typed. */
  readonly capital: string;
  readonly markets: readonly KnownMarket[];
  /** Market seconds per second of real time, of the venue that it trades on. */
  readonly speed: number;
};

export type PreviewRequest = {
  readonly kind: "preview";
  readonly settings: RawSettings;
  readonly capital: string;
  readonly markets: readonly { readonly row: MarketRow; readonly candles: PreviewCandles }[];
};

/** `series`: of each market the candles of each timeframe that the bot reads, in their order. */
export type PromptRequest = {
  readonly kind: "prompt";
  readonly settings: RawSettings;
  readonly capital: string;
  readonly markets: readonly { readonly row: MarketRow; readonly series: readonly PreviewCandles[] }[];
};

/** `at`: the close that it is written for, ms of the market's time. `most`: dollars as decimal text; null: unknown. */
export type ShownPrompt =
  | { readonly isKnown: false; readonly reason: string }
  | {
      readonly isKnown: true;
      readonly at: number;
      readonly parts: readonly PromptPart[];
      readonly most: string | null;
    };

/** Money as plain decimal text, losses positive. Null: it has no stop. */
export type ShownWorstCases = {
  readonly valueLeast: string;
  readonly valueMost: string;
  readonly tradeAtStop: string | null;
  readonly tradeAtGap: string | null;
  readonly tradeOfAll: string;
  readonly positions: number;
  readonly allStops: string;
  readonly allGaps: string;
  readonly day: string;
};

/** What its model may cost, dollars as plain decimal text and as `ModelSpend` says; or why nobody knows. */
export type ShownModelSpend =
  | { readonly isKnown: false; readonly reason: string }
  | ({ readonly isKnown: true } & Pick<
      ModelSpend,
      "callsPerDay" | "speed" | "promptTokens" | "answerTokens" | "pricedSince" | "isCeiling"
    > &
      Readonly<Record<"usual" | "most" | "month" | "monthUnbounded", string | null>> & {
        readonly monthMost: string;
        readonly budgetPerDay: string;
      });

export type Reading =
  | { readonly isValid: false; readonly issues: readonly SettingIssue[] }
  | {
      readonly isValid: true;
      /** All of them, with their defaults. */
      readonly settings: RawSettings;
      readonly sections: readonly SettingSection[];
      readonly inMoney: Readonly<Record<string, string>>;
      /** Null: no entry has a size before a market is read. */
      readonly worst: ShownWorstCases | null;
      readonly hindrances: readonly Hindrance[];
      /** Null: it asks no model. */
      readonly model: ShownModelSpend | null;
      /** The decision candle, and all timeframes that it reads. */
      readonly timeframe: Timeframe;
      readonly timeframes: readonly Timeframe[];
      /** Null: what the bot gets is no amount yet. */
      readonly capital: string | null;
    };

export type WorkerAnswer =
  | { readonly kind: "reading"; readonly id: number; readonly reading: Reading }
  | { readonly kind: "progress"; readonly done: number }
  | { readonly kind: "preview"; readonly preview: BotPreview }
  | { readonly kind: "prompt"; readonly prompt: ShownPrompt }
  | { readonly kind: "failed" };
