import fc from "fast-check";
import { expect, it } from "vitest";
import { entrySideOf, exitSideOf, fillMarketOrder } from "../execution/fill-market-order";
import { decimal, sumOf, type Decimal } from "../money";
import { marginOf, notionalOf, pricePnl, unrealizedPnl } from "../portfolio/position";
import { buildPosition } from "../portfolio/testing/position-builder";
import { assessDecisions, type AssessedDecision, type Assessment } from "./assess-decisions";
import type { MarketPosition } from "./basis/risk-context";
import { riskLimitsSchema } from "./risk-limits";
import {
  buildDecision,
  buildHistory,
  buildMarket,
  buildPortfolio,
  inItsMarket,
  marketIdOf,
  NEUTRAL,
  pairOf,
  SLOT,
} from "./testing/risk-context-builder";

const PAIRS = ["A/USDT", "B/USDT", "C/USDT", "D/USDT", "E/USDT", "F/USDT"];
const thousandths = (low: number, high: number) => fc.integer({ min: low, max: high }).map((value) => value / 1000);

const pairState = fc.record({
  action: fc.constantFrom("open" as const, "open" as const, "close" as const),
  side: fc.constantFrom("long" as const, "short" as const),
  leverage: fc.integer({ min: 1, max: 3 }),
  sizeFraction: thousandths(1, 600),
  price: fc.integer({ min: 100, max: 5_000_000 }).map((cents) => decimal(cents).div(100)),
  isHeld: fc.boolean(),
  heldMargin: fc.integer({ min: 10, max: 3000 }),
  heldMove: thousandths(-80, 80),
});
type PairState = typeof pairState extends fc.Arbitrary<infer T> ? T : never;

const batch = fc.record({
  states: fc.array(pairState, { minLength: PAIRS.length, maxLength: PAIRS.length }),
  entriesToday: fc.integer({ min: 0, max: 6 }),
  limits: fc.record({
    positionMarginMax: thousandths(20, 1000),
    totalMarginMax: thousandths(50, 1000),
    grossNotionalMax: thousandths(100, 4000),
    openPositionsMax: fc.integer({ min: 1, max: 6 }),
    entriesPerCycleMax: fc.integer({ min: 1, max: 6 }),
    tradesPerDayMax: fc.integer({ min: 1, max: 8 }),
    dailyLossMax: thousandths(1, 100),
    drawdownMax: thousandths(20, 200),
  }),
});
type Batch = typeof batch extends fc.Arbitrary<infer T> ? T : never;

const toPosition = (state: PairState, pair: string): MarketPosition => {
  const leverage = decimal(state.leverage);
  const quantity = decimal(state.heldMargin).times(leverage).div(state.price).toDecimalPlaces(3).plus("0.001");
  const mark = state.price.times(1 + state.heldMove).toDecimalPlaces(2);
  const [marketId, entryPrice] = [marketIdOf(pair), state.price];
  return buildPosition({ id: pair, marketId, pair, side: state.side, quantity, entryPrice, leverage, mark });
};

const toAssessment = ({ states, limits, entriesToday }: Batch): Assessment => {
  const stateOf = (pair: string): PairState => states[PAIRS.indexOf(pair)] ?? (states[0] as PairState);
  const positions = PAIRS.filter((pair) => stateOf(pair).isHeld).map((pair) => toPosition(stateOf(pair), pair));
  const [cash, margin] = [decimal(5000), sumOf(positions.map((position) => position.margin))];
  const equity = sumOf([cash, margin, ...positions.map(unrealizedPnl)]);
  return {
    time: SLOT,
    intervalSeconds: 300,
    isLive: false,
    tradingState: "active",
    isControl: false,
    limits: { ...riskLimitsSchema.parse({ dailyLossOfCapitalMax: 0.5 }), ...limits },
    portfolio: buildPortfolio({
      equity,
      cash,
      margin,
      positions,
      grossNotional: sumOf(positions.map(notionalOf)),
      peakEquity: equity,
      dayStartEquity: equity,
      dayLowEquity: equity,
    }),
    decisions: PAIRS.map((pair) => {
      const { action, side, leverage, sizeFraction, price } = stateOf(pair);
      const [stopShare, targetShare] = side === "long" ? [0.95, 1.12] : [1.05, 0.88];
      const levels = { stopLoss: price.times(stopShare).toFixed(2), takeProfit: price.times(targetShare).toFixed(2) };
      return inItsMarket(buildDecision({ pair, action, side, leverage, sizeFraction, ...levels }));
    }),
    marketOf: (marketId) => {
      const pair = pairOf(marketId);
      const rules = { pair, tick: "0.01", quantityMin: "0.001" };
      return buildMarket({ marketId, referencePrice: stateOf(pair).price, rules });
    },
    historyOf: () => buildHistory({ entriesToday }),
    correlationsOf: () => [],
    ...NEUTRAL,
  };
};

