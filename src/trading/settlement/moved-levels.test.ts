import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import type { ExitPlan } from "../portfolio/exit-plan";
import type { OrderedExits } from "../portfolio/ordered-exits";
import type { PlannedPosition } from "../portfolio/position";
import { moveLevels, takeOrderedExits, takeOrderedStop } from "./move-levels";
import { held } from "./testing/held-position";
import { touchedLevels } from "./touched-levels";

const LOT = decimal("0.01");
const AT = 600_000;
const LEGS = ["98", "96", "93"].map((price) => ({ price, quantity: "1", fee: "0.001" }));

const planned = (position: PlannedPosition, part: Partial<ExitPlan>): PlannedPosition => ({
  ...position,
  exitPlan: { ...position.exitPlan, ...part },
});
const told = ({ stopLoss, exitPlan }: Pick<PlannedPosition, "stopLoss" | "exitPlan">) => ({
  stop: stopLoss?.toFixed(),
  by: exitPlan.stopBy,
  movedAt: exitPlan.stopMovedAt,
  legs: exitPlan.entryLegs.map(({ price }) => price),
  dropped: exitPlan.droppedLegs.map(({ price }) => price),
});

describe("a stop that the trader ordered", () => {
  const ordered = planned(held({ trailing: { by: "supertrend" } }), {
    stopOrdered: { at: AT, level: "95" },
    stopBy: "trailing-stop",
    entryLegs: LEGS,
  });

  it("is taken by the first candle that opens at its time or later, not before", () => {
    expect(takeOrderedStop(ordered, AT - 1)).toBe(ordered);
    for (const openTime of [AT, AT + 300_000]) {
      const taken = takeOrderedStop(ordered, openTime);
      expect(told(taken)).toMatchObject({ stop: "95", by: "stop-loss", movedAt: openTime });
      expect(taken.exitPlan.stopOrdered).toBeNull();
    }
  });

  it("drops the legs that it comes before, and keeps the others", () => {
    expect(told(takeOrderedStop(ordered, AT))).toMatchObject({ legs: ["98", "96"], dropped: ["93"] });
    const again = planned(ordered, { droppedLegs: [{ price: "99", quantity: "1", fee: "0.001" }] });
    expect(told(takeOrderedStop(again, AT)).dropped).toEqual(["99", "93"]);
  });
});

describe("exits that the trader ordered", () => {
  const wanted: OrderedExits = {
    at: AT,
    version: 2,
    stopLoss: "97",
    takeProfit: "130",
    targets: [{ target: "110", share: 0.5 }],
    breakEven: null,
    trail: null,
    timeExitAt: 9_000_000,
  };
  const before = planned(held({ trailing: { by: "percent", distanceFraction: 0.02 } }), {
    entryLegs: LEGS,
    best: "108",
    trailLevel: "105",
  });
  const take = (exits: Partial<OrderedExits>, openTime = AT) =>
    takeOrderedExits(planned(before, { exitsOrdered: { ...wanted, ...exits } }), openTime, LOT);

  it("replace those before from the first candle on that opens at their time; what was reached before does not count", () => {
    const waiting = planned(before, { exitsOrdered: wanted });
    expect(takeOrderedExits(waiting, AT - 1, LOT)).toBe(waiting);
    const taken = take({});
    expect(told(taken)).toEqual({ stop: "97", by: "stop-loss", movedAt: AT, legs: ["98"], dropped: ["96", "93"] });
    expect(taken.takeProfit?.toFixed()).toBe("130");
    expect(taken.exitPlan).toMatchObject({
      exitsOrdered: null,
      trail: null,
      best: null,
      trailLevel: null,
      timeExitAt: 9_000_000,
      remainingLegs: [{ target: "110", quantity: "0.5", share: 0.5 }],
    });
  });

  it("leave a stop or a target where it is when they name none", () => {
    const taken = take({ stopLoss: null, takeProfit: null }, AT + 1);
    expect(told(taken)).toMatchObject({ stop: "90", movedAt: undefined, legs: ["98", "96", "93"], dropped: [] });
    expect(taken.takeProfit?.toFixed()).toBe("120");
  });
});

