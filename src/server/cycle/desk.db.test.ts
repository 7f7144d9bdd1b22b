import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import { holdDecision } from "~/trading/decision/basis/decision";
import { VenueError } from "~/trading/venue-error";
import { loadPastEvents } from "../books/entry-history";
import { createDatabase, type Database } from "../db/client";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { interceptStatements } from "../testing/intercept-statements";
import { applyRisk } from "./apply-risk";
import { askPast } from "./ask-past";
import type { CycleRef } from "./cycle-ref";
import { newDesk, type Desk } from "./desk";
import { loadDecisions } from "./load-decisions";
import { makeDecisions } from "./make-decisions";
import { readMarket } from "./read-market";
import { readPortfolio } from "./read-portfolio";
import { saveDecisions } from "./save-decisions";
import { keepLeft, saveOnBooks } from "./save-stage";
import { stageRecordsSchema } from "./stage-record";
import { startAtDesk } from "./start-at-desk";
import { startStage } from "./start-stage";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
const SETTINGS = { mode: "buy-and-hold", risk: { entriesPerCycleMax: 1 } };
const JUDGE = [readMarket, readPortfolio, makeDecisions, applyRisk] as const;

let database: TestDatabase;
let runtime: Runtime;
let owner: Database;
let fixture: BooksFixture;
let cycle: CycleRef;
openBed((bed) => ({ database, runtime } = bed));
beforeAll(() => {
  owner = createDatabase({ url: database.ownerUrl, poolMax: 1 });
});
afterAll(() => owner.$disconnect());
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: SETTINGS });
  cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
});

const recordsOf = async () => {
  const { stages } = await runtime.db.cycle.findUniqueOrThrow({ where: { id: cycle.cycleId } });
  return stageRecordsSchema.parse(stages);
};
const judge = async (ports: Ports, desk: Desk): Promise<object[]> => {
  const results: object[] = [];
  for (const stage of JUDGE) results.push(await stage(ports, cycle, desk));
  return results;
};

it("stages that have run return what they returned, by one statement for all and without a market to read", async () => {
  const results = await judge(fixture.ports, newDesk(true));
  const statements: string[] = [];
  const db = interceptStatements(runtime.db, (text, run) => {
    statements.push(text);
    return run();
  });
  const fail = () => Promise.reject(new VenueError("unreachable", "no answer"));
  const unread = { ...fixture.ports, db, marketDataOf: fail, candles: { read: fail } };
  expect(await judge(unread, newDesk(true))).toEqual(results);
  expect(statements).toHaveLength(1);
  expect(await runtime.db.orderIntent.count({ where: { botId: fixture.botId } })).toBe(1);
});

describe("the record that a stage leaves", () => {
  it("is written with the next one's, as of when it ended", async () => {
    const desk = newDesk(true);
    const read = await readMarket(fixture.ports, cycle, desk);
    expect(Object.keys(await recordsOf())).toEqual(["begin-cycle"]);
    await runtime.db.$queryRaw`SELECT pg_sleep(0.05)::text`;
    await makeDecisions(fixture.ports, cycle, desk);
    const { "read-market": left, "make-decisions": next } = await recordsOf();
    expect(left).toMatchObject({ result: read, attempt: 1, process: next?.process });
    expect(Number(left?.endedAt) + 45).toBeLessThanOrEqual(Number(next?.endedAt));
  });

  it("is written by itself where the next one fails, and not again once it is there", async () => {
    const desk = newDesk(true);
    await readMarket(fixture.ports, cycle, desk);
    const failing = keepLeft(runtime.db, desk, () => Promise.reject(new Error("broken")));
    await expect(failing).rejects.toThrow("broken");
    const { "read-market": left } = await recordsOf();
    expect(left).toMatchObject({ attempt: 1 });
    const late = newDesk(true);
    late.left = { run: { ...startStage(cycle, "read-market"), attempt: 7 }, result: { pairs: 0 } };
    await makeDecisions(fixture.ports, cycle, late);
    expect((await recordsOf())["read-market"]).toEqual(left);
  });
});

