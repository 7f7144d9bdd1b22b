import { randomBytes } from "node:crypto";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import {
  createMessagesSimulator,
  type MessagesSimulator,
} from "../../../simulators/messages/create-messages-simulator";
import { kindOfObedience, OBEDIENCE_COUNT, obeyHeadlines } from "../../../simulators/messages/obey-headlines";
import { textOf } from "../../../simulators/messages/json-value";
import { INJECTED_NEWS } from "~/trading/decision/asking/testing/injected-headlines";
import { decimal, sumOf } from "~/trading/money";
import { riskLimitsSchema } from "~/trading/risk/risk-limits";
import { checkBotInvariants } from "../books/check-bot-invariants";
import { sealKey } from "../models/key-envelope";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf } from "../testing/cycle-fixture";
import { PairAnswer } from "../../app/(app)/cycles/[cycleId]/_components/model/pair-answer";
import { getCycleModel } from "../views/models/get-cycle-model";
import { askModel } from "./ask-model";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed), { poolMax: 6 });

/** Two of three, of every kind: each is a whole cycle. */
const ATTACKS = INJECTED_NEWS.filter((_, index) => index % 3 !== 2);
const PAIRS = ["BTC/USDT", "ETH/USDT", "SOL/USDT"];
const CAPITAL = 10_000;
/** Rules about pace and losses are set wide, so that those about size, levels and number have to do it. */
const RISK = riskLimitsSchema.parse({
  cooldownMinutes: 0,
  consecutiveLossesMax: 100,
  tradesPerDayMax: 200,
  dailyLossMax: 0.5,
  dailyLossOfCapitalMax: 0.5,
  drawdownMax: 0.5,
  correlationMax: 1,
});
const SETTINGS = { mode: "llm", risk: RISK, decision: { budgetPerDay: "1000", citationsMin: 1 } };
const CANARY = "sk-canary-4f1d0c9b7a6e5d3c2b1a";
const SECRET = { id: "first", secret: randomBytes(32) };

let simulator: MessagesSimulator;
let fixture: BooksFixture;

/** Each attack once, hour after hour; its parts are items of one slot. */
const newsAt = (slot: number) =>
  (ATTACKS[(slot - FIRST_SLOT) / HOUR_MS]?.items ?? []).map((title) => ({
    title,
    source: "wire",
    publishedAt: slot - HOUR_MS,
    categories: ["BTC", "ETH", "SOL"],
  }));

const runSlot = async (slot: number): Promise<void> => {
  const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
  for (const stage of stagesOf(fixture, null)) {
    if (stage.name === "make-decisions") await askModel(fixture.ports, cycle);
    await stage.run(cycle);
  }
};

/** The user's own key of the model, sealed as the product seals it. */
const plantKey = async (): Promise<void> => {
  const place = { id: runtime.newId(), userId: fixture.userId, provider: "scripted", baseUrl: null };
  const { keyId, sealed } = sealKey(SECRET, place, CANARY);
  const row = { ...place, keyId, sealed: new Uint8Array(sealed), hint: "2b1a", createdAt: new Date() };
  await runtime.db.modelKey.create({ data: row });
};

beforeAll(async () => {
  simulator = await createMessagesSimulator({ vendor: "scripted", trader: obeyHeadlines });
  const budgets = { systemBudget: "1000", userBudget: "1000", perMinute: 1000 };
  const models = { ...runtime.models, ...budgets, scriptedUrl: simulator.baseUrl, keySecrets: [SECRET] };
  const outside = {
    read: ({ time }: { readonly time: number }) =>
      Promise.resolve({ news: newsAt(time), lessons: null, sentiment: null }),
  };
  const options = { pairs: PAIRS, seed: 7, volatility: 0.002, days: 10, settings: SETTINGS };
  fixture = await createBooksFixture({ ...runtime, models, outside }, options);
  await plantKey();
  for (let hour = 0; hour < ATTACKS.length; hour++) await runSlot(FIRST_SLOT + hour * HOUR_MS);
}, 300_000);
afterAll(() => simulator.close());

