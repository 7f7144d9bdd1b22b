import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal } from "../../money";
import type { PastResult } from "../basis/past-results";
import { kellyShare } from "./kelly-share";

const SETTINGS = { kellyPart: 0.25, baseShare: 0.1 };
/** Trades by their net return on a value of 1000. */
const trades = (...returns: number[]): PastResult[] =>
  returns.map((each, index) => ({
    marketId: 1,
    exitedAt: index,
    realizedPnl: decimal(each).times(1000).toFixed(),
    notional: "1000",
  }));
const times = (count: number, each: number): number[] => Array.from({ length: count }, () => each);
const shareOf = (returns: number[], settings = SETTINGS) => kellyShare(trades(...returns), settings).share.toFixed();

describe("the Kelly share of closed trades", () => {
  it.each<[what: string, returns: number[], share: string, because: string]>([
    ["is the base share before 20 of them", times(19, 0.5), "0.1", "few-trades"],
    ["is half the base where fewer than 3 of 10 won", [...times(5, 0.5), ...times(15, -0.01)], "0.05", "few-wins"],
    // p = 0.3, W = 0.1, L = 0.04: 0.3 / 0.04 - 0.7 / 0.1 = 0.5, a quarter is 0.125.
    ["counts from 3 of 10 on", [...times(6, 0.1), ...times(14, -0.04)], "0.125", "edge"],
    // p = 0.5, W = 0.5, L = 0.4: 1.25 - 1 = 0.25, a quarter is 0.0625.
    ["is a quarter of p / L - (1 - p) / W", [...times(10, 0.5), ...times(10, -0.4)], "0.0625", "edge"],
    // A trade that ended even is one that did not win: p = 0.5, W = 0.5, L = 0.2: 2.5 - 1 = 1.5, cut to 1.
    [
      "counts a trade that ended even among those not won",
      [...times(10, 0.5), ...times(5, -0.4), ...times(5, 0)],
      "0.25",
      "edge",
    ],
    ["is 25 % at most", [...times(19, 0.1), -0.001], "0.25", "edge"],
    ["is 2 % at least, where they have no edge", [...times(10, 0.01), ...times(10, -0.02)], "0.02", "edge"],
    ["is the base where none lost", times(20, 0.02), "0.1", "no-losses"],
  ])("%s", (_case, returns, share, because) => {
    const found = kellyShare(trades(...returns), SETTINGS);
    expect([found.share.toFixed(), found.because]).toEqual([share, because]);
  });

  it("is as large as the settings say: part and base", () => {
    expect(shareOf([...times(10, 0.5), ...times(10, -0.4)], { kellyPart: 0.5, baseShare: 0.1 })).toBe("0.125");
    expect(shareOf(times(5, 0.1), { kellyPart: 0.25, baseShare: 0.06 })).toBe("0.06");
    expect(shareOf(times(20, -0.1), { kellyPart: 0.25, baseShare: 0.03 })).toBe("0.02");
  });

  it("is by return on value: the same trades in other sizes or coins stake the same", () => {
    const drawn = fc.array(fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 1_000_000 })), {
      minLength: 20,
      maxLength: 60,
    });
    fc.assert(
      fc.property(drawn, (all) => {
        const returns = all.map(([thousandths]) => thousandths / 1000);
        const sized = all.map(([thousandths, notional], index) => ({
          marketId: 1,
          exitedAt: index,
          realizedPnl: decimal(thousandths).div(1000).times(notional).toFixed(),
          notional: String(notional),
        }));
        expect(
          kellyShare(sized, SETTINGS)
            .share.minus(kellyShare(trades(...returns), SETTINGS).share)
            .abs()
            .lt(1e-20),
        ).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("is within 2 % and 25 % whatever the trades", () => {
    const returns = fc.array(
      fc.integer({ min: -1000, max: 3000 }).map((each) => each / 1000),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(returns, (all) => {
        const { share } = kellyShare(trades(...all), SETTINGS);
        expect(share.gte(0.02) && share.lte(0.25)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
