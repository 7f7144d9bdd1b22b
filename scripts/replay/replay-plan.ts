import { createHash } from "node:crypto";
import type { CandleLibrary, RecordedMarket } from "../../simulators/candles/candle-library";
import { warnOfApproval } from "../../src/trading/approval/describe-approval";
import type { BotSettings } from "../../src/trading/bot-settings";
import { decisionTimeframes } from "../../src/trading/decision/decide";
import { timeframeMs, type Timeframe } from "../../src/trading/market/timeframe";
import { completeSettings, UsageError, type ReplayOptions } from "./replay-options";

/** A backtest that can run: options and recording fit together. Times in ms of venue time. */
export type BacktestPlan = {
  readonly settings: BotSettings;
  readonly markets: readonly RecordedMarket[];
  readonly finestTimeframe: Timeframe;
  readonly from: number;
  readonly to: number;
  readonly warnings: readonly string[];
};

/** The same for a replay. `identity`: SHA-256 of what the venue shows, because another recording is another venue. */
export type ReplayPlan = BacktestPlan & { readonly identity: string };

/** What is to be run: settings as given, and slots from `from` (inclusive) to `to` (exclusive). */
export type Wanted = Pick<ReplayOptions, "settings" | "from" | "to">;

type Choice = { readonly chosen: Record<string, unknown>; readonly markets: readonly RecordedMarket[] };

/** The markets that the settings name, else all of the folder: only its swaps when it has any. */
const chooseMarkets = (library: CandleLibrary, settings: Record<string, unknown>): Choice => {
  const hasSwaps = library.markets.some((market) => market.marketType === "swap");
  const given = settings["marketType"];
  const marketType = typeof given === "string" ? given : hasSwaps ? "swap" : "spot";
  const offered = library.markets.filter((market) => market.marketType === marketType);
  const chosen = { ...settings, marketType, pairs: settings["pairs"] ?? offered.map(({ pair }) => pair) };
  const markets = completeSettings(chosen).pairs.map((pair) => {
    const market = offered.find((candidate) => candidate.pair === pair);
    if (market) return market;
    const names = offered.map((candidate) => candidate.pair).join(", ") || "none";
    throw new UsageError(`the folder has no ${marketType} candles of ${pair}: it has ${names}`);
  });
  return { chosen, markets };
};

const hashMarkets = (markets: readonly RecordedMarket[]): string => {
  const hash = createHash("sha256");
  for (const { pair, marketType, timeframe, candles } of markets) {
    hash.update(`${pair} ${marketType} ${timeframe}\n`);
    for (const c of candles) hash.update(`${c.openTime},${c.open},${c.high},${c.low},${c.close},${c.volume}\n`);
  }
  return hash.digest("hex");
};

const iso = (time: number): string => new Date(time).toISOString();

/** Cuts the span to the recording: before and after it there is no market. */
const cutSpan = (
  options: Wanted,
  markets: readonly RecordedMarket[],
): Pick<BacktestPlan, "from" | "to" | "warnings"> => {
  const first = Math.min(...markets.map((market) => market.from));
  const last = Math.max(...markets.map((market) => market.through + timeframeMs(market.timeframe)));
  const [from, to] = [Math.max(options.from, first), Math.min(options.to, last)];
  if (from >= to) {
    throw new UsageError(`nothing is recorded in that span: the candles cover ${iso(first)} to ${iso(last)}`);
  }
  const warnings: string[] = [];
  if (from > options.from) warnings.push(`the recording begins at ${iso(first)}: the run begins there`);
  if (to < options.to) warnings.push(`the recording ends at ${iso(last)}: the run ends there`);
  for (const market of markets) {
    if (market.from <= from) continue;
    warnings.push(`${market.pair} is not traded: it is not listed yet, its candles begin at ${iso(market.from)}`);
  }
  return { from, to, warnings };
};

const DEFAULT_INTERVAL_SECONDS = 300;

/** Without an interval in its settings a bot runs every 5 minutes, or as often as the recording has candles. */
const withInterval = (settings: Record<string, unknown>, finestSeconds: number): Record<string, unknown> => ({
  intervalSeconds: Math.max(DEFAULT_INTERVAL_SECONDS, finestSeconds),
  ...settings,
});

const refuseMisfits = (settings: BotSettings, slowest: RecordedMarket): void => {
  const finestMs = timeframeMs(slowest.timeframe);
  if ((settings.intervalSeconds * 1000) % finestMs !== 0) {
    throw new UsageError(
      `the finest candles of ${slowest.pair} are ${slowest.timeframe}: the interval must be a multiple of ${finestMs / 1000} s`,
    );
  }
  for (const { timeframe } of decisionTimeframes(settings)) {
    if (timeframeMs(timeframe) % finestMs !== 0) {
      throw new UsageError(
        `${settings.mode} reads ${timeframe} candles, which cannot be built from the ${slowest.timeframe} candles of ${slowest.pair}: choose other timeframes in --settings`,
      );
    }
  }
};

/** The market whose finest candles are the coarsest: no cycle comes more often than every market has candles. */
const slowestOf = (markets: readonly RecordedMarket[]): RecordedMarket =>
  markets.reduce((slow, market) => (timeframeMs(market.timeframe) > timeframeMs(slow.timeframe) ? market : slow));

/** There is no trader to ask in a recording: the bot enters by itself, and it is said. */
const askingNobody = ({ approval, ...settings }: BotSettings): Pick<BacktestPlan, "settings" | "warnings"> => {
  const warning = warnOfApproval(approval);
  return { settings, warnings: warning === null ? [] : [warning] };
};

/** Makes the plan from options and recording. Throws UsageError when they do not fit together. */
export const planBacktest = (options: Wanted, library: CandleLibrary): BacktestPlan => {
  const { markets, chosen } = chooseMarkets(library, options.settings);
  const slowest = slowestOf(markets);
  const wanted = completeSettings(withInterval(chosen, timeframeMs(slowest.timeframe) / 1000));
  const { settings, warnings: asked } = askingNobody(wanted);
  refuseMisfits(settings, slowest);
  const { from, to, warnings } = cutSpan(options, markets);
  return {
    settings,
    markets,
    finestTimeframe: slowest.timeframe,
    from,
    to,
    warnings: [...library.warnings, ...warnings, ...asked],
  };
};

/** The same for a replay. */
export const planReplay = (options: Wanted, library: CandleLibrary): ReplayPlan => {
  const plan = planBacktest(options, library);
  return { ...plan, identity: hashMarkets(plan.markets) };
};
