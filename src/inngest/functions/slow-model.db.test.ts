import { afterAll, beforeAll, expect, it } from "vitest";
import { modelSettingsAt } from "../../../scripts/testing/model-settings-at";
import { withModels } from "../../../scripts/testing/open-model-bed";
import {
  createMessagesSimulator,
  type MessagesSimulator,
} from "../../../simulators/messages/create-messages-simulator";
import type { Ports } from "~/server/ports";
import { createRuntime, type Runtime } from "~/server/runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "~/server/testing/books-fixture";
import { planSlot } from "~/server/testing/cycle-fixture";
import { ASKING } from "~/server/testing/model-fixture";
import { openRunnerTestBed, type RunnerTestBed } from "../embedded/contract/open-test-runner";
import { cycleDue, guardRequested } from "../events";
import { createGuardOpenPositions } from "./guard-open-positions";
import { createRunBotCycle } from "./run-bot-cycle";

const AT_ONCE = 6;
const DEADLINE_MS = 12_000;
const ASKING_BOTS = 14;
const OTHER_BOTS = 4;

let bed: RunnerTestBed;
let runtime: Runtime;
let simulator: MessagesSimulator;
let fixture: BooksFixture;
let ports: Ports;
beforeAll(async () => {
  [bed, simulator] = await Promise.all([openRunnerTestBed(), createMessagesSimulator({ vendor: "scripted" })]);
  runtime = createRuntime({ databaseUrl: bed.url, poolMax: 5 });
  fixture = await createBooksFixture(runtime, { settings: { mode: "buy-and-hold" } });
  const limits = { atOnce: AT_ONCE, atOnceEach: 100, withinMs: DEADLINE_MS };
  ports = withModels(fixture.ports, modelSettingsAt(simulator.baseUrl, limits));
});
afterAll(async () => {
  await bed.close();
  await runtime.close();
  await simulator.close();
});

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await runtime.db.$queryRaw`SELECT pg_sleep(0.05)::text`;
};
const countDone = (botIds: readonly string[]) =>
  runtime.db.cycle.count({ where: { botId: { in: [...botIds] }, status: "done" } });

it("while models are silent, other bots' cycles and the guard of open positions go on, and nobody is asked too much at once", async () => {
  const asking = await Promise.all(Array.from({ length: ASKING_BOTS }, () => fixture.addBot(ASKING as never)));
  const others = [
    fixture.botId,
    ...(await Promise.all(Array.from({ length: OTHER_BOTS - 1 }, () => fixture.addBot()))),
  ];
  simulator.script(...Array.from({ length: ASKING_BOTS }, () => ({ kind: "silence" as const })));
  const { runner, client } = await bed.open(
    (inngest) => [createRunBotCycle(inngest, ports), createGuardOpenPositions(inngest, ports)],
    // Two places more than calls: without a bound they would all be taken by those who ask, who come first.
    { concurrency: AT_ONCE + 2 },
  );
  const announce = async (botId: string): Promise<void> => {
    const cycleId = await planSlot(fixture, FIRST_SLOT, botId);
    await client.send(cycleDue.create({ botId, cycleId, slot: new Date(FIRST_SLOT).toISOString() }));
  };
  for (const botId of asking) await announce(botId);
  runner.start();
  await until(async () => simulator.requests().length >= AT_ONCE);
  for (const botId of others) await announce(botId);
  await client.send(guardRequested.create({}));
  await until(async () => (await countDone(others)) === OTHER_BOTS);
  await until(async () => {
    const guards = await bed.query<{ status: string }>("SELECT status FROM runner.runs WHERE fn LIKE '%guard%'");
    return guards.length > 0 && guards.every(({ status }) => status === "completed");
  });
  // None of the calls has ended: the others waited for nobody.
  const calls = await runtime.db.modelCall.findMany({ select: { state: true } });
  expect(calls.map(({ state }) => state)).toEqual(Array.from({ length: AT_ONCE }, () => "reserved"));
  expect(simulator.requests()).toHaveLength(AT_ONCE);
  await until(async () => (await countDone(asking)) === ASKING_BOTS);
  const codes = await runtime.db.decision.findMany({ where: { cycle: { botId: { in: asking } } } });
  expect(new Set(codes.map(({ reasonCode }) => reasonCode))).toEqual(new Set(["model-lost", "model-busy"]));
}, 120_000);
