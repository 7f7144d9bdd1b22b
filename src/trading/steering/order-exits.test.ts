import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "../bot-settings";
import { decimal } from "../money";
import { planWholeExit } from "../portfolio/exit-plan";
import type { PlannedPosition } from "../portfolio/position";
import { buildPosition } from "../portfolio/testing/position-builder";
import { settlePosition } from "../settlement/settle-position";
import { orderClose } from "./order-close";
import { isStopLooser, orderExits } from "./order-exits";
import { isRefused } from "./refused";

const LENGTH_MS = 300_000;
const AT = LENGTH_MS + 1;
const OPENED_BY = botSettingsSchema.parse({ pairs: ["BTC/USDT"] });

/** A long of 1 from 100 with its stop at 96.5 and its target at 108, as Trinity opens it. */
const held = (part: Partial<PlannedPosition> = {}): PlannedPosition => {
  const levels = { stopLoss: decimal("96.5"), takeProfit: decimal(108) };
  return { ...buildPosition({ quantity: decimal(1), ...levels }), ...levels, exitPlan: planWholeExit(levels), ...part };
};

const settingsOf = (decision: object, exits: object = {}) =>
  botSettingsSchema.parse({ pairs: ["BTC/USDT"], decision, exits });

const order = (position: PlannedPosition, settings: typeof OPENED_BY, isLooser = false) =>
  orderExits(position, { settings, version: 2, isLooser, at: AT }, { tick: "0.01", openedBy: OPENED_BY });

const refusalOf = (outcome: ReturnType<typeof order>): string => (isRefused(outcome) ? outcome.refused : "taken");

const taken = (position: PlannedPosition, settings: typeof OPENED_BY): PlannedPosition => {
  const outcome = order(position, settings);
  if (isRefused(outcome)) throw new Error(outcome.refused);
  return { ...position, exitPlan: outcome.exitPlan };
};

type Prices = readonly [open: number, high: number, low: number, close: number];
const settle = (position: PlannedPosition, ...prices: readonly Prices[]) =>
  settlePosition(
    position,
    prices.map(([open, high, low, close], index) => ({
      openTime: index * LENGTH_MS,
      open,
      high,
      low,
      close,
      volume: 1000,
    })),
    { timeframe: "5m", tick: decimal("0.01"), lot: decimal("0.01"), takerFeeRate: decimal(0), time: 9 * LENGTH_MS },
  );

const QUIET: Prices = [100, 101, 99, 100];
const NEARER = { stopLossFraction: 0.02, takeProfitFraction: 0.05 };

