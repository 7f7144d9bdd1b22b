import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { feeOf } from "../execution/fees";
import { exitSideOf } from "../execution/fill-market-order";
import { decimal, sumOf, ZERO, type Decimal } from "../money";
import { addEntryFill, averagePrice, enlargePosition, reducePosition, type PastFills } from "./apply-fill";
import { closePosition } from "./close-position";
import { computeEquity } from "./equity";
import { balancesOf, postDeposit, postEntry, type LedgerLine } from "./ledger";
import { marginOf, type Position } from "./position";
import { buildPosition } from "./testing/position-builder";
import type { Trade } from "./trade";

/** Taker fee, a fraction. */
const TAKER = decimal("0.0005");

type Fill = { readonly price: Decimal; readonly quantity: Decimal };
type Side = "long" | "short";

const fill = (price: number | string, quantity: number | string): Fill => ({
  price: decimal(price),
  quantity: decimal(quantity),
});
const valueOf = (fills: readonly Fill[]) => sumOf(fills.map(({ price, quantity }) => price.times(quantity)));
const quantityOf = (fills: readonly Fill[]) => sumOf(fills.map(({ quantity }) => quantity));

type Books = { position: Position | null; trade: Trade | null; lines: LedgerLine[]; past: PastFills };

const open = (side: Side, first: Fill): Books => {
  const leverage = decimal(3);
  const position = buildPosition({ side, entryPrice: first.price, quantity: first.quantity, leverage });
  const fee = feeOf(first.price, first.quantity, TAKER);
  const past = {
    entryValue: first.price.times(first.quantity),
    entryQuantity: first.quantity,
    exitValue: ZERO,
    exitQuantity: ZERO,
    fees: fee,
    slippage: ZERO,
    pnl: ZERO,
    funding: ZERO,
  };
  const { lines } = postEntry({ fillId: "first", at: 0, margin: marginOf(first.price, first.quantity, leverage), fee });
  return { position, trade: null, lines: [...lines], past };
};

const enter = (books: Books, { price, quantity }: Fill, index: number): Books => {
  const { position, past } = books;
  if (!position) throw new Error("nothing is held");
  const fee = feeOf(price, quantity, TAKER);
  const enlarged = enlargePosition(position, { fillId: `entry-${index}`, price, quantity, fee, bookedAt: 0 });
  return {
    ...books,
    position: enlarged.position,
    lines: [...books.lines, ...enlarged.transaction.lines],
    past: addEntryFill(past, { price, quantity, fee, slippage: ZERO }),
  };
};

const leave = (books: Books, { price, quantity }: Fill, index: number): Books => {
  const { position, past } = books;
  if (!position) throw new Error("nothing is held");
  const fee = feeOf(price, quantity, TAKER);
  const { transaction, ...reduced } = reducePosition(position, {
    fillId: `exit-${index}`,
    fill: { side: exitSideOf(position.side), price, quantity, fee, slippage: ZERO },
    filledAt: 0,
    bookedAt: 0,
    reason: "stop-loss",
    past,
  });
  return {
    ...reduced,
    lines: [...books.lines, ...transaction.lines],
    past: {
      ...past,
      exitValue: past.exitValue.plus(price.times(quantity)),
      exitQuantity: past.exitQuantity.plus(quantity),
      fees: past.fees.plus(fee),
      pnl: past.pnl.minus(balancesOf(transaction.lines).realizedPnl),
    },
  };
};

const run = (side: Side, entries: readonly Fill[], exits: readonly Fill[]): Books => {
  const [first, ...more] = entries;
  if (!first) throw new Error("a position begins with a fill");
  return exits.reduce(leave, more.reduce(enter, open(side, first)));
};

const fills = (max: number) =>
  fc
    .array(fc.record({ cents: fc.integer({ min: 5000, max: 20_000 }), lots: fc.integer({ min: 1, max: 90_000 }) }), {
      minLength: 1,
      maxLength: max,
    })
    .map((drawn) =>
      drawn.map(({ cents, lots }) => ({ price: decimal(cents).div(100), quantity: decimal(lots).div(1000) })),
    );
const sides = fc.constantFrom("long" as const, "short" as const);

/** Splits each fill into this many pieces of at least one lot. */
const split = (whole: readonly Fill[], pieces: number): Fill[] =>
  whole.flatMap(({ price, quantity }) => {
    const count = Math.min(pieces, quantity.times(1000).toNumber());
    const piece = quantity.div(count).toDecimalPlaces(3, 1);
    const rest = quantity.minus(piece.times(count - 1));
    return Array.from({ length: count }, (_, index) => ({ price, quantity: index === 0 ? rest : piece }));
  });

/** Exits of the whole entered quantity, at other prices. */
const exitsOf = (entries: readonly Fill[]): Fill[] =>
  entries.map(({ price, quantity }, index) => ({ price: price.times(index % 2 === 0 ? "1.07" : "0.96"), quantity }));

const CENT_MILLIONTH = "0.00000001";

