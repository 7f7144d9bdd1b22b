import { expect, it } from "vitest";
import { checkCitations } from "./check-citations";
import { toFact, toWordFact } from "./fact";

const FACTS = [toFact("a.close", "close", [200, "price"]), toWordFact("a.trend", "trend", "up")];
const verdictOf = (path: string, value: number | string) => checkCitations([{ path, value }], FACTS)[0]?.verdict;

it.each([
  [200, "grounded"],
  [201, "grounded"],
  [199, "grounded"],
  ["200.5", "grounded"],
  [201.01, "differs"],
  [198.99, "differs"],
  [-200, "differs"],
  [2, "differs"],
  ["about 200", "differs"],
])("%s for 200 is by half a percent, and no more: %s", (value, verdict) => {
  expect(verdictOf("a.close", value)).toBe(verdict);
});

it("a word is cited as it was told, in whatever case", () => {
  expect([verdictOf("a.trend", " Up "), verdictOf("a.trend", "down")]).toEqual(["grounded", "differs"]);
});
