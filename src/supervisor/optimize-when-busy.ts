import { setFlagsFromString } from "node:v8";

/** Within it, whatever a process does all the time gets optimized, by V8's own limit. */
const WARM_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 5_000;
/** Of one core. */
const BUSY_SHARE = 0.5;
/** Bytes of bytecode that a function runs between two of V8's questions whether to optimize it: V8's own, and two hundred times it. */
const OWN_BUDGET = 67_584;
const IDLE_BUDGET = 200 * OWN_BUDGET;

/** V8's `--interrupt-budget` for a process that has run for `upMs` and took `share` of a core of late. */
export const optimizationBudget = (upMs: number, share: number): number =>
  upMs < WARM_AFTER_MS || share >= BUSY_SHARE ? OWN_BUDGET : IDLE_BUDGET;

/**
 * Once warm, this process makes new machine code only while it is busy, when it pays. By V8's own limit one rarely taken
 * path after the other passes it for hours, and the code made for them grows by 4 MB an hour in a runner with little to do.
 */
export const optimizeWhenBusy = (): void => {
  let last = { at: performance.now(), cpu: process.cpuUsage() };
  setInterval(() => {
    const { user, system } = process.cpuUsage(last.cpu);
    const at = performance.now();
    const share = (user + system) / 1000 / (at - last.at);
    setFlagsFromString(`--interrupt-budget=${optimizationBudget(at, share)}`);
    last = { at, cpu: process.cpuUsage() };
  }, LOOK_EVERY_MS).unref();
};
