import { expect, it } from "vitest";
import type { Candle } from "../market/candle";
import { createSyntheticCandles } from "../market/synthetic-candles";
import { correlateOpen } from "./correlate-open";

const walk = createSyntheticCandles({ seed: 1, count: 101, volatility: 0.01 });
const mirror = (candle: Candle): Candle => ({ ...candle, close: 1 / candle.close });
const MARKETS = ["none", "asked", "the same", "the mirror", "short"];
const correlationsOf = correlateOpen(
  new Map([
    [1, walk],
    [2, walk],
    [3, walk.map(mirror)],
    [4, walk.slice(-5)],
  ]),
);
const [NONE, ASKED] = [0, 1];
/** All are markets of one pair, so the pair's name alone cannot pick the candles. */
const openIn = (marketId: number) => ({ marketId, pair: "A/USDT" });

it.each<[string, number | null]>([
  ["the same", 1],
  ["the mirror", -1],
  ["short", null],
  ["none", null],
])("a market is compared with an open one, %s, by the candles of both", (name, expected) => {
  const [correlation, ...more] = correlationsOf(ASKED, [openIn(MARKETS.indexOf(name))]);
  expect([correlation?.pair, more]).toEqual(["A/USDT", []]);
  const value = correlation?.value ?? null;
  expect(value === null ? null : Math.round(value * 1e12) / 1e12).toBe(expected);
});

it("a market without candles is unknown beside every position, in their order", () => {
  const open = [2, 1].map((marketId) => ({ marketId, pair: `${marketId}/USDT` }));
  expect(correlationsOf(NONE, open)).toEqual(open.map(({ pair }) => ({ pair, value: null })));
});
