import { describe, expect, it, vi } from "vitest";
import { createTestJob } from "./create-test-job";
import { createJobPump } from "./job-pump";
import type { Job } from "./job-queue";

const createQueue = (names: string[]) => {
  const waiting = names.map(createTestJob);
  const executed: string[] = [];
  let flying = 0;
  let most = 0;
  const execute = async (job: Job): Promise<undefined> => {
    flying += 1;
    most = Math.max(most, flying);
    await new Promise((resolve) => setImmediate(resolve));
    executed.push(job.id);
    flying -= 1;
  };
  const claim = (limit: number): Promise<Job[]> => Promise.resolve(waiting.splice(0, limit));
  return { waiting, executed, claim, execute, most: () => most };
};

const release = (): Promise<void> => Promise.resolve();

const nobody = (): Promise<undefined> => Promise.resolve(undefined);

const failLoudly = (error: unknown): void => {
  throw error;
};

describe("the job pump", () => {
  it("drains everything, also what comes up on the way, with no more in flight than allowed", async () => {
    const queue = createQueue(["1", "2", "3", "4", "5"]);
    const execute = async (job: Job): Promise<undefined> => {
      await queue.execute(job);
      if (job.id === "5") queue.waiting.push(createTestJob("6"));
    };
    const pump = createJobPump({
      concurrency: 2,
      claim: queue.claim,
      execute,
      release,
      heldForMs: nobody,
      onClaimFailed: failLoudly,
    });
    await pump.drain();
    expect(queue.executed.toSorted()).toEqual(["1", "2", "3", "4", "5", "6"]);
    expect(queue.most()).toBe(2);
    expect(pump.inFlight()).toEqual([]);
  });

  it("does nothing on a kick before it is opened or after it is closed", async () => {
    const queue = createQueue(["1"]);
    const pump = createJobPump({ ...queue, concurrency: 2, release, heldForMs: nobody, onClaimFailed: failLoudly });
    pump.kick();
    await pump.close(10);
    pump.kick();
    await pump.drain();
    expect(queue.executed).toEqual([]);
    expect(() => pump.open()).toThrow(/make a new one/);
  });

  it("loses no kick that comes while it looks", async () => {
    const jobs: Job[][] = [[], [createTestJob("late")]];
    const seen: string[] = [];
    const pump = createJobPump({
      concurrency: 1,
      claim: () => {
        if (jobs.length === 2) pump.kick(); // during the first claim, which finds nothing
        return Promise.resolve(jobs.shift() ?? []);
      },
      execute: (job) => {
        seen.push(job.id);
        return Promise.resolve(undefined);
      },
      release,
      heldForMs: nobody,
      onClaimFailed: failLoudly,
    });
    pump.open();
    await pump.drain();
    expect(seen).toEqual(["late"]);
  });

  it("drains also what a job leaves that ends in the middle of a look which finds nothing", async () => {
    let land = (): void => undefined;
    const seen: string[] = [];
    const looks = [
      () => [createTestJob("first"), createTestJob("second")],
      async () => {
        land();
        await vi.waitFor(() => expect(pump.inFlight()).toEqual([]));
        return [];
      },
      () => [createTestJob("left behind")],
    ];
    const pump = createJobPump({
      concurrency: 3,
      claim: async () => (await looks.shift()?.()) ?? [],
      execute: (job) => {
        seen.push(job.id);
        return new Promise((resolve) => {
          if (job.id === "second") land = () => resolve(undefined);
          else setImmediate(() => resolve(undefined));
        });
      },
      release,
      heldForMs: nobody,
      onClaimFailed: failLoudly,
    });
    await pump.drain();
    expect(seen).toEqual(["first", "second", "left behind"]);
  });

  it("rejects a drain when the queue cannot be read, and tells of it after a kick", async () => {
    const told: unknown[] = [];
    const down = new Error("down");
    const pump = createJobPump({
      concurrency: 1,
      claim: () => Promise.reject(down),
      execute: () => Promise.resolve(undefined),
      release,
      heldForMs: nobody,
      onClaimFailed: (error) => void told.push(error),
    });
    await expect(pump.drain()).rejects.toThrow("down");
    pump.open();
    pump.kick();
    await expect(pump.drain()).rejects.toThrow("down");
    expect(told).toEqual([down]);
  });

  it("closes without waiting for ever for what hangs", async () => {
    const pump = createJobPump({
      concurrency: 1,
      claim: () => Promise.resolve([createTestJob("hangs")]),
      execute: () => new Promise(() => undefined),
      release,
      heldForMs: nobody,
      onClaimFailed: failLoudly,
    });
    pump.open();
    pump.kick();
    await vi.waitFor(() => expect(pump.inFlight()).toHaveLength(1), { timeout: 240_000 });
    await pump.close(20);
    expect(pump.inFlight().map((job) => job.id)).toEqual(["hangs"]);
  });
});
