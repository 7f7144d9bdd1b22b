import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Garbage of an hour would else stay where little is allocated: a collection of 100 MB takes a tenth of a second. */
const COLLECT_EVERY_MS = 60_000;

/**
 * Lets this process grow by a fifth of what it uses before it collects (Node's own limit is four times as much), and
 * collects and compacts once a minute, so that what it holds is what it uses.
 */
export const holdLittle = () => {
  setFlagsFromString("--heap-growing-percent=20");
  // Else a heap of many half empty pages goes on growing.
  setFlagsFromString("--compact-on-every-full-gc");
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  setInterval(() => collect(), COLLECT_EVERY_MS).unref();
};
