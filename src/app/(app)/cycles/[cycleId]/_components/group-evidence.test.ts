import { describe, expect, it } from "vitest";
import type { Evidence } from "~/trading/decision/basis/decision";
import { trinity } from "~/trading/decision/modes/trinity";
import { conditionName, describeReadingInFull, describeReading } from "./describe-reading";
import { groupEvidence, sumAdded } from "./group-evidence";

const line = (change: Partial<Evidence>): Evidence => ({
  side: "long",
  category: "regime",
  condition: "close-sma200",
  value: 42_123.45,
  operator: ">",
  threshold: 41_800,
  met: true,
  weight: 0.25,
  contribution: 0,
  ...change,
});

const TELLING = { words: trinity.words(trinity.settings.parse({})), priceDigits: 1 };

describe("a side's evidence", () => {
  const groups = groupEvidence([
    line({ contribution: 0.25 }),
    line({ condition: "cloud-aligned" }),
    line({ category: "adjustment", condition: "confirm-agrees", weight: 0.05, contribution: 0.05 }),
    line({ category: "adjustment", condition: "confirm-opposes", weight: -0.06 }),
  ]);

  it("stands by category, in the order in which it was read", () => {
    expect(groups.map(({ category, lines }) => [category, lines.length])).toEqual([
      ["regime", 2],
      ["adjustment", 2],
    ]);
  });

  it("names the weight of a category only where its conditions share one", () => {
    expect(groups.map(({ weight }) => weight)).toEqual([0.25, null]);
  });

  it("adds without the dust of floats", () => {
    expect(sumAdded([line({ contribution: 0.1 }), line({ contribution: 0.2 })])).toBe(0.3);
  });
});

describe("a reading", () => {
  it("shows prices by their market's tick, the operator as a sign, and unknown as a dash", () => {
    expect(describeReading(line({}), TELLING)).toBe("42,123.4 > 41,800.0");
    expect(describeReading(line({ value: null, operator: "crosses-down", threshold: null }), TELLING)).toBe(
      "— crossing down —",
    );
  });

  it("has all its digits in full", () => expect(describeReadingInFull(line({}), TELLING)).toBe("42123.45 > 41800"));

  it("says yes or no of what is only so or not", () => {
    const texts = (value: number | null, threshold: number) => {
      const of = line({ operator: "is", value, threshold });
      return [describeReading(of, TELLING), describeReadingInFull(of, TELLING)];
    };
    expect(texts(0, 1)).toEqual(["no instead of yes", "no instead of yes"]);
    expect(texts(0, 0)).toEqual(["no", "no"]);
    expect(texts(null, 1)).toEqual(["— instead of yes", "— instead of yes"]);
  });

  it("counts the parts of a condition that has several", () => {
    expect(describeReading(line({ condition: "cloud-aligned", value: 2, threshold: 3 }), TELLING)).toBe("2 of 3 parts");
  });

  it("is named in words, also a condition that its mode no longer has", () => {
    expect(conditionName("close-sma200", TELLING)).toBe("The close against SMA200");
    expect(conditionName("whale-count", TELLING)).toBe("Whale count");
  });
});
