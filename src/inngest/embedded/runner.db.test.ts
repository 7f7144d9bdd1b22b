import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createInngestClient } from "../client";
import { openRunnerTestBed, type RunnerTestBed } from "./contract/open-test-runner";
import { QUIET } from "./contract/quiet";
import { createEmbeddedFetch } from "./transport/embedded-fetch";
import { createSteppedClock, wallSchedulerClock } from "./base/scheduler-clock";

/** Long enough for a slow test: it only catches one that hangs. */
const HANGS = { timeout: 240_000, interval: 5 };
const HOUR = 3_600_000;

let bed: RunnerTestBed;
beforeAll(async () => {
  bed = await openRunnerTestBed();
});
afterAll(() => bed.close());

const countRuns = async (fn: string, status: string): Promise<number> => {
  const rows = await bed.query<{ count: number }>(
    "select count(*)::int as count from runner.runs where fn = $1 and status = $2",
    [`0xbot-${fn}`, status],
  );
  return rows[0]?.count ?? Number.NaN;
};

describe("events", () => {
  it("two thousand sent twice start two thousand runs", async () => {
    const { runner, client } = await bed.open((inngest) => [
      inngest.createFunction({ id: "counted", triggers: [{ event: "many/go" }] }, () => "done"),
    ]);
    const events = Array.from({ length: 2000 }, (_, index) => ({
      name: "many/go",
      id: `many-${index}`,
      ts: Date.now() + HOUR,
    }));
    await client.send(events);
    await runner.drain();
    await client.send(events);
    await runner.drain();
    expect(await countRuns("counted", "running")).toBe(2000);
    await runner.stop();
    await bed.ownerPool.query("truncate runner.jobs");
  });

  it("keep their order within one batch: start, stop, start leaves the second run", async () => {
    const { runner, client } = await bed.open((inngest) => [
      inngest.createFunction(
        {
          id: "ordered",
          triggers: [{ event: "order/start" }],
          singleton: { mode: "skip", key: "event.data.id" },
          cancelOn: [{ event: "order/stop", match: "data.id" }],
        },
        async ({ step }) => step.sleep("long", "1d"),
      ),
    ]);
    const start = { name: "order/start", data: { id: 1 } };
    const stop = { name: "order/stop", data: { id: 1 } };
    await client.send([stop, start, start, { name: "order/stop", data: { id: "1" } }, stop, start]);
    await runner.drain();
    expect([await countRuns("ordered", "cancelled"), await countRuns("ordered", "running")]).toEqual([1, 1]);
    await runner.stop();
  });

  it("may start one run and cancel the earlier ones: the latest stays", async () => {
    const { runner, client } = await bed.open((inngest) => [
      inngest.createFunction(
        {
          id: "latest",
          triggers: [{ event: "latest/go" }],
          cancelOn: [{ event: "latest/go", match: "data.id" }],
        },
        async ({ step }) => step.sleep("long", "1d"),
      ),
    ]);
    const go = { name: "latest/go", data: { id: 1 } };
    await client.send([go, go]);
    await runner.drain();
    await client.send(go);
    await runner.drain();
    expect([await countRuns("latest", "cancelled"), await countRuns("latest", "running")]).toEqual([2, 1]);
    await runner.stop();
  });

  it("take the singleton lock when accepted, also for a future ts", async () => {
    const { runner, client } = await bed.open((inngest) => [
      inngest.createFunction(
        { id: "locked", triggers: [{ event: "lock/go" }], singleton: { mode: "skip", key: "event.data.id" } },
        () => "done",
      ),
    ]);
    await client.send({ name: "lock/go", data: { id: 1 }, ts: Date.now() + HOUR });
    await client.send({ name: "lock/go", data: { id: 1 } });
    await runner.drain();
    expect([await countRuns("locked", "running"), await countRuns("locked", "completed")]).toEqual([1, 0]);
    await runner.stop();
  });

  it("of a process that only sends wake a runner at once, not by its poll of a second", async () => {
    let done = 0;
    const { runner } = await bed.open((inngest) => [
      inngest.createFunction({ id: "woken", triggers: [{ event: "wake/go" }] }, () => void (done += 1)),
    ]);
    runner.start();
    const sender = createInngestClient(
      { kind: "embedded", fetch: createEmbeddedFetch({ pool: bed.pool, clock: wallSchedulerClock }) },
      QUIET,
    );
    await sender.send({ name: "wake/go" });
    await vi.waitFor(() => expect(done).toBe(1), HANGS);
    // The next poll comes a second after the last one, so an event handled sooner was handled by a wake-up. A busy
    // machine may need several tries to show it.
    await vi.waitFor(async () => {
      const before = done;
      await sender.send({ name: "wake/go" });
      const sentAt = performance.now();
      await vi.waitFor(() => expect(done).toBe(before + 1), HANGS);
      expect(performance.now() - sentAt).toBeLessThan(500);
    }, HANGS);
    await runner.stop();
  });

  it("that are malformed are refused with a reason", async () => {
    const fetchEvents = createEmbeddedFetch({ pool: bed.pool, clock: wallSchedulerClock });
    const post = (body: unknown) =>
      fetchEvents("http://embedded.local/e/x", { method: "POST", body: JSON.stringify(body) });
    for (const body of [{ data: {} }, { name: "" }, { name: "a", id: 7 }, { name: "a", ts: "soon" }, "text"]) {
      const response = await post(body);
      expect(response.status).toBe(400);
    }
    const unknown = await fetchEvents("http://embedded.local/v1/signals", { method: "POST", body: "{}" });
    expect(unknown.status).toBe(501);
  });
});

