import { setFlagsFromString } from "node:v8";

/** That of Node 20. Later ones count calls instead: there the flag is unknown, and V8 would complain of it each time. */
export const hasInterruptBudget = (v8Version: string): boolean => v8Version.startsWith("11.");

/** V8's own, bytes of bytecode. */
export const OWN_BUDGET = 67_584;

/**
 * Sets how many bytes of bytecode a function runs between two of V8's questions whether to optimize it. V8 gives a function
 * its next budget when it has used up the last: what has a large one left uses it up first. Does nothing where V8 has none.
 */
export const setInterruptBudget = (bytes: number): void => {
  if (hasInterruptBudget(process.versions.v8)) setFlagsFromString(`--interrupt-budget=${bytes}`);
};
