import { setFlagsFromString } from "node:v8";
import { setInterruptBudget } from "../../src/supervisor/interrupt-budget";

/**
 * A backtest is over before the engine's optimizer has earned what it costs: it optimizes a function later, when loops
 * over candles are still hot soon, and compiles a function plainly at its first call instead of interpreting it. What can
 * only be said at the start is in package.json: 32 MB for young objects, so that most are gone before anything is copied.
 */
export const tuneEngine = (): void => {
  setInterruptBudget(600_000);
  setFlagsFromString("--always-sparkplug");
};
