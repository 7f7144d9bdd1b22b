import { deviationOf, meanOf, momentOf } from "./sample";
import { upperTailOfT } from "./student-t";

/** A test with fewer trades, or one that has not seen what a loss is like, says nothing. */
const EDGE_TRADES_MIN = 30;
const EDGE_LOSSES_MIN = 5;
/** Below 5 %, so that skewed results and few trades also keep false claims below 5 %. */
const LEVEL = 0.04;
/** z of the level and of a power of 80 %. */
const Z_LEVEL = 1.751;
const Z_POWER = 0.842;

/** Whether the trades show an edge, in words. Mean and deviation in R; p of the one-sided test. */
export type Edge = {
  readonly verdict: "edge" | "no edge" | "unknown";
  readonly trades: number;
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly p: number | null;
  readonly text: string;
};

/**
 * The smaller of Student's t and of Johnson's, which corrects it for skew (Modified t Tests and Confidence Intervals for
 * Asymmetrical Populations, 1978): many small wins and rare large losses look better than they are to the plain one.
 */
const cautiousT = (results: readonly number[], mean: number, deviation: number): number => {
  const [count, variance] = [results.length, deviation ** 2];
  const third = momentOf(results, mean, 3);
  const corrected = mean + third / (6 * variance * count) + (third * mean ** 2) / (3 * variance ** 2);
  return (Math.min(mean, corrected) * Math.sqrt(count)) / deviation;
};

const unknownEdge = (trades: number, text: string): Edge => ({
  verdict: "unknown",
  trades,
  mean: null,
  deviation: null,
  p: null,
  text,
});

const percent = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`;

/**
 * Tests the net results in R against a true mean of 0 or less: one-sided t-test at 4 %, n - 1 degrees of freedom. It
 * takes 30 trades with a stop and 5 losses among them. With 200 trades a true mean of 0.2 R, deviation 1 R, is found
 * in more than 80 of 100 cases.
 */
export const testEdge = (results: readonly number[]): Edge => {
  const trades = results.length;
  if (trades < EDGE_TRADES_MIN) {
    return unknownEdge(
      trades,
      `Unknown: ${trades} trades with a stop are too few to tell, it takes ${EDGE_TRADES_MIN}.`,
    );
  }
  const losses = results.filter((result) => result < 0).length;
  const mean = meanOf(results);
  if (losses < EDGE_LOSSES_MIN) {
    return unknownEdge(
      trades,
      `Unknown: only ${losses} of ${trades} trades lost, and what a loss costs is not seen yet.`,
    );
  }
  const deviation = deviationOf(results);
  const p = deviation === 0 ? 1 : upperTailOfT(cautiousT(results, mean, deviation), trades - 1);
  const found = `${trades} trades made ${mean.toFixed(2)} R each on average, with a deviation of ${deviation.toFixed(2)} R`;
  if (p < LEVEL) {
    const text = `Edge: ${found}; without an edge such a result comes up in ${percent(p)} of cases.`;
    return { verdict: "edge", trades, mean, deviation, p, text };
  }
  const findable = ((Z_LEVEL + Z_POWER) * deviation) / Math.sqrt(trades);
  const chance = `without an edge as much or more comes up in ${percent(p)} of cases`;
  const text = `No edge shown: ${found}; ${chance}. A true mean of ${findable.toFixed(2)} R would be seen in 80 of 100.`;
  return { verdict: "no edge", trades, mean, deviation, p, text };
};
