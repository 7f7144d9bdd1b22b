import { mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import pg from "pg";
import type { DemoProduct } from "../../scripts/testing/demo-product";
import { toClockRow, wallTimeOf, type ClockRow, type StoredClock } from "../../src/server/venues/venue-time";
import { readCloses } from "./find-decided";
import { INTERVAL_MS, type ScalePlan } from "./plan-closes";
import { readCounters, type Counters } from "./read-counters";
import { readMemory, sumPss, type ByProcess, type Memory } from "../read-processes";

const SAMPLE_EVERY_MS = 5000;
const STATEMENTS_SHOWN = 12;

type Statement = { readonly calls: number; readonly totalMs: number; readonly text: string };

/** Everything that was seen while the market ran. */
export type Observed = {
  readonly before: Counters;
  readonly after: Counters;
  /** As it was when the processes had most together. */
  readonly memory: ByProcess<Memory>;
  readonly closes: readonly { readonly market: number; readonly wall: number }[];
  readonly found: Awaited<ReturnType<typeof readCloses>>;
  readonly statements: readonly Statement[];
};

const CLOCK = `SELECT k.anchor_wall AS "anchorWall", k.anchor_market AS "anchorMarket", k.speed,
  k.previous_speed AS "previousSpeed" FROM venue_clocks k`;

const readClock = async (client: pg.Client): Promise<ClockRow> => {
  const clock = toClockRow((await client.query<StoredClock>(CLOCK)).rows[0] ?? null);
  if (clock === null) throw new Error("the market has no clock");
  return clock;
};

const STATEMENTS = `
  SELECT calls::float8, total_exec_time AS "totalMs", regexp_replace(query, '\\s+', ' ', 'g') AS text
  FROM pg_stat_statements WHERE toplevel ORDER BY total_exec_time DESC LIMIT ${STATEMENTS_SHOWN}`;

/** Looks at the memory every five seconds until then; keeps the most. */
const watchMemory = async (processes: () => number[], until: number): Promise<ByProcess<Memory>> => {
  let most: ByProcess<Memory> = new Map();
  for (;;) {
    const memory = readMemory(processes());
    if (sumPss(memory) > sumPss(most)) most = memory;
    const restMs = until - Date.now();
    if (restMs <= 0) return most;
    await delay(Math.min(SAMPLE_EVERY_MS, restMs));
  }
};

type Run = {
  readonly product: DemoProduct;
  readonly plan: ScalePlan;
  readonly opensAt: number;
  readonly say: (text: string) => void;
};

const observe = async (client: pg.Client, run: Run, countsFolder: string): Promise<Observed> => {
  const { product, plan, opensAt, say } = run;
  const clock = await readClock(client);
  const wallOf = (market: number): number => wallTimeOf(clock, market) ?? Number.NaN;
  const startedAt = wallOf(opensAt);
  const closes = Array.from({ length: plan.closes }, (_, index) => {
    const market = opensAt + plan.firstCloseMs + index * INTERVAL_MS;
    return { market, wall: wallOf(market) };
  });
  say(`the market runs; first close in ${Math.round(((closes[0]?.wall ?? 0) - Date.now()) / 1000)} s`);
  await delay(Math.max(0, startedAt + plan.warmUpMs - Date.now()));
  const counters = () => readCounters({ client, pids: product.processes(), countsFolder });
  const before = await counters();
  const memory = await watchMemory(product.processes, startedAt + plan.endMs);
  const after = await counters();
  const found = await readCloses(
    client,
    closes.map(({ market }) => market),
  );
  const { rows: statements } = await client.query<Statement>(STATEMENTS);
  return { before, after, memory, closes, found, statements };
};

/** Starts the product over the prepared database at the speed of a clock, watches it to the end, and stops it. */
export const runProduct = async (run: Run): Promise<Observed> => {
  const { product } = run;
  const countsFolder = path.join(product.folder, "counts");
  mkdirSync(countsFolder);
  const preload = pathToFileURL(path.join(import.meta.dirname, "count-requests.mjs")).href;
  await product.start({ DEMO_SPEED: "1", NODE_OPTIONS: `--import=${preload}`, SCALE_COUNTS: countsFolder });
  const client = new pg.Client({ connectionString: product.databaseUrl() });
  try {
    await client.connect();
    return await observe(client, run, countsFolder);
  } finally {
    await client.end();
    await product.interrupt();
  }
};
