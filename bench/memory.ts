/**
 * What the product's processes hold while the demo runs at its usual speed, from a fresh folder on; fails beyond the
 * bounds of judge-memory.ts: npm run -s bench:memory [-- --minutes 5] [--history-days 14] [--no-app] [--json]
 */
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { findFreePort } from "../scripts/postgres/free-port";
import { createDemoProduct } from "../scripts/testing/demo-product";
import { BUDGET_MB, findMemoryFailures } from "./judge-memory";
import { readMemory, readPids, sumPss } from "./read-processes";
import { meansByMinute, slopeErrorOf, slopeOf, type Sample } from "./slope-of";

const MINUTES = 5;
const LOOK_MS = 5000;
const MINUTE_MS = 60_000;
/** The first third of the time is warming up. */
const WARM_SHARE = 1 / 3;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: String(MINUTES) },
    "history-days": { type: "string", default: "14" },
    "no-app": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error("--minutes must be a number above 0");

const say = (text: string): void => void process.stderr.write(`${text}\n`);

type Figures = {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly mean: number;
  readonly max: number;
  /** Growth after warming up, percent an hour. */
  readonly slope: number;
  /** The standard error of the slope; null of too short a time. */
  readonly slopeError: number | null;
  /** The mean of each minute, to see how it grew. */
  readonly byMinute: readonly number[];
};

const mean = (samples: readonly Sample[]): number =>
  samples.reduce((sum, { mb }) => sum + mb, 0) / Math.max(1, samples.length);

const isWarm = ({ at }: Sample): boolean => at >= minutes * MINUTE_MS * WARM_SHARE;

const describe = (name: string, samples: readonly Sample[]): Figures => {
  const warm = samples.filter(isWarm);
  return {
    name,
    first: samples[0]?.mb ?? 0,
    last: samples.at(-1)?.mb ?? 0,
    mean: mean(warm),
    max: Math.max(...samples.map(({ mb }) => mb)),
    slope: slopeOf(warm),
    slopeError: slopeErrorOf(warm),
    byMinute: meansByMinute(samples).map(({ mb }) => Math.round(10 * mb) / 10),
  };
};

const print = (rows: readonly Figures[]): void => {
  const cell = (value: number): string => value.toFixed(0).padStart(7);
  say(`PSS in MB after ${minutes} minutes    first   mean    max   last   % an hour   (budget ${BUDGET_MB})`);
  say("mean and growth without the first third, in which it warms up");
  for (const { name, first, mean: average, max, last, slope, slopeError } of rows) {
    const growth = `${slope.toFixed(1).padStart(7)} ±${slopeError?.toFixed(1) ?? "?"}`;
    say(`${name.padEnd(26)}${[first, average, max, last].map(cell).join("")}${growth}`);
  }
  say("by minute");
  for (const row of rows) say(`${row.name.padEnd(15)}${row.byMinute.map((mb) => mb.toFixed(0)).join(" ")}`);
};

const product = createDemoProduct([
  "--history-days",
  values["history-days"],
  ...(values["no-app"] ? ["--no-app"] : []),
]);
const port = await findFreePort();

/** One page is asked for before each look, so that the app is not measured as nobody ever used it. */
const visit = async (): Promise<void> => {
  if (!values["no-app"]) await fetch(`http://127.0.0.1:${port}/sign-in`).then((answer) => answer.text());
};

type Seen = { readonly rows: readonly Figures[]; readonly replaced: readonly string[] };

/** Those of our own processes that were more than one, one after the other; sessions of the database come and go. */
const findReplaced = (ids: ReadonlyMap<string, ReadonlySet<number>>): string[] =>
  [...ids].flatMap(([name, { size }]) => (size > 1 && name !== "postgres" ? [name] : []));

const observe = async (): Promise<Seen> => {
  const ids = new Map<string, Set<number>>();
  const parts = new Map<string, Sample[]>();
  const startedAt = performance.now();
  while (performance.now() - startedAt < minutes * MINUTE_MS) {
    await visit();
    const at = performance.now() - startedAt;
    const pids = product.processes();
    const memory = readMemory(pids);
    for (const [name, { pssMb }] of [...memory, ["sum", { pssMb: sumPss(memory) }] as const]) {
      parts.set(name, [...(parts.get(name) ?? []), { at, mb: pssMb }]);
    }
    for (const [name, own] of readPids(pids)) ids.set(name, new Set([...(ids.get(name) ?? []), ...own]));
    await delay(LOOK_MS);
  }
  // Not what was there for a moment, like a compiler while it warmed up.
  const lasting = [...parts].filter(([, samples]) => samples.some(isWarm));
  const rows = lasting.map(([name, samples]) => describe(name, samples));
  return {
    rows: rows.toSorted((one, other) => Number(one.name === "sum") - Number(other.name === "sum")),
    replaced: findReplaced(ids).filter((name) => rows.some((row) => row.name === name)),
  };
};

try {
  await product.start({ PORT: String(port), DEMO_SPEED: "" });
  say(product.lines.find((line) => line.startsWith("0xBot is ready")) ?? "");
  const { rows, replaced } = await observe();
  print(rows);
  const failures = findMemoryFailures({ minutes, rows, replaced });
  for (const failure of failures) say(failure);
  if (values.json) process.stdout.write(`${JSON.stringify({ minutes, rows, failures })}\n`);
  process.exitCode = failures.length === 0 ? 0 : 1;
} finally {
  await product.interrupt();
  product.remove();
}
