import fc from "fast-check";
import { expect, it } from "vitest";
import { botSettingsSchema } from "../bot-settings";
import { createSyntheticCandles } from "../market/synthetic-candles";
import { decimal } from "../money";
import type { MarketTerms } from "../ports";
import { buildPosition } from "../portfolio/testing/position-builder";
import type { AssessedDecision } from "../risk/assess-decisions";
import { correlateReturns } from "../risk/correlate-returns";
import { buildDecision, buildMarket, buildPortfolio, SLOT } from "../risk/testing/risk-context-builder";
import { advanceBot } from "./advance-bot";
import { startBot } from "./bot-state";
import { judgeDecisions } from "./judge-decisions";
import { planOrder } from "./plan-order";
import { createSlots, quoteAt } from "./testing/synthetic-slots";

const [SWAP, SPOT, OTHER] = [1, 2, 3];
const HOUR_MS = 3_600_000;
const settings = botSettingsSchema.parse({
  pairs: ["A/USDT"],
  intervalSeconds: 1800,
  decision: { preset: "original", stopLossFraction: 0.015, takeProfitFraction: 0.04 },
  risk: { cooldownMinutes: 60, consecutiveLossesMax: 100, tradesPerDayMax: 200, correlationMax: 1 },
});
const outcomeOf = ({ verdict }: AssessedDecision, rule: string) => verdict?.checks.find((check) => check.rule === rule);

const drawnMarket = fc.record({
  action: fc.constantFrom("open" as const, "close" as const, "hold" as const),
  price: fc.integer({ min: 900, max: 1100 }),
  isHeld: fc.boolean(),
  hasStopped: fc.boolean(),
  hasEntered: fc.boolean(),
  decidedHoursAgo: fc.integer({ min: 1, max: 3 }),
});
type DrawnMarket = typeof drawnMarket extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const SERIES = new Map(
  [SWAP, SPOT, OTHER].map((id) => [id, createSyntheticCandles({ seed: id, count: 101, volatility: 0.01 })]),
);
const decidedAt = ({ decidedHoursAgo }: DrawnMarket) => SLOT - decidedHoursAgo * HOUR_MS;

/** Two generated markets of one pair, and a position in another pair. */
const judge = (drawn: ReadonlyMap<number, DrawnMarket>): AssessedDecision[] => {
  const markets = [...drawn].map(([id, market]) => ({ id, ...market, decidedCandle: decidedAt(market) }));
  const held = markets.filter(({ isHeld }) => isHeld).map(({ id }) => ({ id: `in ${id}`, marketId: id }));
  const positions = [
    ...held.map((each) => buildPosition({ ...each, pair: "A/USDT" })),
    buildPosition({ id: "other", marketId: OTHER, pair: "B/USDT" }),
  ];
  return judgeDecisions({
    time: SLOT,
    settings,
    isLive: false,
    tradingState: "active",
    decisions: markets.map(({ id, action, price, decidedCandle }) => {
      const levels = { stopLoss: String(price * 0.97), takeProfit: String(price * 1.1) };
      return { marketId: id, decision: buildDecision({ pair: "A/USDT", action, decidedCandle, ...levels }) };
    }),
    portfolio: buildPortfolio({ positions }),
    past: {
      trades: [],
      results: [],
      stops: markets.filter(({ hasStopped }) => hasStopped).map(({ id }) => ({ marketId: id, at: SLOT - 1 })),
      entries: markets
        .filter(({ hasEntered }) => hasEntered)
        .map(({ id, decidedCandle }) => ({ marketId: id, at: SLOT - 1, decidedCandle, statuses: [] })),
    },
    views: markets.map(({ id, price }) =>
      buildMarket({ marketId: id, referencePrice: decimal(price), rules: { pair: "A/USDT" } }),
    ),
    series: SERIES,
  });
};

const expectOwn = (result: AssessedDecision, market: DrawnMarket): void => {
  const { marketId, decision, order } = result;
  if (order) expect(order.referencePrice.toNumber()).toBe(market.price);
  expect(planOrder(result)?.marketId).toBe(order ? marketId : undefined);
  if (decision.action === "close") expect(order?.position?.id).toBe(market.isHeld ? `in ${marketId}` : undefined);
  if (decision.action !== "open") return;
  expect(outcomeOf(result, "cooldown")?.outcome).toBe(market.hasStopped ? "fail" : "pass");
  expect(outcomeOf(result, "one-entry-per-candle")?.outcome).toBe(market.hasEntered ? "fail" : "pass");
  const own = correlateReturns(SERIES.get(marketId) ?? [], SERIES.get(OTHER) ?? []);
  expect(outcomeOf(result, "correlation")?.measured).toBe(own?.toFixed(4));
};

it("of two markets of one pair, each decision is judged by the price, position, past and candles of its own", () => {
  fc.assert(
    fc.property(drawnMarket, drawnMarket, (swap, spot) => {
      const drawn = new Map([
        [SWAP, swap],
        [SPOT, spot],
      ]);
      const results = judge(drawn);
      expect(new Set(results.map(({ marketId }) => marketId))).toEqual(new Set([SWAP, SPOT]));
      expect(results).toHaveLength(2);
      for (const result of results) expectOwn(result, drawn.get(result.marketId) ?? swap);
    }),
    { numRuns: 300 },
  );
});

const FIRST = 1_704_067_200_000 + 21 * 86_400_000;
const rulesOf = (marketType: MarketTerms["marketType"]): MarketTerms => ({
  pair: "A/USDT",
  marketType,
  tick: "0.001",
  lot: "0.001",
  contractSize: "1",
  quantityMin: "0.001",
  notionalMin: null,
  leverageMax: null,
  takerFeeRate: "0.0005",
});

/** Two markets of one pair whose prices are far apart, so that mixing them up is noticed. */
const createMarkets = (seed: number) =>
  [rulesOf("swap"), rulesOf("spot")].map((rules, index) => {
    const drawn = { seed: seed * 1000 + index, volatility: 0.004, meanVolume: 100_000 };
    const startPrice = index === 0 ? 1000 : 10;
    const finest = createSyntheticCandles({ ...drawn, startPrice, count: 23 * 288, timeframe: "5m" });
    return { id: index + 1, rules, finest };
  });

it("of two markets of one pair, each order is filled and booked at the price of its own", () => {
  const traded = new Set<string>();
  for (const seed of [1, 2, 3]) {
    const markets = createMarkets(seed);
    const slots = createSlots(markets);
    let state = startBot({ initialCapital: decimal(10_000), currency: "USDT", at: FIRST });
    for (let time = FIRST; time < FIRST + 48 * 1_800_000; time += 1_800_000) {
      const advanced = advanceBot(
        state,
        { time, settings },
        slots(({ finest }) => quoteAt(finest, time)),
      );
      state = advanced.state;
      for (const { positionId, fill, filledAt } of advanced.events.fills) {
        const market = markets.find(({ id }) => positionId.startsWith(`${id}:`));
        const candle = market?.finest.findLast(({ openTime }) => openTime <= filledAt);
        expect(Math.abs(Math.log(fill.price.toNumber() / (candle?.open ?? 0)))).toBeLessThan(0.1);
        traded.add(`${market?.rules.marketType} ${filledAt === time ? "at a slot" : "between"}`);
      }
    }
  }
  expect([...traded]).toEqual(expect.arrayContaining(["swap at a slot", "spot at a slot"]));
});
