import { marketsOf, tradeRecording } from "../../scripts/backtest/trade-recording";
import { timeWarm } from "../../scripts/backtest/time-warm";
import { planBacktest } from "../../scripts/replay/replay-plan";
import { createSyntheticLibrary, SYNTHETIC_FROM } from "../../scripts/testing/synthetic-library";
import { createRecordedMarket } from "../../simulators/candles/candle-library";
import { parseCandleCsv } from "../../simulators/candles/parse-candle-csv";
import { createMarketReader } from "../../src/trading/backtest/analyse-markets";
import { measureBacktest } from "../../src/trading/backtest/measure-backtest";
import { createReadableMarket } from "../../src/trading/backtest/readable-market";
import { decideBy } from "../../src/trading/decision/decide";
import { decimal, priceToMoney } from "../../src/trading/money";
import { computeEquity } from "../../src/trading/portfolio/equity";
import { planWholeExit } from "../../src/trading/portfolio/exit-plan";
import { openPosition } from "../../src/trading/portfolio/open-position";
import { settlePosition } from "../../src/trading/settlement/settle-position";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAYS = 92;

/** `candlesPerSecond`: finest candles of all markets, by the median of five rounds in a warm process. */
export type StageFigure = { readonly stage: string; readonly candlesPerSecond: number };

const setUp = () => {
  const library = createSyntheticLibrary(DAYS);
  const span = { from: SYNTHETIC_FROM, to: SYNTHETIC_FROM + DAYS * DAY_MS };
  const plan = planBacktest({ settings: {}, ...span }, library);
  return { library, span, plan, markets: marketsOf(plan) };
};

type SetUp = ReturnType<typeof setUp>;

const load = ({ library }: SetUp) => {
  const files = library.markets.map(({ pair, marketType, timeframe, candles }) => {
    const rows = candles.map((c) => [c.openTime, c.open, c.high, c.low, c.close, c.volume].join(","));
    return { pair, marketType, timeframe, text: ["timestamp_ms,open,high,low,close,volume", ...rows].join("\n") };
  });
  return () =>
    files.map(({ text, ...market }) => {
      const rows = parseCandleCsv({ name: market.pair, text, timeframe: market.timeframe });
      return createRecordedMarket({ ...market, candles: rows.map(({ candle }) => candle) });
    });
};

const analyseAll = ({ markets, span, plan: { settings } }: SetUp) => {
  const reader = createMarketReader(span);
  return markets.map(createReadableMarket).flatMap((market) => {
    const hours = Array.from({ length: DAYS * 24 }, (_, hour) => span.from + hour * HOUR_MS);
    return hours.map((hour) => reader.analyse(market, settings, hour));
  });
};

/** A position that nothing touches, over the candles of each market. */
const settleAll = ({ markets, span }: SetUp) =>
  markets.map(({ rules, timeframe, candles }) => {
    const fill = { price: decimal(1000), quantity: decimal(1), at: span.from };
    const opening = { id: rules.pair, pair: rules.pair, side: "long" as const, leverage: decimal(1), mark: fill.price };
    const levels = { stopLoss: decimal(1), takeProfit: decimal(1_000_000) };
    const position = { ...openPosition({ ...opening, ...levels, fill }), exitPlan: planWholeExit(levels) };
    const { tick, lot, takerFeeRate } = rules;
    const costs = { tick: decimal(tick), lot: decimal(lot), takerFeeRate: decimal(takerFeeRate) };
    const terms = { ...costs, funding: null };
    return { position, settled: settlePosition(position, candles, { timeframe, ...terms, time: span.to }) };
  });

const markAll = ({ markets }: SetUp, positions: ReturnType<typeof settleAll>) => {
  const balances = { cash: decimal(10_000), margin: decimal(0) };
  return markets.map(({ candles }, index) =>
    candles.map(({ close }) => {
      const position = positions[index]?.position;
      return position && computeEquity(balances, [{ ...position, mark: priceToMoney(close) }]);
    }),
  );
};

/** Candles a second of each stage of a backtest by itself, and of the whole with its gate, orders and books. */
export const measureStages = (): StageFigure[] => {
  const made = setUp();
  const { plan, markets, span } = made;
  const analyses = analyseAll(made);
  const settled = settleAll(made);
  const trade = () => tradeRecording(plan, markets, { capital: "10000", onSlot: () => {} });
  const traded = trade();
  const { settings } = plan;
  const bot = { pair: "BTC/USDT", settings, position: null, wasHeld: false };
  const stages: [stage: string, run: () => unknown][] = [
    ["load", load(made)],
    ["analyse", () => analyseAll(made)],
    ["decide", () => analyses.map((analysis) => decideBy({ ...bot, analysis }))],
    ["settle", () => settleAll(made)],
    ["mark", () => markAll(made, settled)],
    ["trade: all of them, judged and booked", trade],
    ["metrics", () => measureBacktest(traded, { markets, to: span.to, seed: 1 })],
  ];
  const candles = markets.reduce((sum, market) => sum + market.candles.length, 0);
  const now = () => performance.now();
  return stages.map(([stage, run]) => ({ stage, candlesPerSecond: candles / timeWarm(run, now).seconds }));
};
