import { expect, it } from "vitest";
import type { Candle } from "../market/candle";
import { createSyntheticCandles } from "../market/synthetic-candles";
import { correlateOpen } from "./correlate-open";

const walk = createSyntheticCandles({ seed: 1, count: 101, volatility: 0.01 });
const mirror = (candle: Candle): Candle => ({ ...candle, close: 1 / candle.close });
const correlationsOf = correlateOpen(
  new Map([
    ["A/USDT", walk],
    ["SAME/USDT", walk],
    ["MIRROR/USDT", walk.map(mirror)],
    ["SHORT/USDT", walk.slice(-5)],
  ]),
);

it.each<[string, number | null]>([
  ["SAME/USDT", 1],
  ["MIRROR/USDT", -1],
  ["SHORT/USDT", null],
  ["NONE/USDT", null],
])("a pair is compared with open %s by the candles of both", (pair, expected) => {
  const [correlation, ...more] = correlationsOf("A/USDT", [{ pair }]);
  expect([correlation?.pair, more]).toEqual([pair, []]);
  const value = correlation?.value ?? null;
  expect(value === null ? null : Number(value.toFixed(12))).toBe(expected);
});

it("a pair without candles is unknown beside every position, in their order", () => {
  const open = ["SAME/USDT", "A/USDT"].map((pair) => ({ pair }));
  expect(correlationsOf("NONE/USDT", open)).toEqual(open.map(({ pair }) => ({ pair, value: null })));
});
