import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { decimal } from "~/trading/money";
import { auditBot } from "../books/audit-bot";
import { guardBot } from "../cycle/guard-positions";
import type { Runtime } from "../runtime";
import { allotmentOf, createAllotted, outcomeOf, SECOND_SLOT } from "../testing/allotment-fixture";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { shiftMarket } from "../testing/shift-market";
import { claimSlot, expireLease, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { enterSlowly, guardAt, ordersOf } from "../testing/slow-fixture";
import { tellBot } from "../testing/tell-bot";
import { breachesAt, createQuietBot, positionOf, runSlot } from "../testing/told-fixture";
import { getBot } from "../views/bots/get-bot";

let runtime: Runtime;
let fixture: BooksFixture;
let bot: ReturnType<typeof allotmentOf>;
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });
beforeEach(async () => {
  ({ fixture, bot } = await createAllotted(runtime));
});

describe("a bot that holds a position", () => {
  const enter = async () => {
    await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
    bot.wait(FIRST_SLOT);
  };

  it("goes on as it was: its drawdown, day and return are those without the flow", async () => {
    await enter();
    await bot.change("3000");
    bot.wait(SECOND_SLOT - 10 * 60_000, 0);
    await bot.change("-2000");
    await runSlot(fixture, SECOND_SLOT, () => []);
    const { performance, pnl, drawdown, equity } = await getBot(fixture.ports, fixture);
    expect(
      decimal(equity ?? NaN)
        .minus(11_000)
        .toFixed(),
    ).toBe(pnl?.total);
    // The fees of the entry, and what it moved since: of 10,000, then of 13,000 and of 11,000.
    expect(performance.returnFraction).toBeLessThan(0);
    expect(drawdown?.now).toBeCloseTo(-(performance.returnFraction ?? NaN), 6);
    expect(await breachesAt(fixture, SECOND_SLOT)).toEqual([]);
  });

  it("gives back what it does not need, and says how much that is", async () => {
    await enter();
    const { returnable } = await bot.view();
    const most = decimal(returnable.most);
    await expect(bot.change(most.plus("0.00000001").neg().toFixed())).rejects.toThrow(/^Nothing was moved: only/);
    await bot.change(most.neg().toFixed());
    const after = await bot.view();
    expect([after.returnable.most, after.refused.take]).toEqual([
      "0",
      expect.stringMatching(/^nothing can be taken back now/),
    ]);
    expect(await breachesAt(fixture, FIRST_SLOT + 7 * 60_000)).toEqual([]);
  });

  it("may be closed by the guard after a flow at a candle of an earlier time than now", async () => {
    await enter();
    await tellBot(fixture, { kind: "close-all" });
    bot.wait(FIRST_SLOT, 19);
    await bot.change("1000");
    await guardBot(fixture.ports, { botId: fixture.botId, settingsVersion: 1 });
    expect(await runtime.db.trade.count({ where: { botId: fixture.botId } })).toBe(1);
    await runSlot(fixture, SECOND_SLOT, () => []);
    expect(await breachesAt(fixture, SECOND_SLOT)).toEqual([]);
    expect((await getBot(fixture.ports, fixture)).performance.returnFraction).toBeLessThan(0);
  });

  it.each([
    ["accepted", [[90, 1]]],
    [
      "partiallyFilled",
      [
        [2, 0.4],
        [90, 0.6],
      ],
    ],
  ] as const)("gives nothing back while an entry of it is %s, and may get more", async (status, parts) => {
    fixture = await enterSlowly(runtime, { parts });
    bot = allotmentOf(fixture);
    await bot.deposit("5000");
    await guardAt(fixture, FIRST_SLOT + 7 * 60_000);
    expect(await ordersOf(fixture)).toMatchObject([{ status }]);
    await expect(bot.change("-1")).rejects.toThrow(/an entry of the bot is on its way/);
    const { _max: posted } = await runtime.db.ledgerEntry.aggregate({
      where: { botId: fixture.botId },
      _max: { postedAt: true },
    });
    expect(await outcomeOf(bot.change("1"))).toBe("done");
    const [flow] = await bot.flows();
    expect(flow?.at.getTime(), "after all that is booked").toBeGreaterThan(posted.postedAt?.getTime() ?? Infinity);
    expect(await breachesAt(fixture, FIRST_SLOT + 8 * 60_000)).toEqual([]);
  });
});

