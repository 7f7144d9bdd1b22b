import os from "node:os";
import { quantile } from "../quantile";
import type { RoundTrips } from "./count-round-trips";
import { INTERVAL_MS } from "./plan-closes";
import { growthOf, sumOf } from "./read-counters";
import { sumPss, type ByProcess } from "../read-processes";
import type { Observed } from "./run-product";

type Quantiles = { readonly p50: number | null; readonly p95: number | null; readonly p99: number | null };

const MONTH_MS = 30 * 86_400_000;
const DAY_MS = 86_400_000;

const quantilesOf = (values: readonly number[]): Quantiles => {
  const sorted = values.toSorted((first, second) => first - second);
  const at = (share: number): number | null => (sorted.length === 0 ? null : Math.round(quantile(sorted, share)));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
};

const rounded = (value: number | null, digits: number): number | null =>
  value === null || !Number.isFinite(value) ? null : Number(value.toFixed(digits));

const fromMap = <Value>(values: ByProcess<number>, map: (value: number) => Value): Record<string, Value> =>
  Object.fromEntries([...values].map(([name, value]) => [name, map(value)]));

export type Measured = {
  readonly bots: number;
  readonly minutes: number;
  readonly observed: Observed;
  readonly roundTrips: RoundTrips;
  readonly audited: number;
};

/** By close, from it to the last decision or order at it, ms: how long the product was busy with it. */
const busyMs = ({ closes, found }: Observed): number[] =>
  closes.map(({ market, wall }) => {
    const ends = found.decided.filter(({ close }) => close === market).map((row) => row.orderedAt ?? row.decidedAt);
    return ends.reduce((last, end) => Math.max(last, end - wall), 0);
  });

const lagsOf = ({ closes, found }: Observed) => {
  const walls = new Map(closes.map(({ market, wall }) => [market, wall]));
  const since = (close: number, at: number): number => at - (walls.get(close) ?? Number.NaN);
  return {
    decided: found.decided.map(({ close, decidedAt }) => since(close, decidedAt)),
    ordered: found.decided.flatMap(({ close, orderedAt }) => (orderedAt === null ? [] : [since(close, orderedAt)])),
  };
};

/** What `--json` prints. Nulls are unknown: nothing of the kind came about. */
export const buildScaleReport = ({ bots, minutes, observed, roundTrips, audited }: Measured) => {
  const { before, after, memory, closes, found } = observed;
  const spanMs = after.at - before.at;
  const lags = lagsOf(observed);
  const busySeconds = busyMs(observed).reduce((sum, ms) => sum + ms, 0) / 1000;
  const perSecond = (count: number): number | null => rounded(busySeconds > 0 ? count / busySeconds : null, 1);
  const cpu = growthOf(before.cpu, after.cpu);
  const cpuSeconds = sumOf(cpu);
  const cores = os.availableParallelism();
  const executions = growthOf(before.executions, after.executions);
  const perMonth = (count: number): number => Math.round((count * MONTH_MS) / spanMs / bots);
  const grownBytes = Math.max(0, after.databaseBytes - before.databaseBytes);
  return {
    bots,
    minutes,
    closes: closes.length,
    decided: lags.decided.length,
    ordered: lags.ordered.length,
    ordersLost: found.decided.filter(({ hasOrder, orderedAt }) => hasOrder && orderedAt === null).length,
    slotsLost: Math.max(0, bots * closes.length - lags.decided.length),
    lagMs: quantilesOf(lags.decided),
    orderedMs: quantilesOf(lags.ordered),
    busyMs: busyMs(observed).map(Math.round),
    analysesPerSecond: perSecond(found.work.analyses),
    runsPerSecond: perSecond(found.work.runs),
    marksPerSecond: perSecond(found.work.marks),
    work: found.work,
    undecided: found.undecided,
    memoryMb: rounded(sumPss(memory), 1),
    memoryByProcess: Object.fromEntries(
      [...memory].map(([name, { rssMb, pssMb }]) => [name, { rssMb: rounded(rssMb, 1), pssMb: rounded(pssMb, 1) }]),
    ),
    cpuShare: rounded(cpuSeconds / ((spanMs / 1000) * cores), 4),
    cpuSecondsByProcess: fromMap(cpu, (seconds) => rounded(seconds, 1)),
    cores,
    roundTripsPerRun: rounded(roundTrips.perRun, 2),
    roundTripsPerMark: rounded(roundTrips.perMark, 3),
    exchangeCallsPerSecond: rounded((after.requests - before.requests) / (spanMs / 1000), 3),
    databaseBytesPerBotDay: Math.round((grownBytes / bots / (closes.length * INTERVAL_MS)) * DAY_MS),
    stepsPerBotMonth: perMonth(sumOf(executions)),
    stepsPerBotMonthByFunction: fromMap(executions, perMonth),
    audited,
    statements: observed.statements.map(({ calls, totalMs, text }) => ({ calls, totalMs: Math.round(totalMs), text })),
  };
};

export type ScaleReport = ReturnType<typeof buildScaleReport>;

/** Why a run proves nothing, or that it lost something; null: it proves what it says. */
export const findFailure = ({ bots, closes, decided, slotsLost, ordersLost }: ScaleReport): string | null => {
  if (decided === 0) return `not one decision in ${closes} closes`;
  if (decided > bots * closes) return `${decided} decisions of ${bots} bots in ${closes} closes are too many`;
  if (slotsLost > 0) return `${slotsLost} slots were not decided`;
  return ordersLost > 0 ? `${ordersLost} orders were not booked` : null;
};
