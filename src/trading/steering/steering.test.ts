import { describe, expect, it } from "vitest";
import type { Candle } from "../market/candle";
import { timeframeMs } from "../market/timeframe";
import { decimal } from "../money";
import type { PlannedPosition } from "../portfolio/position";
import { withLegs } from "../portfolio/exit-plan";
import { settlePosition } from "../settlement/settle-position";
import { held } from "../settlement/testing/held-position";
import { decideStatus, type StatusCommand, type SteeredBot } from "./decide-status";
import { orderClose } from "./order-close";
import { orderStop } from "./order-stop";
import { isRefused } from "./refused";

const LENGTH_MS = timeframeMs("5m");
const TERMS = {
  timeframe: "5m",
  takerFeeRate: decimal("0.0005"),
  tick: decimal("0.01"),
  lot: decimal("0.001"),
} as const;
const OPENED_BY = { mode: "trinity", risk: { stopDistanceMax: 0.25 } } as const;

const candles = (...prices: (readonly [open: number, high: number, low: number, close: number])[]): Candle[] =>
  prices.map(([open, high, low, close], index) => ({
    openTime: index * LENGTH_MS,
    open,
    high,
    low,
    close,
    volume: 1e15,
  }));
const settle = (position: PlannedPosition, series: readonly Candle[]) =>
  settlePosition(position, series, { ...TERMS, time: 1000 * LENGTH_MS });
const exitsOf = (position: PlannedPosition, series: readonly Candle[]) =>
  settle(position, series).exits.map(
    ({ kind, filledAt, fill }) =>
      `${kind} ${fill.quantity.toFixed()} at ${fill.price.toFixed()} in ${filledAt / LENGTH_MS}`,
  );

describe("the status of a bot", () => {
  const bot = (status: SteeredBot["status"], rest: Partial<SteeredBot> = {}): SteeredBot => ({
    status,
    isMarketGone: false,
    openPositions: 0,
    ...rest,
  });
  it.each<[StatusCommand, SteeredBot, string]>([
    ["pause", bot("running"), "paused"],
    ["pause", bot("paused"), "it is paused already"],
    ["pause", bot("stopped"), "it is stopped: resume it first"],
    ["pause", bot("archived"), "it is archived"],
    ["resume", bot("running"), "it runs already"],
    ["resume", bot("paused"), "running"],
    ["resume", bot("stopped"), "running"],
    ["resume", bot("stopped", { isMarketGone: true }), "its market is not running: it goes on with it"],
    ["resume", bot("archived"), "it is archived"],
    ["stop", bot("running", { openPositions: 2 }), "stopped"],
    ["stop", bot("paused"), "stopped"],
    ["stop", bot("stopped"), "it is stopped already"],
    ["stop", bot("archived"), "it is archived"],
    ["archive", bot("running"), "it runs: stop it first"],
    ["archive", bot("paused"), "its cycles go on while it is paused: stop it first"],
    ["archive", bot("stopped"), "archived"],
    ["archive", bot("stopped", { openPositions: 1 }), "it holds a position: close first"],
    ["archive", bot("stopped", { openPositions: 3 }), "it holds 3 positions: close first"],
    ["archive", bot("archived"), "it is archived already"],
  ])("after %s of one that is %o is as the table has it", (command, before, expected) => {
    const decided = decideStatus(before, command);
    expect(isRefused(decided) ? decided.refused : decided.status).toBe(expected);
  });
});

describe("a position that is ordered closed", () => {
  const close = (position: PlannedPosition, at: number): PlannedPosition => ({
    ...position,
    exitPlan: orderClose(position.exitPlan, at),
  });
  const quiet = [100, 101, 99, 100] as const;

  it("leaves at the first open from then on, not at a price before", () => {
    const series = candles(quiet, quiet, [103, 104, 102, 103], quiet);
    expect(exitsOf(close(held({}), LENGTH_MS + 1), series)).toEqual(["by-hand 1 at 102.98 in 2"]);
    expect(exitsOf(close(held({}), LENGTH_MS), series)).toEqual(["by-hand 1 at 99.98 in 1"]);
  });

  it("is stopped before, where a candle reaches its stop first", () => {
    const series = candles(quiet, [100, 100, 89, 95], quiet);
    expect(exitsOf(close(held({}), 2 * LENGTH_MS), series)).toEqual(["stop-loss 1 at 89.99 in 1"]);
  });

  it("is stopped where the open that it leaves at is beyond its stop", () => {
    expect(exitsOf(close(held({}), LENGTH_MS), candles(quiet, [85, 86, 84, 85]))).toEqual([
      "stop-loss 1 at 84.99 in 1",
    ]);
  });

  it("enters no leg any more, and keeps the time of the first order", () => {
    const plan = withLegs(held({}).exitPlan, [{ price: "98", quantity: "1", fee: "0.01" }]);
    const once = orderClose(plan, 5);
    expect(once).toMatchObject({ entryLegs: [], droppedLegs: [{ price: "98" }], closeOrderedAt: 5 });
    expect(orderClose(once, 9)).toBe(once);
  });
});

