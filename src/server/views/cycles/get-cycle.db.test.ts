import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { cycleViewSchema, type CycleView } from "~/contracts/cycle-view";
import { positionViewSchema } from "~/contracts/position-view";
import { decimal, sumOf, toMoney } from "~/trading/money";
import { riskLimitsSchema } from "~/trading/risk/risk-limits";
import { RISK_RULES } from "~/trading/risk/risk-rules";
import { rulesOn } from "~/trading/risk/rule-book";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter, type Wish } from "../../testing/cycle-fixture";
import { shiftMarket } from "../../testing/shift-market";
import { getCycle } from "./get-cycle";
import { getPosition } from "./get-position";

let runtime: Runtime;
let fixture: BooksFixture;
// None of these entries has legs, and nothing is locked.
const RULES_ON = rulesOn(RISK_RULES, riskLimitsSchema.parse({}))
  .map(({ name }) => name)
  .filter((name) => !["legs-before-stop", "locked-by-hand"].includes(name));
const views: CycleView[] = [];

const live = async (slot: number, wish: Wish): Promise<string> => {
  const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
  for (const stage of stagesOf(fixture, wish)) await stage.run(cycle);
  return cycle.cycleId;
};

const viewOf = (cycleId: string) => getCycle(runtime, { userId: fixture.userId, cycleId });

openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  const risk = { cooldownMinutes: 0, dailyLossMax: 0.5, dailyLossOfCapitalMax: 0.5, tradesPerDayMax: 200 };
  fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk } });
  const ids: string[] = [];
  for (let hour = 0; hour < 24; hour++) {
    ids.push(await live(FIRST_SLOT + hour * HOUR_MS, hour < 23 ? wishToEnter(fixture) : null));
  }
  for (const id of ids) views.push(await viewOf(id));
});

describe("a cycle", () => {
  it("is what the contract says, also after a way through JSON", () => {
    for (const view of views) expect(cycleViewSchema.safeParse(view).error).toBeUndefined();
  });

  it("knows the ones before and after it by slot, and the equity before it", () => {
    for (const [index, view] of views.entries()) {
      expect(view.previousId).toBe(views[index - 1]?.id ?? null);
      expect(view.equityBefore).toBe(views[index - 1]?.equity?.equity ?? null);
    }
    for (const [index, view] of views.slice(0, -1).entries()) {
      expect(view.nextId).toBe(views[index + 1]?.id);
    }
  });

  it("that entered has its order with its fill, the market that it saw, and every check with its sentence", () => {
    const [first] = views;
    const [decision] = first?.decisions ?? [];
    expect(decision).toMatchObject({ action: "open", side: "long", entryScore: 0.65, nearestChange: null });
    expect(decision?.verdict).toMatchObject({ outcome: "approved", rule: null, nearestChange: null });
    expect(decision?.verdict?.checks.map(({ rule }) => rule)).toEqual(RULES_ON);
    expect(decision?.verdict?.size).toMatch(
      /^\d+ % of equity as margin, times [\d.]+ for its score: an order of [\d,.]+ USDT$/,
    );
    for (const { description } of decision?.verdict?.checks ?? []) expect(description).toMatch(/\.$/);
    const [order] = decision?.orders ?? [];
    expect(order).toMatchObject({ purpose: "entry", side: "buy", status: "filled", pair: "BTC/USDT" });
    expect(order?.fills.map(({ quantity, price }) => [quantity, price])).toEqual([
      [order?.quantity, order?.averagePrice],
    ]);
    expect(
      first?.markets.map(({ pair, quoteVolume24h, openInterest }) => [pair, quoteVolume24h, openInterest]),
    ).toEqual([["BTC/USDT", "50000000", null]]);
    expect(first).toMatchObject({ isHistory: false, status: "done", epoch: "1" });
  });

  it("that was refused says what would have let it pass", () => {
    const refused = views
      .flatMap(({ decisions }) => decisions)
      .filter(({ verdict }) => verdict?.outcome === "rejected");
    expect(refused.length).toBeGreaterThan(0);
    for (const { verdict, orders } of refused) {
      expect([verdict?.rule, verdict?.nearestChange, orders]).toEqual([
        "pair-is-free",
        "wait until the open position in this pair is closed",
        [],
      ]);
    }
  });

  it("of the bot's own mode has its evidence unpacked, and a hold of it its nearest change", () => {
    const [decision] = views.at(-1)?.decisions ?? [];
    expect(decision?.evidence?.[0]).toMatchObject({ side: "long", category: "regime", condition: "close-sma200" });
    const isRefusal = ["no-trigger", "score-below-minimum", "exit-rule-holds"].includes(decision?.reasonCode ?? "");
    expect(decision?.nearestChange === null).toBe(!isRefusal);
  });

  it("shows each protective exit in one cycle only, the one whose slot came next", async () => {
    const settled = views.flatMap((view) => view.settled);
    const trades = await runtime.db.trade.findMany({ where: { botId: fixture.botId } });
    expect(trades.length).toBeGreaterThan(1);
    expect(settled.map(({ positionId }) => positionId).toSorted()).toEqual(
      trades.map(({ positionId }) => positionId).toSorted(),
    );
    for (const view of views.filter((each) => each.settled.length > 0)) {
      const [previous] = views.filter(({ id }) => id === view.previousId);
      for (const { filledAt: exitedAt } of view.settled) {
        expect(exitedAt.getTime()).toBeGreaterThanOrEqual(previous?.slot.getTime() ?? Infinity);
        expect(exitedAt.getTime()).toBeLessThan(view.slot.getTime());
      }
    }
  });

  it("shows an exit that is booked at the very instant of its slot, while it runs and after it, and no later one does", async () => {
    const other = await createBooksFixture(runtime, { volatility: 0.0005 });
    const [enters, settles, holds] = [0, 1, 2].map((hour) => FIRST_SLOT + hour * HOUR_MS);
    const view = (cycleId: string) => getCycle(runtime, { userId: other.userId, cycleId });
    const run = async (slot = NaN, wish: Wish = () => []) => {
      const cycle = await claimSlot(other, slot, { holder: `run-${slot}` });
      const settled: number[] = [];
      for (const stage of stagesOf(other, wish)) {
        await stage.run(cycle);
        settled.push((await view(cycle.cycleId)).settled.length);
      }
      return { ...cycle, settled };
    };
    await run(enters, wishToEnter(other));
    // The last candle before the slot falls through the stop.
    shiftMarket(other, (settles ?? 0) - HOUR_MS / 12, 0.95);
    const { cycleId, settled } = await run(settles);
    expect(settled).toEqual([0, 1, 1, 1, 1, 1]);
    expect((await run(holds)).settled).toEqual([0, 0, 0, 0, 0, 0]);
    const { positionId } = await runtime.db.trade.findFirstOrThrow({ where: { botId: other.botId } });
    expect((await getPosition(runtime, { userId: other.userId, positionId })).closedByCycle).toBe(cycleId);
  });

  it("that was skipped or missed has no stage, no market and no equity, and says why", async () => {
    const id = runtime.newId();
    const slot = new Date(FIRST_SLOT + 30 * HOUR_MS);
    await runtime.db.cycle.create({
      data: {
        id,
        botId: fixture.botId,
        slot,
        status: "skipped",
        skipReason: "missed",
        missedThrough: new Date(slot.getTime() + 2 * HOUR_MS),
        missedCount: 3,
      },
    });
    const view = await viewOf(id);
    expect(view).toMatchObject({ skipReason: "missed", missedCount: 3, markets: [], settled: [], equity: null });
    expect(new Set(view.stages.map(({ state }) => state))).toEqual(new Set(["not-reached"]));
    await runtime.db.cycle.delete({ where: { id } });
  });

  it("from before its venue opened is history", async () => {
    await runtime.db.venue.update({
      where: { id: fixture.venueId },
      data: { openedAt: new Date(FIRST_SLOT + HOUR_MS) },
    });
    const [first, second] = [await viewOf(views[0]?.id ?? ""), await viewOf(views[1]?.id ?? "")];
    expect([first.isHistory, second.isHistory]).toEqual([true, false]);
  });

  it("of another user is as absent as none, in the same words", async () => {
    const ask = (cycleId: string, userId: string) => getCycle(runtime, { cycleId, userId });
    const error = { code: "not-found", message: "Cycle not found: it was deleted or belongs to another user." };
    await expect(ask(views[0]?.id ?? "", runtime.newId())).rejects.toMatchObject(error);
    await expect(ask(runtime.newId(), fixture.userId)).rejects.toMatchObject(error);
  });
});

