import { describe, expect, it, vi } from "vitest";
import { createTestJob } from "./create-test-job";
import { createJobPump } from "./job-pump";
import type { Job } from "./job-queue";

const release = (): Promise<void> => Promise.resolve();

const nobody = (): Promise<undefined> => Promise.resolve(undefined);

const failLoudly = (error: unknown): void => {
  throw error;
};

describe("the job pump, with jobs that claim the next one", () => {
  it("gives the place of a job that ends to the next one that it claimed, and looks no more where nothing was due", async () => {
    const [looks, executed]: [number[], string[]] = [[], []];
    const next = new Map([
      ["1", [createTestJob("2")]],
      ["2", []],
    ]);
    const pump = createJobPump({
      concurrency: 1,
      claim: (limit) => Promise.resolve(looks.push(limit) === 1 ? [createTestJob("1")] : []),
      execute: (job, mayClaim) => {
        executed.push(`${job.id} ${mayClaim()}`);
        return Promise.resolve(next.get(job.id));
      },
      release,
      heldForMs: nobody,
      onClaimFailed: failLoudly,
    });
    await pump.drain();
    expect(executed).toEqual(["1 true", "2 true"]);
    expect(looks).toEqual([1]);
  });

  it("lets no job claim the next one where events may have arrived: a look comes first, also where all places are taken", async () => {
    const seen: string[] = [];
    const pump = createJobPump({
      concurrency: 1,
      claim: () => {
        seen.push("look");
        return Promise.resolve(seen.length === 1 ? [createTestJob("1")] : []);
      },
      execute: (job, mayClaim) => {
        pump.kick();
        seen.push(`${job.id} ${mayClaim()}`);
        return Promise.resolve(undefined);
      },
      release,
      heldForMs: nobody,
      onClaimFailed: failLoudly,
    });
    pump.open();
    await pump.drain();
    expect(seen).toEqual(["look", "1 false", "look"]);
  });

  it("gives up a job that was claimed while it closed", async () => {
    let end: (claimed: readonly Job[]) => void = () => undefined;
    const released: string[] = [];
    const executed: string[] = [];
    const pump = createJobPump({
      concurrency: 1,
      claim: () => Promise.resolve(executed.length === 0 ? [createTestJob("1")] : []),
      execute: (job) => {
        executed.push(job.id);
        return new Promise((resolve) => (end = resolve));
      },
      release: (jobs) => {
        released.push(...jobs.map(({ id }) => id));
        return Promise.resolve();
      },
      heldForMs: nobody,
      onClaimFailed: failLoudly,
    });
    pump.open();
    pump.kick();
    await vi.waitFor(() => expect(executed).toEqual(["1"]), { timeout: 240_000 });
    const closing = pump.close(60_000);
    end([createTestJob("2")]);
    await closing;
    expect([executed, released, pump.inFlight()]).toEqual([["1"], ["2"], []]);
  });

  it("drains also what a look brings that a kick began in the meantime", async () => {
    const executed: string[] = [];
    let looks = 0;
    let find: (jobs: Job[]) => void = () => undefined;
    const pump = createJobPump({
      concurrency: 2,
      claim: async () => {
        looks += 1;
        if (looks === 1) return [createTestJob("1")];
        return looks === 2 ? new Promise((resolve) => (find = resolve)) : [];
      },
      execute: async (job) => {
        executed.push(job.id);
        if (job.id === "2") return [];
        await new Promise((resolve) => setImmediate(resolve)); // the look that brought it has ended
        pump.kick();
        await vi.waitFor(() => expect(looks).toBe(2), { timeout: 240_000 });
        // After this job has ended, and all that follows from it at once.
        setImmediate(() => find([createTestJob("2")]));
        return [];
      },
      release,
      heldForMs: nobody,
      onClaimFailed: failLoudly,
    });
    pump.open();
    await pump.drain();
    expect(executed).toEqual(["1", "2"]);
  });
});
