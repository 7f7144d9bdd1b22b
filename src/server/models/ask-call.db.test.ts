import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../scripts/testing/open-model-bed";
import { refuseOverloaded } from "../../../simulators/messages/messages-answer";
import { costAtMost } from "~/trading/model/cost-at-most";
import { findModel } from "~/trading/model/find-model";
import { MODEL_TRIAL } from "~/trading/model/model-trial";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { createBooksFixture, type BooksFixture } from "../testing/books-fixture";
import { askFor, askingBots, newUser } from "../testing/asking-bots";

let runtime: Runtime;
let bed: ModelBed;
let fixture: BooksFixture;
let ports: Ports;
openBed((opened) => ({ runtime } = opened), { poolMax: 20 });
openModelBed((opened) => (bed = opened));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime);
});
beforeEach(async () => {
  ports = withModels(fixture.ports, bed.settings);
  // Each test has the deployment's budget for itself.
  await runtime.db.modelSpend.updateMany({ where: { scope: "system" }, data: { spent: 0 } });
  await runtime.db.modelGate.updateMany({ data: { calls: 0, failures: 0, openUntil: null } });
});

const RESERVE = costAtMost(MODEL_TRIAL, findModel("scripted", "scripted-trader-1").prices[0] as never);
const budgetFor = (calls: number): string => RESERVE?.times(calls).toFixed() ?? "";
const asked = () => bed.simulator.requests().length;

/** Replies that do not say what they used: all that was set aside for them is charged, so that none of it comes back. */
const chargeAll = (count: number): void =>
  bed.simulator.script(...Array.from({ length: count }, () => ({ kind: "no-usage" as const })));
