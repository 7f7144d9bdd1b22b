import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";

/** Within it, whatever a process does all the time gets optimized, by V8's own limit. */
const WARM_AFTER_MS = 60_000;
/** Short, because a close of a thousand bots is over in four seconds. */
const LOOK_EVERY_MS = 500;
/** Of the time between two looks. */
const BUSY_SHARE = 0.5;
/** Bytes of bytecode that a function runs between two of V8's questions whether to optimize it: V8's own, and two hundred times it. */
const OWN_BUDGET = 67_584;
const IDLE_BUDGET = 200 * OWN_BUDGET;

/** V8's `--interrupt-budget` for a process that has run for `upMs` and worked for `share` of the time of late. */
export const optimizationBudget = (upMs: number, share: number): number =>
  upMs < WARM_AFTER_MS || share >= BUSY_SHARE ? OWN_BUDGET : IDLE_BUDGET;

/**
 * Once warm, this process makes new machine code only while it is busy, when it pays. By V8's own limit one rarely taken
 * path after the other passes it for hours, and the code made for them grows by 4 MB an hour in a runner with little to do.
 */
export const optimizeWhenBusy = (): void => {
  let last = performance.eventLoopUtilization();
  setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(last);
    setFlagsFromString(`--interrupt-budget=${optimizationBudget(performance.now(), utilization)}`);
    last = performance.eventLoopUtilization();
  }, LOOK_EVERY_MS).unref();
};
