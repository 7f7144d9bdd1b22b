import type { TradingPair } from "~/trading/market/trading-pair";

/** A made-up market with the name, the tick and roughly the behaviour of a real one. */
export type DemoPair = {
  readonly pair: TradingPair;
  /** USDT at the start of synthetic time. */
  readonly startPrice: number;
  /** Ticks in one USDT: prices are whole numbers of ticks. */
  readonly ticksPerUnit: number;
  /** Lots in one base unit: volumes are whole numbers of lots. */
  readonly lotsPerUnit: number;
  /** Factor by which a day's log return follows the market's. */
  readonly beta: number;
  /** Standard deviation of a day's own log return, without the market's. */
  readonly ownDeviation: number;
  /** Standard deviation of one minute's log return in a calm market. */
  readonly minuteDeviation: number;
  /** Correlation of its minutes with the market's. */
  readonly correlation: number;
  /** USDT traded in a calm minute. */
  readonly minuteValue: number;
};

export const DEMO_PAIRS: readonly DemoPair[] = [
  {
    pair: "BTC/USDT",
    startPrice: 42_000,
    ticksPerUnit: 10,
    lotsPerUnit: 10_000,
    beta: 1,
    ownDeviation: 0.006,
    minuteDeviation: 0.0005,
    correlation: 0.9,
    minuteValue: 2_000_000,
  },
  {
    pair: "ETH/USDT",
    startPrice: 2300,
    ticksPerUnit: 100,
    lotsPerUnit: 1000,
    beta: 1.15,
    ownDeviation: 0.01,
    minuteDeviation: 0.0006,
    correlation: 0.8,
    minuteValue: 1_200_000,
  },
  {
    pair: "SOL/USDT",
    startPrice: 100,
    ticksPerUnit: 100,
    lotsPerUnit: 100,
    beta: 1.4,
    ownDeviation: 0.02,
    minuteDeviation: 0.0009,
    correlation: 0.65,
    minuteValue: 500_000,
  },
  {
    pair: "BNB/USDT",
    startPrice: 310,
    ticksPerUnit: 10,
    lotsPerUnit: 1000,
    beta: 0.8,
    ownDeviation: 0.012,
    minuteDeviation: 0.0006,
    correlation: 0.6,
    minuteValue: 250_000,
  },
  {
    pair: "XRP/USDT",
    startPrice: 0.62,
    ticksPerUnit: 10_000,
    lotsPerUnit: 1,
    beta: 0.9,
    ownDeviation: 0.018,
    minuteDeviation: 0.0008,
    correlation: 0.6,
    minuteValue: 300_000,
  },
];
