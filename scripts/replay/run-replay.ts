import pg from "pg";
import type { EmbeddedRunner } from "../../src/inngest/embedded/create-embedded-runner";
import { createRuntime, type Runtime } from "../../src/server/runtime";
import { RETRIES_MAX } from "../../src/trading/cycle/retry-delay";
import { createOkxSimulator } from "../../simulators/okx/create-okx-simulator";
import { storedReplies } from "../model/stored-replies";
import { createEngine } from "./create-engine";
import { driveReplay } from "./drive-replay";
import { createReplayClock } from "./replay-clock";
import type { ReplayDatabase } from "./replay-database";
import type { ReplayOptions } from "./replay-options";
import type { ReplayPlan } from "./replay-plan";
import { buildReplayReport } from "./replay-report";
import type { ReplayReport } from "./report-document";
import { createSeededIds } from "./seeded-ids";
import { findReplayBot, setUpReplay } from "./set-up-replay";

export type ReplayRun = {
  readonly options: ReplayOptions;
  readonly plan: ReplayPlan;
  readonly database: ReplayDatabase;
  readonly start: number;
  readonly onProgress: (marketTime: number) => boolean;
};

export type ReplayOutcome = {
  readonly report: ReplayReport;
  /** What the bot's model answered, as lines of JSON. */
  readonly replies: string;
  readonly stats: ReturnType<EmbeddedRunner["stats"]>;
  readonly requests: number;
};

/** Where a replay resumes: the earliest slot that was planned or begun but did not end. */
const resumeInstant = async (url: string, from: number): Promise<number> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ at: Date | null }>(
      `SELECT coalesce((SELECT min(slot) FROM cycles WHERE status IN ('due', 'running')), (SELECT min(next_due) FROM bots)) AS at`,
    );
    return rows[0]?.at?.getTime() ?? from;
  } finally {
    await client.end();
  }
};

/** Runs a replay to its end; null when it was asked to stop, after which it can be resumed. */
export const runReplay = async ({
  options,
  plan,
  database,
  start,
  onProgress,
}: ReplayRun): Promise<ReplayOutcome | null> => {
  const resumeAt = database.isNew ? plan.from : await resumeInstant(database.url, plan.from);
  const clock = createReplayClock(plan.from, Math.max(resumeAt, plan.from));
  const simulator = await createOkxSimulator({ candles: { markets: plan.markets, warnings: [] }, now: clock.venueNow });
  const ids = createSeededIds(`${options.seed}:${start}`, clock.scheduler.now);
  const openRuntime = (url: string): Runtime =>
    createRuntime({
      databaseUrl: url,
      poolMax: 4,
      keepsPrepared: true,
      demoUrl: simulator.baseUrl,
      wallNow: clock.scheduler.now,
      newId: ids,
      // No pause between retries: it would move the market while the cycle waits.
      retryDelayMs: (_bot, retries) => (retries < RETRIES_MAX ? 0 : null),
    });
  if (database.isNew) {
    const runtime = openRuntime(database.url);
    await setUpReplay(runtime, plan, { clock, capital: options.capital });
    await runtime.close();
  }
  const url = await database.commit();
  const runtime = openRuntime(url);
  const engine = await createEngine(url, { clock, runtime });
  try {
    const bot = await findReplayBot(runtime);
    if (bot.identity !== plan.identity) {
      throw new Error("the recording changed since this replay was begun: run it anew, without --resume");
    }
    const { from, to, settings } = plan;
    const intervalMs = settings.intervalSeconds * 1000;
    const isDone = await driveReplay({
      ...engine,
      runtime,
      clock,
      bot,
      from,
      to,
      intervalMs,
      guardMs: options.guardMs,
      onProgress,
    });
    if (!isDone) return null;
    const report = await buildReplayReport(runtime, plan, options.capital);
    const replies = await storedReplies(runtime, bot.botId);
    return { report, replies, stats: engine.runner.stats(), requests: simulator.requests() };
  } finally {
    await engine.close();
    await runtime.close();
    await simulator.close();
  }
};