describe("a stop that its trader moves", () => {
  const at = LENGTH_MS + 1;
  const order = (position: PlannedPosition, level: string, isLooser = false) =>
    orderStop(position, { level, isLooser, at }, { tick: "0.01", openedBy: OPENED_BY });
  const moved = (position: PlannedPosition, level: string, isLooser = false): PlannedPosition => {
    const ordered = order(position, level, isLooser);
    if (isRefused(ordered)) throw new Error(ordered.refused);
    return { ...position, exitPlan: ordered.exitPlan };
  };

  it("protects from the next candle on: the one that forms, and those before, know only the old one", () => {
    const position = moved(held({}), "97");
    const dip = [100, 101, 95, 100] as const;
    expect(exitsOf(position, candles(dip, dip))).toEqual([]);
    expect(exitsOf(position, candles(dip, dip, dip))).toEqual(["stop-loss 1 at 96.99 in 2"]);
    expect(exitsOf(position, candles(dip, dip, [96, 101, 95, 100]))).toEqual(["stop-loss 1 at 95.99 in 2"]);
    const settled = settle(position, candles(dip, dip, [100, 101, 99, 100]));
    expect(settled.stopLoss?.toFixed()).toBe("97");
    expect(settled.exitPlan).toMatchObject({ stopOrdered: null, stopBy: "stop-loss", stopMovedAt: 2 * LENGTH_MS });
  });

  it("that is looser holds where the old one would have left", () => {
    const position = moved(held({}), "85", true);
    expect(exitsOf(position, candles([100, 101, 99, 100], [100, 101, 99, 100], [100, 101, 88, 90]))).toEqual([]);
  });

  it("drops the legs that it comes before", () => {
    const position = { ...held({}), exitPlan: withLegs(held({}).exitPlan, [{ price: "95", quantity: "1", fee: "0" }]) };
    const quiet = [100, 101, 99, 100] as const;
    const { exitPlan } = settle(moved(position, "96"), candles(quiet, quiet, quiet));
    expect(exitPlan).toMatchObject({ entryLegs: [], droppedLegs: [{ price: "95" }] });
  });

  it("goes to the tick away from the price", () => {
    expect(moved(held({}), "95.018").exitPlan.stopOrdered).toEqual({ at, level: "95.01" });
    expect(moved(held({}, "short"), "105.011").exitPlan.stopOrdered).toEqual({ at, level: "105.02" });
  });

  it.each<[string, PlannedPosition, string, RegExp]>([
    ["at the last price", held({}), "100", /is below its last price 100: to leave now, close it/],
    ["beyond the last price", held({}), "100.5", /is below its last price/],
    ["of a short below the last price", held({}, "short"), "99", /is above its last price 100/],
    ["at 0", held({}), "0.001", /a price above 0/],
    ["where it is", held({}), "90.004", /its stop is at 90 already/],
    ["looser without a word", held({}), "89", /protects less than its stop at 90: say so/],
    ["of a short looser without a word", held({}, "short"), "111", /protects less than its stop at 110/],
    ["beyond the liquidation", held({}, "long", { leverage: decimal(10) }), "90.3", /liquidated at 90.4, before/],
    ["of a position that closes", { ...held({}), exitPlan: orderClose(held({}).exitPlan, 1) }, "95", /ordered closed/],
  ])("%s is refused with the reason", (_what, position, level, reason) => {
    const ordered = order(position, level);
    expect(isRefused(ordered) && ordered.refused).toMatch(reason);
  });

  it("farther from the entry than the settings allow is refused, also when looser is meant", () => {
    const ordered = order(held({}), "74.99", true);
    expect(isRefused(ordered) && ordered.refused).toMatch(/at most 25 % from the entry/);
    expect(isRefused(order(held({}), "75", true))).toBe(false);
  });

  it("of the control is refused", () => {
    const terms = { tick: "0.01", openedBy: { ...OPENED_BY, mode: "buy-and-hold" as const } };
    const ordered = orderStop(held({}), { level: "95", isLooser: false, at }, terms);
    expect(isRefused(ordered) && ordered.refused).toMatch(/the control holds whatever comes/);
  });

  it("is measured against the stop that was ordered before", () => {
    const position = moved(held({}), "97");
    expect(isRefused(order(position, "96"))).toBe(true);
    expect(moved(position, "98").exitPlan.stopOrdered?.level).toBe("98");
  });
});
