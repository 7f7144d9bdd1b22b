import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { decimal, sumOf } from "~/trading/money";
import type { Runtime } from "../runtime";
import { type allotmentOf, createAllotted, outcomeOf, SECOND_SLOT } from "../testing/allotment-fixture";
import { FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { createPerson } from "../testing/people-fixture";
import { tellBot } from "../testing/tell-bot";

import { breachesAt, runSlot, statusOf } from "../testing/told-fixture";
import { getBot } from "../views/bots/get-bot";

let runtime: Runtime;
let fixture: BooksFixture;
let bot: ReturnType<typeof allotmentOf>;
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });
beforeEach(async () => {
  ({ fixture, bot } = await createAllotted(runtime));
});

describe("a change of a bot's allotment", () => {
  it("moves money between the bot's books and what its account has free, to the last digit", async () => {
    await runSlot(fixture, FIRST_SLOT, () => []);
    bot.wait(FIRST_SLOT);
    expect(await bot.change("1000.00000001")).toEqual({ botId: fixture.botId, allotment: "11000.00000001" });
    expect([await bot.free(), await bot.memory()]).toEqual(["3999.99999999", Array(4).fill("11000.00000001")]);
    await bot.change("-5000");
    expect([await bot.free(), (await bot.view()).allotment]).toEqual(["8999.99999999", "6000.00000001"]);
    expect(await bot.memory()).toEqual(Array(4).fill("6000.00000001"));
    expect(await breachesAt(fixture, FIRST_SLOT + 7 * 60_000)).toEqual([]);
  });

  it("is two lines of its ledger, a point of its equity, an activity, a live event and an entry of the audit", async () => {
    await runSlot(fixture, FIRST_SLOT, () => []);
    bot.wait(FIRST_SLOT);
    await bot.change("1000");
    const { botId, userId } = fixture;
    const [flow] = await bot.flows();
    const lines = await runtime.db.ledgerEntry.findMany({ where: { transactionId: `flow:${flow?.id}` } });
    expect(lines.map(({ account, amount }) => `${account} ${amount.toFixed()}`).toSorted()).toEqual([
      "capital -1000",
      "cash 1000",
    ]);
    const points = await runtime.db.equityPoint.findMany({ where: { botId }, orderBy: { at: "asc" } });
    expect(points.map(({ equity, flow: part }) => [equity.toFixed(), part.toFixed()])).toEqual([
      ["10000", "0"],
      ["11000", "1000"],
    ]);
    expect(points[1]?.at).toEqual(flow?.at);
    expect(await runtime.db.activity.findMany({ where: { botId, kind: "allotmentChanged" } })).toMatchObject([
      { text: "Got 1,000.00 USDT of first: it is allotted 11,000.00 USDT now" },
    ]);
    expect(await runtime.db.liveEvent.count({ where: { userId, kind: "allotment-changed" } })).toBe(1);
    expect(
      await runtime.db.auditEntry.findMany({ where: { subject: `bot:${botId}`, action: "change-allotment" } }),
    ).toMatchObject([{ actorId: userId, details: { amount: "1000", allotmentAfter: "11000" } }]);
  });

  it("is made once for each key, however often it is sent at once; with other entries the key is refused", async () => {
    const key = runtime.newId();
    const answers = await Promise.all(Array.from({ length: 10 }, () => bot.change("5", { key })));
    expect(new Set(answers.map(({ allotment }) => allotment))).toEqual(new Set(["10005"]));
    const botId = await fixture.addBot();
    const others = [bot.change("6", { key }), bot.change("-5", { key }), bot.change("5", { key, botId })];
    expect(await Promise.all(others.map(outcomeOf))).toEqual(["conflict", "conflict", "conflict"]);
    expect([(await bot.view()).allotment, (await bot.flows()).length]).toEqual(["10005", 1]);
  });

  it("is exact, and never more than there is, when 50 are sent at once", async () => {
    await runSlot(fixture, FIRST_SLOT, () => []);
    bot.wait(FIRST_SLOT);
    const asked = Array.from({ length: 50 }, (_, n) => outcomeOf(bot.change(n % 3 === 0 ? "-3700" : "900")));
    const outcomes = await Promise.all(asked);
    const flows = await bot.flows();
    expect(flows).toHaveLength(outcomes.filter((outcome) => outcome === "done").length);
    expect(outcomes.every((outcome) => outcome === "done" || outcome === "conflict")).toBe(true);
    const sum = sumOf(flows.map(({ amount }) => decimal(amount.toFixed())));
    expect([(await bot.view()).allotment, await bot.free()]).toEqual([
      sum.plus(10_000).toFixed(),
      decimal(5000).minus(sum).toFixed(),
    ]);
    expect((await getBot(fixture.ports, fixture)).performance.returnFraction).toBeCloseTo(0, 12);
    expect(await breachesAt(fixture, FIRST_SLOT + 10 * 60_000)).toEqual([]);
  });

  it("before its first cycle is what it begins with", async () => {
    await bot.change("-4000");
    await runSlot(fixture, FIRST_SLOT, () => []);
    expect(await bot.memory()).toEqual(Array(4).fill("6000"));
    expect((await runtime.db.equityPoint.findMany({ where: { botId: fixture.botId } })).length).toBe(1);
    expect(await breachesAt(fixture, FIRST_SLOT)).toEqual([]);
  });
});

