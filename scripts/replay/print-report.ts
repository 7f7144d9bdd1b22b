import { describeExit } from "../../src/trading/execution/describe-exit";
import { formatPercent } from "../../src/trading/format-percent";
import { decimal } from "../../src/trading/money";
import { refusalTitle } from "../../src/trading/risk/describe-refusal";
import type { ReplayReport } from "./report-document";

const BLOCKS = "▁▂▃▄▅▆▇█";
const LINE_WIDTH = 72;

const money = (text: string): string => decimal(text).toFixed(2);
const signed = (text: string): string => (decimal(text).gte(0) ? `+${money(text)}` : money(text));
const DECIMALS_MAX = 8;
/** Quantities and prices as they are; averages are cut. */
const exact = (text: string): string => decimal(text).toDecimalPlaces(DECIMALS_MAX).toFixed();

export const some = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
const spaced = (code: string): string => code.replaceAll("-", " ");
const minute = (iso: string): string => iso.slice(0, 16).replace("T", " ");

/** A series as one line of blocks, lowest to highest. */
const sparkline = (values: readonly number[], width = LINE_WIDTH): string => {
  if (values.length === 0) return "";
  const columns = Math.min(width, values.length);
  const sampled = Array.from(
    { length: columns },
    (_, n) => values[Math.floor(((n + 1) * values.length) / columns) - 1] ?? 0,
  );
  const [low, high] = [Math.min(...sampled), Math.max(...sampled)];
  const level = (value: number): number =>
    high === low ? 3 : Math.round(((value - low) / (high - low)) * (BLOCKS.length - 1));
  return sampled.map((value) => BLOCKS[level(value)]).join("");
};

/** Rows as columns, the first three to the left. */
export const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, n) => Math.max(all[n] ?? 0, cell.length)), []);
  return rows.map((row) =>
    row.map((cell, n) => (n < 3 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join("  "),
  );
};

const tradeRows = (report: ReplayReport): string[][] => [
  ["entry (UTC)", "exit (UTC)", "pair", "side", "quantity", "entry", "exit", "fees", "slippage", "net P&L", "reason"],
  ...report.trades.map((trade) => [
    minute(trade.entryTime),
    minute(trade.exitTime),
    trade.pair,
    trade.side,
    exact(trade.quantity),
    exact(trade.entryPrice),
    exact(trade.exitPrice),
    money(trade.fees),
    money(trade.slippage),
    signed(trade.realizedPnl),
    describeExit(trade.exitReason),
  ]),
];

const counts = (values: Record<string, number>, nameOf = spaced): string =>
  Object.entries(values)
    .map(([name, count]) => `${nameOf(name)} ${count}`)
    .join(", ") || "none";

export const describeFunding = ({ status, payments, low, high, ...stated }: ReplayReport["funding"]): string => {
  if (status === "none") return "none: spot pays none";
  const { paid = "0", ratePer8h = 0 } = stated;
  const range = `${some(payments, "payment")} of 0.01 % either way would be ${money(low)} to ${money(high)} USDT`;
  return status === "unknown"
    ? `unknown: the recording has none; ${range}`
    : `stated, as the recording has none: ${signed(paid)} USDT at ${formatPercent(ratePer8h)}; ${range}`;
};

/** The report as text for people. `matching`: the version of the rules by which its orders were filled. */
export const printReport = (report: ReplayReport, matching: number): string => {
  const values = report.equity.map(({ value }) => Number(value));
  const last = report.equity.at(-1)?.value ?? report.initialCapital;
  const change = decimal(last).minus(report.initialCapital);
  const wins = report.trades.filter(({ realizedPnl }) => decimal(realizedPnl).gt(0)).length;
  const { funding, invariants, cycles, decisions } = report;
  return [
    `${report.mode} on ${report.pairs.join(", ")} every ${report.intervalSeconds} s, ${minute(report.from)} to ${minute(report.to)} UTC, matching version ${matching}`,
    "",
    ...(report.trades.length > 0 ? table(tradeRows(report)) : ["no trades"]),
    "",
    `equity     ${sparkline(values)}`,
    `           ${money(report.initialCapital)} -> ${money(last)} USDT (${signed(change.toFixed())}), ${some(report.trades.length, "trade")}, ${wins} with a profit, ${report.openPositions.length} still open`,
    `funding    ${describeFunding(funding)}`,
    `warm-up    until ${report.warmupUntil ?? "after the end"}`,
    `decisions  ${decisions.total}: ${counts(decisions.outcome)}`,
    `  reasons  ${counts(decisions.reason)}`,
    `  rules    ${counts(decisions.rule, (rule) => refusalTitle(rule))}`,
    `cycles     ${cycles.done} done, ${cycles.failed} failed, skipped: ${counts(cycles.skipped)}`,
    `invariants ${invariants.checked} checked, ${invariants.broken} broken`,
    ...invariants.breaches.slice(0, 20).map((breach) => `  ${breach}`),
    "",
  ].join("\n");
};
