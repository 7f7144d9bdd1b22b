import { describe, expect, it } from "vitest";
import { timeOnce, timeWarm } from "./time-warm";

/** A run whose rounds take these times (ms), and the stopwatch that shows them. */
const createRounds = (lengths: readonly number[]) => {
  let clock = 0;
  let rounds = 0;
  const run = () => {
    clock += lengths[rounds] ?? Number.NaN;
    rounds += 1;
    return rounds;
  };
  return { run, now: () => clock };
};

describe("the time of a backtest", () => {
  it("is that of its one run", () => {
    const { run, now } = createRounds([1500]);
    expect(timeOnce(run, now)).toEqual({ result: 1, seconds: 1.5 });
  });

  it("is in a warm engine the median of five runs after ten", () => {
    const warmUps = Array.from({ length: 10 }, () => 9000);
    const { run, now } = createRounds([...warmUps, 300, 100, 8000, 200, 400]);
    expect(timeWarm(run, now)).toEqual({ result: 15, seconds: 0.3 });
  });
});