describe("a bot's status", () => {
  it("stopped takes part: it resumes with what it was given, and its day begins with it", async () => {
    await runSlot(fixture, FIRST_SLOT, () => []);
    bot.wait(FIRST_SLOT);
    await tellBot(fixture, { kind: "stop" });
    bot.wait(SECOND_SLOT + 24 * HOUR_MS);
    await bot.change("2000");
    await tellBot(fixture, { kind: "resume" });
    expect(await statusOf(fixture)).toBe("running");
    await runSlot(fixture, SECOND_SLOT + 25 * HOUR_MS, () => []);
    expect(await bot.memory()).toEqual(Array(4).fill("12000"));
    expect(await breachesAt(fixture, SECOND_SLOT + 25 * HOUR_MS)).toEqual([]);
  });

  it("archived takes none", async () => {
    await tellBot(fixture, { kind: "stop" });
    await tellBot(fixture, { kind: "archive" });
    for (const change of ["1", "-1"]) await expect(bot.change(change)).rejects.toThrow(/the bot is archived/);
    expect(await bot.flows()).toEqual([]);
  });
});

describe("money", () => {
  it("of another account is not free for it", async () => {
    const other = await fixture.addBot();
    await expect(bot.change("1", { botId: other })).rejects.toThrow(/nothing of the account first is free/);
    expect(await bot.change("5000")).toMatchObject({ allotment: "15000" });
  });

  it("of an account that a venue keeps is not ours to move", async () => {
    const { accountId } = await runtime.db.bot.findUniqueOrThrow({ where: { id: fixture.botId } });
    await runtime.db.account.update({ where: { id: accountId }, data: { kind: "venueDemo" } });
    for (const change of ["1", "-1"]) expect(await outcomeOf(bot.change(change))).toBe("not-found");
  });

  it("that is not free is not given, and that of others is as if it were not there", async () => {
    await expect(bot.change("5000.00000001")).rejects.toThrow(/only 5,000.00 USDT of the account first are free/);
    await bot.change("4.999");
    // A cent that would be refused again is not offered.
    await expect(bot.change("4996")).rejects.toThrow(/only 4,995.00 USDT of the account first are free/);
    await bot.change("4995.001");
    await expect(bot.change("0.01")).rejects.toThrow(/nothing of the account first is free: pay something in first/);
    const { userId } = await createPerson(runtime);
    const messages = await Promise.all(
      [fixture.botId, runtime.newId()].map((botId) =>
        bot.change("1", { userId, botId }).catch((error: unknown) => String(error)),
      ),
    );
    expect(messages[0]).toBe(messages[1]);
    expect(messages[0]).toMatch(/not found/);
  });
});
