import type { MarketRow, PreviewCandles } from "~/contracts/market-row";
import type { SettingIssue } from "~/trading/preview/read-settings";
import type { Hindrance } from "~/trading/preview/find-hindrances";
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
};

export type PreviewRequest = {
  readonly kind: "preview";
  readonly settings: RawSettings;
  readonly capital: string;
  readonly markets: readonly { readonly row: MarketRow; readonly candles: PreviewCandles }[];
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
      /** The decision candle. */
      readonly timeframe: Timeframe;
      /** Null: what the bot gets is no amount yet. */
      readonly capital: string | null;
    };

export type WorkerAnswer =
  | { readonly kind: "reading"; readonly id: number; readonly reading: Reading }
  | { readonly kind: "progress"; readonly done: number }
  | { readonly kind: "preview"; readonly preview: BotPreview }
  | { readonly kind: "failed" };
