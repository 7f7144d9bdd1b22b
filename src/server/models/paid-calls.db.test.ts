import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../scripts/testing/open-model-bed";
import { refuseOverloaded } from "../../../simulators/messages/messages-answer";
import { createMessagesModel } from "../adapters/model/create-messages-model";
import { findPrice } from "~/trading/model/find-price";
import { findModel } from "~/trading/model/find-model";
import type { ModelOutcome } from "~/trading/model/model-call";
import { MODEL_TRIAL } from "~/trading/model/model-trial";
import { auditBot } from "../books/audit-bot";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { claimSlot } from "../testing/cycle-fixture";
import { interceptStatements } from "../testing/intercept-statements";
import { endCall, loseCall } from "./end-call";
import { endLostCalls } from "./end-lost-calls";
import { reserveCall } from "./reserve-call";
import { askFor, askingBots, newUser, type AskingBot } from "../testing/asking-bots";

const HAIKU = "anthropic/claude-haiku-4-5";
const WALL = Date.parse("2026-11-28T12:00:00Z");
/** Long enough that its beginning is kept by the vendor. */
const LONG = { ...MODEL_TRIAL, system: `${MODEL_TRIAL.system} ${"All of it counts. ".repeat(200)}` };

let runtime: Runtime;
let bed: ModelBed;
let fixture: BooksFixture;
let ports: Ports;
let bot: AskingBot;
openBed((opened) => ({ runtime } = opened));
openModelBed((opened) => (bed = opened), { vendor: "anthropic" });
beforeAll(async () => {
  fixture = await createBooksFixture(runtime);
});
beforeEach(async () => {
  const settings = { ...bed.settings, sharedKeyOf: () => "sk-simulated-0123456789" };
  const { baseUrl } = bed.simulator;
  ports = {
    ...withModels({ ...fixture.ports, wallNow: () => WALL }, settings),
    modelOf: ({ endpoint, model }) => createMessagesModel({ endpoint: { ...endpoint, baseUrl }, model }),
  };
  const [asking] = await askingBots(fixture, await newUser(ports), 1);
  if (!asking) throw new Error("no bot");
  bot = asking;
});

const callsOf = () => runtime.db.modelCall.findMany({ where: { botId: bot.botId }, orderBy: { attempt: "asc" } });
const spentOf = async (scopeId = bot.botId) =>
  (await runtime.db.modelSpend.findMany({ where: { scopeId }, orderBy: { day: "asc" } })).map(
    ({ day, spent, calls }) => [day.toISOString().slice(0, 10), spent.toFixed(), calls],
  );
const ledgerOf = async () =>
  (await runtime.db.ledgerEntry.findMany({ where: { botId: bot.botId, currency: "USD" }, orderBy: { id: "asc" } })).map(
    ({ transactionId, account, amount, postedAt }) => [
      transactionId.slice(0, 6),
      account,
      amount.toFixed(),
      postedAt.getTime(),
    ],
  );

const reserve = (more: object = {}) => {
  const [provider, model] = ["anthropic", "claude-haiku-4-5"];
  const question = { userId: bot.userId, cycle: bot, attempt: 1 as const, frameVersion: 1, prompt: {}, facts: [] };
  const asked = { ...question, id: runtime.newId(), promptHash: "a".repeat(64), provider, model, place: "" };
  const paid = { reserve: PRICE.bands[0]?.rates.output as never, botBudget: "100", withinMs: 20_000, isShared: false };
  return { ...asked, ...paid, ...more };
};

const priced = findPrice(findModel("anthropic", "claude-haiku-4-5"), WALL);
if (priced.outcome !== "priced") throw new Error("no price");
const PRICE = priced.price;

const replied = (usage: object | null): ModelOutcome => ({
  outcome: "replied",
  reply: { raw: "{}", stopReason: "tool_use", servedModel: "m", usage: usage as never },
  requestId: null,
  tries: 1,
  latencyMs: 10,
});

