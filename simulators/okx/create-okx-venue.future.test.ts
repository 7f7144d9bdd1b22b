import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { timeframeMs } from "~/trading/market/timeframe";

import type { RecordedMarket } from "../candles/candle-library";
import { createOkxVenue } from "./create-okx-venue";
import { createTestMarket } from "./create-test-market";
import type { OkxQuery } from "./listed-market";
import type { OkxAnswer } from "./okx-answer";

const T0 = Date.UTC(2022, 4, 1);
const STEP = timeframeMs("5m");
const BTC = "BTC-USDT-SWAP";

type Question = { readonly path: string; readonly query: OkxQuery };

const ask = (markets: RecordedMarket[], now: number, { path, query }: Question): OkxAnswer =>
  createOkxVenue({ candles: { markets, warnings: [] }, now: () => now }).answer(path, query);

describe("the future", () => {
  const gappy = createTestMarket({ from: T0, count: 1800, isMissing: (index) => index % 97 > 80 });
  const late = createTestMarket({ pair: "ETH/USDT", from: T0 + 900 * STEP, count: 900 });

  /** What a recording that stops at `time` would hold; of the candle that is forming then, only the open. */
  const truncate = (recorded: RecordedMarket, time: number): RecordedMarket => {
    const known = recorded.candles.filter(({ openTime }) => openTime <= time);
    const candles = known.map((candle) => {
      if (candle.openTime + STEP <= time) return candle;
      return {
        openTime: candle.openTime,
        open: candle.open,
        high: candle.open,
        low: candle.open,
        close: candle.open,
        volume: 0,
      };
    });
    return { ...recorded, candles };
  };

  const questions = fc.oneof(
    fc.record({
      path: fc.constantFrom("market/candles", "market/history-candles"),
      query: fc.record(
        {
          instId: fc.constantFrom(BTC, "ETH-USDT-SWAP"),
          bar: fc.constantFrom("5m", "15m", "1H", "4H", "6H", "6Hutc", "1D", "1Dutc"),
          limit: fc.integer({ min: 1, max: 300 }).map(String),
          after: fc.integer({ min: 0, max: 1900 }).map((index) => String(T0 + index * STEP)),
          before: fc.integer({ min: 0, max: 1900 }).map((index) => String(T0 + index * STEP)),
        },
        { requiredKeys: ["instId", "bar"] },
      ),
    }),
    fc.record({ path: fc.constant("market/ticker"), query: fc.constant({ instId: BTC }) }),
    fc.record({
      path: fc.constantFrom("market/tickers", "public/instruments"),
      query: fc.constant({ instType: "SWAP" }),
    }),
  );

  it("never shows in a reply: one without it answers the same", () => {
    fc.assert(
      fc.property(
        questions,
        fc.integer({ min: 0, max: 1799 }),
        fc.constantFrom(0, 1, STEP - 1, 77_777),
        (asked, index, inside) => {
          const now = T0 + index * STEP + inside;
          const whole = [gappy, late];
          const cut = whole.filter(({ from }) => from <= now).map((recorded) => truncate(recorded, now));
          expect(ask(cut, now, asked)).toEqual(ask(whole, now, asked));
        },
      ),
      { numRuns: 300 },
    );
  });
});
