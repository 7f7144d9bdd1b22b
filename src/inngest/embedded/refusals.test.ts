import type { Inngest, InngestFunction } from "inngest";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { createInngestClient } from "../client";
import { QUIET } from "./contract/quiet";
import { createEmbeddedRunner } from "./create-embedded-runner";
import { createEmbeddedTransport } from "./transport/embedded-transport";
import { wallSchedulerClock } from "./base/scheduler-clock";

type Options = Parameters<Inngest["createFunction"]>[0];

/** Nothing listens there: functions are refused before the first query. */
const NO_DATABASE = "postgres://nobody@127.0.0.1:1/none";

const makeRunner = (create: (client: Inngest) => InngestFunction.Any[]) => {
  const transport = createEmbeddedTransport({
    pool: new pg.Pool({ connectionString: NO_DATABASE }),
    clock: wallSchedulerClock,
  });
  const client = createInngestClient({ kind: "embedded", fetch: transport.fetch }, QUIET);
  return createEmbeddedRunner({ transport, client, functions: create(client) });
};

const register = (options: Partial<Options>) =>
  makeRunner((client) => [
    client.createFunction({ id: "probe", triggers: [{ event: "probe/go" }], ...options }, () => "done"),
  ]);

const onProbe = (trigger: object): Partial<Options> => ({ triggers: [{ event: "probe/go", ...trigger }] });

/** Not in the SDK's types, but accepted by its server. */
const JITTERED = { cron: "0 * * * *", jitter: "1m" };

const REFUSED: Readonly<Record<string, Partial<Options>>> = {
  concurrency: { concurrency: 1 },
  throttle: { throttle: { limit: 1, period: "1m" } },
  rateLimit: { rateLimit: { limit: 1, period: "1m" } },
  debounce: { debounce: { period: "1m" } },
  priority: { priority: { run: "1" } },
  batchEvents: { batchEvents: { maxSize: 2, timeout: "1s" } },
  idempotency: { idempotency: "event.data.id" },
  timeouts: { timeouts: { start: "1m" } },
  checkpointing: { checkpointing: { bufferedSteps: 10 } },
  "singleton.mode": { singleton: { mode: "cancel" } },
  "singleton.key": { singleton: { mode: "skip", key: "event.data.a + event.data.b" } },
  "triggers.if": onProbe({ if: "event.data.a == 1 && event.data.b == 2" }),
  "triggers.event": { triggers: [{ event: "probe/*" }] },
  "triggers.cron": { triggers: [{ cron: "* * * * * *" }] },
  "triggers.jitter": { triggers: [JITTERED] },
  triggers: { triggers: [] },
  "cancelOn.timeout": { cancelOn: [{ event: "probe/stop", match: "data.id", timeout: "1h" }] },
  cancelOn: { cancelOn: [{ event: "probe/stop" }] },
};

describe("createEmbeddedRunner refuses what it does not do as a server does", () => {
  it.each(Object.entries(REFUSED))("names the function and the option %s", async (option, options) => {
    await expect(register(options)).rejects.toThrow(
      new RegExp(`"(0xbot-)?probe", option ${option.replace(".", "\\.")}:`),
    );
  });

  it("refuses a cancelOn that compares with a literal, and one whose two sides are the same event", async () => {
    const cancelled = (condition: string) => register({ cancelOn: [{ event: "probe/stop", if: condition }] });
    await expect(cancelled("async.data.id == 'x'")).rejects.toThrow(/cancelOn/);
    await expect(cancelled("event.data.id == event.data.other")).rejects.toThrow(/cancelOn/);
  });

  it("accepts the whole subset; only then is the database asked", async () => {
    const subset: Partial<Options> = {
      name: "Probe",
      description: "all that is supported",
      retries: 2,
      singleton: { mode: "skip", key: "event.data.id" },
      cancelOn: [
        { event: "probe/stop", if: "event.data.id == async.data.id" },
        { event: "probe/halt", match: "data.id" },
      ],
      triggers: [{ event: "probe/go", if: "event.data.kind == 'x'" }, { cron: "*/5 * * * *" }],
      onFailure: () => "handled",
    };
    await expect(register(subset)).rejects.toThrow(/ECONNREFUSED/);
  });

  it("refuses numbers out of their range", async () => {
    const transport = createEmbeddedTransport({ pool: new pg.Pool(), clock: wallSchedulerClock });
    const client = createInngestClient({ kind: "embedded", fetch: transport.fetch }, QUIET);
    const make = (numbers: object) => createEmbeddedRunner({ transport, client, functions: [], ...numbers });
    await expect(make({ concurrency: 0 })).rejects.toThrow(/concurrency/);
    await expect(make({ leaseMs: 10 })).rejects.toThrow(/leaseMs/);
    await expect(make({ retentionMs: 3_600_000 })).rejects.toThrow(/retentionMs/);
  });
});
