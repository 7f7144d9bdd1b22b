import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { loadCandleLibrary } from "../simulators/candles/load-candle-library";
import type { RecordedModel } from "../src/trading/backtest/recorded-model";
import { createReplyBook, parseReplies, type RecordedReply } from "../src/trading/backtest/recorded-replies";
import { BACKTEST_USAGE, parseBacktestOptions, type BacktestOptions } from "./backtest/backtest-options";
import { findCandleGaps } from "./backtest/find-candle-gaps";
import { printBacktest } from "./backtest/print-backtest";
import { runRecording } from "./backtest/run-recording";
import { tuneEngine } from "./backtest/tune-engine";
import { createProgressBar } from "./replay/progress-bar";
import { UsageError } from "./replay/replay-options";
import { planBacktest } from "./replay/replay-plan";

/** The input cannot be used; the message says why and needs no stack trace. */
class UnusableError extends Error {
  override readonly name = "UnusableError";
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** What was recorded of models; without a file nothing was. */
const openRecording = (file: string | null): RecordedModel => ({
  find: createReplyBook(file === null ? [] : readReplies(file)),
  hash: (text) => createHash("sha256").update(text).digest("hex"),
  pricedAt: Date.now(),
});

const readReplies = (file: string): RecordedReply[] => {
  try {
    return parseReplies(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UnusableError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const backtest = async (options: BacktestOptions): Promise<number> => {
  const library = await loadCandleLibrary(options.candles).catch((error: unknown) => {
    throw new UnusableError(error instanceof Error ? error.message : String(error));
  });
  const plan = planBacktest(options, library);
  const gaps = plan.markets.flatMap((market) => findCandleGaps(market, plan) ?? []);
  for (const warning of [...plan.warnings, ...gaps]) say(`note: ${warning}`);
  const bar = createProgressBar("backtest", plan);
  const now = (): number => performance.now();
  const { capital, isTimed } = options;
  const document = runRecording({
    plan,
    capital,
    onSlot: bar.show,
    isTimed,
    now,
    model: openRecording(options.replies),
  });
  bar.end();
  const text = options.isJson
    ? `${JSON.stringify(document, null, 1)}\n`
    : printBacktest(document, plan.settings.matching.version);
  if (options.out === null) process.stdout.write(text);
  else writeFileSync(options.out, text);
  return document.invariants.broken > 0 ? 1 : 0;
};

try {
  const options = parseBacktestOptions(process.argv.slice(2));
  if (options?.isTimed !== true) tuneEngine();
  if (options === null) process.stdout.write(`${BACKTEST_USAGE}\n`);
  else process.exitCode = await backtest(options);
} catch (error) {
  if (error instanceof UsageError) say(`${error.message}\n\n${BACKTEST_USAGE}`);
  else if (error instanceof UnusableError) say(error.message);
  else throw error;
  process.exitCode = 2;
}
