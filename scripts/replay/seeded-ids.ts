import { createHash } from "node:crypto";
import { v7 } from "uuid";

/** Record ids from a seed: 128 bits of SHA-256 over seed, start and a counter, in the form of a UUID v7 at `now`. */
export const createSeededIds = (seed: string, now: () => number): (() => string) => {
  let counter = 0;
  return () => {
    const random = createHash("sha256").update(`${seed}:${counter++}`).digest().subarray(0, 16);
    return v7({ msecs: now(), seq: counter % 0x7fffffff, random });
  };
};
