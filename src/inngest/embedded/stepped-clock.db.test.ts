import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRunnerTestBed, type RunnerTestBed } from "./contract/open-test-runner";
import type { EmbeddedRunner } from "./create-embedded-runner";
import { createInngestBackoff } from "./base/retry-backoff";
import { createSteppedClock, type SteppedClock } from "./base/scheduler-clock";

const START = Date.UTC(2022, 4, 1);
const SECOND = 1000;
const DAY = 86_400 * SECOND;

let bed: RunnerTestBed;
beforeAll(async () => {
  bed = await openRunnerTestBed();
});
afterAll(() => bed.close());

/** What a replay does: work, jump to the next due instant, work. Returns the offsets jumped to. */
const runToTheEnd = async (runner: EmbeddedRunner, clock: SteppedClock): Promise<number[]> => {
  const jumps: number[] = [];
  for (;;) {
    await runner.drain();
    const due = await runner.nextDueAt();
    if (due === undefined) return jumps;
    clock.jumpTo(due);
    jumps.push(due - START);
  }
};

describe("a runner under a stepped clock", () => {
  it("sleeps 366 days, waits for a future ts and retries by Inngest's table, all in moments", async () => {
    const clock = createSteppedClock(START);
    const seen: [string, number][] = [];
    const see = (what: string) => void seen.push([what, clock.now() - START]);
    let failures = 0;
    const { runner, client } = await bed.open(
      (inngest) => [
        inngest.createFunction({ id: "sleeper", triggers: [{ event: "step/sleep" }] }, async ({ step }) => {
          await step.run("before", () => see("before"));
          await step.sleep("year", "366d");
          await step.run("after", () => see("after"));
          await step.sleepUntil("date", new Date(START + 400 * DAY));
          await step.run("end", () => see("end"));
        }),
        inngest.createFunction({ id: "later", triggers: [{ event: "step/later" }] }, () => see("later")),
        inngest.createFunction({ id: "retrier", retries: 2, triggers: [{ event: "step/retry" }] }, async ({ step }) => {
          await step.run("fails", () => {
            see("try");
            failures += 1;
            if (failures < 3) throw new Error("not yet");
          });
        }),
      ],
      { clock, backoff: createInngestBackoff(() => 0) },
    );
    await client.send([{ name: "step/sleep" }, { name: "step/later", ts: START + 5 * DAY }, { name: "step/retry" }]);
    const jumps = await runToTheEnd(runner, clock);
    expect(jumps).toEqual([15 * SECOND, 45 * SECOND, 5 * DAY, 366 * DAY, 400 * DAY]);
    expect(seen.toSorted((left, right) => left[1] - right[1] || left[0].localeCompare(right[0]))).toEqual([
      ["before", 0],
      ["try", 0],
      ["try", 15 * SECOND],
      ["try", 45 * SECOND],
      ["later", 5 * DAY],
      ["after", 366 * DAY],
      ["end", 400 * DAY],
    ]);
    await runner.stop();
  });

  it("treats an event without ts as due now, though the SDK stamps it with the wall time", async () => {
    const clock = createSteppedClock(START);
    const stamps: number[] = [];
    const { runner, client } = await bed.open(
      (inngest) => [
        inngest.createFunction({ id: "stamped", triggers: [{ event: "step/stamped" }] }, ({ event }) => {
          stamps.push(event.ts ?? Number.NaN);
        }),
        inngest.createFunction({ id: "passing-on", triggers: [{ event: "step/pass-on" }] }, async ({ step }) => {
          await step.sendEvent("on", { name: "step/stamped" });
        }),
      ],
      { clock },
    );
    await client.send([{ name: "step/stamped" }, { name: "step/pass-on" }]);
    await runner.drain();
    expect(stamps).toEqual([START, START]);
    expect(await runner.nextDueAt()).toBeUndefined();
    await runner.stop();
  });

  it("fires each cron slot once for all runners, the latest only after a long jump, and makes up none from before", async () => {
    const clock = createSteppedClock(START + 30 * SECOND);
    const fired: number[] = [];
    const open = () =>
      bed.open(
        (inngest) => [
          inngest.createFunction({ id: "ticking", triggers: [{ cron: "* * * * *" }] }, ({ event }) => {
            fired.push((event.ts ?? Number.NaN) - START);
          }),
        ],
        { clock },
      );
    const [first, second] = [await open(), await open()];
    const drainBoth = () => Promise.all([first.runner.drain(), second.runner.drain()]);
    await drainBoth();
    expect(fired).toEqual([]);
    expect(await first.runner.nextDueAt()).toBe(START + 60 * SECOND);
    clock.jumpTo(START + 60 * SECOND);
    await drainBoth();
    clock.jumpTo(START + 310 * SECOND);
    await drainBoth();
    expect(fired).toEqual([60 * SECOND, 300 * SECOND]);
    const third = await open();
    await third.runner.drain();
    expect(fired).toHaveLength(2);
    await Promise.all([first, second, third].map(({ runner }) => runner.stop()));
  });

  it("fires a cron again that the database could not fire", async () => {
    const clock = createSteppedClock(START + 30 * SECOND);
    const fired: number[] = [];
    const { runner } = await bed.open(
      (inngest) => [
        inngest.createFunction({ id: "lost-once", triggers: [{ cron: "* * * * *" }] }, ({ event }) => {
          fired.push((event.ts ?? Number.NaN) - START);
        }),
      ],
      { clock },
    );
    await runner.drain();
    clock.jumpTo(START + 60 * SECOND);
    await bed.ownerPool.query("alter table runner.cron_slots rename to cron_slots_lost");
    try {
      await runner.drain();
    } finally {
      await bed.ownerPool.query("alter table runner.cron_slots_lost rename to cron_slots");
    }
    expect(fired).toEqual([]);
    await runner.drain();
    await runner.drain();
    expect(fired).toEqual([60 * SECOND]);
    await runner.stop();
  });

  it("does not fire cron when it is switched off", async () => {
    const clock = createSteppedClock(START + 30 * SECOND);
    const { runner } = await bed.open(
      (inngest) => [inngest.createFunction({ id: "never", triggers: [{ cron: "* * * * *" }] }, () => "fired")],
      { clock, cron: false },
    );
    expect(await runner.nextDueAt()).toBeUndefined();
    clock.jumpTo(START + DAY);
    await runner.drain();
    expect(await bed.query("select 1 from runner.runs where fn = '0xbot-never'")).toEqual([]);
    await runner.stop();
  });
});

describe("a runner that takes over from one that was killed", () => {
  it("is not drained while the dead one's lease lasts: time must not jump over the work that it held", async () => {
    const clock = createSteppedClock(START);
    const seen: string[] = [];
    const { runner, client } = await bed.open(
      (inngest) => [
        inngest.createFunction({ id: "held", triggers: [{ event: "step/held" }] }, async ({ step }) => {
          await step.run("only", () => void seen.push("executed"));
        }),
      ],
      { clock },
    );
    await client.send([{ name: "step/held", ts: START + SECOND }]);
    await runner.drain();
    clock.jumpTo(START + SECOND);
    await bed.query(
      "update runner.jobs set token = 'of the dead', lease_until = clock_timestamp() + interval '400 milliseconds'",
    );
    await runner.drain();
    expect(seen).toEqual(["executed"]);
    expect(await runner.nextDueAt()).toBeUndefined();
  });
});
