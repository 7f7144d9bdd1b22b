import { describe, expect, it } from "vitest";
import { customSettingsSchema } from "./custom-settings";
import { nearestCustomEntry } from "./nearest-custom-entry";
import { above, decideBy, exit, longs, MET, setup, type Rules } from "./testing/small-rules";

describe("what rules wait for", () => {
  const nearest = (rules: Rules): string | null => {
    const settings = customSettingsSchema.parse(rules);
    const { reason, scores, evidence } = decideBy(rules);
    const hold = { reasonCode: reason.code, scores: scores ?? { long: null, short: null }, evidence, priceDigits: 1 };
    return nearestCustomEntry(settings, hold);
  };
  it.each<[string, Rules, string]>([
    [
      "the nearest setup",
      longs(setup("far", above(200)), setup("near", above(101))),
      "long by near: the near-if at 100 would have to be above 101",
    ],
    ["more candles", { ...longs(setup("one", MET)), warmUpCandles: 41 }, "more candles would have to close first"],
    ["another score", longs(setup("one", MET, { scoreMin: 0.8 })), "long: its score of 0.7 would have to be higher"],
    [
      "the end of its exit rule",
      { long: { setups: [setup("one", MET)], exits: [exit(MET)] } },
      "its own exit rule would have to end: the out",
    ],
    [
      "a difference of the sides",
      { ...longs(setup("one", MET)), short: { setups: [setup("one", MET)] } },
      "one side would have to score higher than the other",
    ],
    ["rules", {}, "no setup is known: it has none, or a value that it needs is missing"],
  ])("is %s", (_, rules, text) => {
    expect(nearest(rules)).toBe(text);
  });
});
