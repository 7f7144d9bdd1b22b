import { createSeededRandom } from "../../market/synthetic-candles";
import { testEdge } from "../edge";

const SEEDS = 2000;

/** A result in R, drawn by chance. */
export type DrawResult = (random: () => number) => number;

/** Box and Muller's normal numbers, mean 0 and deviation 1. */
export const normal: DrawResult = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** How often so many trades, drawn anew by each of 2,000 seeds, are said to show an edge. */
export const shareOfEdges = (trades: number, draw: DrawResult): number => {
  let found = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const random = createSeededRandom(seed);
    if (testEdge(Array.from({ length: trades }, () => draw(random))).verdict === "edge") found += 1;
  }
  return found / SEEDS;
};