describe("what models cost", () => {
  it("is in the books to the last digit: with a cache that was written and read, a retry after 529, and a repair", async () => {
    bed.simulator.script({ kind: "turned-away", answer: refuseOverloaded() }, { kind: "reply" });
    expect(await askFor(ports, bot, { model: HAIKU, request: LONG })).toMatchObject({ outcome: "replied" });
    expect(await askFor(ports, bot, { model: HAIKU, request: LONG, attempt: 2 })).toMatchObject({ outcome: "replied" });
    const [first, repair] = await callsOf();
    const tokens = [first, repair].map((call) => [
      call?.tries,
      call?.inputTokens,
      call?.cacheReadTokens,
      call?.cacheWriteTokens,
      call?.outputTokens,
    ]);
    expect(tokens).toEqual([
      [2, 10, 0, 1082, 56],
      [1, 10, 1082, 0, 56],
    ]);
    const ids = [first?.requestId, repair?.requestId];
    expect(ids).toEqual(ids.map(() => expect.stringMatching(/^req_\w+$/)));
    // By hand, per million: input 1, cache read 0.10, cache write 1.25, output 5.
    // 10 + 1082 x 1.25 + 56 x 5 = 1642.5; 10 + 1082 x 0.10 + 56 x 5 = 398.2.
    expect([first?.cost?.toFixed(), repair?.cost?.toFixed()]).toEqual(["0.0016425", "0.0003982"]);
    expect(await ledgerOf()).toEqual([
      ["model:", "modelCost", "0.0016425", FIRST_SLOT],
      ["model:", "modelBill", "-0.0016425", FIRST_SLOT],
      ["model:", "modelCost", "0.0003982", FIRST_SLOT],
      ["model:", "modelBill", "-0.0003982", FIRST_SLOT],
    ]);
    const kept = await runtime.db.botBalance.findMany({ where: { botId: bot.botId, currency: "USD" } });
    expect(Object.fromEntries(kept.map(({ account, amount }) => [account, amount.toFixed()]))).toEqual({
      modelBill: "-0.0020407",
      modelCost: "0.0020407",
    });
    expect(await spentOf()).toEqual([["2026-11-28", "0.0020407", 2]]);
    expect(await spentOf(bot.userId)).toEqual([["2026-11-28", "0.0020407", 2]]);
  });

  it("never touches what a bot trades with, and its books stay sound", async () => {
    const { cycleId, botId, slot } = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    bot = { userId: fixture.userId, cycleId, botId, slot };
    const audit = () => auditBot(ports, { botId, settingsVersion: 1, at: FIRST_SLOT }, false);
    expect(await audit()).toMatchObject({ broken: [], isWhole: true });
    const cash = () => runtime.db.botBalance.findMany({ where: { botId, currency: { not: "USD" } } });
    const before = await cash();
    await askFor(ports, bot, { model: HAIKU });
    expect(await cash()).toEqual(before);
    expect(await audit()).toMatchObject({ broken: [], isWhole: false });
  });

  it("is counted on the day on which it was asked, also where it is answered after midnight", async () => {
    const late = Date.parse("2026-11-28T23:59:59.900Z");
    const asked = reserve();
    expect(await reserveCall({ ...ports, wallNow: () => late }, asked)).toEqual({ outcome: "reserved" });
    const after = { ...ports, wallNow: () => late + 5000 };
    const usage = { inputTokens: 1000, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 100 };
    await endCall(after, asked.id, { outcome: replied(usage), price: PRICE, verdict: null });
    expect(await spentOf()).toEqual([["2026-11-28", "0.0015", 1]]);
    expect(await reserveCall(after, reserve({ attempt: 2, promptHash: "b".repeat(64) }))).toEqual({
      outcome: "reserved",
    });
    expect(await spentOf()).toEqual([
      ["2026-11-28", "0.0015", 1],
      ["2026-11-29", "5", 1],
    ]);
  });

  it("is all that was set aside where the reply does not say, and nothing where it was turned away", async () => {
    bed.simulator.script({ kind: "no-usage" }, { kind: "turned-away", answer: { status: 401, headers: {}, body: {} } });
    await askFor(ports, bot, { model: HAIKU });
    await askFor(ports, bot, { model: HAIKU, attempt: 2 });
    const [first, second] = await callsOf();
    expect(first).toMatchObject({ state: "replied", inputTokens: null, cost: first?.reserve });
    expect(second).toMatchObject({ state: "refused", fault: "refused-key", raw: null });
    expect(second?.cost?.toFixed()).toBe("0");
    expect(await spentOf()).toEqual([["2026-11-28", first?.reserve.toFixed(), 2]]);
    expect(await runtime.db.alert.count({ where: { botId: bot.botId } })).toBe(0);
    expect(await ledgerOf()).toHaveLength(2);
  });

  it("is charged as billed where a vendor bills more than anybody could have told, and its user is told", async () => {
    const asked = reserve({ reserve: PRICE.bands[0]?.rates.cacheRead });
    await reserveCall(ports, asked);
    const usage = { inputTokens: 1_000_000, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };
    await endCall(ports, asked.id, { outcome: replied(usage), price: PRICE, verdict: null });
    expect(await spentOf()).toEqual([["2026-11-28", "1", 1]]);
    const alerts = await runtime.db.alert.findMany({ where: { botId: bot.botId } });
    expect(alerts.map(({ message }) => message)).toEqual([
      "A model's answer cost $1, more than the $0.1 that it should cost at most. Check the provider's prices.",
    ]);
  });
});

