import { describe, expect, it } from "vitest";
import type { Decided } from "./find-decided";
import { growthOf } from "./read-counters";
import { cpuSecondsOf, nameProcess } from "../read-processes";
import type { Observed } from "./run-product";
import { buildScaleReport, findFailure } from "./scale-report";

const CLOSES = [
  { market: 1_000_000, wall: 50_000 },
  { market: 1_300_000, wall: 350_000 },
];

const decidedAfter = (close: number, ms: number, orderedMs: number | null = null): Decided => {
  const wall = CLOSES.find(({ market }) => market === close)?.wall ?? 0;
  const orderedAt = orderedMs === null ? null : wall + orderedMs;
  return { botId: "b", close, decidedAt: wall + ms, hasOrder: orderedAt !== null, orderedAt };
};

const counters = (at: number, seconds: number): Observed["before"] => ({
  at,
  cpu: new Map([["runner", seconds]]),
  executions: new Map([["run-bot-cycle", seconds * 10]]),
  databaseBytes: seconds * 1000,
  requests: seconds,
});

const observed = (decided: Decided[]): Observed => ({
  before: counters(0, 10),
  after: counters(600_000, 40),
  memory: new Map([["runner", { rssMb: 300, pssMb: 200 }]]),
  closes: CLOSES,
  found: { decided, work: { analyses: 8, runs: 4, marks: 4 }, undecided: [] },
  statements: [],
});

const report = (decided: Decided[], bots = 2) =>
  buildScaleReport({
    bots,
    minutes: 11,
    observed: observed(decided),
    roundTrips: { perRun: 40, perMark: null },
    audited: bots,
  });

const WHOLE = [
  decidedAfter(1_000_000, 100),
  decidedAfter(1_000_000, 300, 700),
  decidedAfter(1_300_000, 200),
  decidedAfter(1_300_000, 400),
];

describe("the report", () => {
  it("counts lags from each close's own instant", () => {
    expect(report(WHOLE)).toMatchObject({
      decided: 4,
      lagMs: { p50: 300, p95: 400, p99: 400 },
      ordered: 1,
      orderedMs: { p50: 700, p95: 700, p99: 700 },
      busyMs: [700, 400],
    });
  });

  it("misses each slot of a bot that nobody decided", () => {
    expect(report(WHOLE).slotsLost).toBe(0);
    expect(report(WHOLE.slice(1)).slotsLost).toBe(1);
    expect(report(WHOLE, 3).slotsLost).toBe(2);
  });

  it("counts what grew between two looks only, by seconds and by bot-month", () => {
    // 300 more in ten minutes of two bots.
    expect(report(WHOLE)).toMatchObject({
      exchangeCallsPerSecond: 0.05,
      stepsPerBotMonth: (300 * 6 * 24 * 30) / 2,
      cpuSecondsByProcess: { runner: 30 },
      roundTripsPerMark: null,
    });
  });

  it("fails a run without a decision, with a slot or an order lost, and with more decisions than there are slots", () => {
    expect(findFailure(report(WHOLE))).toBeNull();
    expect(findFailure(report([]))).toBe("not one decision in 2 closes");
    expect(findFailure(report(WHOLE.slice(1)))).toBe("1 slots were not decided");
    expect(findFailure(report(WHOLE, 1))).toBe("4 decisions of 1 bots in 2 closes are too many");
    const unbooked = [...WHOLE.slice(1), { ...decidedAfter(1_000_000, 100), hasOrder: true }];
    expect(findFailure(report(unbooked))).toBe("1 orders were not booked");
  });
});

describe("a process", () => {
  it.each([
    ["postgres: oxbot_app oxbot 127.0.0.1(1234) idle", "postgres"],
    ["/somewhere/bin/postgres\0-D\0data", "postgres"],
    ["/usr/bin/node\0--import\0tsx\0/app/scripts/start/runner-process.ts", "runner"],
    ["/usr/bin/node\0--import\0tsx\0scripts/start.ts\0--no-app", "supervisor"],
    ["sh\0-c\0read -r word", "postgres"],
    ["next-server (v16.0.0)\0", "app"],
  ])("is named after what it runs: %s", (command, name) => {
    expect(nameProcess(command)).toBe(name);
  });

  it("has used its own time and that of its children that ended", () => {
    expect(cpuSecondsOf("7 (a (b) c) S 1 1 1 0 -1 4194560 1 2 3 4 150 50 200 100 20 0")).toBe(5);
  });

  it("that is new began at nothing", () => {
    expect(growthOf(new Map([["a", 2]]), new Map([["a", 5], ["b", 7]]))).toEqual(new Map([["a", 3], ["b", 7]])); // prettier-ignore
  });
});
