import fc from "fast-check";
import { expect } from "vitest";
import type { Candle } from "../../../candle";
import { oddMarkets } from "../../contract/odd-markets";
import { toColumns, type CandleColumns } from "../candle-columns";
import type { CandleWindows } from "../candle-windows";

const LONGEST = 300;

/** The answer for a window by its index and that of its last candle. */
type Answer = (window: number, last: number) => unknown;

export type Row = {
  readonly name: string;
  /** Fed the candles of one window. */
  readonly slow: (candles: readonly Candle[]) => unknown;
  /** Computes all windows at once. */
  readonly fast: (columns: CandleColumns, windows: CandleWindows) => Answer;
};

/** Windows of equal lengths one candle apart, so that four are worked on together, and some of any length. */
const windowsOf = (
  length: number,
  picks: readonly { readonly first: number; readonly span: number }[],
): CandleWindows => {
  const even = Array.from({ length: Math.min(9, length) }, (_, index) => ({ first: index, last: length - 9 + index }));
  const odd = picks.map(({ first, span }) => ({ first, last: Math.min(length - 1, first + span - 1) }));
  const all = [...even, ...odd].filter(({ first, last }) => first <= last && first >= 0 && last >= 0);
  return {
    count: all.length,
    firsts: Int32Array.from(all, ({ first }) => first),
    lasts: Int32Array.from(all, ({ last }) => last),
  };
};

const markets = oddMarkets("1h", { min: 0, max: 420 });
const picks = fc.array(fc.record({ first: fc.nat({ max: 420 }), span: fc.integer({ min: 1, max: LONGEST }) }), {
  minLength: 6,
  maxLength: 6,
});

/** Whatever the market and the windows. */
export const expectSameBits = ({ slow, fast }: Row): void => {
  fc.assert(
    fc.property(markets, picks, (candles, spans) => {
      const columns = toColumns(candles);
      const windows = windowsOf(candles.length, spans);
      const answer = fast(columns, windows);
      for (let window = 0; window < windows.count; window += 1) {
        const [first, last] = [windows.firsts[window] as number, windows.lasts[window] as number];
        expect(slow(candles.slice(first, last + 1))).toEqual(answer(window, last));
      }
    }),
    { numRuns: 100 },
  );
};
