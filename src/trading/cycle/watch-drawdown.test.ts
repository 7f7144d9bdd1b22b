import fc from "fast-check";
import { expect, it } from "vitest";
import { decimal } from "../money";
import { watchDrawdown, type DrawdownWatch } from "./watch-drawdown";

const watch = (equity: number, overrides: Partial<DrawdownWatch> = {}) =>
  watchDrawdown({
    equity: decimal(equity),
    peak: decimal(1000),
    currency: "USDT",
    limits: { drawdownMax: 0.1 },
    tradingState: "active",
    isControl: false,
    ...overrides,
  });

it.each<[number, Partial<DrawdownWatch>, string, string | null]>([
  [1000, {}, "active", null],
  [920.01, {}, "active", null],
  [920, {}, "active", "near"],
  [900.01, {}, "active", "near"],
  [900, {}, "reducing", "reached"],
  [500, {}, "reducing", "reached"],
  [900, { tradingState: "reducing" }, "reducing", "reached"],
  [950, { tradingState: "reducing" }, "reducing", null],
  [900, { tradingState: "halted" }, "halted", "reached"],
  [500, { isControl: true }, "active", null],
  [0, { peak: decimal(0) }, "active", null],
])("equity of %d below a peak of 1000 and a limit of 10 %%, %o: %s, %s", (equity, overrides, state, kind) => {
  const watched = watch(equity, overrides);
  expect([watched.tradingState, watched.alert?.kind ?? null]).toEqual([state, kind]);
});

it("says how far it fell, from where and what the limit is", () => {
  const rest = "% below its peak of 1000.00 USDT; the limit is 10.0 %.";
  expect(watch(915).alert?.message).toBe(`Careful: equity is 8.5 ${rest}`);
  expect(watch(899.96).alert?.message).toBe(`The bot only closes positions now: equity is 10.0 ${rest}`);
});

it("never lets a bot open again that only reduces, and never wakes one that is halted", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2000 }), fc.constantFrom("reducing", "halted"), (equity, tradingState) => {
      expect(watch(equity, { tradingState }).tradingState).toBe(tradingState);
    }),
  );
});
