import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { botModelSpendSchema } from "~/contracts/model-spend";
import { cycleModelSchema } from "~/contracts/model-view";
import { decimal } from "~/trading/money";
import { postModelCost } from "~/trading/portfolio/ledger";
import { appendLedger } from "../../books/ledger";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../../testing/cycle-fixture";
import { editSettings } from "../../testing/edit-fixture";
import { insertSampleCall } from "../../testing/sample-call";
import { getBot } from "../bots/get-bot";
import { getBotSpend } from "./get-bot-spend";
import { getCycleModel } from "./get-cycle-model";

const NOW = Date.UTC(2026, 10, 28, 12);
let runtime: Runtime;
let fixture: BooksFixture;
let cycleId: string;

openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime, { seed: 3 });
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
  for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
  ({ cycleId } = cycle);
});

const ports = () => ({ ...runtime, wallNow: () => NOW });
const ask = (hoursAgo: number, hash: string, more: { attempt?: number; cost?: string } = {}) =>
  insertSampleCall(runtime.db, {
    userId: fixture.userId,
    botId: fixture.botId,
    cycleId,
    promptHash: hash.repeat(64),
    askedAt: new Date(NOW - hoursAgo * HOUR_MS),
    endsBy: new Date(NOW - hoursAgo * HOUR_MS + 60_000),
    answeredAt: new Date(NOW - hoursAgo * HOUR_MS + 1000),
    ...more,
  });

describe("a bot that asked no model", () => {
  it("has no model on its pages, and no cost", async () => {
    const { userId, botId } = fixture;
    expect(await getCycleModel(runtime, { userId, cycleId })).toEqual({ calls: [], held: null });
    expect((await getBot(ports(), { userId, botId })).modelCost).toBeNull();
    expect(await getBotSpend(ports(), { userId, botId })).toEqual({
      botId,
      today: "0",
      callsToday: 0,
      budget: null,
      lastDay: "0",
      callsLastDay: 0,
      hours: 0,
      breakEven: 0,
      held: null,
    });
  });
});

describe("a bot that asked one", () => {
  beforeAll(async () => {
    await runtime.db.bot.update({
      where: { id: fixture.botId },
      data: { createdAt: new Date(NOW - 40 * HOUR_MS) },
    });
    await ask(30, "1", { cost: "5" });
    await ask(10, "2", { attempt: 2, cost: "0.6" });
    await ask(2, "3", { cost: "0.4" });
    await runtime.db.modelSpend.create({
      data: { scope: "bot", scopeId: fixture.botId, day: new Date("2026-11-28"), spent: "1.05", calls: 3 },
    });
    await runtime.db.$transaction((tx) =>
      appendLedger(tx, postModelCost({ callId: "c1", at: FIRST_SLOT, cost: decimal("6") }), {
        botId: fixture.botId,
        currency: "USD",
      }),
    );
  });

  it("shows each question of a cycle in the order in which it was asked, a repair after what it repairs", async () => {
    const model = await getCycleModel(runtime, { userId: fixture.userId, cycleId });
    expect(cycleModelSchema.safeParse(model).error).toBeUndefined();
    expect(model.calls.map(({ attempt, cost }) => [attempt, cost])).toEqual([
      [1, "5"],
      [1, "0.4"],
      [2, "0.6"],
    ]);
  });

  it("says what the last 24 hours cost, and what share of its equity that is", async () => {
    const { userId, botId } = fixture;
    const spend = await getBotSpend(ports(), { userId, botId });
    expect(botModelSpendSchema.safeParse(spend).error).toBeUndefined();
    expect(spend).toMatchObject({ today: "1.05", callsToday: 3, lastDay: "1", callsLastDay: 2, hours: 24 });
    const { equity } = await runtime.db.equityMemory.findUniqueOrThrow({ where: { botId } });
    expect(spend.breakEven).toBeCloseTo(1 / equity.toNumber(), 12);
  });

  it("counts the hours since it first asked from when it was made, not from what a demo lived before", async () => {
    const { userId, botId } = fixture;
    const createdAt = new Date(NOW - 12 * HOUR_MS);
    await runtime.db.bot.update({ where: { id: botId }, data: { createdAt } });
    expect(await getBotSpend(ports(), { userId, botId })).toMatchObject({ callsLastDay: 2, hours: 10 });
  });

  it("is told by its own first question since when it asks, not by another bot's", async () => {
    const botId = await fixture.addBot();
    await runtime.db.bot.update({ where: { id: botId }, data: { createdAt: new Date(NOW - 4 * HOUR_MS) } });
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "other", botId });
    const askedAt = new Date(NOW - 3 * HOUR_MS);
    const times = { askedAt, endsBy: new Date(NOW), answeredAt: askedAt };
    await insertSampleCall(runtime.db, { userId: fixture.userId, botId, cycleId: cycle.cycleId, ...times });
    expect(await getBotSpend(ports(), { userId: fixture.userId, botId })).toMatchObject({ hours: 3, callsLastDay: 1 });
  });

  it("has the cost of its ledger beside its profit, which does not have it in it", async () => {
    const bot = await getBot(ports(), { userId: fixture.userId, botId: fixture.botId });
    expect(bot.modelCost).toBe("6");
    expect(
      decimal(bot.equity ?? "0")
        .minus(bot.allotment)
        .toFixed(),
    ).toBe(bot.pnl?.total);
  });

  it("shows nothing of it to another user", async () => {
    const userId = runtime.newId();
    const refused = expect.objectContaining({ code: "not-found" });
    await expect(getCycleModel(runtime, { userId, cycleId })).rejects.toEqual(refused);
    await expect(getBotSpend(ports(), { userId, botId: fixture.botId })).rejects.toEqual(refused);
  });
});

describe("a cycle before its bot was set to another mode", () => {
  it("is shown by the settings that it had", async () => {
    const before = await createBooksFixture(runtime, { seed: 3 });
    const { ports: by, userId } = before;
    const runHour = async (hour: number): Promise<string> => {
      const cycle = await claimSlot(before, FIRST_SLOT + hour * HOUR_MS, { holder: `run-${hour}` });
      for (const stage of stagesOf(before, null)) await stage.run(cycle);
      return cycle.cycleId;
    };
    const unasked = await runHour(0);
    await editSettings(before, { mode: "llm", decision: {} });
    const unanswered = await runHour(1);
    expect(await getCycleModel(by, { userId, cycleId: unasked })).toEqual({ calls: [], held: null });
    expect(await getCycleModel(by, { userId, cycleId: unanswered })).toEqual({
      calls: [],
      held: expect.stringMatching(/^No model was asked in this cycle: ./),
    });
    await editSettings(before, { mode: "trinity", decision: {} });
    expect((await getCycleModel(by, { userId, cycleId: unanswered })).held).not.toBeNull();
  });
});
