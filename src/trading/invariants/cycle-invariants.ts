import type { Books } from "./books";

/** I7: each slot ran at most once, none is missing, and no past slot is unfinished. */
export const slotsAreAccountedFor = ({ slots }: Books): string[] => {
  const broken: string[] = [];
  if (slots.doubled > 0) broken.push(`${slots.doubled} slots have two rows`);
  if (slots.expected !== slots.recorded) {
    broken.push(`${slots.expected} slots were due, ${slots.recorded} are recorded`);
  }
  if (slots.unfinished > 0) broken.push(`${slots.unfinished} past slots never ended`);
  return broken;
};

/** I8: one cycle at a time, each with its own epoch, which is at most the epoch of the lease. */
export const leaseIsHeldOnce = ({ lease }: Books): string[] => {
  const broken: string[] = [];
  if (lease.runningCycles > 1) broken.push(`${lease.runningCycles} cycles run at once`);
  if (lease.repeatedEpochs > 0) broken.push(`${lease.repeatedEpochs} epochs were used twice`);
  if (lease.highestCycleEpoch > lease.epoch) {
    broken.push(`a cycle has epoch ${lease.highestCycleEpoch}, the lease ${lease.epoch}`);
  }
  return broken;
};