it("decisions that are handed on are those that were stored, to the last digit; of an earlier try's none are", async () => {
  const [wished] = wishToEnter(fixture)(FIRST_SLOT);
  const { markets } = await fixture.ports.contexts(cycle.botId, 1);
  const amounts = { entryPrice: "0.00000123456789012345678", stopLoss: "0.0000000000000000025", takeProfit: "100.500" };
  const decision = { ...wished, ...amounts, score: 0.1 + 0.2, sizeFraction: 1 / 3, leverage: 2.5 };
  const decided = markets.map(({ id, rules: { pair } }, index) => {
    const of = index === 0 ? { ...decision, pair } : holdDecision(pair, { code: "waits", text: "it waits" });
    return { marketId: id, decision: of, analysisId: null, ownEvidence: null };
  }) as unknown as Parameters<typeof saveDecisions>[2]["decided"];
  const [desk, later] = [newDesk(true), newDesk(true)];
  const made = { decided, result: { open: 2, close: 0, hold: 0 } };
  await saveDecisions(fixture.ports, { ...startStage(cycle, "make-decisions"), desk }, made);
  expect(desk.decisions).toEqual(await loadDecisions(runtime.db, cycle.cycleId));
  await saveDecisions(fixture.ports, { ...startStage(cycle, "make-decisions"), desk: later }, made);
  expect(later.decisions).toBeNull();
});

it("books that lie on the desk and that another changed since are not computed on", async () => {
  const desk = newDesk(true);
  const { run } = await startAtDesk(fixture.ports, { cycle, stage: "read-portfolio", desk });
  await runtime.db.bot.update({ where: { id: fixture.botId }, data: { tradingState: "reducing" } });
  const compute = ({ kept: { tradingState } }: { kept: { tradingState: string } }) => ({ result: { tradingState } });
  expect(await saveOnBooks(runtime.db, run, compute)).toEqual({ tradingState: "reducing" });
  expect(desk.reading).toBeNull();
});

it("what the gate asks of the past is read as the decisions are stored, and again where the books changed since", async () => {
  for (const stage of stagesOf(fixture, null)) await stage.run(cycle);
  const { botId, ports } = fixture;
  const next = await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" });
  const desk = newDesk(true);
  for (const stage of [readMarket, readPortfolio, makeDecisions]) await stage(ports, next, desk);
  const asked = askPast(await ports.contexts(botId, 1), next.slot, desk.decisions ?? []);
  expect(desk.past).toEqual(await loadPastEvents(runtime.db, botId, asked));
  expect(desk.past?.entries).toHaveLength(1);

  const statements: string[] = [];
  const db = interceptStatements(runtime.db, async (text, run) => {
    if (statements.push(text) === 1) {
      await runtime.db.bot.update({ where: { id: botId }, data: { tradingState: "reducing" } });
    }
    return run();
  });
  expect(await applyRisk({ ...ports, db }, next, desk)).toEqual({ passed: 0, rejected: 1 });
  expect(statements.filter((text) => text.includes("losses_in_row"))).toHaveLength(1);
  expect(statements.filter((text) => text.includes("INTO verdicts"))).toHaveLength(2);
});

it("a position that another opens while the gate judges is among the markets whose returns it compares", async () => {
  for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
  const { botId } = fixture;
  const { quantity, margin, id } = await runtime.db.position.findFirstOrThrow({ where: { botId } });
  const change = async (data: object): Promise<void> => {
    await owner.$transaction([
      owner.$executeRaw`SET LOCAL session_replication_role = replica`,
      owner.position.update({ where: { id }, data }),
    ]);
  };
  await change({ closedAt: new Date(FIRST_SLOT), quantity: 0, margin: 0 });
  const { settings } = await fixture.ports.contexts(botId, 1);
  await runtime.db.botSettings.create({ data: { botId, version: 2, settings: { ...settings, pairs: ["ETH/USDT"] } } });
  await runtime.db.bot.update({ where: { id: botId }, data: { settingsVersion: 2 } });
  const next = await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" });
  for (const stage of stagesOf(fixture, wishToEnter(fixture, "ETH/USDT")).slice(0, 3)) await stage.run(next);

  const read: string[][] = [];
  const db = interceptStatements(runtime.db, async (text, run) => {
    if (text.includes("INTO verdicts") && read.length === 2) await change({ closedAt: null, quantity, margin });
    if (text.includes("losses_in_row")) read.push([]);
    return run();
  });
  const candles: Ports["candles"] = {
    read: (market, ...wanted) => {
      read.at(-1)?.push(market.pair);
      return fixture.ports.candles.read(market, ...wanted);
    },
  };
  read.push([]);
  await applyRisk({ ...fixture.ports, db, candles }, next);
  expect(read.map((pairs) => pairs.includes("BTC/USDT"))).toEqual([false, true, false]);
});
