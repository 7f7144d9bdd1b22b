import { expect, it } from "vitest";
import { REFUSAL_CASES } from "~/trading/risk/testing/refusal-cases";
import { describeGate } from "./describe-gate";

it.each(REFUSAL_CASES)("a refusal by %s is said once, under the name of its rule", (rule, ...rest) => {
  const verdictText = rest[3];
  const words = describeGate({ outcome: "rejected", rule, verdictText });
  expect(words).toMatchObject({ word: "refused", text: verdictText });
  expect(words?.label).not.toMatch(/-/);
  expect(words?.label?.split(" ").length).toBeLessThanOrEqual(5);
});

it("an entry that was made smaller shows no code, and what was not asked says nothing", () => {
  const resized = describeGate({ outcome: "resized", rule: "position-margin", verdictText: "made smaller" });
  expect(resized).toMatchObject({ word: "made smaller", label: "the margin of one position" });
  expect(describeGate({ outcome: null, rule: null, verdictText: null })).toBeNull();
});

it("an addition that was made smaller is told by its limit, not as a pair that is held", () => {
  const resized = describeGate({ outcome: "resized", rule: "pair-is-free", verdictText: "made smaller" });
  expect(resized?.label).toBe("adding to a position");
});
