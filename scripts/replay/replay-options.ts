import { readFileSync } from "node:fs";
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { z } from "zod";
import { botSettingsSchema, type BotSettings } from "../../src/trading/bot-settings";
import { DEFAULT_MODE, MODE_NAMES } from "../../src/trading/decision/modes/registry";
import { isTimeframe, timeframeMs } from "../../src/trading/market/timeframe";

export const REPLAY_USAGE = `Usage: npm run -s replay -- --candles <folder> --from <ISO> --to <ISO> [options]

Trades recorded candles through the whole stack, in a temporary database of its own.

  --candles <folder>   recorded candles, files named <venue>_<BASE>-<QUOTE>_<timeframe>*.csv[.gz]
  --from, --to <ISO>   slots from (inclusive) and to (exclusive), for example 2022-05-01T00:00:00Z
  --mode <name>        how the bot decides: ${MODE_NAMES.join(" or ")} (default ${DEFAULT_MODE})
  --pairs A/B,C/D      what it trades, in order of priority (default: every pair of the folder)
  --interval <time>    seconds, or 5m, 15m, 1h, ... between two cycles (default 300)
  --settings <file>    JSON with any of the bot's settings, those of its mode under "decision", and "capital" (default
                       10000)
  --guard <time|off>   how often the guard settles between cycles (default 1h); never changes the result
  --seed <number>      seeds record ids (default 1); never changes the result
  --json               one JSON document on stdout instead of the table
  --out <file>         write the document or table there instead of stdout
  --replies-out <file> write what the bot's model answered, for a backtest's --replies; a model is asked as the
                       environment says, and may cost
  --resume             go on with the same replay that was stopped or killed`;

/** A wrong command line: the message says what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export type ReplayOptions = {
  readonly candles: string;
  readonly from: number;
  readonly to: number;
  /** Settings as given; pairs and market type may be missing and then follow from the folder. */
  readonly settings: Record<string, unknown>;
  readonly capital: string;
  readonly guardMs: number | null;
  readonly seed: number;
  readonly isJson: boolean;
  readonly out: string | null;
  readonly isResume: boolean;
  /** A file for what the bot's model answered; null: none. */
  readonly repliesOut: string | null;
};

const capitalSchema = z
  .union([z.number(), z.string()])
  .transform(String)
  .refine(
    (text) => /^\d+(\.\d{1,8})?$/.test(text) && Number(text) > 0,
    "capital is a positive amount with at most 8 decimals",
  );

const parseInstant = (name: string, text: string | undefined): number => {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  if (Number.isNaN(time)) {
    throw new UsageError(`--${name} needs an instant such as 2022-05-01T00:00:00Z, was ${text ?? "missing"}`);
  }
  return time;
};

/** "300" (seconds) or a timeframe such as "5m", in ms. */
const parseDuration = (name: string, text: string): number => {
  if (/^\d+$/.test(text) && Number(text) > 0) return Number(text) * 1000;
  if (isTimeframe(text)) return timeframeMs(text);
  throw new UsageError(`--${name} needs seconds or a time such as 5m or 1h, was ${text}`);
};

export const readSettingsFile = (file: string | undefined): Record<string, unknown> => {
  if (file === undefined) return {};
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new UsageError(
      `--settings ${file} cannot be read as a JSON object: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

const parseSeed = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`--seed needs a whole number, was ${text}`);
  return Number(text);
};

export const parseCapital = (value: unknown): string => {
  const capital = capitalSchema.safeParse(value);
  if (!capital.success) throw new UsageError(`settings: ${capital.error.issues[0]?.message ?? "capital is wrong"}`);
  return capital.data;
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
  guard: text,
  seed: text,
  out: text,
  "replies-out": text,
  json: flag,
  resume: flag,
  help: flag,
} as const;

/** Reads the words after a command's name. Throws UsageError for a word that it does not know. */
export const parseWords = <Options extends ParseArgsOptionsConfig>(argv: readonly string[], options: Options) => {
  try {
    return parseArgs({ args: [...argv], options, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

type Words = ReturnType<typeof parseWords<typeof OPTIONS>>;

type Span = { readonly from: number; readonly to: number };

/** Slots from (inclusive) and to (exclusive). */
export const parseSpan = (words: { readonly from?: string | undefined; readonly to?: string | undefined }): Span => {
  const [from, to] = [parseInstant("from", words.from), parseInstant("to", words.to)];
  if (from >= to) throw new UsageError("--to must be after --from");
  return { from, to };
};

/** The bot's settings on the command line, which override those of the file. */
export const settingsOf = (
  words: Pick<Words, "mode" | "pairs" | "interval">,
  fromFile: Record<string, unknown>,
): Record<string, unknown> => ({
  ...fromFile,
  ...(words.mode !== undefined && { mode: words.mode }),
  ...(words.pairs !== undefined && { pairs: words.pairs.split(",").map((pair) => pair.trim()) }),
  ...(words.interval !== undefined && { intervalSeconds: parseDuration("interval", words.interval) / 1000 }),
});

const parseGuard = (cadence: string): number | null => (cadence === "off" ? null : parseDuration("guard", cadence));

/** Reads the command line; null when only help was asked for. Throws UsageError. */
export const parseReplayOptions = (argv: readonly string[]): ReplayOptions | null => {
  const words = parseWords(argv, OPTIONS);
  if (words.help === true) return null;
  if (words.candles === undefined) throw new UsageError("--candles needs a folder of recorded candles");
  const { from, to } = parseSpan(words);
  const { capital = "10000", ...fromFile } = readSettingsFile(words.settings);
  return {
    candles: words.candles,
    from,
    to,
    settings: settingsOf(words, fromFile),
    capital: parseCapital(capital),
    guardMs: parseGuard(words.guard ?? "1h"),
    seed: parseSeed(words.seed ?? "1"),
    isJson: words.json === true,
    out: words.out ?? null,
    isResume: words.resume === true,
    repliesOut: words["replies-out"] ?? null,
  };
};

/** The bot's settings with every default. Throws UsageError that names each field at fault. */
export const completeSettings = (settings: Record<string, unknown>): BotSettings => {
  const parsed = botSettingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".") || "settings"}: ${issue.message}`);
  throw new UsageError(`the bot's settings are not usable:\n${faults.join("\n")}`);
};
