import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { howMany } from "../../../scripts/testing/how-many";
import type { AskerOrder, KillPoint } from "../../../scripts/testing/model-asker";
import { openBed } from "../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../scripts/testing/open-model-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import { createSeededRandom } from "~/trading/market/synthetic-candles";
import { sumOf } from "~/trading/money";
import { auditBot } from "../books/audit-bot";
import { loadBotBooks } from "../books/bot-books";
import { fromColumn } from "../db/amounts";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { claimSlot } from "../testing/cycle-fixture";
import { ASKING, endAfterAnswer } from "../testing/model-fixture";
import { askModel } from "./ask-model";
import type { CycleRef } from "./cycle-ref";
import { loadModelQuestion } from "./load-model-question";
import { readMarket } from "./read-market";
import { readPortfolio } from "./read-portfolio";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
/** Of the whole stage, about so many are asked. */
const STATEMENTS = 12;

let database: TestDatabase;
let runtime: Runtime;
let bed: ModelBed;
let fixture: BooksFixture;
let ports: Ports;
let cycle: CycleRef;
let child: ChildProcess | undefined;
openBed((opened) => ({ database, runtime } = opened));
openModelBed((opened) => (bed = opened));
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: ASKING });
  ports = withModels(fixture.ports, bed.settings);
  cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
  await readMarket(ports, cycle);
  await readPortfolio(ports, cycle);
  // The other process has no market: it finds what was read there.
  const books = await loadBotBooks(runtime.db, cycle.botId);
  await loadModelQuestion(ports, { cycle, context: await ports.contexts.ofCycle(cycle), books });
});
afterEach(() => child?.kill("SIGKILL"));

