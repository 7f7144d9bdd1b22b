import { createHash } from "node:crypto";

import { createSeededRandom } from "~/trading/market/synthetic-candles";

/** Pseudo-random numbers that are the same for the same name on every machine. */
export type SeededStream = {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Mean 0, standard deviation 1, within -3..3: from the sum of three uniforms, which needs no logarithm. */
  normal(): number;
};

/** The stream of a name; every part of the name matters. */
export const createSeededStream = (...name: readonly (string | number)[]): SeededStream => {
  const uniform = createSeededRandom(createHash("sha256").update(name.join("|")).digest().readUInt32LE(0));
  return { uniform, normal: () => 2 * (uniform() + uniform() + uniform() - 1.5) };
};
