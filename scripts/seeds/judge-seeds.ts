import { testEdge, type Edge } from "../../src/trading/performance/edge";
import type { SeedRun } from "./trade-seed";

const ENTRY_SHARE_MAX = 0.05;
const NO_EDGE_SHARE_MIN = 0.95;
/** An edge of 0.20 R, deviation 1 R, over 200 trades. */
const FOUND_SHARE_MIN = 0.8;

type Claims = Readonly<Record<Edge["verdict"], number>>;

/** What came of one mode over many markets that nobody can predict, and whether it is as it has to be. */
export type JudgedMode = {
  readonly mode: string;
  readonly seeds: number;
  readonly trades: number;
  /** Entries that the mode wanted, of all closed decision candles without a position, by the market's volatility. */
  readonly entryShares: readonly { readonly volatility: number; readonly share: number }[];
  readonly entryShare: number;
  /** Of those entries, how many passed the risk gate. */
  readonly openedShare: number;
  /** Net R of all trades of all seeds as one sample. */
  readonly expectancy: Pick<Edge, "verdict" | "mean" | "deviation" | "p">;
  /** Seeds by what the edge test says of each alone. */
  readonly claims: Claims;
  readonly failures: readonly string[];
};

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

const entryShareOf = (runs: readonly SeedRun[]): number => {
  const flat = sum(runs, ({ flatCandles }) => flatCandles);
  return flat === 0 ? 0 : sum(runs, ({ wanted }) => wanted) / flat;
};

const entrySharesOf = (runs: readonly SeedRun[]): JudgedMode["entryShares"] => {
  const volatilities = [...new Set(runs.map(({ volatility }) => volatility))].toSorted((one, other) => one - other);
  return volatilities.map((volatility) => ({
    volatility,
    share: entryShareOf(runs.filter((run) => run.volatility === volatility)),
  }));
};

const countClaims = (runs: readonly SeedRun[]): Claims => {
  const count = (verdict: Edge["verdict"]): number => runs.filter(({ edge }) => edge === verdict).length;
  return { edge: count("edge"), "no edge": count("no edge"), unknown: count("unknown") };
};

const failuresOf = ({ entryShares, expectancy, claims }: Omit<JudgedMode, "failures">): string[] => {
  const often = entryShares.filter(({ share }) => share > ENTRY_SHARE_MAX);
  const told = claims.edge + claims["no edge"];
  return [
    ...often.map(({ volatility, share }) => `enters on ${percent(share)} of candles at volatility ${volatility}`),
    ...(expectancy.verdict === "edge" ? ["makes money of chance"] : []),
    ...(expectancy.verdict === "unknown" ? ["made too few trades to tell what it expects"] : []),
    ...(told > 0 && claims["no edge"] / told < NO_EDGE_SHARE_MIN
      ? [`is said to have an edge by ${claims.edge} of ${told} seeds`]
      : []),
  ];
};

/** Judges the runs of one mode. Seeds with too few trades for the edge test are counted apart. */
export const judgeMode = (mode: string, runs: readonly SeedRun[]): JudgedMode => {
  const results = runs.flatMap((run) => run.results);
  const { verdict, mean, deviation, p } = testEdge(results);
  const wanted = sum(runs, (run) => run.wanted);
  const judged = {
    mode,
    seeds: runs.length,
    trades: results.length,
    entryShares: entrySharesOf(runs),
    entryShare: entryShareOf(runs),
    openedShare: wanted === 0 ? 0 : sum(runs, ({ opened }) => opened) / wanted,
    expectancy: { verdict, mean, deviation, p },
    claims: countClaims(runs),
  };
  return { ...judged, failures: failuresOf(judged) };
};

/** What is wrong with finding a planted edge in this share of cases; null: nothing. */
export const judgeFound = (share: number): string | null =>
  share >= FOUND_SHARE_MIN ? null : `an edge of 0.20 R is found in ${percent(share)} of cases only`;

const figure = (value: number | null, digits: number): string => (value === null ? "unknown" : value.toFixed(digits));

const describeMode = ({ entryShares, expectancy, claims, ...judged }: JudgedMode): string[] => [
  `${judged.mode}: ${judged.seeds} markets, ${judged.trades} trades`,
  `  enters on     ${percent(judged.entryShare)} of closed candles without a position, ${percent(judged.openedShare)} of them pass the gate`,
  `                ${entryShares.map(({ volatility, share }) => `${percent(share)} at ${volatility}`).join(", ")} (volatility of an hour)`,
  `  expectancy    ${figure(expectancy.mean, 4)} R, deviation ${figure(expectancy.deviation, 2)} R, p of more than zero ${figure(expectancy.p, 3)}`,
  `  edge          ${claims["no edge"]} no edge, ${claims.edge} edge, ${claims.unknown} unknown`,
  ...judged.failures.map((failure) => `  NOT HELD      ${failure}`),
];

/** The report as lines of text. `found`: the share of cases in which the planted edge was found. */
export const describeSeeds = (judged: readonly JudgedMode[], found: number): string[] => {
  const failure = judgeFound(found);
  return [
    ...judged.flatMap(describeMode),
    `planted edge: 0.20 R with deviation 1 R is found in ${percent(found)} of cases at 200 trades`,
    ...(failure === null ? [] : [`  NOT HELD      ${failure}`]),
  ];
};