describe("fills of a position", () => {
  it("are booked as worked out by hand: bought in three parts, sold in two", () => {
    // 1 at 100, 2 at 103 and 1 at 106: 4 at 103, a margin of 412 / 3. Sold 1 at 110: +7; then 3 at 101: -6.
    const bought = run("long", [fill(100, 1), fill(103, 2), fill(106, 1)], []);
    expect([bought.position?.quantity, bought.position?.entryPrice, bought.position?.margin].join(" ")).toBe(
      "4 103 137.33333333",
    );
    const sold = run("long", [fill(100, 1), fill(103, 2), fill(106, 1)], [fill(110, 1), fill(101, 3)]);
    const { trade } = sold;
    // Fees 0.05 % of 412, 110 and 303.
    expect([trade?.quantity, trade?.entryPrice, trade?.exitPrice, trade?.fees, trade?.realizedPnl].join(" ")).toBe(
      "4 103 103.25 0.4125 0.5875",
    );
    expect(sold.position).toBeNull();
  });

  it("in any split hold the same quantity at the same average price, within the rounding of each step", () => {
    fc.assert(
      fc.property(sides, fills(4), fc.integer({ min: 2, max: 5 }), (side, entries, pieces) => {
        const parts = split(entries, pieces);
        const [whole, torn] = [run(side, entries, []).position, run(side, parts, []).position];
        const exact = averagePrice(valueOf(entries), quantityOf(entries));
        expect(torn?.quantity.toFixed()).toBe(quantityOf(entries).toFixed());
        for (const position of [whole, torn]) {
          expect(position?.entryPrice.minus(exact).abs().lte(decimal("1e-18").times(parts.length))).toBe(true);
        }
        expect(
          torn?.margin
            .minus(whole?.margin ?? 0)
            .abs()
            .lte(CENT_MILLIONTH),
        ).toBe(true);
      }),
    );
  });

  it("make the same trade in any split, within the rounding of each fill", () => {
    fc.assert(
      fc.property(sides, fills(3), fc.integer({ min: 2, max: 5 }), (side, entries, pieces) => {
        const exits = exitsOf(entries);
        const [parts, last] = [split(entries, pieces), split(exits, pieces)];
        const [whole, torn] = [run(side, entries, exits), run(side, parts, last)];
        expect(torn.position).toBeNull();
        expect(torn.trade?.quantity.toFixed()).toBe(whole.trade?.quantity.toFixed());
        expect(torn.trade?.entryPrice.toFixed()).toBe(whole.trade?.entryPrice.toFixed());
        expect(torn.trade?.exitPrice.toFixed()).toBe(whole.trade?.exitPrice.toFixed());
        const bound = decimal(CENT_MILLIONTH).times(2 * (parts.length + last.length));
        expect(
          torn.trade?.realizedPnl
            .minus(whole.trade?.realizedPnl ?? 0)
            .abs()
            .lte(bound),
        ).toBe(true);
      }),
    );
  });

  it("keep the ledger balanced, its margin that of the position, and equity what the fills made", () => {
    fc.assert(
      fc.property(sides, fills(5), fc.nat({ max: 4 }), (side, entries, exited) => {
        const books = run(side, entries, exitsOf(entries).slice(0, Math.min(exited, entries.length)));
        const balances = balancesOf([
          ...postDeposit({ id: "capital", amount: decimal(1_000_000), at: 0 }).lines,
          ...books.lines,
        ]);
        expect(sumOf(Object.values(balances)).isZero()).toBe(true);
        expect(balances.margin.toFixed()).toBe((books.position?.margin ?? ZERO).toFixed());
        const marked = books.position ? [{ ...books.position, mark: decimal(99) }] : [];
        const { past } = books;
        const held = past.entryQuantity.minus(past.exitQuantity).times(99);
        const sign = side === "long" ? 1 : -1;
        const made = past.exitValue.plus(held).minus(past.entryValue).times(sign).minus(past.fees);
        const { equity } = computeEquity(balances, marked);
        const bound = decimal(CENT_MILLIONTH).times(2 * entries.length + 2);
        expect(equity.minus(1_000_000).minus(made).abs().lte(bound)).toBe(true);
      }),
    );
  });

  it("close a position whole exactly as a close does", () => {
    const books = run("short", [fill("123.45", "0.777")], [fill("120.01", "0.777")]);
    const position = buildPosition({
      side: "short",
      entryPrice: decimal("123.45"),
      quantity: decimal("0.777"),
      leverage: decimal(3),
    });
    const { trade } = closePosition(position, {
      fillId: "exit-0",
      fill: {
        side: "buy",
        ...fill("120.01", "0.777"),
        fee: feeOf(decimal("120.01"), decimal("0.777"), TAKER),
        slippage: ZERO,
      },
      filledAt: 0,
      bookedAt: 0,
      reason: "stop-loss",
      entryCosts: { fee: feeOf(decimal("123.45"), decimal("0.777"), TAKER), slippage: ZERO },
    });
    expect(JSON.stringify(books.trade)).toBe(JSON.stringify(trade));
  });

  it("never leave more than is held", () => {
    expect(() => run("long", [fill(100, 1)], [fill(100, "1.001")])).toThrow("holds 1, 1.001 left it");
  });
});
