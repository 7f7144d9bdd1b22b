import { parseArgs } from "node:util";

export type ScaleOptions = {
  readonly bots: number;
  readonly minutes: number;
  /** Shares of the bots, 0 to 1: those that enter at each close, and those that hold positions from the start. */
  readonly entering: number;
  readonly holding: number;
  readonly isJson: boolean;
};

export const SCALE_USAGE = `Usage: npm run -s bench:scale -- --bots N --minutes M [options]

  --bots N          how many bots, 1 to 200000
  --minutes M       how long, 5 to 120: every whole 5 minutes have one close of a decision candle
  --entering SHARE  bots that enter at each close, 0 to 1 (default 0.05); each of five pairs once: none is left after
                    five closes
  --holding SHARE   bots that hold positions from the start, 0 to 1 (default 0.1)
  --json            prints one JSON document and nothing else`;

/** Options that cannot be run; the text says what to do. */
export class ScaleUsageError extends Error {
  override readonly name = "ScaleUsageError";
}

type Range = { readonly least: number; readonly most: number; readonly isWhole: boolean };

const numberIn = (name: string, text: string | undefined, { least, most, isWhole }: Range): number => {
  const value = Number(text === undefined || text === "" ? Number.NaN : text);
  if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return value;
  throw new ScaleUsageError(`--${name} must be a ${isWhole ? "whole " : ""}number of ${least} to ${most}`);
};

const SHARE: Range = { least: 0, most: 1, isWhole: false };

/** Throws ScaleUsageError for options that do not fit. */
export const parseScaleOptions = (args: readonly string[]): ScaleOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      bots: { type: "string" },
      minutes: { type: "string" },
      entering: { type: "string", default: "0.05" },
      holding: { type: "string", default: "0.1" },
      json: { type: "boolean", default: false },
    },
  });
  const entering = numberIn("entering", values.entering, SHARE);
  const holding = numberIn("holding", values.holding, SHARE);
  if (entering + holding > 1 && entering < 1) {
    throw new ScaleUsageError("--entering and --holding are shares of the same bots: together at most 1");
  }
  return {
    bots: numberIn("bots", values.bots, { least: 1, most: 200_000, isWhole: true }),
    minutes: numberIn("minutes", values.minutes, { least: 5, most: 120, isWhole: true }),
    entering,
    holding: Math.min(holding, 1 - entering),
    isJson: values.json,
  };
};
