import { decimal } from "../../src/trading/money";
import type { Measured } from "../../src/trading/performance/measured";
import { describeExit } from "../../src/trading/execution/describe-exit";
import { printReport, some, table } from "../replay/print-report";
import { printModel } from "./model-report";
import type { BacktestDocument } from "./run-recording";

const fraction = (value: number): string => `${(value * 100).toFixed(2)} %`;
const ratio = (value: number): string => value.toFixed(2);
const day = (time: number | null): string => (time === null ? "-" : new Date(time).toISOString().slice(0, 10));
const said = ({ value, reason }: Measured, write: (value: number) => string): string =>
  value === null ? `unknown: ${reason}` : write(value);

type Metrics = BacktestDocument["metrics"];

const returnLines = (metrics: Metrics): string[] => [
  `return     ${said(metrics.totalReturn, fraction)}, a year ${said(metrics.annualReturn, fraction)}`,
  `  holding  ${said(metrics.buyAndHold.totalReturn, fraction)} for the same pairs bought at the first slot`,
  `ratios     Sharpe ${said(metrics.sharpe, ratio)}`,
  `           Sortino ${said(metrics.sortino, ratio)}`,
  `           Calmar ${said(metrics.calmar, ratio)}`,
  `           Omega ${said(metrics.omega, ratio)}`,
];

const drawdownLine = ({ maxDrawdown: fall }: Metrics): string => {
  if (fall.peakAt === null) return "drawdown   none";
  const end = fall.recoveredAt === null ? "not recovered" : `recovered ${day(fall.recoveredAt)}`;
  const dates = `peak ${day(fall.peakAt)}, trough ${day(fall.troughAt)}, ${end}`;
  return `drawdown   ${fraction(fall.fraction)}, ${dates}; longest below a peak ${fall.longestDays.toFixed(1)} days`;
};

const randomLine = ({ randomEntry: random }: Metrics): string => {
  if (random === null) return "by chance  unknown: no trade, or no price at some instants";
  const { draws, mean, low, high, percentile } = random;
  const range = `${low.toFixed(2)} to ${high.toFixed(2)} (mean ${mean.toFixed(2)})`;
  return `by chance  ${draws} draws with entries at random instants made ${range}; the bot beat ${fraction(percentile)}`;
};

const tradeLines = (metrics: Metrics): string[] => {
  const { all, streaks } = metrics;
  const expectancy = all.expectancy === null ? "unknown" : `${decimal(all.expectancy).toFixed(2)} USDT`;
  return [
    `trades     ${all.trades}: win rate ${said(all.winRate, fraction)}, profit factor ${said(all.profitFactor, ratio)}`,
    `           expectancy ${expectancy}, ${said(all.expectancyR, (value) => `${value.toFixed(3)} R`)}`,
    `           SQN ${said(metrics.systemQuality, ratio)}`,
    `           at most ${some(streaks.wins, "win")} and ${streaks.losses} ${streaks.losses === 1 ? "loss" : "losses"} in a row; in a position ${said(metrics.exposure, fraction)} of the time`,
  ];
};

const asIs = (key: string): string => key;

const groupRows = (name: string, groups: Metrics["by"]["pair"], nameOf = asIs): string[][] =>
  Object.entries(groups).map(([key, group]) => [
    name,
    nameOf(key),
    "",
    String(group.trades),
    decimal(group.net).toFixed(2),
    group.winRate.value === null ? "-" : fraction(group.winRate.value),
    group.profitFactor.value === null ? "-" : ratio(group.profitFactor.value),
    group.expectancyR.value === null ? "-" : group.expectancyR.value.toFixed(3),
  ]);

const groupTable = ({ by, all }: Metrics): string[] => {
  if (all.trades === 0) return [];
  const header = ["by", "", "", "trades", "net P&L", "win rate", "profit factor", "mean R"];
  const rows = [
    ...groupRows("pair", by.pair),
    ...groupRows("side", by.side),
    ...groupRows("exit", by.exitReason, describeExit),
    ...groupRows("month", by.month),
  ];
  return ["", ...table([header, ...rows])];
};

/** A backtest as text for people. */
export const printBacktest = (document: BacktestDocument, matching: number): string => {
  const { metrics, candles, seconds, model } = document;
  const few = metrics.isTooFew ? ["note: with fewer than 30 trades or 30 days no figure says much"] : [];
  return [
    printReport(document, matching),
    ...returnLines(metrics),
    drawdownLine(metrics),
    ...tradeLines(metrics),
    randomLine(metrics),
    `edge       ${metrics.edge.text}`,
    ...(model ? printModel(model) : []),
    ...few,
    ...groupTable(metrics),
    "",
    `${candles} candles in ${seconds.toFixed(2)} s: ${Math.round(candles / seconds)} a second`,
    "",
  ].join("\n");
};
