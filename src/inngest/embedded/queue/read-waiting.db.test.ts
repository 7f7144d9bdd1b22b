import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openRunnerTestBed, type RunnerTestBed } from "../contract/open-test-runner";
import { readWaiting } from "./read-waiting";

let bed: RunnerTestBed;
beforeAll(async () => {
  bed = await openRunnerTestBed();
});
afterAll(() => bed.close());

const patience = { timeout: 60_000, interval: 20 };

it("an event waits until its run ends: not yet routed, queued or in flight, but not while it is to come later", async () => {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const begun: string[] = [];
  const { runner, client } = await bed.open(
    (inngest) => [
      inngest.createFunction({ id: "held", triggers: [{ event: "wait/go" }] }, async ({ event, step }) => {
        await step.run("hold", async () => {
          begun.push((event.data as { of: string }).of);
          await released;
        });
      }),
    ],
    { concurrency: 1 },
  );
  const waiting = async (name = "wait/go") =>
    (await readWaiting(bed.pool, { name, now: Date.now() })).map((data) => (data as { of: string }).of).toSorted();
  const events = ["in flight", "queued"].map((of) => ({ name: "wait/go", data: { of } }));
  await client.send([...events, { name: "wait/go", data: { of: "later" }, ts: Date.now() + 3_600_000 }]);
  expect(await waiting()).toEqual(["in flight", "later", "queued"]);
  runner.start();
  await vi.waitFor(() => expect(begun).toHaveLength(1), patience);
  expect(await waiting()).toEqual(["in flight", "queued"]);
  expect(await waiting("wait/another")).toEqual([]);
  release();
  await vi.waitFor(async () => expect(await waiting()).toEqual([]), patience);
  await runner.stop();
});
