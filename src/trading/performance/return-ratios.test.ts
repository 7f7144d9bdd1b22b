import { describe, expect, it } from "vitest";
import { computeReturnRatios } from "./return-ratios";

const DAY_MS = 86_400_000;

/** A curve that makes these returns, one a day, from noon of the first day on. */
const curveOf = (returns: readonly number[], start = 100) => {
  let value = start;
  const points = returns.map((each, index) => {
    value *= 1 + each;
    return { at: index === 0 ? 0 : (index + 1) * DAY_MS, value };
  });
  return { start, points };
};

/** Forty days: +2 % and -1 % in turn. */
const swinging = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 0.02 : -0.01));

describe("the ratios of forty days of +2 % and -1 % in turn", () => {
  const found = computeReturnRatios(curveOf(swinging));

  it("has a total return and a yearly one that gives it", () => {
    const total = (1.02 * 0.99) ** 20 - 1;
    expect(found.totalReturn.value).toBeCloseTo(total, 12);
    // From the first point to the last lie 40 days.
    expect(found.annualReturn.value).toBeCloseTo((1 + total) ** (365 / 40) - 1, 8);
  });

  it("has a Sharpe ratio of mean 0.5 % over a deviation of 1.519109 % on 365 days", () => {
    // Mean 0.005; each day lies 0.015 from it: 40 x 0.015^2 / 39 = 0.000230769, its root 0.015191090.
    expect(found.sharpe.value).toBeCloseTo((0.005 / 0.01519109) * Math.sqrt(365), 5);
  });

  it("has a Sortino ratio over the downside of half the days: sqrt(0.0001 / 2)", () => {
    expect(found.sortino.value).toBeCloseTo((0.005 / Math.sqrt(0.00005)) * Math.sqrt(365), 10);
  });

  it("has an Omega of 2: it gains twice what it loses", () => {
    expect(found.omega.value).toBeCloseTo(2, 10);
  });

  it("has a Calmar ratio of its yearly return over a drawdown of 1 %", () => {
    expect(found.calmar.value).toBeCloseTo((found.annualReturn.value ?? 0) / 0.01, 6);
  });
});

describe("a ratio that cannot be known", () => {
  it.each([
    ["of 29 days", swinging.slice(0, 29), "sharpe", /29.0 days are too few to say: it takes 30/],
    ["of equity that did not move", swinging.map(() => 0), "sharpe", /did not move/],
    ["of days that all gained", swinging.map(() => 0.01), "sortino", /no day lost/],
    ["of days that all gained", swinging.map(() => 0.01), "omega", /no day lost/],
    ["of equity that only rose", swinging.map(() => 0.01), "calmar", /never fell/],
    ["of equity that was lost", [...swinging, -1], "annualReturn", /all equity was lost/],
    ["of no slot", [], "totalReturn", /no slot was marked/],
  ] as const)("%s is null with its reason, never 0", (_of, returns, name, reason) => {
    const found = computeReturnRatios(curveOf(returns))[name];
    expect(found.value).toBeNull();
    expect(found.reason).toMatch(reason);
  });

  it("leaves the total return known, which needs no time", () => {
    expect(computeReturnRatios(curveOf([0.1])).totalReturn.value).toBeCloseTo(0.1, 12);
  });
});
