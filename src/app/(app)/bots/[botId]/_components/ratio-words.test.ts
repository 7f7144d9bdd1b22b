import { expect, it } from "vitest";
import { basisOf, missingFor } from "./ratio-words";

it.each([
  [{ trades: 0, days: 0.5 }, "too few to tell (0 of 30 trades)"],
  [{ trades: 12, days: 40 }, "too few to tell (12 of 30 trades)"],
  [{ trades: 157, days: 11.9 }, "too early to tell (11 of 30 days)"],
])("%j: a ratio that is not told names the minimum that is missed", (performance, text) =>
  expect(missingFor(performance)).toBe(text),
);

it("says what a ratio rests on", () => {
  expect(basisOf({ trades: 1, days: 1.5 })).toBe("1 trade, 1 day");
  expect(basisOf({ trades: 1200, days: 31 })).toBe("1,200 trades, 31 days");
});
