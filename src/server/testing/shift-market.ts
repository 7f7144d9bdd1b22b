import type { BooksFixture } from "./books-fixture";

/** Multiplies the prices of every market of the fixture by `factor`, from `time` (ms) on. */
export const shiftMarket = ({ market }: BooksFixture, time: number, factor: number): void => {
  for (const [pair, candles] of market.candles) {
    const shifted = candles.map((candle) => {
      if (candle.openTime < time) return candle;
      const { open, high, low, close } = candle;
      return { ...candle, open: open * factor, high: high * factor, low: low * factor, close: close * factor };
    });
    market.candles.set(pair, shifted);
  }
};