describe("levels that a candle moves", () => {
  const candle = (part: Partial<Record<"open" | "high" | "low" | "close", number>>) => ({
    openTime: AT,
    open: 100,
    high: 101,
    low: 99,
    close: 100,
    volume: 1,
    ...part,
  });
  const move = (position: PlannedPosition, part: Parameters<typeof candle>[0]) =>
    moveLevels(position, candle(part), { timeframe: "5m", tick: decimal("0.01"), hasGrown: false });

  it("follow the best price since the entry: a worse candle takes nothing back", () => {
    const trailing = held({ trailing: { by: "percent", distanceFraction: 0.02 } });
    const up = { ...trailing, ...move(trailing, { high: 110 }) };
    expect(told(up)).toMatchObject({ stop: "107.8", by: "trailing-stop", movedAt: AT + 300_000 });
    expect(told({ ...up, ...move(up, { high: 104 }) })).toMatchObject({ stop: "107.8" });
    expect(up.exitPlan.trailLevel).toBe("107.8");
  });

  it("wait for the gain that begins the trail, exactly", () => {
    const waiting = held({ trailing: { by: "percent", distanceFraction: 0.02, fromFraction: 0.1 } });
    const short = move(waiting, { high: 109.99 });
    expect(told(short).stop).toBe("90");
    expect(short.exitPlan.trail).toMatchObject({ from: "110" });
    const begun = move(waiting, { high: 110 });
    expect([told(begun).stop, begun.exitPlan.trail]).toMatchObject(["107.8", { from: null }]);
  });

  it("at break-even keep what a trail stands at, and drop the legs that the stop comes before", () => {
    const position = planned(held({ breakEven: { fromFraction: 0.05, lockFraction: 0.01 } }), {
      trailLevel: "94",
      entryLegs: LEGS,
    });
    const moved = move(position, { high: 105 });
    expect(told(moved)).toMatchObject({ stop: "101", by: "break-even", legs: [], dropped: ["98", "96", "93"] });
    expect(moved.exitPlan).toMatchObject({ trailLevel: "94", breakEven: null });
    expect(move(position, { high: 104.99 }).exitPlan.breakEven).not.toBeNull();
  });

  it("a close beyond the price of a condition counts, one at it ends the count", () => {
    const position = held({ invalidation: [{ on: "close", operator: "<", price: "97", candles: 2 }] });
    const once = { ...position, ...move(position, { close: 96.99 }) };
    expect(once.exitPlan).toMatchObject({ conditions: [{ seen: 1 }], pending: null });
    expect(move(once, { close: 97 }).exitPlan).toMatchObject({ conditions: [{ seen: 0 }], pending: null });
    expect(move(once, { close: 96 }).exitPlan).toMatchObject({ conditions: [], pending: "invalidation" });
  });

  it("a price that should have come by a time: come, the condition is gone; not come, the position closes", () => {
    const position = held({ invalidation: [{ on: "time", minutes: 15, unlessPrice: "103" }] });
    const early = {
      ...position,
      ...moveLevels(position, { ...candle({}), openTime: 0 }, { timeframe: "5m", tick: LOT, hasGrown: false }),
    };
    expect(early.exitPlan).toMatchObject({ conditions: [{ on: "time" }], pending: null });
    expect(move(early, { close: 103 }).exitPlan).toMatchObject({ conditions: [], pending: null });
    expect(move(early, { close: 102.99 }).exitPlan).toMatchObject({ conditions: [], pending: "invalidation" });
  });
});

describe("what closes a position at the open", () => {
  const candle = { openTime: AT, open: 101, high: 102, low: 100, close: 101, volume: 1 };
  const closedBy = (part: Partial<ExitPlan>) =>
    touchedLevels(planned(held({}), part), candle, (position) => position).map(({ kind, isPart }) => [kind, isPart]);

  it.each([
    ["its trader's order of that time", { closeOrderedAt: AT }, "by-hand"],
    ["its trader's order of before", { closeOrderedAt: AT - 1 }, "by-hand"],
    ["the end of its time", { timeExitAt: AT }, "time-exit"],
  ] as const)("%s", (_what, part, kind) => {
    expect(closedBy(part)).toEqual([[kind, false]]);
  });

  it("nothing that is of later", () => {
    expect(closedBy({ closeOrderedAt: AT + 1, timeExitAt: AT + 1 })).toEqual([]);
    expect(closedBy({})).toEqual([]);
  });
});
