import type { BacktestResult } from "../../src/trading/backtest/run-backtest";
import { sumOf, toPlain, type Decimal } from "../../src/trading/money";
import { addLines, balancesOf, LEDGER_ACCOUNTS, postDeposit } from "../../src/trading/portfolio/ledger";
import { computeEquity } from "../../src/trading/portfolio/equity";
import {
  amount,
  fundingRange,
  isoOf,
  reportPosition,
  reportTrade,
  sortTrades,
  type ReplayReport,
} from "../replay/report-document";
import type { BacktestPlan } from "../replay/replay-plan";

/** Every slot without a trade repeats the last amount: its text is made once. */
const createTexts = (): ((value: Decimal) => string) => {
  const texts = new WeakMap<Decimal, string>();
  return (value) => {
    const text = texts.get(value) ?? toPlain(value);
    texts.set(value, text);
    return text;
  };
};

/** The books as they stand at the end, folded anew from every posting. */
const checkBooks = ({ state, postings, equity }: BacktestResult): ReplayReport["invariants"] => {
  const { initialCapital: capital, balances, positions } = state;
  const deposit = postDeposit({ id: "capital", amount: capital, at: 0 });
  const folded = postings.reduce((held, { lines }) => addLines(held, lines), balancesOf(deposit.lines));
  const margin = sumOf(positions.map((position) => position.margin));
  const last = equity.at(-1)?.equity;
  const checks: [string, boolean][] = [
    ["the lines of all accounts sum to zero", sumOf(Object.values(folded)).isZero()],
    ["balances are the fold of the ledger", LEDGER_ACCOUNTS.every((account) => folded[account].eq(balances[account]))],
    ["margin is that of the open positions", folded.margin.eq(margin)],
    ["equity is cash, margin and what is unrealised", last?.eq(computeEquity(folded, positions).equity) ?? true],
  ];
  const breaches = checks.flatMap(([text, holds]) => (holds ? [] : [`at the end: not so that ${text}`]));
  return { checked: checks.length, broken: breaches.length, breaches };
};

/** The document of a backtest: the fields of a replay's. */
export const reportBacktest = (plan: BacktestPlan, result: BacktestResult): ReplayReport => {
  const { settings, from, to } = plan;
  const { state, slots } = result;
  const trades = sortTrades(result.trades.map(({ trade }) => trade));
  const textOf = createTexts();
  const { warmupUntil, ...decisions } = result.decisions;
  return {
    from: isoOf(from),
    to: isoOf(to),
    mode: settings.mode,
    pairs: settings.pairs,
    intervalSeconds: settings.intervalSeconds,
    initialCapital: amount(state.initialCapital),
    warmupUntil: warmupUntil === null ? null : isoOf(warmupUntil),
    trades: trades.map((trade) => reportTrade(trade, settings)),
    openPositions: state.positions
      .toSorted((one, other) => one.openedAt - other.openedAt || (one.pair < other.pair ? -1 : 1))
      .map(reportPosition),
    equity: result.equity.map(({ at, equity }) => ({ time: isoOf(at), value: textOf(equity) })),
    decisions,
    funding: fundingRange(trades, settings),
    invariants: checkBooks(result),
    cycles: { done: slots, skipped: {}, failed: 0, abandoned: 0 },
  };
};
