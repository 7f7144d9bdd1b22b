import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { feeOf } from "../execution/fees";
import { entrySideOf, exitSideOf, fillMarketOrder, type MarketFill } from "../execution/fill-market-order";
import { decimal, sumOf, ZERO, type Decimal } from "../money";
import { closePosition, type Closing } from "./close-position";
import { computeEquity, drawdownFraction } from "./equity";
import { balancesOf, postDeposit, postEntry, type LedgerLine } from "./ledger";
import { marginOf, notionalOf, pricePnl, unrealizedPnl, type Position } from "./position";
import { buildPosition } from "./testing/position-builder";

/** Taker fee, a fraction. */
const TAKER = decimal("0.0005");

const fillAt = (position: Position, price: Decimal): MarketFill => ({
  side: exitSideOf(position.side),
  price,
  quantity: position.quantity,
  fee: feeOf(price, position.quantity, TAKER),
  slippage: ZERO,
});
const closing = (part: Partial<Closing> & Pick<Closing, "fill">): Closing => ({
  fillId: "exit",
  filledAt: 20,
  bookedAt: 30,
  reason: "take-profit",
  entryCosts: { fee: ZERO, slippage: ZERO },
  ...part,
});

describe("closePosition", () => {
  it("books a long's round trip, worked out by hand", () => {
    // Bought 2 at 100 (5 times: margin 40), sold at 110: 20 - entry fee 0.1 - exit fee 0.11, slippage 0.4 + 0.2.
    const position = buildPosition({ quantity: decimal(2), leverage: decimal(5), openedAt: 10 });
    const fill = { ...fillAt(position, decimal(110)), slippage: decimal("0.2") };
    const { trade, transaction } = closePosition(
      position,
      closing({ fill, entryCosts: { fee: decimal("0.1"), slippage: decimal("0.4") } }),
    );
    expect([trade.grossPnl, trade.slippage, trade.fees, trade.funding, trade.realizedPnl].join(" ")).toBe(
      "20.6 0.6 0.21 0 19.79",
    );
    expect(trade).toMatchObject({
      enteredAt: 10,
      exitedAt: 20,
      exitReason: "take-profit",
      side: "long",
      positionId: position.id,
    });
    expect(transaction).toMatchObject({ id: "fill:exit:close", postedAt: 30 });
    expect(balancesOf(transaction.lines).cash.toFixed()).toBe("59.89");
  });

  it("books a short's gain when the price falls", () => {
    const position = buildPosition({ side: "short", quantity: decimal(2) });
    const { trade } = closePosition(position, closing({ fill: fillAt(position, decimal(90)) }));
    expect(trade.grossPnl.toFixed()).toBe("20");
  });
});

const roundTrip = fc.record({
  side: fc.constantFrom("long" as const, "short" as const),
  entryCents: fc.integer({ min: 100, max: 10_000_000 }),
  exitCents: fc.integer({ min: 100, max: 10_000_000 }),
  lots: fc.integer({ min: 1, max: 1_000_000 }),
  leverage: fc.integer({ min: 1, max: 10 }),
  isExited: fc.boolean(),
});
type RoundTrip = typeof roundTrip extends fc.Arbitrary<infer T> ? T : never;

const CAPITAL = decimal(10_000);
const reference = (cents: number) => ({
  referencePrice: decimal(cents).div(100),
  tick: decimal("0.01"),
  takerFeeRate: TAKER,
  candleValue: decimal(5_000_000),
});

const trade = (drawn: RoundTrip, index: number) => {
  const quantity = decimal(drawn.lots).div(1000);
  const entry = fillMarketOrder({ ...reference(drawn.entryCents), side: entrySideOf(drawn.side), quantity });
  const mark = decimal(drawn.exitCents).div(100);
  const leverage = decimal(drawn.leverage);
  const position = buildPosition({
    id: String(index),
    side: drawn.side,
    quantity,
    entryPrice: entry.price,
    leverage,
    mark,
  });
  const opened = postEntry({ fillId: `${index}`, at: 0, margin: position.margin, fee: entry.fee });
  if (!drawn.isExited) return { lines: opened.lines, position, closed: null };
  const fill = fillMarketOrder({ ...reference(drawn.exitCents), side: exitSideOf(drawn.side), quantity });
  const closed = closePosition(position, closing({ fillId: `${index}`, fill, entryCosts: entry }));
  return { lines: [...opened.lines, ...closed.transaction.lines], position: null, closed };
};

