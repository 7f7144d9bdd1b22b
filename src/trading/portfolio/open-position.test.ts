import fc from "fast-check";
import { expect, it } from "vitest";
import { decimal, ZERO } from "../money";
import { closePosition } from "./close-position";
import { computeEquity } from "./equity";
import { balancesOf, postDeposit, postEntry } from "./ledger";
import { openPosition, type Opening } from "./open-position";

const cents = (min: number, max: number) => fc.integer({ min, max }).map((value) => decimal(value).div(100));
const opening = fc.record({
  id: fc.constant("position-1"),
  pair: fc.constant("BTC/USDT"),
  side: fc.constantFrom("long" as const, "short" as const),
  leverage: fc.integer({ min: 1, max: 10 }).map(decimal),
  stopLoss: fc.constant(null),
  takeProfit: fc.constant(null),
  mark: cents(1, 5_000_000),
  fill: fc.record({ price: cents(1, 5_000_000), quantity: cents(1, 10_000), at: fc.nat() }),
});

it("is as large as its fill, and settled and marked from the fill on", () => {
  const [entryPrice, quantity, leverage] = [decimal("1000.3"), decimal("0.007"), decimal(3)];
  const levels = { stopLoss: decimal(950), takeProfit: null };
  const wanted: Opening = {
    id: "position-1",
    pair: "BTC/USDT",
    side: "short",
    leverage,
    mark: decimal(1000),
    ...levels,
    fill: { price: entryPrice, quantity, at: 7 },
  };
  expect(openPosition(wanted)).toEqual({
    id: "position-1",
    pair: "BTC/USDT",
    side: "short",
    quantity,
    entryPrice,
    leverage,
    margin: decimal("2.33403333"),
    ...levels,
    openedAt: 7,
    settledThrough: 7,
    mark: decimal(1000),
    markedAt: 7,
  });
});

it("closed at the price it was opened at costs exactly the fees", () => {
  fc.assert(
    fc.property(opening, cents(0, 500), cents(0, 500), (wanted, entryFee, exitFee) => {
      const position = openPosition(wanted);
      const { price, quantity, at } = wanted.fill;
      const entry = postEntry({ fillId: "fill-1", at, margin: position.margin, fee: entryFee });
      const { transaction, trade } = closePosition(position, {
        fillId: "fill-2",
        fill: { side: "sell", price, quantity, fee: exitFee, slippage: ZERO },
        filledAt: at,
        bookedAt: at,
        reason: "exit-test",
        entryCosts: { fee: entryFee, slippage: ZERO },
      });
      const deposit = postDeposit({ id: "capital", amount: decimal(100_000), at });
      const books = balancesOf([deposit, entry, transaction].flatMap(({ lines }) => lines));
      // Does not negate the sum: without fees that is -0, which is a different Decimal.
      const cost = ZERO.minus(entryFee).minus(exitFee);
      expect(computeEquity(books, []).equity.minus(100_000)).toEqual(cost);
      expect(trade.realizedPnl).toEqual(cost);
    }),
  );
});
