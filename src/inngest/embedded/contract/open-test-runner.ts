import type { Inngest, InngestFunction } from "inngest";
import pg from "pg";
import { createTestDatabase } from "../../../../scripts/testing/test-database";
import { createInngestClient } from "../../client";
import { createEmbeddedRunner, type EmbeddedRunner } from "../create-embedded-runner";
import { createEmbeddedTransport } from "../transport/embedded-transport";
import type { EmbeddedRunnerOptions } from "../runner-options";
import { wallSchedulerClock, type SchedulerClock } from "../base/scheduler-clock";
import { QUIET } from "./quiet";

type RunnerSettings = Partial<Omit<EmbeddedRunnerOptions, "transport" | "client" | "functions">> & {
  readonly clock?: SchedulerClock;
};

type TestRunner = { readonly runner: EmbeddedRunner; readonly client: Inngest };

export type RunnerTestBed = {
  readonly url: string;
  readonly pool: pg.Pool;
  /** A pool of the schema's owner, for what a runner may not do. */
  readonly ownerPool: pg.Pool;
  /** A further runner on the same database, with a client and functions of its own. */
  open(create: (client: Inngest) => InngestFunction.Any[], settings?: RunnerSettings): Promise<TestRunner>;
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

/** A database for one test file, and runners on it; all are stopped at the end. */
export const openRunnerTestBed = async (): Promise<RunnerTestBed> => {
  const database = await createTestDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 20 });
  const ownerPool = new pg.Pool({ connectionString: database.ownerUrl, max: 3 });
  for (const each of [pool, ownerPool]) each.on("error", () => undefined);
  const runners: EmbeddedRunner[] = [];
  return {
    url: database.url,
    pool,
    ownerPool,
    open: async (create, settings = {}) => {
      const { clock = wallSchedulerClock, ...options } = settings;
      const transport = createEmbeddedTransport({ pool, clock });
      const client = createInngestClient({ kind: "embedded", fetch: transport.fetch }, QUIET);
      const runner = await createEmbeddedRunner({
        backoff: () => 10,
        ...options,
        transport,
        client,
        functions: create(client),
      });
      runners.push(runner);
      return { runner, client };
    },
    query: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await pool.query<Row>(text, values)).rows,
    close: async () => {
      await Promise.all(runners.map((runner) => runner.stop()));
      await Promise.all([pool.end(), ownerPool.end()]);
      await database.drop();
    },
  };
};
