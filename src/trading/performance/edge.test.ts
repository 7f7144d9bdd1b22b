import { describe, expect, it } from "vitest";
import { testEdge } from "./edge";
import { normal, shareOfEdges, type DrawResult } from "./testing/planted-edge";

describe("the edge test", () => {
  // All with a true mean of 0: no edge. Stops and targets make results that are far from normal.
  it.each<[string, DrawResult]>([
    ["normal", normal],
    ["+1 or -1", (random) => (random() < 0.5 ? 1 : -1)],
    ["+2 at a third, else -1", (random) => (random() < 1 / 3 ? 2 : -1)],
    ["+0.25 at four fifths, else -1", (random) => (random() < 0.8 ? 0.25 : -1)],
    ["+1/9 at nine tenths, else -1", (random) => (random() < 0.9 ? 1 / 9 : -1)],
    ["+9 at a tenth, else -1", (random) => (random() < 0.1 ? 9 : -1)],
  ])("claims an edge for at most 5 % of seeds without one: results of %s", (_of, draw) => {
    for (const trades of [30, 60, 200]) expect(shareOfEdges(trades, draw)).toBeLessThanOrEqual(0.05);
  });

  it("finds an edge of 0.2 R, deviation 1 R, in at least 80 % of seeds at 200 trades", () => {
    expect(shareOfEdges(200, (random) => 0.2 + normal(random))).toBeGreaterThanOrEqual(0.8);
  });

  it("never takes a loss for an edge", () => {
    expect(shareOfEdges(200, (random) => normal(random) - 0.2)).toBe(0);
  });
});

describe("what the edge test says", () => {
  const results = (wins: number, losses: number, win = 2) => [
    ...Array.from({ length: wins }, () => win),
    ...Array.from({ length: losses }, () => -1),
  ];

  it.each([
    ["too few trades", results(14, 15), "unknown", /29 trades with a stop are too few to tell, it takes 30/],
    ["no loss to judge by", results(40, 4), "unknown", /only 4 of 44 trades lost/],
    ["an edge", results(60, 40), "edge", /^Edge: 100 trades made 0.80 R each on average, .* in 0.0 % of cases/],
    ["none", results(10, 20), "no edge", /^No edge shown: 30 trades made 0.00 R .* A true mean of 0.68 R would be/],
    ["a loss", results(0, 30), "no edge", /^No edge shown: 30 trades made -1.00 R .* in 100.0 % of cases/],
  ])("names %s, with its test and what it could have seen", (_of, given, verdict, text) => {
    const found = testEdge(given);
    expect(found.verdict).toBe(verdict);
    expect(found.text).toMatch(text);
    expect(found.p === null).toBe(verdict === "unknown");
  });

  it("has the p of a t-test done by hand, where nothing is skewed", () => {
    // Mean 0.4, fifty of +1.4 and fifty of -0.6: deviation sqrt(100 / 99), t = 0.4 x 10 / 1.005038 = 3.97995.
    const found = testEdge([...results(50, 0, 1.4), ...results(50, 0, -0.6)]);
    expect(found).toMatchObject({ verdict: "edge", trades: 100 });
    expect(found.deviation).toBeCloseTo(1.005038, 6);
    expect(found.p).toBeCloseTo(0.0000655, 6);
  });
});
