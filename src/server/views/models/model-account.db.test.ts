import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../../scripts/testing/open-model-bed";
import { botChoicesSchema } from "~/contracts/new-bot";
import { botSettingsSchema } from "~/trading/bot-settings";
import { decimal } from "~/trading/money";
import { createPaperBot } from "../../bots/create-paper-bot";
import type { Ports } from "../../ports";
import type { Runtime } from "../../runtime";
import { createBooksFixture, type BooksFixture } from "../../testing/books-fixture";
import { callerFor } from "../../testing/page-queries";
import { createPerson } from "../../testing/people-fixture";
import { getBotSpend } from "./get-bot-spend";
import { getModelAccount } from "./get-model-account";

const NOW = Date.UTC(2026, 10, 28, 12);
const CANARY = "sk-canary-0123456789-wxyz";
const DAY = new Date("2026-11-28");

let runtime: Runtime;
let bed: ModelBed;
let fixture: BooksFixture;
let ports: Ports;
let asOwner: Awaited<ReturnType<typeof callerFor>>;
openBed((opened) => ({ runtime } = opened));
openModelBed((opened) => (bed = opened));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime);
  ports = withModels(
    { ...fixture.ports, wallNow: () => NOW },
    { ...bed.settings, userBudget: "5", systemBudget: "20" },
  );
  asOwner = await callerFor(ports, fixture.userId);
});

const providerOf = async (caller: typeof asOwner, wanted: string) =>
  (await caller.models.account()).providers.find(({ provider }) => provider === wanted);

describe("a key of a model", () => {
  it("is shown by its last letters alone, wherever its user looks, and makes its provider's models choosable", async () => {
    expect(await providerOf(asOwner, "anthropic")).toMatchObject({ lacks: "key", key: null });
    await asOwner.models.addKey({ provider: "anthropic", key: CANARY, baseUrl: null });
    expect(await providerOf(asOwner, "anthropic")).toMatchObject({
      lacks: null,
      key: { hint: "wxyz", baseUrl: null, usedAt: null },
    });
    const choices = botChoicesSchema.parse(await asOwner.bots.choices());
    expect(choices.models.find(({ provider }) => provider === "anthropic")?.lacks).toBeNull();
    const said = JSON.stringify([await asOwner.models.account(), choices]);
    expect(said).not.toContain("canary");
    expect(said).not.toMatch(/sealed|keyId/);
  });

  it("is nothing to another user, who neither sees nor removes it", async () => {
    const stranger = await callerFor(ports, (await createPerson(ports)).userId);
    expect(await providerOf(stranger, "anthropic")).toMatchObject({ lacks: "key", key: null });
    await stranger.models.removeKey({ provider: "anthropic" });
    expect(await providerOf(asOwner, "anthropic")).toMatchObject({ key: { hint: "wxyz" } });
  });

  it("is gone once it is removed", async () => {
    await asOwner.models.removeKey({ provider: "anthropic" });
    expect(await providerOf(asOwner, "anthropic")).toMatchObject({ lacks: "key", key: null });
  });
});

