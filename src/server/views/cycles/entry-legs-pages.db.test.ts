import { describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { loadOpenPositions } from "../../books/positions";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS } from "../../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../../testing/cycle-fixture";
import { guardOnly } from "../../testing/guard-only";
import { listPositions } from "../bots/list-positions";
import { getCandleChart } from "../history/get-candle-chart";
import { listActivity } from "../overview/list-activity";
import { getPosition } from "./get-position";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

const LEGS = [
  { againstFraction: 0.005, share: 0.3 },
  { againstFraction: 0.008, share: 0.2 },
];
const SECOND = FIRST_SLOT + HOUR_MS;

describe("what pages say of a position in legs", () => {
  /** The first leg is reached in the very candle of the entry, the second never. */
  const enterAtOnce = async () => {
    const settings = { dca: { legs: LEGS }, risk: { rewardToRiskMin: 0.5 } };
    const fixture = await createBooksFixture(runtime, { volatility: 0.0001, settings });
    const candles = fixture.market.candles.get("BTC/USDT") ?? [];
    const fall = candles.map((candle) =>
      candle.openTime === FIRST_SLOT ? { ...candle, low: candle.open * 0.9945 } : candle,
    );
    fixture.market.candles.set("BTC/USDT", fall);
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
    fixture.setTime(FIRST_SLOT + HOUR_MS / 2);
    await guardOnly(fixture.ports, fixture.botId);
    const { id } = await runtime.db.position.findFirstOrThrow({ where: { botId: fixture.botId } });
    return { fixture, positionId: id, opened: cycle.cycleId };
  };

  it("names the cycle that entered it, its orders in their order, and the legs entered and to come", async () => {
    const { fixture, positionId, opened } = await enterAtOnce();
    const { userId, botId } = fixture;
    const view = await getPosition(runtime, { userId, positionId });
    expect(view.orders.map(({ purpose, intendedAt }) => [purpose, intendedAt.getTime()])).toEqual([
      ["entry", FIRST_SLOT],
      ["leg", FIRST_SLOT],
    ]);
    expect([view.openedByCycle, view.closedEarlyIf]).toEqual([opened, ["close crosses below SMA200"]]);
    expect(view.exits.map((text) => text.replaceAll(/[\d.,]+/g, "#"))).toEqual([
      "# more was entered at its leg #",
      "# more is entered at #",
    ]);
    const [{ exitPlan } = { exitPlan: null }] = await loadOpenPositions(runtime.db, botId);
    const [toCome] = exitPlan?.entryLegs ?? [];
    const chart = await getCandleChart(fixture.ports, { userId, botId, pair: "BTC/USDT", timeframe: "5m" });
    expect(chart.position?.legs).toEqual([toCome?.price]);
    expect(chart.marks.filter(({ kind }) => kind === "entry")).toHaveLength(2);
  });

  it("counts in what it may lose all of its plan, and has the fees of what is entered", async () => {
    const { fixture, positionId } = await enterAtOnce();
    const { userId, botId } = fixture;
    const listed = await listPositions(fixture.ports, { userId, botId });
    const [position] = await loadOpenPositions(runtime.db, botId);
    const [leg] = position?.exitPlan.entryLegs ?? [];
    const stop = Number(position?.stopLoss);
    const toStop = (price: unknown, quantity: unknown) => (Number(price) - stop) * Number(quantity);
    const most = toStop(position?.mark, position?.quantity) + toStop(leg?.price, leg?.quantity);
    const [row] = listed.positions;
    expect(-Number(row?.lossAtStop)).toBeGreaterThan(most);
    expect(-Number(row?.lossAtStop)).toBeLessThan(most * 1.2);
    const fills = await runtime.db.fill.findMany({ where: { positionId } });
    expect(fills).toHaveLength(2);
    expect(Number(row?.fees)).toBeCloseTo(
      fills.reduce((sum, { fee }) => sum + Number(fee), 0),
      8,
    );
  });

  it("tells its opening with the cycle that entered it, and its close with the cycle that closed it", async () => {
    const { fixture, opened } = await enterAtOnce();
    const [wish] = wishToEnter(fixture)(SECOND);
    const close = { ...wish, action: "close", side: null, stopLoss: null, takeProfit: null } as const;
    const cycle = await claimSlot(fixture, SECOND, { holder: "run-2" });
    for (const stage of stagesOf(fixture, () => (wish ? [{ ...wish, ...close }] : []))) await stage.run(cycle);
    const told = await listActivity(fixture.ports, { userId: fixture.userId }, 10);
    expect(told.map(({ kind, cycleId }) => [kind, cycleId])).toEqual([
      ["trade-closed", cycle.cycleId],
      // The leg, which no cycle ordered.
      ["trade-changed", null],
      ["trade-opened", opened],
    ]);
  });
});