describe("a call", () => {
  const usage = { inputTokens: 1000, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 100 };

  it("ends once: what comes after it was lost pays nothing more and changes nothing", async () => {
    const asked = reserve();
    await reserveCall(ports, asked);
    expect(await loseCall(ports, asked.id)).toBe(true);
    expect(await endCall(ports, asked.id, { outcome: replied(usage), price: PRICE, verdict: null })).toBe(false);
    expect(await loseCall(ports, asked.id)).toBe(false);
    expect(await callsOf()).toMatchObject([{ state: "lost", fault: "lost-asker", raw: null }]);
    expect(await spentOf()).toEqual([["2026-11-28", "5", 1]]);
    expect(await ledgerOf()).toHaveLength(2);
  });

  it("that ends at two places at once ends once", async () => {
    const asked = reserve();
    await reserveCall(ports, asked);
    const came = { outcome: replied(usage), price: PRICE, verdict: null };
    const ends = await Promise.all([
      endCall(ports, asked.id, came),
      endCall(ports, asked.id, came),
      loseCall(ports, asked.id),
    ]);
    expect(ends.filter(Boolean)).toHaveLength(1);
    const [call] = await callsOf();
    expect(await spentOf()).toEqual([["2026-11-28", call?.cost?.toFixed(), 1]]);
    expect(await ledgerOf()).toHaveLength(2);
  });

  it("whose asker died and whose bot never asks again is lost once its time is over, and not before", async () => {
    const asked = reserve();
    await reserveCall(ports, asked);
    const after = (ms: number) => ({ ...ports, wallNow: () => WALL + ms });
    expect(await endLostCalls(after(24_000))).toEqual({ lost: 0 });
    expect(await endLostCalls(after(120_000))).toEqual({ lost: 1 });
    expect(await callsOf()).toMatchObject([{ state: "lost", reason: expect.stringMatching(/not repeated/) }]);
    expect(await endLostCalls(after(120_000))).toEqual({ lost: 0 });
  });

  it("is stored and paid though the database is away for a moment once it was answered", async () => {
    let failures = 2;
    const db = interceptStatements(ports.db, (text, run) => {
      const isAway = text.includes("end_model_call") && failures > 0;
      if (isAway) failures -= 1;
      return isAway ? Promise.reject(new Error("the database is away")) : run();
    });
    const before = bed.simulator.requests().length;
    expect(await askFor({ ...ports, db }, bot, { model: HAIKU })).toMatchObject({ outcome: "replied" });
    expect([failures, bed.simulator.requests().length - before]).toEqual([0, 1]);
    expect(await ledgerOf()).toHaveLength(2);
  });

  it("stores what a model may write and PostgreSQL does not: halves of characters and NUL", async () => {
    const asked = reserve();
    await reserveCall(ports, asked);
    const odd = replied(usage);
    if (odd.outcome === "replied") Object.assign(odd.reply, { servedModel: "m\uD800\0", raw: '{"a":"\\ud800"}' });
    await endCall(ports, asked.id, { outcome: odd, price: PRICE, verdict: { ignored: ["\uDC00"] } });
    expect(await callsOf()).toMatchObject([{ state: "replied", servedModel: "m\uFFFD\uFFFD", raw: '{"a":"\\ud800"}' }]);
  });
});
