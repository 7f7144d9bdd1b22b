import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Decision } from "~/trading/decision/basis/decision";
import { decimal, toMoney } from "~/trading/money";
import { postFunding } from "~/trading/portfolio/ledger";
import { checkBotInvariants } from "../books/check-bot-invariants";
import { appendLedger } from "../books/ledger";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter, type Wish } from "../testing/cycle-fixture";
import { guardOnly } from "../testing/guard-only";
import { listBotRows } from "../views/bots/list-bots";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

const DUE = FIRST_SLOT + 8 * HOUR_MS;
const HELD = { positionMarginMax: 0.2 };

let fixture: BooksFixture;
const cycleAt = async (slot: number, wish: Wish): Promise<void> => {
  const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
  for (const stage of stagesOf(fixture, wish)) await stage.run(cycle);
};
const guardAt = (time: number): Promise<number> => {
  fixture.setTime(time);
  return guardOnly(fixture.ports, fixture.botId);
};

/** A bot of matching version 2 in a calm market, which entered an hour before the payment and knows its rate. */
beforeEach(async () => {
  const matching = { version: 2, fundingRatePer8h: 0.0007 } as const;
  fixture = await createBooksFixture(runtime, { volatility: 0.00005, settings: { matching, risk: HELD } });
  await cycleAt(DUE - HOUR_MS, wishToEnter(fixture));
});

const wishNothing: Wish = () => [];
const wishToClose: Wish = () => [
  {
    pair: "BTC/USDT",
    action: "close",
    side: "long",
    decidedCandle: null,
    score: 0.9,
    sizeFraction: null,
    leverage: null,
    entryPrice: null,
    stopLoss: null,
    takeProfit: null,
    invalidation: [],
    evidence: [],
    reason: { code: "exit-wish", text: "a test wants it" },
  } satisfies Decision,
];

const heldPosition = () => runtime.db.position.findFirstOrThrow({ where: { botId: fixture.botId } });
const payments = () =>
  runtime.db.ledgerEntry.findMany({
    where: { botId: fixture.botId, account: "funding" },
    orderBy: { postedAt: "asc" },
  });
const openAt = (time: number): number =>
  fixture.market.candles.get("BTC/USDT")?.find(({ openTime }) => openTime === time)?.open ?? 0;
const broken = (at: number) => checkBotInvariants(fixture.ports, { botId: fixture.botId, settingsVersion: 1, at });

/** The rate that the fixture's market shows. */
const RECORDED = "0.0001";

describe("funding", () => {
  it("is posted once, at the recorded rate, however often guard and cycle come by", async () => {
    await cycleAt(DUE, wishNothing);
    await guardAt(DUE + 240_000);
    expect(await payments(), "the candle that opens then has not closed").toEqual([]);
    for (const minutes of [5, 7, 30]) await guardAt(DUE + minutes * 60_000);
    await cycleAt(DUE + HOUR_MS, wishNothing);
    const { id, quantity } = await heldPosition();
    const paid = toMoney(decimal(quantity.toFixed()).times(openAt(DUE)).times(RECORDED));
    const rows = await payments();
    expect(
      rows.map(({ transactionId, amount, postedAt }) => [transactionId, amount.toFixed(), postedAt.getTime()]),
    ).toEqual([[`funding:${id}:${DUE}`, paid.toFixed(), DUE + 300_000]]);
    expect(await broken(DUE + HOUR_MS)).toEqual([]);
  });

  it("is at the stated rate where none was recorded in the eight hours before", async () => {
    await runtime.db.marketSnapshot.updateMany({ data: { fundingRate: null } });
    await cycleAt(DUE, wishNothing);
    await guardAt(DUE + 300_000);
    const { quantity } = await heldPosition();
    const paid = toMoney(decimal(quantity.toFixed()).times(openAt(DUE)).times("0.0007"));
    expect((await payments()).map(({ amount }) => amount.toFixed())).toEqual([paid.toFixed()]);
  });

  it("is part of the trade and posted with the exit, where the bot closes at that instant", async () => {
    await cycleAt(DUE, wishToClose);
    const trade = await runtime.db.trade.findFirstOrThrow({ where: { botId: fixture.botId } });
    const paid = toMoney(decimal(trade.quantity.toFixed()).times(trade.exitPrice.toFixed()).times(RECORDED));
    expect(trade.funding.toFixed()).toBe(paid.neg().toFixed());
    const rows = await payments();
    expect(rows.map(({ amount }) => amount.toFixed())).toEqual([paid.toFixed()]);
    expect(rows[0]?.transactionId).toMatch(/^fill:.*:close$/);
    expect(await broken(DUE)).toEqual([]);
  });

  it("of a whole life is what the trade says, and kept totals agree", async () => {
    await cycleAt(DUE + 9 * HOUR_MS, wishToClose);
    const rows = await payments();
    expect(rows).toHaveLength(2);
    const trade = await runtime.db.trade.findFirstOrThrow({ where: { botId: fixture.botId } });
    const paid = rows.reduce((sum, { amount }) => sum.plus(amount.toFixed()), decimal(0));
    expect(trade.funding.toFixed()).toBe(paid.neg().toFixed());
    expect(await broken(DUE + 9 * HOUR_MS)).toEqual([]);
  });

  it("cannot be posted twice for one instant", async () => {
    await cycleAt(DUE, wishNothing);
    await guardAt(DUE + 300_000);
    const { id: positionId } = await heldPosition();
    const again = postFunding({ positionId, dueAt: DUE, at: DUE + 300_000, amount: decimal(-1) });
    const of = { botId: fixture.botId, currency: "USDT", positionId };
    await expect(runtime.db.$transaction((tx) => appendLedger(tx, again, of))).rejects.toThrow(/23505|unique/i);
  });

  it("of an open position stands in the bot's result, which is its equity less its allotment", async () => {
    await cycleAt(DUE + HOUR_MS, wishNothing);
    const [row] = await listBotRows(fixture.ports, { userId: fixture.userId, botIds: [fixture.botId] });
    expect(decimal(row?.pnl?.openFunding ?? 0).lt(0)).toBe(true);
    expect(row?.pnl?.total).toBe(
      decimal(row?.equity ?? 0)
        .minus(row?.allotment ?? 0)
        .toFixed(),
    );
    const point = await runtime.db.equityPoint.findFirst({ where: { botId: fixture.botId }, orderBy: { at: "desc" } });
    expect(row?.equity).toBe(point?.equity.toFixed());
  });
});