describe("over random sequences of entries and exits", () => {
  it("opening and closing at one price costs exactly the fees", () => {
    fc.assert(
      fc.property(roundTrip, ({ side, entryCents, lots, leverage }) => {
        const [price, quantity] = [decimal(entryCents).div(100), decimal(lots).div(1000)];
        const position = buildPosition({ side, quantity, entryPrice: price, leverage: decimal(leverage) });
        const fee = feeOf(price, quantity, TAKER);
        const { transaction, trade: booked } = closePosition(
          position,
          closing({ fill: fillAt(position, price), entryCosts: { fee, slippage: ZERO } }),
        );
        const entry = postEntry({ fillId: "entry", at: 0, margin: position.margin, fee });
        const balances = balancesOf([...entry.lines, ...transaction.lines]);
        expect([balances.cash, balances.margin, balances.fees].join()).toBe(
          [fee.times(2).neg(), 0, fee.times(2)].join(),
        );
        expect(booked.realizedPnl.eq(fee.times(2).neg())).toBe(true);
      }),
    );
  });

  it("money is conserved: cash + margin = capital - fees + realised, and equity adds what is unrealised", () => {
    fc.assert(
      fc.property(fc.array(roundTrip, { maxLength: 12 }), (drawn) => {
        const trades = drawn.map(trade);
        const lines: LedgerLine[] = [
          ...postDeposit({ id: "capital", amount: CAPITAL, at: 0 }).lines,
          ...trades.flatMap((booked) => booked.lines),
        ];
        const balances = balancesOf(lines);
        const open = trades.flatMap(({ position }) => position ?? []);
        const closed = trades.flatMap((booked) => booked.closed?.trade ?? []);
        expect(sumOf(Object.values(balances)).isZero()).toBe(true);
        expect(balances.cash.plus(balances.margin).eq(CAPITAL.minus(balances.fees).minus(balances.realizedPnl))).toBe(
          true,
        );
        expect(balances.margin.eq(sumOf(open.map(({ margin }) => margin)))).toBe(true);
        const openFees = sumOf(open.map((position) => feeOf(position.entryPrice, position.quantity, TAKER)));
        const earned = sumOf(closed.map(({ realizedPnl }) => realizedPnl)).minus(openFees);
        const { equity, unrealizedPnl: unrealized } = computeEquity(balances, open);
        expect(equity.eq(CAPITAL.plus(earned).plus(unrealized))).toBe(true);
      }),
    );
  });

  it("every trade is realised = gross - slippage - fees + funding", () => {
    fc.assert(
      fc.property(roundTrip, (drawn) => {
        const booked = trade({ ...drawn, isExited: true }, 0).closed?.trade;
        const parts = booked && booked.grossPnl.minus(booked.slippage).minus(booked.fees).plus(booked.funding);
        expect(parts?.toFixed()).toBe(booked?.realizedPnl.toFixed());
        const atReference = pricePnl(
          drawn.side,
          { entry: decimal(drawn.entryCents).div(100), exit: decimal(drawn.exitCents).div(100) },
          decimal(drawn.lots).div(1000),
        );
        expect(booked?.grossPnl.minus(atReference).abs().lte("0.00000002")).toBe(true);
      }),
    );
  });
});

describe("positions and equity", () => {
  it("values a position at its stored mark", () => {
    const short = buildPosition({ side: "short", quantity: decimal(3), mark: decimal(90) });
    expect([unrealizedPnl(short), notionalOf(short), marginOf(decimal(100), decimal(3), decimal(7))].join(" ")).toBe(
      "30 270 42.85714286",
    );
    expect(unrealizedPnl({ ...short, side: "long" }).toFixed()).toBe("-30");
  });

  it.each([
    [85, 100, "0.15"],
    [100, 100, "0"],
    [-5, 100, "1.05"],
    [-5, 0, "0"],
  ])("equity of %d under a peak of %d has fallen by %s", (equity, peak, fraction) => {
    expect(drawdownFraction(decimal(equity), decimal(peak)).toFixed()).toBe(fraction);
  });
});
