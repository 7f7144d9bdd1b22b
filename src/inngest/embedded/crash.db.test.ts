import { spawn, type ChildProcessByStdio } from "node:child_process";
import path from "node:path";
import type { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CRASH_STEPS, CRASH_TABLES, createCrashFunction, HELD_STEP } from "./contract/crash-function";
import { openRunnerTestBed, type RunnerTestBed } from "./contract/open-test-runner";

const LEASE_MS = 600;
const CHILD = path.join(import.meta.dirname, "contract", "crash-child.ts");
const patience = { timeout: 240_000, interval: 20 };

type Child = ChildProcessByStdio<null, Readable, null>;

let bed: RunnerTestBed;
let child: Child;
let childOutput = "";

beforeEach(async () => {
  bed = await openRunnerTestBed();
  await bed.ownerPool.query(CRASH_TABLES);
  childOutput = "";
  child = spawn(process.execPath, ["--import", "tsx", CHILD, bed.url, String(LEASE_MS)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.on("data", (chunk: Buffer) => {
    childOutput += chunk.toString();
  });
});

afterEach(async () => {
  child.kill("SIGKILL");
  await bed.close();
});

const executedBy = async (pid: number | undefined): Promise<string[]> => {
  const rows = await bed.query<{ step: string }>("select step from executions where pid = $1 order by step", [pid]);
  return rows.map((row) => row.step);
};

const openHere = () => bed.open((client) => [createCrashFunction(client, bed.pool, false)], { leaseMs: LEASE_MS });

/** The run is in its third step, in the child; this process has a runner that is not started yet. */
const runUntilHeld = async () => {
  const here = await openHere();
  await here.client.send({ name: "crash/go" });
  await vi.waitFor(async () => expect(await executedBy(child.pid)).toContain(HELD_STEP), patience);
  return here;
};

const runIsCompleted = async (): Promise<void> => {
  const rows = await bed.query<{ status: string }>("select status from runner.runs");
  expect(rows).toEqual([{ status: "completed" }]);
};

describe("a runner process that", () => {
  it("is killed in the middle of a step: the run goes on elsewhere, and only that step executes twice", async () => {
    const here = await runUntilHeld();
    child.kill("SIGKILL");
    here.runner.start();
    await vi.waitFor(runIsCompleted, patience);
    expect(await executedBy(child.pid)).toEqual(["s0", "s1", "s2"]);
    expect(await executedBy(process.pid)).toEqual(CRASH_STEPS.slice(2));
  });

  it("stands still past its lease: what it saves afterwards is refused, and it goes no further", async () => {
    const here = await runUntilHeld();
    child.kill("SIGSTOP");
    here.runner.start();
    await vi.waitFor(runIsCompleted, patience);
    await bed.query("insert into doors values ('open')");
    child.kill("SIGCONT");
    await vi.waitFor(() => expect(childOutput).toContain('"stale":1'), patience);
    expect(await executedBy(child.pid)).toEqual(["s0", "s1", "s2"]);
    expect(await executedBy(process.pid)).toEqual(CRASH_STEPS.slice(2));
    await runIsCompleted();
  });

  it("is alive keeps its job beyond the length of the lease", async () => {
    const here = await runUntilHeld();
    here.runner.start();
    const beats = async (): Promise<number> => {
      const rows = await bed.query<{ count: number }>(
        "select count(*)::int as count from (select distinct lease_until from seen) as s",
      );
      return rows[0]?.count ?? 0;
    };
    await bed.ownerPool.query("create table seen (lease_until timestamptz)");
    await vi.waitFor(async () => {
      await bed.query("insert into seen select lease_until from runner.jobs");
      expect(await beats()).toBeGreaterThanOrEqual(6); // six beats, each a third of a lease: two leases
    }, patience);
    await bed.query("insert into doors values ('open')");
    await vi.waitFor(runIsCompleted, patience);
    expect(await executedBy(child.pid)).toEqual(CRASH_STEPS);
    expect(await executedBy(process.pid)).toEqual([]);
  });
});
