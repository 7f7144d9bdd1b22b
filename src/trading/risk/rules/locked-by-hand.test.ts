import { describe, expect, it } from "vitest";
import { lockOn, type TradeLock } from "../basis/trade-lock";
import { buildContext, SLOT } from "../testing/risk-context-builder";
import { lockedByHandRule } from "./locked-by-hand";

const PAIR = "BTC/USDT";
const HOUR_MS = 3_600_000;
const lock = (part: Partial<TradeLock> = {}): TradeLock => ({
  pair: PAIR,
  until: SLOT + HOUR_MS,
  reason: null,
  ...part,
});

describe("a lock by hand", () => {
  it.each<[string, TradeLock, boolean]>([
    ["of the pair", lock(), true],
    ["of all pairs", lock({ pair: null }), true],
    ["of another pair", lock({ pair: "ETH/USDT" }), false],
    ["until this very moment", lock({ until: SLOT }), false],
    ["until just after it", lock({ until: SLOT + 1 }), true],
    ["that has ended", lock({ until: SLOT - HOUR_MS }), false],
    ["of all pairs that has ended", lock({ pair: null, until: SLOT - 1 }), false],
  ])("%s keeps a pair from being entered, or does not", (_which, one, isLocked) => {
    expect(lockOn([one], PAIR, SLOT)).toBe(isLocked ? one : undefined);
    const context = buildContext({ locks: [one] });
    expect(lockedByHandRule.asks?.(context)).toBe(isLocked);
    expect(lockedByHandRule.check(context).outcome).toBe(isLocked ? "fail" : "pass");
  });

  it("of several the one that holds longest is told, with its end and its reason", () => {
    const longest = lock({ pair: null, until: SLOT + 3 * HOUR_MS, reason: "news" });
    const locks = [lock(), longest, lock({ until: SLOT + 2 * HOUR_MS })];
    expect(lockOn(locks, PAIR, SLOT)).toBe(longest);
    expect(lockOn(locks.toReversed(), PAIR, SLOT)).toBe(longest);
    expect(lockedByHandRule.check(buildContext({ locks }))).toEqual({
      outcome: "fail",
      measured: "locked",
      limit: "2024-01-01 15:00 UTC (news)",
    });
    expect(lockedByHandRule.check(buildContext({ locks: [lock()] }))).toMatchObject({ limit: "2024-01-01 13:00 UTC" });
  });

  it("that nobody set is not asked for", () => {
    expect(lockedByHandRule.asks?.(buildContext({}))).toBe(false);
    expect(lockedByHandRule.check(buildContext({}))).toEqual({ outcome: "pass", measured: "unlocked", limit: "none" });
  });
});