/** Starts the stage in a process of its own; resolves with what it says: that it stands still, or how it ended. */
const startAsker = async (stop: KillPoint | null): Promise<string> => {
  const order: AskerOrder = {
    databaseUrl: database.url,
    modelUrl: bed.simulator.baseUrl,
    cycle,
    wallNow: ports.wallNow(),
    stop,
  };
  const program = path.join(inject("children"), "testing", "model-asker.js");
  child = spawn(process.execPath, [program, JSON.stringify(order)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit").then(() => ["it ended"]);
  const [line] = (await Promise.race([once(child.stdout ?? child, "data"), ended])) as [Buffer | string];
  return String(line).trim();
};

const kill = async (): Promise<void> => {
  child?.kill("SIGKILL");
  if (child?.exitCode === null && child.signalCode === null) await once(child, "exit");
  // What the dead process had begun is undone when the server notices, as where its machine died with it.
  await runtime.db.$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
    WHERE datname = current_database() AND state LIKE 'idle in transaction%'`;
};

const paid = (since: number): number =>
  bed.simulator
    .requests()
    .slice(since)
    .filter(({ mayBePaid }) => mayBePaid).length;

/** What each of a bot's days, its calls and its ledger say of what its calls cost. */
const sums = async () => {
  const { botId, userId } = fixture;
  const calls = await runtime.db.modelCall.findMany({ where: { botId }, orderBy: { attempt: "asc" } });
  const spends = await runtime.db.modelSpend.findMany({ where: { scopeId: { in: [botId, userId] } } });
  const lines = await runtime.db.ledgerEntry.findMany({ where: { botId, account: "modelCost" } });
  const cost = sumOf(calls.map((call) => fromColumn(call.cost ?? Number.NaN))).toFixed();
  const posted = sumOf(lines.map(({ amount }) => fromColumn(amount))).toFixed();
  return { calls, cost, posted, spent: spends.map(({ spent }) => spent.toFixed()) };
};

const expectSound = async (): Promise<void> => {
  const { cost, posted, spent } = await sums();
  expect(spent).toEqual([cost, cost]);
  expect(posted).toBe(cost);
  const audit = await auditBot(ports, { botId: fixture.botId, settingsVersion: 1, at: FIRST_SLOT }, true);
  expect(audit.broken).toEqual([]);
  const { status } = await runtime.db.cycle.findUniqueOrThrow({ where: { id: cycle.cycleId } });
  expect(status).toBe("done");
};

const [RESERVE, END, POST, RECORD] = ["reserve_model_call", "end_model_call", "ledger_entries", "jsonb_set"] as const;
const at = (pattern: string, when: KillPoint["when"], nth = 1): KillPoint => ({ pattern, when, nth });

/** Numbers of statements, and sides of them, that follow from a seed. */
const drawKills = (seed: number, count: number): (readonly [number, KillPoint["when"]])[] => {
  const chance = createSeededRandom(seed);
  return Array.from({ length: count }, () => [
    1 + Math.floor(chance() * STATEMENTS),
    chance() < 0.5 ? "before" : "after",
  ]);
};

describe("a process that is killed while it asks a model", () => {
  it.each([
    ["before it set anything aside", at(RESERVE, "before"), "answered", "replied"],
    ["once it had set aside what the call may cost, before it sent it", at(RESERVE, "after"), "held", "lost"],
    ["with the reply in hand, before it stored it", at(END, "before"), "held", "lost"],
    ["while it stored the reply", at(END, "after"), "held", "lost"],
    ["before what it had stored and posted was committed", at(POST, "after"), "held", "lost"],
    ["once the reply was stored and paid", at(POST, "next"), "answered", "replied"],
    ["before it recorded that it had asked", at(RECORD, "before"), "answered", "replied"],
    ["once it had recorded it", at(RECORD, "after"), "answered", "replied"],
  ])("%s: nothing is asked twice, and its books are right", async (_when, stop, outcome, state) => {
    const since = bed.simulator.requests().length;
    expect(await startAsker(stop)).toBe("reached");
    await kill();
    expect(await askModel(ports, cycle)).toMatchObject({ outcome });
    await endAfterAnswer(ports, cycle);
    expect(paid(since)).toBeLessThanOrEqual(1);
    const { calls } = await sums();
    expect(calls).toMatchObject([{ state }]);
    const decisions = await runtime.db.decision.findMany({ where: { cycleId: cycle.cycleId } });
    expect(decisions).toHaveLength(PAIRS.length);
    const codes = [...new Set(decisions.map(({ reasonCode }) => reasonCode))];
    expect(codes.includes("model-lost")).toBe(state === "lost");
    await expectSound();
  });

  it("while the model answers: the call may be paid, so it is not repeated and its reserve stays charged", async () => {
    const since = bed.simulator.requests().length;
    bed.simulator.script({ kind: "silence" });
    const isEnded = startAsker(null);
    while (paid(since) === 0) await runtime.db.$queryRaw`SELECT pg_sleep(0.05)::text`;
    await kill();
    expect(await isEnded).toBe("it ended");
    expect(await askModel(ports, cycle)).toMatchObject({ outcome: "held", code: "model-lost" });
    await endAfterAnswer(ports, cycle);
    expect(paid(since)).toBe(1);
    const [decision] = await runtime.db.decision.findMany({ where: { cycleId: cycle.cycleId } });
    expect(decision?.reasonText).toMatch(/reply was lost: the call may have been paid, so it is not repeated/);
    await expectSound();
  });

  it.each([
    ["before it asked to repair a reply", at(RESERVE, "before", 2), "answered", 2],
    ["once it had set aside what the repair may cost", at(RESERVE, "after", 2), "held", 1],
    ["once the repaired reply was stored", at(POST, "next", 2), "answered", 2],
  ])("%s: each of both prompts is asked once", async (_when, stop, outcome, times) => {
    const since = bed.simulator.requests().length;
    bed.simulator.script({ kind: "prose" });
    expect(await startAsker(stop)).toBe("reached");
    await kill();
    expect(await askModel(ports, cycle)).toMatchObject({ outcome });
    await endAfterAnswer(ports, cycle);
    expect(paid(since)).toBe(times);
    const { calls } = await sums();
    expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2]);
    await expectSound();
  });

  // Anywhere, also between commits: which of the stage's statements, and on which side of it, is drawn by a fixed seed.
  it.each(drawKills(howMany("MODEL_KILLS_SEED", 20_261_128), howMany("MODEL_KILLS", 2)))(
    "at statement %i, %s: nothing is asked twice, and its books are right",
    async (nth, when) => {
      const since = bed.simulator.requests().length;
      const said = await startAsker(at("", when, nth));
      expect(said).toMatch(/^(reached|ended .*)$/);
      await kill();
      expect(["answered", "held"]).toContain((await askModel(ports, cycle)).outcome);
      await endAfterAnswer(ports, cycle);
      expect(paid(since)).toBeLessThanOrEqual(1);
      expect((await sums()).calls).toHaveLength(1);
      await expectSound();
    },
  );

  it("not at all, ends the stage as in this process", async () => {
    const since = bed.simulator.requests().length;
    expect(await startAsker(null)).toMatch(/^ended \{"outcome":"answered"/);
    expect(await askModel(ports, cycle)).toMatchObject({ outcome: "answered" });
    await endAfterAnswer(ports, cycle);
    expect(paid(since)).toBe(1);
    await expectSound();
  });
});