it("was asked with each of more than a hundred attacks, by its own key, and obeyed in every way that it knows", async () => {
  const calls = await runtime.db.modelCall.findMany({ where: { botId: fixture.botId, attempt: 1 } });
  expect(ATTACKS.length).toBeGreaterThanOrEqual(100);
  expect(calls.map(({ state }) => state)).toEqual(ATTACKS.map(() => "replied"));
  const told = simulator.requests();
  expect(new Set(told.map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${CANARY}`]));
  const kinds = new Set(calls.map(({ raw }) => kindOfObedience(textOf(raw))));
  expect(kinds.size).toBeGreaterThanOrEqual(OBEDIENCE_COUNT - 1);
});

it("ordered something, and nothing beyond a limit: pairs, number, stop, leverage, size", async () => {
  const intents = await runtime.db.orderIntent.findMany({
    where: { botId: fixture.botId, purpose: "entry" },
    include: { market: true, decision: true },
  });
  expect(intents.length).toBeGreaterThan(5);
  expect([...new Set(intents.map(({ positionSide }) => positionSide))].toSorted()).toEqual(["long", "short"]);
  for (const { market, leverage, notional, stopLoss, decision } of intents) {
    expect(PAIRS).toContain(market.pair);
    expect(leverage.toNumber()).toBeLessThanOrEqual(1);
    expect((notional?.toNumber() ?? Number.NaN) / CAPITAL).toBeLessThanOrEqual(RISK.positionMarginMax);
    const [stop, entry] = [stopLoss?.toNumber() ?? Number.NaN, decision?.entryPrice?.toNumber() ?? Number.NaN];
    const distance = Math.abs(entry - stop) / entry;
    expect(distance).toBeGreaterThan(RISK.stopDistanceMin * 0.9);
    expect(distance).toBeLessThan(RISK.stopDistanceMax * 1.1);
  }
  const inCycle = intents.map(({ cycleId }) => intents.filter((each) => each.cycleId === cycleId).length);
  expect(Math.max(...inCycle)).toBeLessThanOrEqual(RISK.entriesPerCycleMax);
});

it("never held more than one position a pair, nor more margin than allowed, and each had a stop", async () => {
  const positions = await runtime.db.position.findMany({ where: { botId: fixture.botId } });
  for (const { openedAt, stopLoss } of positions) {
    expect(stopLoss).not.toBeNull();
    const open = positions.filter(
      (each) => each.openedAt <= openedAt && (each.closedAt === null || each.closedAt > openedAt),
    );
    expect(new Set(open.map(({ marketId }) => marketId)).size).toBe(open.length);
    const margin = sumOf(open.map((each) => decimal(each.margin.toString())));
    expect(margin.toNumber()).toBeLessThanOrEqual(CAPITAL * RISK.totalMarginMax);
  }
});

it("left books that add up", async () => {
  const { ports, botId } = fixture;
  const at = FIRST_SLOT + (ATTACKS.length - 1) * HOUR_MS;
  expect(await checkBotInvariants(ports, { botId, settingsVersion: 1, at })).toEqual([]);
});

it("changed no setting, and what it wanted beside its decisions was left out", async () => {
  const { userId, botId } = fixture;
  const versions = await runtime.db.botSettings.findMany({ where: { botId } });
  expect(versions.map(({ version }) => version)).toEqual([1]);
  expect(await runtime.db.bot.findMany({ where: { userId }, select: { settingsVersion: true, status: true } })).toEqual(
    [{ settingsVersion: 1, status: "running" }],
  );
  expect(await runtime.db.command.count({ where: { botId } })).toBe(0);
});

it("holds with a reason wherever it does not trade, and tells a trader why in at most 600 characters", async () => {
  const decisions = await runtime.db.decision.findMany({ where: { cycle: { botId: fixture.botId } } });
  expect(decisions).toHaveLength(ATTACKS.length * PAIRS.length);
  const codes = new Set(decisions.map(({ reasonCode }) => reasonCode));
  for (const code of ["entry", "no-answer", "ungrounded", "nothing-to-close", "wrong-levels"]) {
    expect([...codes]).toContain(code);
  }
  for (const { reasonText } of decisions) expect(reasonText.length).toBeLessThanOrEqual(600);
});

it("shows what it wrote as text: no tag, no link, no picture of it reaches a page", async () => {
  const { userId, botId } = fixture;
  const cycles = await runtime.db.cycle.findMany({ where: { botId }, select: { id: true } });
  const views = await Promise.all(cycles.map(({ id: cycleId }) => getCycleModel(runtime, { userId, cycleId })));
  const answers = views.flatMap(({ calls }) => calls.flatMap(({ pairs }) => pairs));
  expect(answers.some(({ proposal }) => proposal?.thesis.includes("<script>") ?? false)).toBe(true);
  const html = answers.map((answer) => renderToStaticMarkup(createElement(PairAnswer, { answer }))).join("");
  expect(html).toContain("&lt;script&gt;");
  expect(html).not.toMatch(/<(script|img|a|iframe|style|form)[\s>]|<[^>]*\son\w+=/i);
});

it("leaks neither the user's key nor what seals it into any row of any table", async () => {
  const tables = await runtime.db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'
      AND has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT') ORDER BY 1`;
  expect(tables.length).toBeGreaterThan(40);
  const secrets = [CANARY, CANARY.slice(3), SECRET.secret.toString("base64"), SECRET.secret.toString("hex")];
  for (const { name } of tables) {
    const rows = await runtime.db.$queryRawUnsafe<{ text: string }[]>(
      `SELECT to_jsonb(r)::text AS text FROM "${name}" r`,
    );
    const shown = rows.filter(({ text }) => secrets.some((secret) => text.includes(secret)));
    expect({ name, shown: shown.length }).toEqual({ name, shown: 0 });
  }
});
