import { describe, expect, it } from "vitest";
import { groupTrades } from "./group-trades";
import { exposureOf, longestStreaks, measureTrades, systemQuality } from "./trade-metrics";
import { riskedTrades } from "./testing/risked-trades";

describe("the trades +300, -100, +100, -100, each with 100 at risk", () => {
  const found = measureTrades(riskedTrades([300, -100, 100, -100].map((net) => ({ net }))));

  it("won twice what they lost, half of the time, and made 50 or half an R each", () => {
    expect(found).toEqual({
      trades: 4,
      wins: 2,
      losses: 2,
      net: "200",
      winRate: { value: 0.5, reason: null },
      profitFactor: { value: 2, reason: null },
      expectancy: "50",
      expectancyR: { value: 0.5, reason: null },
    });
  });
});

describe("a figure of trades that cannot be known", () => {
  it("is null with its reason, never 0: no trade, no loss, no stop", () => {
    const none = measureTrades([]);
    expect(none).toMatchObject({ trades: 0, net: "0", expectancy: null });
    for (const figure of [none.winRate, none.profitFactor, none.expectancyR]) {
      expect(figure).toEqual({ value: null, reason: "no trade was closed" });
    }
    expect(measureTrades(riskedTrades([{ net: 1 }])).profitFactor.reason).toBe("no trade lost");
    const mixed = riskedTrades([{ net: 1 }, { net: -1, risk: null }]);
    expect(measureTrades(mixed).expectancyR).toEqual({ value: null, reason: "1 trades had no stop" });
  });
});

describe("the system quality number", () => {
  const alternating = (count: number) =>
    riskedTrades(Array.from({ length: count }, (_, index) => ({ net: index % 2 === 0 ? 200 : -100 })));

  it("is sqrt(n) x mean / deviation of net R, and n is at most 100", () => {
    // Mean 0.5 R; each lies 1.5 R from it, so the deviation is 1.5 x sqrt(n / (n - 1)).
    const deviation = (n: number) => 1.5 * Math.sqrt(n / (n - 1));
    expect(systemQuality(alternating(36)).value).toBeCloseTo((6 * 0.5) / deviation(36), 12);
    expect(systemQuality(alternating(400)).value).toBeCloseTo((10 * 0.5) / deviation(400), 12);
  });

  it("is unknown for fewer than 30 trades, or where all made the same", () => {
    expect(systemQuality(alternating(29)).reason).toMatch(/29 trades with a stop are too few: it takes 30/);
    const same = riskedTrades(Array.from({ length: 30 }, () => ({ net: 100 })));
    expect(systemQuality(same)).toEqual({ value: null, reason: "every trade made the same" });
  });
});

describe("streaks", () => {
  it("are the longest runs of wins and of losses; a result of zero ends both", () => {
    const trades = riskedTrades([1, 2, 3, 0, 4, -1, -2, 0, -3].map((net) => ({ net }))).map(({ trade }) => trade);
    expect(longestStreaks(trades)).toEqual({ wins: 3, losses: 2 });
    expect(longestStreaks([])).toEqual({ wins: 0, losses: 0 });
  });
});

describe("exposure", () => {
  it("is the share of time with a position, counted once where several were open, within the span", () => {
    const held = [
      { from: 60, through: 70 },
      { from: -10, through: 10 },
      { from: 5, through: 20 },
      { from: 95, through: 120 },
    ];
    expect(exposureOf(held, { from: 0, through: 100 }).value).toBeCloseTo(0.35, 12);
    expect(exposureOf([], { from: 5, through: 5 }).value).toBeNull();
  });
});

describe("groups of trades", () => {
  it("hold each trade once by pair, side, exit and month of its exit", () => {
    const [may, june] = [Date.UTC(2022, 4, 31, 23, 59), Date.UTC(2022, 5, 1)];
    const by = groupTrades(
      riskedTrades([
        { net: 5, exitedAt: may },
        { net: -3, exitedAt: june, side: "short", exitReason: "take-profit" },
        { net: 2, exitedAt: june, pair: "ETH/USDT" },
      ]),
    );
    const nets = Object.entries(by).map(([name, groups]) => [
      name,
      Object.entries(groups).map(([key, { net }]) => `${key} ${net}`),
    ]);
    expect(Object.fromEntries(nets)).toEqual({
      pair: ["BTC/USDT 2", "ETH/USDT 2"],
      side: ["long 7", "short -3"],
      exitReason: ["stop-loss 7", "take-profit -3"],
      month: ["2022-05 5", "2022-06 -1"],
    });
  });
});
