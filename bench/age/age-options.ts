import { parseArgs } from "node:util";

export type AgeOptions = {
  /** Of the aged bot: ledger entries, equity points, trades; it has ten cycles a trade. */
  readonly entries: number;
  readonly points: number;
  readonly trades: number;
  readonly rounds: number;
  readonly isJson: boolean;
};

export const AGE_USAGE = `Usage: npm run -s bench:age -- [options]

  --entries N   ledger entries of the aged bot (default 1000000), at least five a trade
  --points N    its equity points (default 500000)
  --trades N    its trades (default 100000), each with two orders and ten cycles, one of them refused
  --rounds N    hours that both bots live, in turn (default 120), 4 to 160
  --json        prints one JSON document and nothing else`;

/** Options that cannot be run; the text says what to do. */
export class AgeUsageError extends Error {
  override readonly name = "AgeUsageError";
}

const wholeIn = (name: string, text: string, [least, most]: readonly [number, number]): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new AgeUsageError(`--${name} must be a whole number of ${least} to ${most}`);
};

const ROWS: readonly [number, number] = [100, 10_000_000];

/** Throws AgeUsageError for options that do not fit. */
export const parseAgeOptions = (args: readonly string[]): AgeOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      entries: { type: "string", default: "1000000" },
      points: { type: "string", default: "500000" },
      trades: { type: "string", default: "100000" },
      rounds: { type: "string", default: "120" },
      json: { type: "boolean", default: false },
    },
  });
  const entries = wholeIn("entries", values.entries, ROWS);
  const trades = wholeIn("trades", values.trades, ROWS);
  if (entries < trades * 5) throw new AgeUsageError("--entries must be at least five times --trades");
  const points = wholeIn("points", values.points, ROWS);
  return { entries, points, trades, rounds: wholeIn("rounds", values.rounds, [4, 160]), isJson: values.json };
};
