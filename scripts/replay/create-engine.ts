import { runEmbedded, type EmbeddedEngine } from "../../src/inngest/run-embedded";
import type { Runtime } from "../../src/server/runtime";
import type { ReplayClock } from "./replay-clock";

/** The product's functions on an embedded runner whose clock is stepped. */
export const createEngine = (
  url: string,
  { clock, runtime, concurrency = 1 }: { clock: ReplayClock; runtime: Runtime; concurrency?: number },
): Promise<EmbeddedEngine> =>
  runEmbedded({
    pool: { connectionString: url, max: 4 },
    clock: clock.scheduler,
    ports: runtime,
    runner: {
      concurrency,
      cron: false,
      leaseMs: 3000,
      // No pause between retries: it would move the market while the cycle waits.
      backoff: () => 0,
    },
  });
