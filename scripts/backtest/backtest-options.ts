import { DEFAULT_MODE, MODE_NAMES } from "../../src/trading/decision/modes/registry";
import {
  parseCapital,
  parseSpan,
  parseWords,
  readSettingsFile,
  settingsOf,
  UsageError,
  type ReplayOptions,
} from "../replay/replay-options";

export const BACKTEST_USAGE = `Usage: npm run -s backtest -- --candles <folder> --from <ISO> --to <ISO> [options]

Trades recorded candles by the product's own pure core, without a database: the trades, fills and equity of a replay, to
the last digit, in a fraction of the time; with metrics and controls.

  --candles <folder>   recorded candles, files named <venue>_<BASE>-<QUOTE>_<timeframe>*.csv[.gz]
  --from, --to <ISO>   slots from (inclusive) and to (exclusive), for example 2022-05-01T00:00:00Z
  --mode <name>        how the bot decides: ${MODE_NAMES.join(" or ")} (default ${DEFAULT_MODE})
  --pairs A/B,C/D      what it trades, in order of priority (default: every pair of the folder)
  --interval <time>    seconds, or 5m, 15m, 1h, ... between two slots (default 300)
  --settings <file>    JSON with any of the bot's settings, those of its mode under "decision", and "capital"
  --capital <amount>   what it starts with (default: that of the settings file, else 10000)
  --replies <file>     recorded replies of a language model, for the mode that asks one: each line is a JSON object with
                       "promptHash" (SHA-256 of model and canonical prompt, in hex) and "raw" (the reply's body as it
                       came). No model is ever called: where no reply was recorded the bot holds, and is told what a
                       real run would have to pay
  --time               trade it over and over: "seconds" is the median of five in an engine that ten have warmed up
  --json               one JSON document on stdout instead of the table
  --out <file>         write the document or table there instead of stdout`;

export type BacktestOptions = Omit<ReplayOptions, "guardMs" | "seed" | "isResume" | "repliesOut"> & {
  /** Times it in a warm engine. */
  readonly isTimed: boolean;
  /** A file of recorded replies; null: none. */
  readonly replies: string | null;
};

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const OPTIONS = {
  candles: text,
  from: text,
  to: text,
  mode: text,
  pairs: text,
  interval: text,
  settings: text,
  capital: text,
  out: text,
  replies: text,
  time: flag,
  json: flag,
  help: flag,
} as const;

/** Reads the command line; null when only help was asked for. Throws UsageError. */
export const parseBacktestOptions = (argv: readonly string[]): BacktestOptions | null => {
  const words = parseWords(argv, OPTIONS);
  if (words.help === true) return null;
  if (words.candles === undefined) throw new UsageError("--candles needs a folder of recorded candles");
  const { capital = "10000", ...fromFile } = readSettingsFile(words.settings);
  return {
    candles: words.candles,
    ...parseSpan(words),
    settings: settingsOf(words, fromFile),
    capital: parseCapital(words.capital ?? capital),
    isTimed: words.time === true,
    replies: words.replies ?? null,
    isJson: words.json === true,
    out: words.out ?? null,
  };
};
