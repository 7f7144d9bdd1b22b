import { tradeSeed } from "./trade-seed";

/** Which seeds a process trades: every `step`-th from `first` to `last`. */
export type SeedShare = {
  readonly mode: string;
  readonly first: number;
  readonly last: number;
  readonly step: number;
  readonly hours: number;
};

// A process of its own: forked with a share as its argument, it sends each run to its parent.
const { mode, first, last, step, hours } = JSON.parse(process.argv[2] ?? "") as SeedShare;
for (let seed = first; seed <= last; seed += step) process.send?.(tradeSeed(mode, seed, hours));