describe("exits that a trader applies to an open position", () => {
  it("are those of the settings, by the price of its entry, from the next candle on", () => {
    const exits = {
      breakEven: { fromFraction: 0.02 },
      trailing: { by: "percent", distanceFraction: 0.03 },
      timeExitMinutes: 60,
      targets: [{ atFraction: 0.03, share: 0.5 }],
    };
    const position = taken(held(), settingsOf(NEARER, exits));
    const before = settle(position, QUIET, QUIET);
    expect([before.stopLoss?.toFixed(), before.takeProfit?.toFixed()]).toEqual(["96.5", "108"]);
    const after = settle(position, QUIET, QUIET, QUIET);
    expect([after.stopLoss?.toFixed(), after.takeProfit?.toFixed()]).toEqual(["98", "105"]);
    expect(after.exitPlan).toMatchObject({
      exitsOrdered: null,
      stopBy: "stop-loss",
      breakEven: { at: "102", level: "100" },
      trail: { by: "percent", distance: 0.03 },
      timeExitAt: 3_600_000,
      remainingLegs: [{ target: "103", quantity: "0.5", share: 0.5 }],
    });
  });

  it("close the position by the new levels, and not by the old ones", () => {
    const position = taken(held(), settingsOf(NEARER));
    const exits = (...prices: readonly Prices[]) =>
      settle(position, ...prices).exits.map(({ kind, filledAt }) => `${kind} in ${filledAt / LENGTH_MS}`);
    expect(exits(QUIET, [100, 106, 99, 100])).toEqual([]);
    expect(exits(QUIET, QUIET, [100, 106, 99, 100])).toEqual(["take-profit in 2"]);
    expect(exits(QUIET, QUIET, [100, 101, 97.5, 98.5])).toEqual(["stop-loss in 2"]);
  });

  it("take away what the settings have no more, and leave what proves the idea wrong", () => {
    const conditions = [{ on: "close", operator: "<", price: "80", candles: 2, seen: 0 }] as const;
    const plan = { ...held().exitPlan, timeExitAt: 9_000_000, conditions: [...conditions] };
    const after = settle(taken(held({ exitPlan: plan }), settingsOf(NEARER)), QUIET, QUIET, QUIET);
    expect(after.exitPlan).toMatchObject({ timeExitAt: null, conditions });
  });

  it("leave a stop that the market decides where it is", () => {
    const breakout = botSettingsSchema.parse({ pairs: ["BTC/USDT"], mode: "indicator", decision: {} });
    const after = settle(taken(held(), breakout), QUIET, QUIET, QUIET);
    expect([after.stopLoss?.toFixed(), after.takeProfit?.toFixed()]).toEqual(["96.5", "105"]);
  });

  it("with a looser stop need the trader's word for it", () => {
    const looser = settingsOf({ stopLossFraction: 0.05 });
    expect(refusalOf(order(held(), looser))).toMatch(/protects less than its stop at 96.5: say so/);
    const meant = order(held(), looser, true);
    expect(!isRefused(meant) && meant.exits.stopLoss).toBe("95");
    expect(!isRefused(meant) && isStopLooser(held(), meant.exits)).toBe(true);
  });

  it.each<[what: string, position: PlannedPosition, settings: typeof OPENED_BY, reason: RegExp]>([
    ["that it has already", held(), settingsOf({}), /its exits are those of version 2 already/],
    [
      "with a stop beyond the price",
      held({ mark: decimal(97) }),
      settingsOf(NEARER),
      /below its last price 97: to leave now/,
    ],
    [
      "with a target that is reached",
      held({ mark: decimal(106) }),
      settingsOf(NEARER),
      /beyond the target 105 already/,
    ],
    [
      "with a part of its target reached already",
      held({ mark: decimal(104) }),
      settingsOf(NEARER, { targets: [{ atFraction: 0.03, share: 0.5 }] }),
      /beyond the target 103 already/,
    ],
    ["with a time that is over", held(), settingsOf(NEARER, { timeExitMinutes: 1 }), /its time is over/],
    [
      "where it was ordered closed",
      held({ exitPlan: orderClose(held().exitPlan, 1) }),
      settingsOf(NEARER),
      /ordered closed/,
    ],
    [
      "of the control",
      held(),
      botSettingsSchema.parse({ pairs: ["BTC/USDT"], mode: "buy-and-hold" }),
      /the control holds/,
    ],
  ])("%s are refused with the reason", (_what, position, settings, reason) => {
    expect(refusalOf(order(position, settings))).toMatch(reason);
  });

  it("are judged by the stop in force, and end the order of another one that waits", () => {
    const waiting = { at: 1, level: "99" };
    const position = held({ exitPlan: { ...held().exitPlan, stopOrdered: waiting } });
    expect(taken(position, settingsOf(NEARER)).exitPlan).toMatchObject({
      stopOrdered: null,
      exitsOrdered: { stopLoss: "98" },
    });
  });

  it("whose time ends this instant are over, and those of an instant later are not", () => {
    const inFiveMinutes = settingsOf(NEARER, { timeExitMinutes: 5 });
    const orderAt = (at: number) =>
      orderExits(
        held(),
        { settings: inFiveMinutes, version: 2, isLooser: false, at },
        { tick: "0.01", openedBy: OPENED_BY },
      );
    expect(refusalOf(orderAt(LENGTH_MS))).toMatch(/its time is over/);
    expect(refusalOf(orderAt(LENGTH_MS - 1))).toBe("taken");
  });

  it("give way to an order to close", () => {
    expect(orderClose(taken(held(), settingsOf(NEARER)).exitPlan, 9).exitsOrdered).toBeNull();
  });
});
