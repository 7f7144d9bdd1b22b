import pg from "pg";
import type { Ports } from "~/server/runtime";
import { createInngestClient, type InngestClient } from "./client";
import { createEmbeddedRunner, type EmbeddedRunner } from "./embedded/create-embedded-runner";
import { createEmbeddedTransport } from "./embedded/transport/embedded-transport";
import type { SchedulerClock } from "./embedded/base/scheduler-clock";
import { createFunctions } from "./index";

type RunnerOptions = Omit<Parameters<typeof createEmbeddedRunner>[0], "transport" | "client" | "functions">;

export type EmbeddedRun = {
  /** The runner's own connections to the product's database. */
  readonly pool: pg.PoolConfig;
  readonly clock: SchedulerClock;
  readonly ports: Ports;
  readonly runner?: RunnerOptions;
};

/** The product's functions, executed by this process. */
export type EmbeddedEngine = {
  readonly runner: EmbeddedRunner;
  readonly client: InngestClient;
  /** Stops the runner, then closes the connections; the caller closes the ports. */
  readonly close: () => Promise<void>;
};

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

/** Executes every durable function of the product over PostgreSQL: the one place where the embedded runner is put together. */
export const runEmbedded = async ({
  pool: config,
  clock,
  ports,
  runner: options,
}: EmbeddedRun): Promise<EmbeddedEngine> => {
  const pool = new pg.Pool(config);
  // Without a listener, an idle connection that the server closes would end this process. The next query reconnects.
  pool.on("error", () => undefined);
  const transport = createEmbeddedTransport({ pool, clock });
  const client = createInngestClient(
    { kind: "embedded", fetch: transport.fetch },
    { logger: silent, internalLogger: silent },
  );
  const functions = createFunctions(client, ports);
  const runner = await createEmbeddedRunner({ ...options, transport, client, functions });
  runner.start();
  return {
    runner,
    client,
    close: async () => {
      await runner.stop();
      await pool.end();
    },
  };
};
