import { measureBacktest, type BacktestMetrics } from "../../src/trading/backtest/measure-backtest";
import type { ReplayReport } from "../replay/report-document";
import type { BacktestPlan } from "../replay/replay-plan";
import { reportBacktest } from "./backtest-report";
import { reportModel, type ModelReport } from "./model-report";
import { timeOnce, timeWarm } from "./time-warm";
import { marketsOf, tradeRecording, type TradingMeans } from "./trade-recording";

/** The document of a backtest: a replay's, and what only a backtest tells. */
export type BacktestDocument = ReplayReport & {
  readonly metrics: BacktestMetrics;
  /** How many of the finest candles the markets have within the span. */
  readonly candles: number;
  /** From loaded candles to finished trades, as a median where it was timed; all that differs between two runs. */
  readonly seconds: number;
  /** How a language model's questions were answered; absent: the bot asks none. */
  readonly model?: ModelReport;
};

export type RecordingRun = TradingMeans & {
  readonly plan: BacktestPlan;
  /** Times it in a warm engine instead of once. */
  readonly isTimed: boolean;
  /** A stopwatch, in ms. */
  readonly now: () => number;
};

/** Of the random entries that the bot is compared with. */
const SEED = 1;

const countCandles = ({ from, to }: BacktestPlan, markets: ReturnType<typeof marketsOf>): number =>
  markets.reduce(
    (sum, { candles }) => sum + candles.filter(({ openTime }) => openTime >= from && openTime < to).length,
    0,
  );

/** Trades a recording, measures what came of it and reports it. */
export const runRecording = ({ plan, capital, onSlot, model, isTimed, now }: RecordingRun): BacktestDocument => {
  const markets = marketsOf(plan);
  const trade = () => tradeRecording(plan, markets, { capital, onSlot, ...(model && { model }) });
  const { result, seconds } = isTimed ? timeWarm(trade, now) : timeOnce(trade, now);
  const { pairs } = plan.settings;
  const metrics = measureBacktest(result, {
    markets: markets.filter(({ rules }) => pairs.includes(rules.pair)),
    to: plan.to,
    seed: SEED,
  });
  const asked = result.model && { model: reportModel(result.model, plan.from) };
  return { ...reportBacktest(plan, result), metrics, candles: countCandles(plan, markets), seconds, ...asked };
};
