import pg from "pg";
import { describe } from "vitest";
import { createTestDatabase } from "../../../../scripts/testing/test-database";
import { createInngestClient } from "../../client";
import { createEmbeddedRunner, type EmbeddedRunner } from "../create-embedded-runner";
import { createEmbeddedTransport } from "../transport/embedded-transport";
import { wallSchedulerClock } from "../base/scheduler-clock";
import type { Backend } from "./backend";
import { describeBotCycle } from "./bot-cycle-contract";
import { QUIET } from "./quiet";
import { describeRunnerContract } from "./runner-contract";

const openEmbeddedBackend = async (): Promise<Backend> => {
  const database = await createTestDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 10 });
  const transport = createEmbeddedTransport({ pool, clock: wallSchedulerClock });
  const client = createInngestClient({ kind: "embedded", fetch: transport.fetch }, QUIET);
  let runner: EmbeddedRunner | undefined;
  return {
    client,
    patienceMs: 240_000,
    retryAfterEarlyMs: 10,
    serve: async (functions) => {
      runner = await createEmbeddedRunner({ transport, client, functions, backoff: () => 20 });
      runner.start();
    },
    close: async () => {
      await runner?.stop();
      await pool.end();
      await database.drop();
    },
  };
};

describe("the runner contract, on the embedded runner", () => {
  describeRunnerContract(openEmbeddedBackend);
});

describe("a bot's cycle, on the embedded runner", () => {
  describeBotCycle(openEmbeddedBackend);
});
