import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../../market/duration";
import { decimal } from "../../money";
import type { PastResult } from "../basis/past-results";
import { buildContext, buildHistory, buildPortfolio, SLOT } from "../testing/risk-context-builder";
import { pairLockRule } from "./pair-lock";
import { tradesDrawdownRule } from "./trades-drawdown";

/** A trade of value 1000 that ended so many hours ago, with its net profit. */
const ended = (hours: number, net: number, marketId = 1): PastResult => ({
  marketId,
  exitedAt: SLOT - hours * HOUR_MS,
  realizedPnl: String(net),
  notional: "1000",
});

const LOCK = { pairLockHours: 12, pairLockDays: 7, pairLockTradesMin: 3, pairLockProfitMin: 0 };
const BREAK = {
  tradesDrawdownMax: 0.05,
  tradesDrawdownDays: 7,
  tradesDrawdownTradesMin: 2,
  tradesDrawdownPauseHours: 24,
};

const contextOf = (results: readonly PastResult[], limits: object, time = SLOT, cash = 10_000) => {
  const { limits: standard } = buildContext();
  const sorted = results.toSorted((one, other) => one.exitedAt - other.exitedAt || one.marketId - other.marketId);
  return buildContext({
    time,
    limits: { ...standard, ...limits },
    history: buildHistory({ results: sorted }),
    portfolio: buildPortfolio({ cash: decimal(cash) }),
  });
};
const lock = (results: readonly PastResult[], limits: object = {}, time = SLOT) =>
  pairLockRule.check(contextOf(results, { ...LOCK, ...limits }, time));
const pause = (results: readonly PastResult[], limits: object = {}, time = SLOT) =>
  tradesDrawdownRule.check(contextOf(results, { ...BREAK, ...limits }, time));

const THREE = [ended(9, -10), ended(6, -5), ended(2, 5)];

describe("a pair is locked", () => {
  it.each<[what: string, results: PastResult[], limits: object, minutes: number | null]>([
    ["after enough trades that brought too little, from the last exit on", THREE, {}, 600],
    ["until the last minute of its lock", [ended(20, -10), ended(14, -5), ended(12 - 1 / 60, 5)], {}, 1],
    ["and no longer", [ended(20, -10), ended(14, -5), ended(12, 5)], {}, null],
    ["by no fewer trades", THREE.slice(1), {}, null],
    ["by no trade of another pair", [...THREE.slice(1), ended(1, -100, 2)], {}, null],
    ["by no trade from before the days that count", [ended(7 * 24 + 3, -100), ...THREE.slice(1)], {}, null],
    ["also by one at their first instant", [ended(7 * 24 + 2, -10), ended(6, -5), ended(2, 5)], {}, 600],
    ["where they made the least that is asked for: not", [ended(9, -10), ended(6, 5), ended(2, 5)], {}, null],
    ["where they made a little less", [ended(9, -10), ended(6, 5), ended(2, 4.99)], {}, 600],
    ["by the profit that is asked for", [ended(9, 2), ended(6, 2), ended(2, 5)], { pairLockProfitMin: 0.01 }, 600],
    ["although a good trade followed, where the three before it locked it", [...THREE, ended(1, 50)], {}, 600],
    ["by the last of two locks", [...THREE, ended(1, -1)], {}, 660],
    ["by its only trade where one is enough", [ended(2, -1)], { pairLockTradesMin: 1 }, 600],
  ])("%s", (_case, results, limits, minutes) => {
    expect(lock(results, limits)).toMatchObject(
      minutes === null ? { outcome: "pass", measured: "0" } : { outcome: "fail", measured: String(minutes) },
    );
  });

  it("by what its trades made by their own value, not by their money: a small trade counts like a large one", () => {
    const small: PastResult = { ...ended(6, -1), notional: "10" };
    expect(lock([ended(9, 50), small, ended(2, 20)])).toMatchObject({
      outcome: "fail",
      limit: "0 (3 trades in 7 days made -0.03, and 0 is the least)",
    });
  });

  it("as long as it says, also when the trades that locked it have grown too old", () => {
    const results = [ended(0, -1), ended(7 * 24 - 1, -1), ended(7 * 24 - 1, -1)];
    expect(lock(results, {}, SLOT + 11 * HOUR_MS)).toMatchObject({ outcome: "fail", measured: "60" });
    expect(lock(results, {}, SLOT + 12 * HOUR_MS)).toMatchObject({ outcome: "pass" });
  });
});

