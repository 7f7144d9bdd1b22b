import { createHash } from "node:crypto";
import type { CandleLibrary, RecordedMarket } from "../../simulators/candles/candle-library";
import { loadCandleLibrary } from "../../simulators/candles/load-candle-library";
import { DAY_MS, SYNTHETIC_START } from "../../simulators/demo/create-day-candles";
import { createDemoLibrary } from "../../simulators/demo/create-demo-library";
import type { DemoMarket } from "../../src/server/demo/demo-market";
import { timeframeMs } from "../../src/trading/market/timeframe";
import { StartError } from "./start-error";
import type { DemoOptions } from "./start-options";

/** Fixed and printed. It is the first day of synthetic time, and not chosen for its results. */
const DEMO_SEED = 20_240_101;

/** A demo market with the candles that it shows. */
export type DemoSource = DemoMarket & { readonly library: CandleLibrary };

/** Trinity's second timeframe reads 120 candles of 4h (20 days); one day to spare. */
const WARM_UP_MS = 21 * DAY_MS;
const FINEST_MAX = timeframeMs("5m");

const hash = (...parts: readonly string[]): string => createHash("sha256").update(parts.join("\n")).digest("hex");

const syntheticSource = ({ historyDays }: DemoOptions): DemoSource => {
  const historyFrom = SYNTHETIC_START + WARM_UP_MS;
  return {
    name: `synthetic market, seed ${DEMO_SEED}`,
    identity: hash("synthetic", String(DEMO_SEED), String(SYNTHETIC_START)),
    library: createDemoLibrary(DEMO_SEED),
    finestTimeframe: "1m",
    historyFrom,
    opensAt: historyFrom + historyDays * DAY_MS,
  };
};

const hashMarkets = (markets: readonly RecordedMarket[]): string => {
  const digest = createHash("sha256");
  for (const { pair, timeframe, candles } of markets) {
    digest.update(`${pair} ${timeframe}\n`);
    for (const c of candles) digest.update(`${c.openTime},${c.open},${c.high},${c.low},${c.close},${c.volume}\n`);
  }
  return digest.digest("hex");
};

const iso = (time: number): string => new Date(time).toISOString();

/** From the first instant that all markets have to the end of the last market. */
const spanOf = (markets: readonly RecordedMarket[]): { readonly from: number; readonly to: number } => ({
  from: Math.max(...markets.map((market) => market.from)),
  to: Math.max(...markets.map((market) => market.through + timeframeMs(market.timeframe))),
});

const recordedSource = async (folder: string, { start, historyDays }: DemoOptions): Promise<DemoSource> => {
  const library = await loadCandleLibrary(folder);
  const markets = library.markets.filter(
    ({ marketType, timeframe }) => marketType === "swap" && timeframeMs(timeframe) <= FINEST_MAX,
  );
  const [first] = markets;
  if (first === undefined) throw new StartError(`${folder} has no swap candles of 5m or finer: the demo needs some`);
  const span = spanOf(markets);
  const historyMs = historyDays * DAY_MS;
  const opensAt = start ?? Math.min(span.from + WARM_UP_MS + historyMs, span.to);
  if (opensAt < span.from || opensAt >= span.to) {
    throw new StartError(`the recording covers ${iso(span.from)} to ${iso(span.to)}: set DEMO_START within it`);
  }
  const finest = markets.reduce((slow, { timeframe }) => (timeframe === "5m" ? timeframe : slow), first.timeframe);
  return {
    name: `recorded market from ${iso(opensAt)}`,
    identity: hash("recorded", hashMarkets(markets), iso(opensAt)),
    library: { markets, warnings: library.warnings },
    finestTimeframe: finest,
    historyFrom: Math.max(span.from, opensAt - historyMs),
    opensAt,
  };
};

/** The market that the options ask for. Throws StartError for a recording that does not fit. */
export const openDemoSource = async (options: DemoOptions): Promise<DemoSource> =>
  options.candles === null ? syntheticSource(options) : recordedSource(options.candles, options);
