import { describe, expect, it } from "vitest";
import type { PreviewCandles } from "~/contracts/market-row";
import { listedCandles } from "./listed-candles";

const candles = (time: number): PreviewCandles => ({
  timeframe: "1h",
  times: [time],
  open: [1],
  high: [1],
  low: [1],
  close: [1],
  volume: [1],
});
const read = (time: number) => ({ data: candles(time), isPending: false });

describe("candles of several markets", () => {
  it("keep their places where one market's could not be read", () => {
    const failed = { data: undefined, isPending: false };
    expect(listedCandles([read(1), failed, read(3)])).toEqual([candles(1), null, candles(3)]);
  });

  it("are no list before all have come or failed", () => {
    expect(listedCandles([read(1), { data: undefined, isPending: true }])).toBeNull();
    expect(listedCandles([])).toEqual([]);
  });
});
