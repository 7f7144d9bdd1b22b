import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { expect, it, vi } from "vitest";
import { startCluster } from "../../../scripts/postgres/start-cluster";
import { createInngestClient } from "../client";
import { QUIET } from "./contract/quiet";
import { createEmbeddedRunner } from "./create-embedded-runner";
import { createEmbeddedTransport } from "./transport/embedded-transport";
import { wallSchedulerClock } from "./base/scheduler-clock";

const patience = { timeout: 240_000, interval: 50 };

it("survives a restart of PostgreSQL under a running step, and hears later events", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "runner-restart-"));
  const settings = { folder, durable: true, notify: () => undefined };
  let cluster = await startCluster(settings);
  const { port } = cluster;
  const pool = new pg.Pool({ connectionString: cluster.url("postgres"), max: 10 });
  const transport = createEmbeddedTransport({ pool, clock: wallSchedulerClock });
  const client = createInngestClient({ kind: "embedded", fetch: transport.fetch }, QUIET);
  const executed: string[] = [];
  const restarted = client.createFunction(
    { id: "restarted", triggers: [{ event: "restart/go" }] },
    async ({ step, event }) => {
      await step.run("during", async () => {
        executed.push(`during ${event.id}`);
        if (event.id !== "first") return;
        await cluster.stop("immediate");
        cluster = await startCluster({ ...settings, port });
      });
      await step.run("after", () => void executed.push(`after ${event.id}`));
    },
  );
  const runner = await createEmbeddedRunner({ transport, client, functions: [restarted], backoff: () => 50 });
  try {
    runner.start();
    await client.send({ name: "restart/go", id: "first" });
    await vi.waitFor(() => expect(executed).toContain("after first"), patience);
    await vi.waitFor(() => client.send({ name: "restart/go", id: "second" }), patience);
    await vi.waitFor(() => expect(executed).toContain("after second"), patience);
  } finally {
    await runner.stop();
    await pool.end();
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