describe("step results", () => {
  it("come back as they were, with every character JSON can hold", async () => {
    const value = {
      text: 'nul \u0000, quote ", \\, \ud83d\ude80, half \ud800',
      list: [1, null, { deep: "x" }],
      money: "0.10",
    };
    let replayed: unknown;
    const { runner, client } = await bed.open(
      (inngest) => [
        inngest.createFunction({ id: "verbatim", triggers: [{ event: "verbatim/go" }] }, async ({ step, event }) => {
          const first = await step.run("value", () => event.data["value"]);
          await step.sleep("away", "1s"); // the next call gets it from the database
          replayed = first;
          return first;
        }),
      ],
      { clock: createSteppedClock(0) },
    );
    await client.send({ name: "verbatim/go", data: { value } });
    await runner.drain();
    expect(replayed).toBeUndefined();
    await runner.stop();
    const later = await bed.open(
      (inngest) => [
        inngest.createFunction({ id: "verbatim", triggers: [{ event: "verbatim/go" }] }, async ({ step }) => {
          replayed = await step.run("value", () => "not executed again");
          await step.sleep("away", "1s");
        }),
      ],
      { clock: createSteppedClock(5000) },
    );
    await later.runner.drain();
    expect(replayed).toEqual(value);
    await later.runner.stop();
  });
});

describe("operations outside the subset", () => {
  it("fail the run at once, with a clear error, though retries are left", async () => {
    const errors: string[] = [];
    const { runner, client } = await bed.open((inngest) => {
      const target = inngest.createFunction({ id: "target", triggers: [{ event: "beyond/target" }] }, () => "x");
      const make = (id: string, handler: Parameters<typeof inngest.createFunction>[1]) =>
        inngest.createFunction(
          {
            id,
            retries: 3,
            triggers: [{ event: "beyond/go" }],
            onFailure: ({ error }) => void errors.push(error.message),
          },
          handler,
        );
      return [
        target,
        make("waits", ({ step }) => step.waitForEvent("wait", { event: "beyond/never", timeout: "1d" })),
        make("invokes", ({ step }) => step.invoke("call", { function: target, data: {} })),
        make("signals", ({ step }) => step.sendSignal("signal", { signal: "s", data: {} })),
        make("awaits", ({ step }) => step.waitForSignal("await", { signal: "s", timeout: "1d" })),
      ];
    });
    await client.send({ name: "beyond/go" });
    await runner.drain();
    expect(errors.toSorted()).toEqual([
      "The embedded runner does not support /v1/signals.",
      "The embedded runner does not support the operation InvokeFunction.",
      "The embedded runner does not support the operation WaitForEvent.",
      "The embedded runner does not support the operation WaitForSignal.",
    ]);
    await runner.stop();
  });
});

describe("retention", () => {
  it("deletes what ended before it, keeps what runs and what is newer", async () => {
    const clock = createSteppedClock(Date.UTC(2030, 0, 1));
    const { runner, client } = await bed.open(
      (inngest) => [
        inngest.createFunction({ id: "short", triggers: [{ event: "keep/short" }] }, ({ step }) =>
          step.run("s", () => 1),
        ),
        inngest.createFunction({ id: "long", triggers: [{ event: "keep/long" }] }, ({ step }) =>
          step.sleep("s", "30d"),
        ),
      ],
      { clock, retentionMs: 24 * HOUR },
    );
    await client.send([
      { name: "keep/short", id: "keep-old" },
      { name: "keep/long", id: "keep-running" },
    ]);
    await runner.drain();
    clock.jumpTo(clock.now() + 20 * HOUR);
    await client.send({ name: "keep/short", id: "keep-new" });
    await runner.drain();
    clock.jumpTo(clock.now() + 5 * HOUR);
    await runner.cleanUp(clock.now());
    const ids = (
      await bed.query<{ id: string }>("select id from runner.events where id like 'keep-%' order by id")
    ).map(({ id }) => id);
    expect(ids).toEqual(["keep-new", "keep-running"]);
    expect([await countRuns("short", "completed"), await countRuns("long", "running")]).toEqual([1, 1]);
    expect(
      await bed.query(
        "select 1 from runner.steps s where not exists (select from runner.runs r where r.id = s.run_id)",
      ),
    ).toEqual([]);
    await runner.stop();
  });
});
