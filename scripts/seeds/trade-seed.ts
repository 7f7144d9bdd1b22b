import type { BacktestMarket } from "../../src/trading/backtest/readable-market";
import { runBacktest, type BacktestResult } from "../../src/trading/backtest/run-backtest";
import { botSettingsSchema } from "../../src/trading/bot-settings";
import { MODES } from "../../src/trading/decision/modes/registry";
import { invariant } from "../../src/trading/invariant";
import { HOUR_MS } from "../../src/trading/market/duration";
import { createSyntheticCandles } from "../../src/trading/market/synthetic-candles";
import type { Timeframe } from "../../src/trading/market/timeframe";
import { decimal } from "../../src/trading/money";
import { testEdge, type Edge } from "../../src/trading/performance/edge";
import { resultsInR } from "../../src/trading/performance/risked-trade";
import { readExampleRules } from "../example-rules";

/**
 * Standard deviations of an hour's return, from a quiet market to a crash, and how many times as long a market is traded:
 * what is quiet takes longer to reach a stop or a target.
 */
const KINDS = [
  { volatility: 0.003, times: 3 },
  { volatility: 0.006, times: 1.5 },
  { volatility: 0.012, times: 1 },
  { volatility: 0.025, times: 1 },
] as const;

const FINEST: Timeframe = "15m";
const CANDLES_PER_HOUR = 4;
/** So many hours that 120 candles of 4h have closed before the first decision: every mode is warm. */
const HOURS_BEFORE = 480;
const BEGIN = 1_704_067_200_000;
const PAIR = "BTC/USDT";

/** What a mode's defaults made of one market that nobody can predict. */
export type SeedRun = {
  readonly seed: number;
  readonly volatility: number;
  /** Closed decision candles at which the bot held nothing. */
  readonly flatCandles: number;
  /** How often the mode wanted to enter at one of them, and how often the gate let it. */
  readonly wanted: number;
  readonly opened: number;
  /** Net of fees and slippage, in R. */
  readonly results: readonly number[];
  readonly edge: Edge["verdict"];
};

/** A market without drift: the expected price of any instant is that of now. */
const marketOf = (seed: number, volatility: number, hours: number): BacktestMarket => {
  const candles = createSyntheticCandles({
    seed,
    count: (HOURS_BEFORE + hours) * CANDLES_PER_HOUR,
    volatility: volatility / Math.sqrt(CANDLES_PER_HOUR),
    timeframe: FINEST,
    startTime: BEGIN,
    startPrice: 1000,
    meanVolume: 100_000,
  });
  const rules = {
    pair: PAIR,
    marketType: "swap" as const,
    tick: "0.0001",
    lot: "0.0001",
    contractSize: "1",
    quantityMin: "0.0001",
    notionalMin: null,
    leverageMax: null,
    takerFeeRate: "0.0005",
  };
  return { id: 1, rules, timeframe: FINEST, candles };
};

type Held = { readonly from: number; readonly through: number };

const heldOf = ({ trades, state }: BacktestResult): Held[] => [
  ...trades.map(({ trade }) => ({ from: trade.enteredAt, through: trade.exitedAt })),
  ...state.positions.map(({ openedAt }) => ({ from: openedAt, through: Number.POSITIVE_INFINITY })),
];

/** Hours at whose close nothing was held. An entry is filled at the close it was decided at. */
const countFlat = (held: readonly Held[], span: { readonly from: number; readonly to: number }): number => {
  let flat = 0;
  for (let time = span.from; time < span.to; time += HOUR_MS) {
    if (!held.some(({ from, through }) => from < time && time < through)) flat += 1;
  }
  return flat;
};

/**
 * Trades a market of the seed by the defaults of a mode and of the risk limits, as a backtest does: for so many hours, or
 * longer in a quiet one. Seeds go through the kinds of markets in turn. Custom rules are the example's: there are none.
 */
export const tradeSeed = (mode: string, seed: number, hoursLeast: number): SeedRun => {
  const { volatility, times } = KINDS[seed % KINDS.length] ?? KINDS[0];
  const hours = Math.ceil(hoursLeast * times);
  const market = marketOf(seed, volatility, hours);
  const span = { from: BEGIN + HOURS_BEFORE * HOUR_MS, to: BEGIN + (HOURS_BEFORE + hours) * HOUR_MS };
  const rules = mode === MODES.custom.name ? readExampleRules() : {};
  const settings = botSettingsSchema.parse({ ...rules, mode, pairs: [PAIR], intervalSeconds: HOUR_MS / 1000 });
  const bots = [{ id: mode, settings, capital: decimal(10_000) }];
  const [result] = runBacktest({ bots, markets: [market], finestTimeframe: FINEST, ...span });
  invariant(result, "a backtest of one bot has one result");
  const { opened = 0, rejected = 0, "not-filled": unfilled = 0 } = result.decisions.outcome;
  const results = resultsInR(result.trades);
  return {
    seed,
    volatility,
    flatCandles: countFlat(heldOf(result), span),
    wanted: opened + rejected + unfilled,
    opened,
    results,
    edge: testEdge(results).verdict,
  };
};
