import { performance } from "node:perf_hooks";
import { OWN_BUDGET, setInterruptBudget } from "./interrupt-budget";

/** Within it, whatever a process does all the time gets optimized, by V8's own limit. */
const WARM_AFTER_MS = 60_000;
/** Short, because a close of a thousand bots is decided in four seconds. */
const LOOK_EVERY_MS = 500;
/** Of the time between two looks. */
const BUSY_SHARE = 0.5;
const IDLE_BUDGET = 200 * OWN_BUDGET;

/** The interrupt budget for a process that has run for `upMs` and worked for `share` of the time of late. */
export const optimizationBudget = (upMs: number, share: number): number =>
  upMs < WARM_AFTER_MS || share >= BUSY_SHARE ? OWN_BUDGET : IDLE_BUDGET;

/**
 * Once warm, this process makes little new machine code but while it is busy, when it pays. By V8's own limit one rarely
 * taken path after the other passes it for hours, and the code made for them grows by 4 MB an hour in a runner with little
 * to do. That costs it a twelfth more processor time while it has little to do; a close of 10,000 bots takes as long.
 */
export const optimizeWhenBusy = (): void => {
  let last = performance.eventLoopUtilization();
  setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(last);
    setInterruptBudget(optimizationBudget(performance.now(), utilization));
    last = performance.eventLoopUtilization();
  }, LOOK_EVERY_MS).unref();
};
