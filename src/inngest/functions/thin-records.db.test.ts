import { afterAll, beforeAll, expect, it } from "vitest";
import { reserveCall } from "~/server/models/reserve-call";
import { createRuntime, type Runtime } from "~/server/runtime";
import { newUser } from "~/server/testing/asking-bots";
import { MINUTE_MS } from "~/trading/market/duration";
import { decimal } from "~/trading/money";
import { openRunnerTestBed, type RunnerTestBed } from "../embedded/contract/open-test-runner";
import { housekeepingRequested } from "../events";
import { createThinRecords } from "./thin-records";

let bed: RunnerTestBed;
let runtime: Runtime;
beforeAll(async () => {
  bed = await openRunnerTestBed();
  runtime = createRuntime({ databaseUrl: bed.url, poolMax: 5 });
});
afterAll(async () => {
  await bed.close();
  await runtime.close();
});

it("a call whose asker died is lost and charged without anybody asking about it again", async () => {
  const userId = await newUser(runtime);
  const asked = { ...runtime, wallNow: () => Date.now() - 10 * MINUTE_MS };
  const reserved = await reserveCall(asked, {
    id: runtime.newId(),
    userId,
    cycle: null,
    attempt: 1,
    frameVersion: 1,
    promptHash: "a".repeat(64),
    prompt: {},
    facts: [],
    provider: "scripted",
    model: "scripted-trader-1",
    place: "",
    reserve: decimal("0.02"),
    botBudget: null,
    withinMs: 20_000,
    isShared: false,
  });
  expect(reserved).toEqual({ outcome: "reserved" });
  const { runner, client } = await bed.open((inngest) => [createThinRecords(inngest, runtime)]);
  await client.send(housekeepingRequested.create({}));
  runner.start();
  const isDone = async (): Promise<boolean> => {
    const runs = await bed.query<{ status: string }>("SELECT status FROM runner.runs WHERE fn LIKE '%thin-records%'");
    return runs.some(({ status }) => status === "completed");
  };
  while (!(await isDone())) await runtime.db.$queryRaw`SELECT pg_sleep(0.05)::text`;
  const call = await runtime.db.modelCall.findFirstOrThrow({ where: { userId } });
  expect(call).toMatchObject({ state: "lost", fault: "lost-asker" });
  expect(call.cost?.toFixed()).toBe("0.02");
});