describe("the scripted model", () => {
  it("is offered with what a test of it costs at most, and passes the test for no more", async () => {
    const scripted = await providerOf(asOwner, "scripted");
    expect(scripted).toMatchObject({ isSimulated: true, needsKey: false, lacks: null, takesAddress: false });
    const most = Number(scripted?.models[0]?.most);
    expect(most).toBeGreaterThan(0);
    const tested = await asOwner.models.test({ provider: "scripted", model: "scripted-trader-1" });
    expect(Number(tested.cost)).toBeLessThanOrEqual(most);
    expect(tested).toMatchObject({ isPassed: true, text: expect.stringContaining("rightly") });
    const { callsToday, onTrials, trials } = await asOwner.models.account();
    expect(callsToday).toBe(1);
    expect(onTrials).toEqual({ spent: tested.cost, calls: 1 });
    expect(trials).toEqual([
      {
        ...tested,
        id: expect.any(String),
        title: expect.stringContaining("Scripted"),
        model: "scripted-trader-1",
        askedAt: new Date(NOW),
      },
    ]);
  });

  it("tells of its last five tests, the newest first, and of nobody else's", async () => {
    const models = { ...bed.settings, userBudget: "5", systemBudget: "20" };
    const tester = await createPerson(ports);
    for (let minute = 1; minute <= 6; minute += 1) {
      const later = withModels({ ...fixture.ports, wallNow: () => NOW + minute * 60_000 }, models);
      bed.simulator.script(minute === 6 ? { kind: "prose" } : { kind: "reply" });
      await (await callerFor(later, tester.userId)).models.test({ provider: "scripted", model: "scripted-trader-1" });
    }
    const { trials } = await (await callerFor(ports, tester.userId)).models.account();
    expect(trials.map(({ askedAt, isPassed }) => [(askedAt.getTime() - NOW) / 60_000, isPassed])).toEqual([
      [6, false],
      [5, true],
      [4, true],
      [3, true],
      [2, true],
    ]);
  });
});

describe("what models cost", () => {
  beforeAll(async () => {
    const { userId, botId } = fixture;
    const spend = (scope: "bot" | "user" | "system", scopeId: string, spent: string, calls: number) =>
      ({
        where: { scope_scopeId_day: { scope, scopeId, day: DAY } },
        create: { scope, scopeId, day: DAY, spent, calls },
        update: { spent, calls },
      }) as const;
    await runtime.db.modelSpend.upsert(spend("bot", botId, "0.7", 3));
    await runtime.db.modelSpend.upsert(spend("user", userId, "0.9", 4));
    await runtime.db.modelSpend.upsert(spend("system", "system", "4.5", 9));
  });

  it("is said of today, by bot, within the budget that everybody gets until one sets another", async () => {
    const before = await asOwner.models.account();
    expect(before).toMatchObject({ budgetPerDay: "5", isUsual: true, spentToday: "0.9", callsToday: 4 });
    expect(before.bots).toEqual([expect.objectContaining({ id: fixture.botId, spent: "0.7", calls: 3 })]);
    expect(before.onTrials).toEqual({ spent: "0.2", calls: 1 });
    await asOwner.models.setBudget({ budgetPerDay: "2.50" });
    expect(await asOwner.models.account()).toMatchObject({ budgetPerDay: "2.5", isUsual: false });
  });

  it("on another day is none of today's", async () => {
    const { userId } = await createPerson(ports);
    const botId = await createPaperBot(ports, {
      userId,
      venueId: fixture.venueId,
      name: "yesterday's",
      settings: botSettingsSchema.parse({ pairs: ["BTC/USDT"], intervalSeconds: 3600 }),
      capital: decimal(100),
      startsAt: NOW,
    });
    const [day, spent] = [new Date("2026-11-27"), "3"];
    await runtime.db.modelSpend.createMany({
      data: [
        { scope: "bot", scopeId: botId, day, spent, calls: 8 },
        { scope: "user", scopeId: userId, day, spent, calls: 8 },
      ],
    });
    expect(await getModelAccount(ports, userId)).toMatchObject({ spentToday: "0", callsToday: 0, bots: [] });
    expect(await getBotSpend(ports, { userId, botId })).toMatchObject({ today: "0", callsToday: 0 });
  });

  it("of all users together is an administrator's to see", async () => {
    const administrator = await callerFor(ports, (await createPerson(ports, "admin")).userId);
    const spend = await administrator.admin.modelSpend();
    expect(spend).toMatchObject({ budgetPerDay: "20", spentToday: "4.5", callsToday: 9, usualUserBudget: "5" });
    const { email } = await runtime.db.user.findUniqueOrThrow({ where: { id: fixture.userId } });
    expect(spend.dearest[0]).toEqual({ id: fixture.userId, email, spent: "0.9", calls: 4 });
    // Its tests cost the other one a fraction of a cent.
    expect(spend.dearest).toHaveLength(2);
    expect(Number(spend.dearest[1]?.spent)).toBeLessThan(0.9);
  });
});
