import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { buildPosition } from "../portfolio/testing/position-builder";
import { applyClose, applyEntry } from "./apply-entry";
import type { PortfolioView } from "./basis/risk-context";
import { buildEntry, buildMarket, buildOrder, buildPortfolio, SLOT } from "./testing/risk-context-builder";

const amounts = (books: PortfolioView) =>
  [books.equity, books.cash, books.margin, books.grossNotional, books.peakEquity, books.dayLowEquity]
    .map((amount) => amount.toFixed())
    .join(" ");

describe("the books after an entry of the same cycle", () => {
  // 1 bought at 1002 for a fee of 0.5 at leverage 2, marked at 1000: equity loses 2.5, cash 501 + 0.5.
  const order = buildOrder({ price: decimal(1002), margin: decimal(501), fee: decimal("0.5") });
  const entry = buildEntry({ leverage: decimal(2) });

  it("paid margin and fee, and hold the position at the market's price", () => {
    const books = applyEntry(buildPortfolio(), { entry, order, market: buildMarket(), time: SLOT });
    expect(amounts(books)).toBe("9997.5 9498.5 501 1000 10000 9997.5");
    const [position] = books.positions;
    expect(position).toMatchObject({ pair: "BTC/USDT", side: "long", stopLoss: entry.stopLoss });
    expect([position?.mark, position?.quantity, position?.leverage].join(" ")).toBe("1000 1 2");
  });

  it("hold it at its own price where the market has none", () => {
    const market = buildMarket({ referencePrice: null });
    const books = applyEntry(buildPortfolio(), { entry, order, market, time: SLOT });
    expect(amounts(books)).toBe("9999.5 9498.5 501 1002 10000 9999.5");
  });

  it("hold one position at its average price where the entry adds to an open one", () => {
    // 1 at 990 and 1 at 1002 are 2 at 996: 1,992 of margin without leverage, of which 990 was bound before.
    const held = buildPosition({ entryPrice: decimal(990), mark: decimal(1000) });
    const before = buildPortfolio({
      positions: [held],
      margin: decimal(990),
      cash: decimal(9000),
      grossNotional: decimal(1000),
    });
    const books = applyEntry(before, { entry: buildEntry(), order, market: buildMarket(), time: SLOT });
    // Equity loses the fee and what the second one is under water: 0.5 + 2.
    expect(amounts(books)).toBe("9997.5 7997.5 1992 2000 10000 9997.5");
    expect(
      books.positions.map(
        ({ quantity, entryPrice, exitPlan }) =>
          `${quantity.toFixed()} ${entryPrice.toFixed()}, added ${exitPlan?.added}`,
      ),
    ).toEqual(["2 996, added 1"]);
  });

  it("leave every other position as it is where the entry adds to one", () => {
    const held = buildPosition({ entryPrice: decimal(990), mark: decimal(1000) });
    const other = buildPosition({ id: "other", marketId: 2, pair: "ETH/USDT" });
    const before = buildPortfolio({ positions: [other, held] });
    const { positions } = applyEntry(before, { entry: buildEntry(), order, market: buildMarket(), time: SLOT });
    expect(positions[0]).toBe(other);
    expect(positions.map(({ quantity }) => quantity.toFixed())).toEqual(["1", "2"]);
  });

  it("keep the positions that were open", () => {
    const open = buildPosition({ id: "first", marketId: 2, pair: "ETH/USDT" });
    const books = applyEntry(buildPortfolio({ positions: [open] }), {
      entry,
      order,
      market: buildMarket(),
      time: SLOT,
    });
    expect(books.positions.map(({ id }) => id)).toEqual(["first", "planned:1"]);
  });
});

describe("the books after a close of the same cycle", () => {
  const closing = buildPosition({ id: "closing", pair: "A/USDT", quantity: decimal(2), mark: decimal(110) });
  const staying = buildPosition({ id: "staying", pair: "B/USDT" });
  const before = buildPortfolio({
    equity: decimal(10_020),
    cash: decimal(9700),
    margin: decimal(300),
    grossNotional: decimal(320),
    peakEquity: decimal(10_020),
    dayLowEquity: decimal(10_000),
    positions: [closing, staying],
  });

  it("give the margin back with profit less fee, and keep every other position", () => {
    // 2 of 100 marked at 110 are sold at 109: 20 unrealised become 18, less 0.109.
    const books = applyClose(before, {
      position: closing,
      quantity: closing.quantity,
      pnl: decimal(18),
      fee: decimal("0.109"),
    });
    expect(amounts(books)).toBe("10017.891 9917.891 100 100 10020 10000");
    expect(books.positions).toEqual([staying]);
  });

  it("reach a new peak, or a new low of the day, by what the close made", () => {
    const won = applyClose(before, {
      position: closing,
      quantity: closing.quantity,
      pnl: decimal(40),
      fee: decimal(1),
    });
    expect(amounts(won)).toBe("10039 9939 100 100 10039 10000");
    const lost = applyClose(before, {
      position: closing,
      quantity: closing.quantity,
      pnl: decimal(-40),
      fee: decimal(1),
    });
    expect(amounts(lost)).toBe("9959 9859 100 100 10020 9959");
  });
});
