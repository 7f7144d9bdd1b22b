/** The engine optimizes what runs often: a backtest is as fast as it gets after about so many. */
const WARM_UPS = 10;
const TIMED = 5;

export type TimedRun<Result> = { readonly result: Result; readonly seconds: number };

/** Runs once, and says how long that took by a stopwatch in ms. */
export const timeOnce = <Result>(run: () => Result, now: () => number): TimedRun<Result> => {
  const startedAt = now();
  const result = run();
  return { result, seconds: (now() - startedAt) / 1000 };
};

/** Runs until the engine is warm, then five times: the last result, and the median of the five times. */
export const timeWarm = <Result>(run: () => Result, now: () => number): TimedRun<Result> => {
  for (let round = 0; round < WARM_UPS; round += 1) run();
  let timed = timeOnce(run, now);
  const times = [timed.seconds];
  while (times.length < TIMED) {
    timed = timeOnce(run, now);
    times.push(timed.seconds);
  }
  const [, , median = timed.seconds] = times.toSorted((one, other) => one - other);
  return { result: timed.result, seconds: median };
};
