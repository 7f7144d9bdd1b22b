import pg from "pg";
import type { Ports } from "~/server/runtime";
import type { FindWaiting } from "./announce-cycles";
import { createInngestClient, type InngestClient } from "./client";
import { createEmbeddedRunner, type EmbeddedRunner } from "./embedded/create-embedded-runner";
import { createEmbeddedTransport } from "./embedded/transport/embedded-transport";
import { readWaiting } from "./embedded/queue/read-waiting";
import type { SchedulerClock } from "./embedded/base/scheduler-clock";
import { cycleDue } from "./events";
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
  readonly findWaiting: FindWaiting;
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
  const findWaiting: FindWaiting = async () => {
    const waiting = await readWaiting(pool, { name: cycleDue.name, now: clock.now() });
    return new Set(waiting.map((data) => (data as { readonly cycleId: string }).cycleId));
  };
  const functions = createFunctions(client, ports, findWaiting);
  const runner = await createEmbeddedRunner({ ...options, transport, client, functions });
  runner.start();
  return {
    runner,
    client,
    findWaiting,
    close: async () => {
      await runner.stop();
      await pool.end();
    },
  };
};