describe("a bot far below its peak", () => {
  it("tells so once, however often money comes and goes there", async () => {
    const settings = { risk: { drawdownMax: 0.02 } };
    fixture = await createBooksFixture(runtime, { volatility: 0.0001, settings });
    bot = allotmentOf(fixture);
    await bot.deposit("5000");
    const alerts = async () =>
      (await runtime.db.alert.findMany({ where: { botId: fixture.botId } })).map(({ message }) => message.slice(0, 8));
    await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
    shiftMarket(fixture, FIRST_SLOT + 600_000, 0.7);
    await runSlot(fixture, SECOND_SLOT, () => []);
    const told = await alerts();
    expect(told).toEqual(["The bot "]);
    for (const [hour, change] of [
      [2, "4500"],
      [3, "-4500"],
      [4, "-1000.5"],
    ] as const) {
      bot.wait(FIRST_SLOT + (hour - 1) * HOUR_MS);
      await bot.change(change);
      await runSlot(fixture, FIRST_SLOT + hour * HOUR_MS, () => []);
      expect(await alerts(), change).toEqual(told);
    }
    expect(await runtime.db.bot.findUnique({ where: { id: fixture.botId } })).toMatchObject({
      tradingState: "reducing",
    });
  });
});

describe("a cycle", () => {
  it("is never changed under way: the flow is refused, and made when it has ended", async () => {
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) {
      await expect(bot.change("100")).rejects.toThrow(/a cycle has the bot just now/);
      await stage.run(cycle);
    }
    expect(await outcomeOf(bot.change("100"))).toBe("done");
    expect(await breachesAt(fixture, FIRST_SLOT)).toEqual([]);
  });

  it("that died with the bot is ended by the flow, and writes nothing any more", async () => {
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    await expireLease(fixture);
    await bot.change("-100");
    await expect(stagesOf(fixture, null)[0].run(cycle)).rejects.toThrow(/stale|no longer|another/i);
    expect(await runtime.db.cycle.findMany({ where: { botId: fixture.botId } })).toMatchObject([
      { status: "abandoned" },
    ]);
    expect(await breachesAt(fixture, FIRST_SLOT)).toEqual([]);
  });

  it("that is marked late marks what was there at its slot, before a flow of now", async () => {
    await runSlot(fixture, FIRST_SLOT, () => []);
    bot.wait(SECOND_SLOT);
    await bot.change("500");
    await runSlot(fixture, SECOND_SLOT, () => []);
    bot.wait(SECOND_SLOT);
    expect((await bot.flows()).map(({ at }) => at.getTime() < SECOND_SLOT)).toEqual([true]);
    expect(await breachesAt(fixture, SECOND_SLOT)).toEqual([]);
  });

  it("races flows and each is whole: what is booked is what was answered", async () => {
    let before = 0;
    for (const slot of [FIRST_SLOT, SECOND_SLOT]) {
      const run = runSlot(fixture, slot, () => []);
      const asked = Array.from({ length: 12 }, () => outcomeOf(bot.change("10")));
      await run;
      const done = (await Promise.all(asked)).filter((outcome) => outcome === "done").length;
      expect(await bot.flows()).toHaveLength(done + before);
      before = (await bot.flows()).length;
      expect(await breachesAt(fixture, slot)).toEqual([]);
      bot.wait(slot);
    }
  });
});

describe("money", () => {
  it("that comes back to an account whose bot lost makes up for that first, as it was told before", async () => {
    fixture = await createQuietBot(runtime);
    bot = allotmentOf(fixture);
    await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
    shiftMarket(fixture, FIRST_SLOT + 600_000, 0.97);
    await runSlot(fixture, SECOND_SLOT, () => []);
    bot.wait(SECOND_SLOT);
    const { free, shortfall } = await bot.view();
    expect([free, Number(shortfall) > 0]).toEqual(["0", true]);
    await bot.deposit("0.00000001");
    await bot.change("-100");
    expect(await bot.free()).toBe(
      decimal("100.00000001")
        .minus(shortfall ?? NaN)
        .toFixed(),
    );
    expect((await bot.view()).shortfall).toBe("0");
  });

  it("is found by an audit that only reads what came since, and one that is missing is a breach", async () => {
    await runSlot(fixture, FIRST_SLOT, () => []);
    const audited = { botId: fixture.botId, settingsVersion: 1, at: FIRST_SLOT };
    expect(await auditBot(fixture.ports, audited, true)).toEqual({ broken: [], isWhole: true });
    bot.wait(FIRST_SLOT);
    await bot.change("2000");
    const later = { ...audited, at: FIRST_SLOT + 8 * 60_000 };
    expect(await auditBot(fixture.ports, later, false)).toEqual({ broken: [], isWhole: false });
    await runtime.db.bot.update({ where: { id: fixture.botId }, data: { allotment: "11999" } });
    expect((await auditBot(fixture.ports, { ...audited, at: FIRST_SLOT + 9 * 60_000 }, false)).broken).toEqual([
      { invariant: "I15", text: "the allotment is kept as 11999, and comes to 12000" },
    ]);
  });

  it("of a held position stays with it: position and plan are as before", async () => {
    await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
    bot.wait(FIRST_SLOT);
    const before = await positionOf(fixture);
    await bot.change("-1000");
    expect(await positionOf(fixture)).toEqual(before);
  });
});