describe("a bot takes a break", () => {
  it.each<[what: string, results: PastResult[], limits: object, minutes: number | null]>([
    // The balance is 10,000 now: 10,550 before the two trades.
    ["when its trades took so much off its balance", [ended(3, -300), ended(2, -250)], {}, 22 * 60],
    ["by the peak between them, not by where it began", [ended(4, 900), ended(3, -300), ended(2, -250)], {}, 22 * 60],
    ["not while they took less", [ended(3, -300), ended(2, -200)], {}, null],
    ["not by one trade where two are asked for", [ended(2, -900)], {}, null],
    ["not by trades from before the days that count", [ended(7 * 24 + 3, -300), ended(2, -250)], {}, null],
    ["also by one at their first instant", [ended(7 * 24 + 2, -300), ended(2, -250)], {}, 22 * 60],
    ["not after its break", [ended(26, -300), ended(24, -250)], {}, null],
    ["in every pair by the trades of all", [ended(3, -300, 2), ended(2, -250, 3)], {}, 22 * 60],
    ["although it won back since", [ended(3, -300), ended(2, -250), ended(1, 100)], {}, 23 * 60],
    ["by its only trade where one is enough", [ended(2, -900)], { tradesDrawdownTradesMin: 1 }, 22 * 60],
    [
      "by trades of before the days that the last one counts, which began it",
      [ended(37, -300), ended(36, -250), ended(1, 100)],
      { tradesDrawdownDays: 1, tradesDrawdownPauseHours: 48 },
      12 * 60,
    ],
    [
      "not by trades that were not made yet at the exit that would begin it",
      [ended(36, -300), ended(14, 1), ended(1, -250)],
      { tradesDrawdownDays: 1, tradesDrawdownPauseHours: 48 },
      null,
    ],
  ])("%s", (_case, results, limits, minutes) => {
    expect(pause(results, limits)).toMatchObject(
      minutes === null ? { outcome: "pass", measured: "0" } : { outcome: "fail", measured: String(minutes) },
    );
  });

  it("and says how many trades took how much", () => {
    // From 10,550 to 10,000.
    expect(pause([ended(3, -300), ended(2, -250)]).limit).toBe(
      "0 (2 trades in 7 days lost 0.052133, and 0.05 is too much)",
    );
  });

  it("never divides by a balance that is gone", () => {
    const broke = contextOf([ended(3, -300), ended(2, -250)], BREAK, SLOT, -550);
    expect(tradesDrawdownRule.check(broke)).toMatchObject({ outcome: "pass" });
  });
});

const results = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 9 * 24 }), fc.integer({ min: -400, max: 400 }), fc.constantFrom(1, 2)),
  { minLength: 3, maxLength: 12 },
);

it("pauses hold from the exit that began them to their end, whatever the trades: time alone never shortens one", () => {
  let seen = 0;
  fc.assert(
    fc.property(results, fc.integer({ min: 0, max: 36 }), (drawn, later) => {
      const trades = drawn.map((of) => ended(...of));
      for (const ask of [lock, pause]) {
        const now = ask(trades);
        if (now.outcome !== "fail") continue;
        seen += 1;
        const left = Number(now.measured) / 60;
        const then = ask(trades, {}, SLOT + later * HOUR_MS);
        expect(then.outcome).toBe(later < left ? "fail" : "pass");
      }
    }),
    { numRuns: 1000 },
  );
  expect(seen).toBeGreaterThan(50);
});

it("a pair's lock depends on its own trades of the days before them alone", () => {
  fc.assert(
    fc.property(results, (drawn) => {
      const trades = drawn.map((of) => ended(...of));
      const own = trades.filter(
        ({ marketId, exitedAt }) => marketId === 1 && exitedAt >= SLOT - 12 * HOUR_MS - 7 * DAY_MS,
      );
      expect(lock(trades)).toEqual(lock(own));
    }),
    { numRuns: 1000 },
  );
});
