import { computeLast } from "../../market/indicators/indicator";
import { createRealisedVolatility } from "../../market/indicators/realised-volatility";
import { compare, type Condition } from "./condition";
import { correlationMatrix } from "./correlate-markets";
import { candlesThrough, changeOver, meanOfKnown, type MarketCandles, type MarketHorizon } from "./market-horizon";

/**
 * `averageCorrelation` of all pairs of markets; `altsLead` = mean change of the other markets - bitcoin's, a fraction;
 * `dailyVolatility` = mean realised volatility of a day, a fraction. Null is unknown.
 */
export type RegimeReadings = {
  readonly averageCorrelation: number | null;
  readonly altsLead: number | null;
  readonly dailyVolatility: number | null;
};

/** One of the three votes, with both things it was asked; null where its reading is unknown. */
type RegimeVote = {
  readonly vote: "risk-on" | "risk-off" | "neither" | null;
  readonly riskOn: Condition;
  readonly riskOff: Condition;
};

/** `score` 0..1: 1 for three votes, 2/3 for two, 0.5 for neutral, null for unknown. */
export type MarketRegime = {
  readonly regime: "risk-on" | "risk-off" | "neutral" | "unknown";
  readonly score: number | null;
  readonly votes: readonly RegimeVote[];
};

type Bounds = Pick<Condition, "condition" | "operator"> & { readonly riskOn: number; readonly riskOff: number };

/** A usual day's volatility, of which 0.8 x is calm and 1.2 x is not. */
const USUAL_VOLATILITY = 0.02;
const CORRELATION: Bounds = { condition: "average-correlation", operator: "<", riskOn: 0.6, riskOff: 0.7 };
const LEADERSHIP: Bounds = { condition: "alts-lead", operator: ">", riskOn: 0.01, riskOff: -0.01 };
const VOLATILITY: Bounds = {
  condition: "daily-volatility",
  operator: "<",
  riskOn: 0.8 * USUAL_VOLATILITY,
  riskOff: 1.2 * USUAL_VOLATILITY,
};
const VOTES_NEEDED = 2;
const VOLATILITY_RETURNS = 30;
const DAYS_PER_YEAR = 365;

/**
 * Risk-on or risk-off where at least two of three votes agree, else neutral. Unknown where the missing votes could make
 * it another answer.
 */
export const voteMarketRegime = (readings: RegimeReadings): MarketRegime => {
  const votes = [
    castVote(CORRELATION, readings.averageCorrelation),
    castVote(LEADERSHIP, readings.altsLead),
    castVote(VOLATILITY, readings.dailyVolatility),
  ];
  const count = (wanted: RegimeVote["vote"]): number => votes.filter(({ vote }) => vote === wanted).length;
  const [on, off, missing] = [count("risk-on"), count("risk-off"), count(null)];
  if (on >= VOTES_NEEDED) return { regime: "risk-on", score: on / votes.length, votes };
  if (off >= VOTES_NEEDED) return { regime: "risk-off", score: off / votes.length, votes };
  if (Math.max(on, off) + missing >= VOTES_NEEDED) return { regime: "unknown", score: null, votes };
  return { regime: "neutral", score: 0.5, votes };
};

const castVote = ({ condition, operator, ...bounds }: Bounds, value: number | null): RegimeVote => {
  const riskOn = compare({ condition, value, operator, threshold: bounds.riskOn });
  const riskOff = compare({ condition, value, operator: operator === "<" ? ">" : "<", threshold: bounds.riskOff });
  if (riskOn.met === null || riskOff.met === null) return { vote: null, riskOn, riskOff };
  if (riskOn.met) return { vote: "risk-on", riskOn, riskOff };
  return { vote: riskOff.met ? "risk-off" : "neither", riskOn, riskOff };
};

/** Reads bitcoin and the other markets over one horizon. Correlation and volatility read the candles through its end. */
export const readRegime = (
  markets: { readonly bitcoin: MarketCandles; readonly others: readonly MarketCandles[] },
  horizon: MarketHorizon,
): RegimeReadings => {
  const all = [markets.bitcoin, ...markets.others].map(({ pair, candles }) => ({
    pair,
    candles: candlesThrough(candles, horizon) ?? [],
  }));
  const bitcoin = changeOver(markets.bitcoin.candles, horizon);
  const alts = meanOfKnown(markets.others.map((market) => changeOver(market.candles, horizon)));
  return {
    averageCorrelation: correlationMatrix(all).average,
    altsLead: bitcoin === null || alts === null ? null : alts - bitcoin,
    dailyVolatility: meanOfKnown(all.map((market) => dailyVolatility(market, horizon))),
  };
};

const dailyVolatility = ({ candles }: MarketCandles, { timeframe }: MarketHorizon): number | null => {
  const yearly = computeLast(
    createRealisedVolatility(VOLATILITY_RETURNS, timeframe),
    candles.map((candle) => candle.close),
  );
  return yearly === undefined ? null : yearly / Math.sqrt(DAYS_PER_YEAR);
};
