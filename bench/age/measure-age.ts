import { quantile } from "../quantile";

/** Times of one kind of work, ms. */
export type Times = Record<string, number[]>;

export type StageFigures = {
  readonly stage: string;
  readonly runs: number;
  /** Medians, ms. */
  readonly young: number;
  readonly aged: number;
  /** The median of the ratios of each round, whose two runs found the machine alike. */
  readonly ratio: number;
};

export type QueryFigures = { readonly query: string; readonly p50: number; readonly worst: number };

export const RATIO_MAX = 1.2;
export const QUERY_MS_MAX = 100;

/** Runs the work and keeps how long it took under its name. */
export const timed = async <Result>(times: Times, name: string, work: () => Promise<Result>): Promise<Result> => {
  const startedAt = performance.now();
  const result = await work();
  (times[name] ??= []).push(performance.now() - startedAt);
  return result;
};

const sorted = (values: readonly number[]): number[] => values.toSorted((one, other) => one - other);
const median = (values: readonly number[]): number => quantile(sorted(values), 0.5);

/** What the same work took of a young and of an aged bot, by stage. */
export const compareStages = (young: Times, aged: Times): StageFigures[] =>
  Object.keys(young).map((stage) => {
    const [youngs, ageds] = [young[stage] ?? [], aged[stage] ?? []];
    const ratio = median(ageds.map((ms, round) => ms / (youngs[round] ?? Number.NaN)));
    return { stage, runs: youngs.length, young: median(youngs), aged: median(ageds), ratio };
  });

export const describeQueries = (times: Times): QueryFigures[] =>
  Object.entries(times).map(([query, values]) => ({
    query,
    p50: median(values),
    worst: Math.max(...values),
  }));

/** What is beyond its bounds, in words: by medians, since one slow answer tells of the machine. */
export const findBeyond = (stages: readonly StageFigures[], queries: readonly QueryFigures[]): string[] => [
  ...stages
    .filter(({ ratio }) => ratio > RATIO_MAX)
    .map(({ stage, ratio }) => `${stage} costs ${ratio.toFixed(2)} times that of a young bot`),
  ...queries.filter(({ p50 }) => p50 > QUERY_MS_MAX).map(({ query, p50 }) => `${query} takes ${p50.toFixed(0)} ms`),
];
