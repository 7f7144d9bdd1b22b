import { warnOfApproval } from "../approval/describe-approval";
import { measureBacktest } from "../backtest/measure-backtest";
import type { BacktestMarket } from "../backtest/readable-market";
import { runBacktest, type BacktestResult } from "../backtest/run-backtest";
import { asksModel } from "../cycle/model-question";
import { WARMING_UP } from "../decision/basis/reason-codes";
import { decisionTimeframes } from "../decision/decide";
import { canAggregate } from "../market/aggregate-candles";
import { DAY_MS } from "../market/duration";
import { timeframeMs, type Timeframe } from "../market/timeframe";
import { toPlain } from "../money";
import { returnOn } from "../performance/buy-and-hold";
import type { NewBot } from "./judge-plans";

/** What a bot would have done over candles that are known. Times in ms; money as plain decimal text. */
export type BotPreview =
  | { readonly isKnown: false; readonly reason: string }
  | {
      readonly isKnown: true;
      /** From its first decision that was not warming up. */
      readonly from: number;
      readonly through: number;
      readonly days: number;
      /** The candles by which positions were settled, and how often it decided, seconds. */
      readonly timeframe: Timeframe;
      readonly intervalSeconds: number;
      readonly decisions: number;
      readonly entries: number;
      readonly refused: number;
      readonly closed: number;
      readonly won: number;
      readonly open: number;
      readonly made: string;
      readonly madeFraction: number;
      /** The same capital in equal shares in the same pairs; null: unknown. */
      readonly holdingFraction: number | null;
      readonly drawdownFraction: number;
      /** Its equity at about as many points. */
      readonly equity: readonly number[];
      /** What such a bot does otherwise than what was traded here; null: nothing. */
      readonly differs: string | null;
    };

export type Previewed = NewBot & {
  /** Those of its pairs of which candles are known. */
  readonly markets: readonly BacktestMarket[];
  /** Called with the share of it that is done, 0..1. */
  readonly onProgress?: (done: number) => void;
};

const POINTS = 120;
/** Of the entries at random, which a preview does not show. */
const SEED = 1;

const unknown = (reason: string): BotPreview => ({ isKnown: false, reason });

const slowestOf = (markets: readonly BacktestMarket[]): Timeframe =>
  markets
    .map(({ timeframe }) => timeframe)
    .reduce((slow, each) => (timeframeMs(each) > timeframeMs(slow) ? each : slow));

/** The span that all of these candles cover; empty where from is not before to. */
export const spanOf = (markets: readonly BacktestMarket[]): { readonly from: number; readonly to: number } => ({
  from: Math.max(...markets.map(({ candles }) => candles[0]?.openTime ?? 0)),
  to: Math.min(...markets.map(({ candles, timeframe }) => (candles.at(-1)?.openTime ?? 0) + timeframeMs(timeframe))),
});

/** Not more often than there are candles: in between nothing new is known. */
const pacedBy = (settings: NewBot["settings"], timeframe: Timeframe): NewBot["settings"] => {
  const finest = timeframeMs(timeframe) / 1000;
  return { ...settings, intervalSeconds: Math.ceil(settings.intervalSeconds / finest) * finest };
};

const thin = (values: readonly number[]): number[] => {
  const step = Math.max(1, Math.ceil(values.length / POINTS));
  return values.filter((_, index) => index % step === 0 || index === values.length - 1);
};

const countOf = (counts: Readonly<Record<string, number>>, name: string): number => counts[name] ?? 0;

const measure = (
  result: BacktestResult,
  { markets, capital, settings }: Previewed,
  span: { readonly warm: number; readonly to: number; readonly timeframe: Timeframe; readonly intervalSeconds: number },
): BotPreview => {
  const { decisions, trades, state } = result;
  const equity = result.equity.filter(({ at }) => at >= span.warm);
  const last = equity.at(-1)?.equity ?? capital;
  const metrics = measureBacktest({ ...result, equity }, { markets, to: span.to, seed: SEED });
  return {
    isKnown: true,
    from: span.warm,
    through: span.to,
    days: (span.to - span.warm) / DAY_MS,
    timeframe: span.timeframe,
    intervalSeconds: span.intervalSeconds,
    decisions: decisions.total - countOf(decisions.reason, WARMING_UP),
    entries: countOf(decisions.outcome, "opened"),
    refused: countOf(decisions.outcome, "rejected"),
    closed: trades.length,
    won: trades.filter(({ trade }) => trade.realizedPnl.gt(0)).length,
    open: state.positions.length,
    made: toPlain(last.minus(capital)),
    madeFraction: returnOn(capital, last).toNumber(),
    holdingFraction: metrics.buyAndHold.totalReturn.value,
    drawdownFraction: metrics.maxDrawdown.fraction,
    equity: thin(equity.map((point) => point.equity.toNumber())),
    differs: warnOfApproval(settings.approval),
  };
};

/** Why nothing can be said before a candle is read; null: nothing hinders it. */
const whyUnknown = ({ settings, markets }: Previewed): string | null => {
  if (asksModel(settings)) return "What its model would answer is not known before it is asked, and that costs.";
  return markets.length === 0 ? "No candles of its pairs are known yet." : null;
};

/** Trades the candles at hand with the settings of a new bot, by the same step as the product. */
export const previewBot = (previewed: Previewed): BotPreview => {
  const { settings: asked, capital, markets, onProgress } = previewed;
  const hindrance = whyUnknown(previewed);
  if (hindrance !== null) return unknown(hindrance);
  const timeframe = slowestOf(markets);
  const settings = pacedBy(asked, timeframe);
  if (settings.intervalSeconds > DAY_MS / 1000) return unknown("Its interval is longer than a day.");
  const isTooCoarse = decisionTimeframes(settings).some(({ timeframe: to }) => !canAggregate({ from: timeframe, to }));
  if (isTooCoarse) return unknown(`It decides by finer candles than the ones of ${timeframe} that are known.`);
  const { from, to } = spanOf(markets);
  if (from >= to) return unknown("The candles of its pairs do not overlap.");
  const [result] = runBacktest({
    bots: [{ id: "preview", settings, capital }],
    markets,
    finestTimeframe: timeframe,
    from,
    to,
    ...(onProgress && { onSlot: (time: number) => onProgress((time - from) / (to - from)) }),
  });
  const warm = result?.decisions.warmupUntil ?? null;
  if (result === undefined || warm === null) {
    return unknown(
      `Too few candles are known: its rules were still warming up at the end of ${Math.floor((to - from) / DAY_MS)} days.`,
    );
  }
  return measure(result, previewed, { warm, to, timeframe, intervalSeconds: settings.intervalSeconds });
};
