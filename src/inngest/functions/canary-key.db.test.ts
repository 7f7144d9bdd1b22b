import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Behaviour } from "../../../simulators/messages/behaviour";
import {
  createMessagesSimulator,
  type MessagesSimulator,
} from "../../../simulators/messages/create-messages-simulator";
import { redirectTo, refuseKey, tellError } from "../../../simulators/messages/messages-answer";
import { modelSettingsAt } from "../../../scripts/testing/model-settings-at";
import { withModels } from "../../../scripts/testing/open-model-bed";
import { addModelKey } from "~/server/models/add-model-key";
import { tryModel } from "~/server/models/try-model";
import type { Ports } from "~/server/ports";
import { createRuntime, type Runtime } from "~/server/runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "~/server/testing/books-fixture";
import { planSlot } from "~/server/testing/cycle-fixture";
import { getCycleModel } from "~/server/views/models/get-cycle-model";
import { getModelAccount } from "~/server/views/models/get-model-account";
import { openRunnerTestBed, type RunnerTestBed } from "../embedded/contract/open-test-runner";
import { createSteppedClock } from "../embedded/base/scheduler-clock";
import { cycleDue } from "../events";
import { createRunBotCycle } from "./run-bot-cycle";

const CANARY = "sk-canary-4f1d0c9b7a6e5d3c2b1a";
/** Its end is shown as a hint; nothing longer of it is, in whatever writing. */
const SHOWN_FORMS = [
  CANARY,
  CANARY.slice(3, -6),
  Buffer.from(CANARY).toString("hex"),
  Buffer.from(CANARY).toString("base64").slice(0, -4),
  encodeURIComponent(CANARY),
];
const SECRET = { id: "first", secret: Buffer.alloc(32, 9) };

const decision = { pair: "BTC/USDT", action: "hold", confidence: 0.5, thesis: `the key is ${CANARY}`, evidence: [] };

/** A vendor that repeats the key wherever it can, and faults of every kind. */
const BEHAVIOURS: readonly Behaviour[] = [
  { kind: "reply" },
  { kind: "reply", input: { decisions: [decision] } },
  { kind: "turned-away", answer: tellError(401, `no such key: ${CANARY}`) },
  { kind: "turned-away", answer: tellError(400, `authorization: Bearer ${CANARY}`) },
  { kind: "turned-away", answer: refuseKey() },
  { kind: "turned-away", answer: redirectTo(`http://127.0.0.1:1/?key=${CANARY}`) },
  { kind: "failed", answer: tellError(500, `while serving ${CANARY}`) },
  { kind: "reset" },
  { kind: "cut-json" },
  { kind: "page" },
];

let bed: RunnerTestBed;
let runtime: Runtime;
let simulator: MessagesSimulator;
let fixture: BooksFixture;
let ports: Ports;
const cycleIds: string[] = [];
const printed = [
  ...(["log", "info", "warn", "error", "debug"] as const).map((name) => vi.spyOn(console, name)),
  vi.spyOn(process.stdout, "write"),
  vi.spyOn(process.stderr, "write"),
];

const expectNoKey = (what: string, value: unknown): void => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  expect({ what, shown: SHOWN_FORMS.filter((form) => text.includes(form)) }).toEqual({ what, shown: [] });
};

beforeAll(async () => {
  bed = await openRunnerTestBed();
  simulator = await createMessagesSimulator({ vendor: "any" });
  runtime = createRuntime({ databaseUrl: bed.url, poolMax: 5 });
  fixture = await createBooksFixture(runtime, { settings: { mode: "llm", decision: { model: "ollama/qwen3:8b" } } });
  const models = modelSettingsAt(simulator.baseUrl, { keySecrets: [SECRET], withinMs: 5000 });
  ports = withModels(fixture.ports, models);
  const { userId } = fixture;
  await addModelKey(ports, { userId, provider: "ollama", key: CANARY, baseUrl: simulator.baseUrl });
  const clock = createSteppedClock(FIRST_SLOT);
  const { runner, client } = await bed.open((inngest) => [createRunBotCycle(inngest, ports)], { clock });
  for (const [hour, behaviour] of BEHAVIOURS.entries()) {
    const slot = FIRST_SLOT + hour * HOUR_MS;
    const cycleId = await planSlot(fixture, slot);
    cycleIds.push(cycleId);
    // The breaker would leave an ill model alone.
    await runtime.db.modelGate.updateMany({ data: { failures: 0, openUntil: null } });
    simulator.script(behaviour);
    clock.jumpTo(Math.max(slot, clock.now()));
    await client.send(cycleDue.create({ botId: fixture.botId, cycleId, slot: new Date(slot).toISOString() }));
    await runner.drain();
  }
  simulator.script({ kind: "turned-away", answer: tellError(401, `no such key: ${CANARY}`) });
  await tryModel(ports, { userId, provider: "ollama", model: "qwen3:8b" });
  await runner.stop();
}, 120_000);
afterAll(async () => {
  await runtime.close();
  await simulator.close();
  await bed.close();
  for (const spy of printed) spy.mockRestore();
});

it("was sent with every question, and every cycle ended", async () => {
  const keys = simulator.requests().map(({ headers }) => headers.authorization);
  expect(keys.length).toBeGreaterThan(BEHAVIOURS.length);
  expect(new Set(keys)).toEqual(new Set([`Bearer ${CANARY}`]));
  const cycles = await runtime.db.cycle.findMany({ where: { id: { in: cycleIds } } });
  expect(cycles.map(({ status }) => status)).toEqual(BEHAVIOURS.map(() => "done"));
  const calls = await runtime.db.modelCall.findMany({ where: { botId: fixture.botId } });
  expect(new Set(calls.map(({ state }) => state))).toEqual(new Set(["replied", "refused", "lost"]));
  expect(calls.map(({ fault }) => fault)).toContain("lost-key-shown");
});

it("stands in no row of any table, step state and events included, but sealed", async () => {
  const { rows: tables } = await bed.ownerPool.query<{ name: string }>(`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`);
  expect(tables.filter(({ name }) => name.startsWith("runner.")).length).toBeGreaterThan(0);
  let read = 0;
  for (const { name } of tables) {
    const { rows } = await bed.ownerPool.query<{ text: string }>(`SELECT to_jsonb(r)::text AS text FROM ${name} r`);
    read += rows.length;
    for (const { text } of rows) expectNoKey(name, text);
  }
  expect(read).toBeGreaterThan(100);
  const [row] = await runtime.db.modelKey.findMany();
  expect([
    row?.hint,
    Buffer.from(row?.sealed ?? [])
      .toString("latin1")
      .includes(CANARY),
  ]).toEqual(["2b1a", false]);
});

it("is in nothing that a page reads of calls, cycles and keys, nor in anything that was printed", async () => {
  const { userId } = fixture;
  expectNoKey("account", await getModelAccount(ports, userId));
  for (const cycleId of cycleIds) expectNoKey("cycle", await getCycleModel(ports, { userId, cycleId }));
  const lines = printed.flatMap(({ mock }) => mock.calls.map((words) => words.map(String)));
  expectNoKey("printed", lines);
});
