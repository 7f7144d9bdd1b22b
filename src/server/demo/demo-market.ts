import type { Timeframe } from "~/trading/market/timeframe";

/** What makes a demo market this one. Times in ms of market time. */
export type DemoMarket = {
  readonly name: string;
  /** SHA-256 of source, seed and start: other settings make another venue. */
  readonly identity: string;
  readonly finestTimeframe: Timeframe;
  /** Candles before it only warm the indicators up. */
  readonly historyFrom: number;
  readonly opensAt: number;
};
