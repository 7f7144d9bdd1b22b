import pg from "pg";
import { createEmbeddedRunner, type EmbeddedRunner } from "../../src/inngest/embedded/create-embedded-runner";
import { createEmbeddedTransport } from "../../src/inngest/embedded/embedded-transport";
import { createInngestClient, type InngestClient } from "../../src/inngest/client";
import { createFunctions } from "../../src/inngest/index";
import type { Runtime } from "../../src/server/runtime";
import type { ReplayClock } from "./replay-clock";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

/** The product's functions on an embedded runner whose clock is stepped. */
export type Engine = {
  readonly runner: EmbeddedRunner;
  readonly client: InngestClient;
  readonly close: () => Promise<void>;
};

export const createEngine = async (
  url: string,
  { clock, runtime, concurrency = 1 }: { clock: ReplayClock; runtime: Runtime; concurrency?: number },
): Promise<Engine> => {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // Without it an idle connection that the server ends would end this process.
  pool.on("error", () => undefined);
  const transport = createEmbeddedTransport({ pool, clock: clock.scheduler });
  const client = createInngestClient(
    { kind: "embedded", fetch: transport.fetch },
    { logger: silent, internalLogger: silent },
  );
  const runner = await createEmbeddedRunner({
    transport,
    client,
    functions: createFunctions(client, runtime),
    concurrency,
    cron: false,
    leaseMs: 3000,
    // A pause would move the market under the cycle that waits.
    backoff: () => 0,
  });
  runner.start();
  return { runner, client, close: () => runner.stop().then(() => pool.end()) };
};
