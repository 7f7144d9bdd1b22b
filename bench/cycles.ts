/**
 * Cycles and steps per second, time by stage and database round trips per cycle, over two synthetic market days; and the
 * candles a second of each stage of a backtest. npm run -s bench [-- --json]: the document has the indicators too.
 */
import { parseArgs } from "node:util";
import pg from "pg";
import { openReplayDatabase } from "../scripts/replay/replay-database";
import { planReplay } from "../scripts/replay/replay-plan";
import type { ReplayOptions } from "../scripts/replay/replay-options";
import { runReplay } from "../scripts/replay/run-replay";
import { createSyntheticLibrary, SYNTHETIC_FROM } from "../scripts/testing/synthetic-library";
import { countMessages } from "./count-messages";
import { measureIndicators } from "./indicators/measure-indicators";
import { measureStages, type StageFigure } from "./stages/measure-stages";
import { temporaryReplayFolder } from "./temporary-replay-folder";

const DAY_MS = 86_400_000;
const WARM_DAYS = 9;
const DAYS = 2;

type StageTime = {
  readonly stage: string;
  readonly count: number;
  readonly median: number;
  readonly p99: number;
  readonly total: number;
};

const readStageTimes = async (url: string): Promise<StageTime[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<StageTime>(`
    SELECT s.key AS stage, count(*)::int AS count, percentile_disc(0.5) WITHIN GROUP (ORDER BY ms)::float8 AS median,
      percentile_disc(0.99) WITHIN GROUP (ORDER BY ms)::float8 AS p99, sum(ms)::float8 AS total
    FROM cycles c, jsonb_each(c.stages) s, LATERAL (SELECT (s.value ->> 'durationMs')::int AS ms) m
    GROUP BY s.key ORDER BY total DESC`);
  await client.end();
  return rows;
};

const measureCycles = async () => {
  const from = SYNTHETIC_FROM + WARM_DAYS * DAY_MS;
  const options: ReplayOptions = {
    candles: "synthetic",
    from,
    to: from + DAYS * DAY_MS,
    settings: {},
    capital: "10000",
    guardMs: null,
    seed: 1,
    isJson: true,
    out: null,
    isResume: false,
    repliesOut: null,
  };
  const plan = planReplay(options, createSyntheticLibrary(WARM_DAYS + DAYS));
  const database = await openReplayDatabase(temporaryReplayFolder(), false);
  try {
    const roundTrips = countMessages();
    const startedAt = performance.now();
    const outcome = await runReplay({ options, plan, database, start: 1, onProgress: () => false });
    const seconds = (performance.now() - startedAt) / 1000;
    if (!outcome) throw new Error("the benchmark was stopped");
    const { report, stats, requests } = outcome;
    const { done } = report.cycles;
    return {
      cycles: done,
      seconds,
      steps: stats.steps,
      roundTripsPerCycle: roundTrips() / done,
      requestsPerCycle: requests / done,
      trades: report.trades.length,
      refusals: report.decisions.outcome["rejected"] ?? 0,
      stages: await readStageTimes(await database.commit()),
    };
  } finally {
    await database.remove();
  }
};

const print = (measured: Awaited<ReturnType<typeof measureCycles>>, backtest: readonly StageFigure[]): void => {
  const { cycles, seconds, steps } = measured;
  console.log(
    `cycles                    ${cycles} in ${seconds.toFixed(1)} s = ${(cycles / seconds).toFixed(1)} a second`,
  );
  console.log(`steps                     ${steps} = ${(steps / seconds).toFixed(1)} a second`);
  console.log(
    `database round trips      ${measured.roundTripsPerCycle.toFixed(1)} a cycle, invariants and ticks included`,
  );
  console.log(`requests to the exchange  ${measured.requestsPerCycle.toFixed(2)} a cycle`);
  console.log(`trades, refusals          ${measured.trades}, ${measured.refusals}`);
  console.log("\nstage             runs   median ms   p99 ms   total s");
  for (const { stage, count, median, p99, total } of measured.stages) {
    const cells = [
      String(count).padStart(6),
      median.toFixed(1).padStart(12),
      p99.toFixed(1).padStart(9),
      (total / 1000).toFixed(1).padStart(10),
    ];
    console.log(stage.padEnd(16) + cells.join(""));
  }
  console.log("\na backtest, stage by stage              candles/s");
  for (const { stage, candlesPerSecond } of backtest) {
    console.log(stage.padEnd(38) + candlesPerSecond.toFixed(0).padStart(11));
  }
};

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const backtest = measureStages();
const indicators = values.json ? measureIndicators() : null;
const cycles = await measureCycles();
if (indicators) console.log(JSON.stringify({ backtest, indicators, cycles }, null, 2));
else print(cycles, backtest);