type Books = { readonly cash: Decimal; readonly positions: readonly MarketPosition[] };
const equityOf = ({ cash, positions }: Books): Decimal =>
  sumOf([cash, ...positions.map((position) => position.margin), ...positions.map(unrealizedPnl)]);

/** The books after one result, calculated from the golden equations alone (TRADING 6). */
const execute = (books: Books, { marketId, decision, order }: AssessedDecision): Books => {
  if (!order) return books;
  const { position, quantity, referencePrice } = order;
  const side = decision.side ?? "long";
  const orderSide = position ? exitSideOf(position.side) : entrySideOf(side);
  const market = {
    referencePrice,
    tick: decimal("0.01"),
    takerFeeRate: decimal("0.0005"),
    candleValue: decimal(1_000_000),
  };
  const { price, fee } = fillMarketOrder({ ...market, side: orderSide, quantity });
  if (position) {
    const pnl = pricePnl(position.side, { entry: position.entryPrice, exit: price }, quantity);
    return {
      cash: books.cash.plus(position.margin).plus(pnl).minus(fee),
      positions: books.positions.filter(({ id }) => id !== position.id),
    };
  }
  const leverage = decimal(decision.leverage ?? 1);
  const margin = marginOf(price, quantity, leverage);
  const opened = buildPosition({
    id: decision.pair,
    marketId,
    pair: decision.pair,
    side,
    quantity,
    entryPrice: price,
    leverage,
    mark: referencePrice,
  });
  return { cash: books.cash.minus(margin).minus(fee), positions: [...books.positions, opened] };
};

/** Limits on shares of equity are judged on the equity before the order's own fee and slippage. */
const expectWithin = (before: Books, after: Books, { limits, portfolio }: Assessment): void => {
  const equity = equityOf(before);
  const loss = portfolio.dayStartEquity.minus(equity);
  expect(loss.lt(portfolio.dayStartEquity.times(limits.dailyLossMax)), "daily loss").toBe(true);
  expect(equity.gt(portfolio.peakEquity.times(1 - limits.drawdownMax)), "drawdown").toBe(true);
  const margin = sumOf(after.positions.map((position) => position.margin));
  expect(margin.lte(equity.times(limits.totalMarginMax)), "total margin").toBe(true);
  expect(sumOf(after.positions.map(notionalOf)).lte(equity.times(limits.grossNotionalMax)), "gross notional").toBe(
    true,
  );
  expect(after.positions.at(-1)?.margin.lte(equity.times(limits.positionMarginMax)), "position margin").toBe(true);
  expect(after.positions.length, "open positions").toBeLessThanOrEqual(limits.openPositionsMax);
  expect(after.cash.gte(0), "cash").toBe(true);
};

it("no batch together passes a limit: it holds on the books as each entry leaves them", () => {
  let entriesSeen = 0;
  fc.assert(
    fc.property(batch, (drawn) => {
      const assessment = toAssessment(drawn);
      const { limits } = assessment;
      let books: Books = assessment.portfolio;
      let entries = 0;
      for (const result of assessDecisions(assessment)) {
        const after = execute(books, result);
        if (result.order?.purpose === "entry") {
          entries += 1;
          expectWithin(books, after, assessment);
        }
        books = after;
      }
      entriesSeen += entries;
      expect(entries).toBeLessThanOrEqual(limits.entriesPerCycleMax);
      expect(entries === 0 || entries + drawn.entriesToday <= limits.tradesPerDayMax).toBe(true);
    }),
    { numRuns: 2000 },
  );
  expect(entriesSeen, "batches that enter nothing would prove nothing").toBeGreaterThan(100);
});

it("every close of an open position is let pass whole, and comes before every entry", () => {
  fc.assert(
    fc.property(batch, (drawn) => {
      const assessment = toAssessment(drawn);
      const results = assessDecisions(assessment);
      const closable = assessment.decisions.filter(
        ({ marketId, decision }) =>
          decision.action === "close" &&
          assessment.portfolio.positions.some((position) => position.marketId === marketId),
      );
      const exits = results.filter(({ order }) => order?.purpose === "exit");
      expect(exits.map(({ marketId }) => marketId)).toEqual(closable.map(({ marketId }) => marketId));
      expect(exits.every(({ order }) => order?.position?.quantity.eq(order.quantity))).toBe(true);
      const actions = results.map(({ decision }) => decision.action);
      expect(actions.lastIndexOf("close")).toBeLessThan(actions.includes("open") ? actions.indexOf("open") : Infinity);
      expect(results).toHaveLength(assessment.decisions.length);
    }),
  );
});
