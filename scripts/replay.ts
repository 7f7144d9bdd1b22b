import { writeFileSync } from "node:fs";
import { loadCandleLibrary } from "../simulators/candles/load-candle-library";
import { ensureClient } from "./generate-client";
import { createProgressBar } from "./replay/progress-bar";
import { openReplayFolder } from "./replay/replay-folder";
import { openReplayDatabase } from "./replay/replay-database";
import { parseReplayOptions, REPLAY_USAGE, UsageError, type ReplayOptions } from "./replay/replay-options";
import { planReplay } from "./replay/replay-plan";
import { printReport } from "./replay/print-report";

/** The input cannot be used; the message says why and needs no stack trace. */
class UnusableError extends Error {
  override readonly name = "UnusableError";
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Ends like a killed process: the database stays, so that --resume can continue. */
const watchInterrupts = (): (() => boolean) => {
  let isAsked = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => (isAsked = true));
  return () => isAsked;
};

const replay = async (options: ReplayOptions): Promise<number> => {
  const isInterrupted = watchInterrupts();
  const library = await loadCandleLibrary(options.candles).catch((error: unknown) => {
    throw new UnusableError(error instanceof Error ? error.message : String(error));
  });
  const plan = planReplay(options, library);
  for (const warning of plan.warnings) say(`note: ${warning}`);
  await ensureClient();
  const folder = openReplayFolder(options);
  const database = await openReplayDatabase(folder, options.isResume);
  if (options.isResume) say(database.isNew ? "nothing to resume: beginning anew" : "resuming");
  // After the client exists: the database code imports it.
  const { runReplay } = await import("./replay/run-replay");
  const bar = createProgressBar("replay", plan);
  const onProgress = (time: number): boolean => {
    bar.show(time);
    return isInterrupted();
  };
  const outcome = await runReplay({ options, plan, database, start: folder.start, onProgress }).catch(
    async (error: unknown) => {
      await database.stop();
      throw error;
    },
  );
  bar.end();
  if (!outcome) {
    await database.stop();
    say("stopped; the same command with --resume goes on");
    return 130;
  }
  const text = options.isJson
    ? `${JSON.stringify(outcome.report, null, 1)}\n`
    : printReport(outcome.report, plan.settings.matching.version);
  if (options.out === null) process.stdout.write(text);
  else writeFileSync(options.out, text);
  if (options.repliesOut !== null) writeFileSync(options.repliesOut, outcome.replies);
  await database.remove();
  const { broken } = outcome.report.invariants;
  return broken > 0 || outcome.report.cycles.failed > 0 ? 1 : 0;
};

try {
  const options = parseReplayOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(`${REPLAY_USAGE}\n`);
  else process.exitCode = await replay(options);
} catch (error) {
  if (error instanceof UsageError) say(`${error.message}\n\n${REPLAY_USAGE}`);
  else if (error instanceof UnusableError) say(error.message);
  else throw error;
  process.exitCode = 2;
}
