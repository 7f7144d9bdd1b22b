import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { APP_ROLE } from "../../../scripts/postgres/app-role";
import { grantRights } from "../../../scripts/postgres/grant-rights";
import { openRunnerTestBed, type RunnerTestBed } from "./contract/open-test-runner";
import { ensureRunnerSchema } from "./schema/ensure-runner-schema";

const patience = { timeout: 240_000, interval: 20 };

let bed: RunnerTestBed;
beforeAll(async () => {
  bed = await openRunnerTestBed();
});
afterAll(() => bed.close());

describe("two runners on one database", () => {
  it("share the work, and no step executes twice", async () => {
    const executed: string[] = [];
    const openOne = (name: string) =>
      bed.open(
        (inngest) => [
          inngest.createFunction({ id: "shared", triggers: [{ event: "share/go" }] }, async ({ step, event }) => {
            for (const at of ["a", "b"]) await step.run(at, () => void executed.push(`${event.id}-${at} ${name}`));
          }),
        ],
        { concurrency: 4 },
      );
    const runners = [await openOne("first"), await openOne("second")];
    for (const { runner } of runners) runner.start();
    await runners[0]?.client.send(
      Array.from({ length: 100 }, (_, index) => ({ name: "share/go", id: `share-${index}` })),
    );
    await vi.waitFor(() => expect(executed.length).toBeGreaterThanOrEqual(200), patience);
    await Promise.all(runners.map(({ runner }) => runner.stop()));
    expect(new Set(executed.map((line) => line.split(" ")[0])).size).toBe(200);
    expect(executed).toHaveLength(200);
    expect(new Set(executed.map((line) => line.split(" ")[1]))).toEqual(new Set(["first", "second"]));
  });
});

describe("a runner whose connections are cut", () => {
  it("goes on: a step in flight is stored, and later events are heard", async () => {
    const seen: string[] = [];
    const { runner, client } = await bed.open((inngest) => [
      inngest.createFunction({ id: "cut", triggers: [{ event: "cut/go" }] }, async ({ step, event }) => {
        await step.run("cut", async () => {
          seen.push(`executed ${event.id}`);
          if (event.id !== "cut-1") return;
          await bed.query(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
          );
        });
        await step.run("end", () => void seen.push(`ended ${event.id}`));
      }),
    ]);
    runner.start();
    await client.send({ name: "cut/go", id: "cut-1" });
    await vi.waitFor(() => expect(seen).toEqual(["executed cut-1", "ended cut-1"]), patience);
    await vi.waitFor(() => client.send({ name: "cut/go", id: "cut-2" }), patience);
    await vi.waitFor(() => expect(seen.slice(2)).toEqual(["executed cut-2", "ended cut-2"]), patience);
    const listening = "select 1 from pg_stat_activity where datname = current_database() and query = 'listen runner'";
    await vi.waitFor(async () => expect(await bed.query(listening)).toHaveLength(1), patience);
    await runner.stop();
  });
});

describe("ensureRunnerSchema", () => {
  it("is content with a schema that is current as a role that may make none, and says who makes a missing one", async () => {
    await ensureRunnerSchema(bed.pool);
    await bed.ownerPool.query("drop schema runner cascade");
    await expect(ensureRunnerSchema(bed.pool)).rejects.toThrow(/not up to date.* db:migrate/);
  });

  it("may be called by several processes at once, and again", async () => {
    await Promise.all([1, 2, 3].map(() => ensureRunnerSchema(bed.ownerPool)));
    await ensureRunnerSchema(bed.ownerPool);
    const { rows } = await bed.ownerPool.query("select version from runner.schema_version order by version");
    expect(rows).toEqual([{ version: 1 }, { version: 2 }]);
  });

  it("takes over what the version before left: events not routed yet, and runs half-way", async () => {
    await bed.ownerPool.query("drop schema runner cascade");
    await ensureRunnerSchema(bed.ownerPool, 1);
    await grantRights(bed.ownerPool, APP_ROLE);
    const body = (id: string) => JSON.stringify({ id, name: "old/go", data: {}, ts: 1 });
    const accept = "select runner.accept_events(1, array[$1], array['old/go'], array[$2])";
    await bed.query(accept, ["half-way", body("half-way")]);
    const start = { run_id: "old", fn: "0xbot-old", event_id: "half-way", due_ms: 1, cancel_keys: [] };
    await bed.query("select runner.route_events(1, array['half-way'], $1)", [
      JSON.stringify([{ starts: [start], cancels: [] }]),
    ]);
    await bed.query(accept, ["waiting", body("waiting")]);
    await ensureRunnerSchema(bed.ownerPool);
    const seen: string[] = [];
    const { runner, client } = await bed.open((inngest) => [
      inngest.createFunction(
        { id: "old", triggers: [{ event: "old/go" }] },
        ({ event }) => void seen.push(`${event.id}`),
      ),
    ]);
    await client.send({ name: "old/go", id: "waiting" });
    await client.send({ name: "old/go", id: "new" });
    await runner.drain();
    expect(seen.toSorted()).toEqual(["half-way", "new", "waiting"]);
    expect(await runner.cleanUp(Date.now() + 3 * 86_400_000)).toBe(6);
    await runner.stop();
  });

  it("refuses a database of a newer program", async () => {
    await bed.ownerPool.query("insert into runner.schema_version (version) values (99)");
    await expect(ensureRunnerSchema(bed.ownerPool)).rejects.toThrow(/version 99/);
    await expect(ensureRunnerSchema(bed.pool)).rejects.toThrow(/version 99.*start the newer program/);
    await bed.ownerPool.query("delete from runner.schema_version where version = 99");
  });

  it.each([
    [
      "a status it does not know",
      "insert into runner.runs (id, fn, event_id, event_seq, status, started_ms) values ('x', 'f', 'e', 1, 'odd', 0)",
    ],
    [
      "a run that ended without a time",
      "insert into runner.runs (id, fn, event_id, event_seq, status, started_ms) values ('x', 'f', 'e', 1, 'failed', 0)",
    ],
    [
      "a kind of job it does not know",
      "insert into runner.jobs (run_id, fn, kind, step, due_ms) values ('x', 'f', 'odd', 'step', 0)",
    ],
    [
      "a pending step with a place in the order",
      "insert into runner.steps (run_id, id, name, op, finished_seq) values ('x', 's', 's', 'StepRun', 1)",
    ],
  ])("makes tables that refuse %s", async (_what, statement) => {
    await expect(bed.ownerPool.query(statement)).rejects.toThrow(/violates check constraint/);
  });
});