describe("a position", () => {
  const viewOfPosition = (positionId: string) => getPosition(runtime, { userId: fixture.userId, positionId });

  it("that was closed has its two orders, the cycles of both, and lines that sum to zero and to its result", async () => {
    const trades = await runtime.db.trade.findMany({ where: { botId: fixture.botId } });
    for (const trade of trades) {
      const view = await viewOfPosition(trade.positionId);
      expect(positionViewSchema.safeParse(view).error).toBeUndefined();
      expect(view.orders.map(({ purpose }) => purpose)).toEqual(["entry", "protective"]);
      expect(view).toMatchObject({ quantity: trade.quantity.toFixed(), unrealized: null });
      const opened = views.find(({ id }) => id === view.openedByCycle);
      const closed = views.find(({ id }) => id === view.closedByCycle);
      expect(opened?.slot).toEqual(view.openedAt);
      const decided = opened?.decisions.find(({ action, pair }) => action === "open" && pair === view.pair);
      expect(view.closedEarlyIf).toEqual(decided?.invalidation);
      expect(closed?.settled.map(({ positionId }) => positionId)).toContain(view.id);
      const total = (...accounts: string[]) =>
        sumOf(
          view.ledger.filter(({ account }) => accounts.includes(account)).map(({ amount }) => decimal(amount)),
        ).toFixed();
      expect(sumOf(view.ledger.map(({ amount }) => decimal(amount))).isZero()).toBe(true);
      expect(total("margin")).toBe("0");
      expect(total("cash")).toBe(view.closed?.pnl.net);
      const { gross, slippage, fees, funding, net } = view.closed?.pnl ?? {
        gross: 0,
        slippage: 0,
        fees: 0,
        funding: 0,
        net: 0,
      };
      expect(decimal(gross).minus(slippage).minus(fees).plus(funding).toFixed()).toBe(net);
    }
  });

  it("that is open has its unrealised result at its mark, and no end", async () => {
    const cycleId = await live(FIRST_SLOT + 24 * HOUR_MS, wishToEnter(fixture));
    const open = await runtime.db.position.findFirstOrThrow({ where: { botId: fixture.botId, closedAt: null } });
    const view = await viewOfPosition(open.id);
    const expected = toMoney(open.mark.minus(open.entryPrice).times(open.quantity).toString()).toFixed();
    expect(decimal(view.unrealized ?? 0).isZero()).toBe(false);
    expect(view).toMatchObject({ closed: null, closedByCycle: null, openedByCycle: cycleId, unrealized: expected });
  });

  it("of another user is as absent as none", async () => {
    const { id } = await runtime.db.position.findFirstOrThrow({ where: { botId: fixture.botId } });
    const ask = getPosition(runtime, { userId: runtime.newId(), positionId: id });
    await expect(ask).rejects.toMatchObject({
      code: "not-found",
      message: "Position not found: it does not exist or belongs to another user.",
    });
  });
});