const tally = (outcomes: readonly { outcome: string; code?: string }[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { outcome, code = outcome } of outcomes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

describe("200 bots with budget for 50 calls", () => {
  it("of one user ask 50 times and no more, all of them at once", async () => {
    const userId = await newUser(ports);
    const bots = await askingBots(fixture, userId, 200);
    const limited = withModels(ports, { ...bed.settings, userBudget: budgetFor(50) });
    chargeAll(50);
    const before = asked();
    const outcomes = await Promise.all(bots.map((bot) => askFor(limited, bot)));
    expect(tally(outcomes)).toEqual({ replied: 50, "over-budget": 150 });
    expect(asked() - before).toBe(50);
    const spend = await runtime.db.modelSpend.findMany({ where: { scope: "user", scopeId: userId } });
    expect(spend.map(({ spent, calls }) => [spent.toFixed(), calls])).toEqual([[budgetFor(50), 50]]);
    expect(await runtime.db.modelCall.count({ where: { userId } })).toBe(50);
  });

  it("of several users share what the deployment has, and each their own limit", async () => {
    const users = await Promise.all(Array.from({ length: 4 }, () => newUser(ports)));
    const bots = (await Promise.all(users.map((userId) => askingBots(fixture, userId, 50)))).flat();
    await runtime.db.modelLimit.create({
      data: { userId: users[0] ?? "", budgetPerDay: budgetFor(5), changedAt: new Date() },
    });
    const limited = withModels(ports, { ...bed.settings, systemBudget: budgetFor(50), userBudget: budgetFor(25) });
    chargeAll(50);
    const before = asked();
    const outcomes = await Promise.all(bots.map((bot) => askFor(limited, bot)));
    expect(tally(outcomes)).toEqual({ replied: 50, "over-budget": 150 });
    expect(asked() - before).toBe(50);
    const calls = await Promise.all(users.map((userId) => runtime.db.modelCall.count({ where: { userId } })));
    expect(calls[0]).toBeLessThanOrEqual(5);
    expect(Math.max(...calls)).toBeLessThanOrEqual(25);
    const refused = outcomes.find((each) => each.outcome === "held" && each.code === "over-budget");
    expect(refused).toMatchObject({
      text: expect.stringMatching(
        /^the budget of .* is \$\d+(\.\d*[1-9])? a day \(UTC\): \$\d+(\.\d*[1-9])? of it are .* up to \$\d+(\.\d*[1-9])?$/,
      ),
    });
  });

  it("ask as often as each bot's own budget allows, whatever is left to others", async () => {
    const [bot] = await askingBots(fixture, await newUser(ports), 1);
    if (!bot) throw new Error("no bot");
    chargeAll(1);
    expect(await askFor(ports, bot, { botBudget: budgetFor(1) })).toMatchObject({ outcome: "replied" });
    expect(await askFor(ports, bot, { botBudget: budgetFor(1.9), attempt: 2 })).toMatchObject({ code: "over-budget" });
    const spend = await runtime.db.modelSpend.findMany({ where: { scopeId: bot.userId } });
    expect(spend.map(({ spent }) => spent.toFixed())).toEqual([budgetFor(1)]);
  });
});

describe("a model that all bots share", () => {
  it("is asked by so many at once and no more, and by so many a minute", async () => {
    const bots = await askingBots(fixture, await newUser(ports), 12);
    const before = asked();
    const few = withModels(ports, { ...bed.settings, atOnceEach: 3 });
    bed.simulator.script(...Array.from({ length: 3 }, () => ({ kind: "silence" as const })));
    const outcomes = await Promise.all(bots.slice(0, 8).map((bot) => askFor(few, bot, { withinMs: 1500 })));
    expect(tally(outcomes)).toEqual({ "model-lost": 3, busy: 5 });
    expect(asked() - before).toBe(3);
    const minute = new Date(Math.floor(ports.wallNow() / 60_000) * 60_000);
    await runtime.db.modelGate.updateMany({ data: { minute, calls: 58 } });
    const rare = withModels(ports, { ...bed.settings, perMinute: 60 });
    expect(tally(await Promise.all(bots.slice(8).map((bot) => askFor(rare, bot))))).toEqual({ replied: 2, busy: 2 });
  });

  it("is left alone after five failures in a row, and then asked by one at a time until it answers", async () => {
    const bots = await askingBots(fixture, await newUser(ports), 9);
    const start = ports.wallNow();
    const at = (afterMs: number) => ({ ...ports, wallNow: () => start + afterMs });
    const overloaded = { kind: "turned-away", answer: refuseOverloaded() } as const;
    bed.simulator.script(...Array.from({ length: 10 }, () => overloaded));
    for (const bot of bots.slice(0, 5)) {
      expect(await askFor(at(0), bot)).toMatchObject({ outcome: "held", code: "model-refused" });
    }
    const [sixth, seventh, eighth, ninth] = bots.slice(5);
    if (!sixth || !seventh || !eighth || !ninth) throw new Error("too few bots");
    const before = asked();
    expect(await askFor(at(59_000), sixth)).toEqual({ outcome: "busy", text: expect.stringMatching(/left alone/) });
    expect(asked()).toBe(before);
    bed.simulator.script({ kind: "reset" });
    expect(tally(await Promise.all([askFor(at(61_000), sixth), askFor(at(61_000), seventh)]))).toEqual({
      "model-lost": 1,
      busy: 1,
    });
    expect(await askFor(at(62_000), eighth)).toMatchObject({ outcome: "busy" });
    expect(await askFor(at(200_000), ninth)).toMatchObject({ outcome: "replied" });
    expect(await askFor(at(200_000), eighth)).toMatchObject({ outcome: "replied" });
  });

  it("is not left alone for what is wrong with one user's key or credit", async () => {
    const bots = await askingBots(fixture, await newUser(ports), 6);
    const refused = { kind: "turned-away", answer: { status: 401, headers: {}, body: {} } } as const;
    bed.simulator.script(...Array.from({ length: 5 }, () => refused));
    for (const bot of bots.slice(0, 5)) await askFor(ports, bot);
    const last = bots[5];
    expect(last && (await askFor(ports, last))).toMatchObject({ outcome: "replied" });
  });
});
