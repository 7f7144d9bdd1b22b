import { describe, expect, it } from "vitest";

import { timeframeMs } from "~/trading/market/timeframe";

import { createRecordedMarket, type CandleLibrary, type RecordedMarket } from "../candles/candle-library";
import { createOkxVenue } from "./create-okx-venue";
import type { OkxQuery } from "./listed-market";
import { createTestMarket } from "./create-test-market";

const T0 = Date.UTC(2022, 4, 1);
const STEP = timeframeMs("5m");
const HOUR = timeframeMs("1h");
const BTC = "BTC-USDT-SWAP";

type Body = { code: string; msg: string; data: (string[] & Record<string, string>)[] };

const libraryOf = (...markets: RecordedMarket[]): CandleLibrary => ({ markets, warnings: [] });
const ask = (library: CandleLibrary, now: number, path: string, query: OkxQuery = {}) => {
  const { status, body } = createOkxVenue({ candles: library, now: () => now }).answer(path, query);
  return { status, ...(body as Body) };
};
const market = createTestMarket({ from: T0, count: 2000 });
const library = libraryOf(market);
const candlesAt = (now: number, query: OkxQuery, path = "market/candles") =>
  ask(library, now, path, { instId: BTC, bar: "5m", ...query });
const timesOf = (answer: Body) => answer.data.map((row) => (Number(row[0]) - T0) / STEP);

describe("market/candles", () => {
  it("gives the newest first, at most 100 unless asked, at most 300, the forming one unconfirmed", () => {
    const now = T0 + 1000 * STEP + 1;
    const answer = candlesAt(now, {});
    expect(timesOf(answer)).toEqual(Array.from({ length: 100 }, (_, index) => 1000 - index));
    expect(answer.data.map((row) => row[8])).toEqual(["0", ...Array.from({ length: 99 }, () => "1")]);
    expect(candlesAt(now, { limit: "3" }).data).toHaveLength(3);
    expect(candlesAt(now, { limit: "1000" }).data).toHaveLength(300);
  });

  it("tells only the open of the finest candle that is forming", () => {
    const open = String(market.candles[10]?.open);
    const rows = candlesAt(T0 + 10 * STEP, { limit: "1" }).data;
    expect(rows).toEqual([[String(T0 + 10 * STEP), open, open, open, open, "0", "0", "0", "0"]]);
    expect(candlesAt(T0 + 11 * STEP - 1, { limit: "1" }).data).toEqual(rows);
  });

  it("builds a longer forming candle from the closed parts and the open of the forming one", () => {
    const [row] = candlesAt(T0 + 2 * HOUR + 2 * STEP + 7, { bar: "1H", limit: "1" }).data;
    const [first, second, third] = market.candles.slice(24, 27);
    const base = (first?.volume ?? 0) + (second?.volume ?? 0);
    expect(row?.slice(0, 7)).toEqual([
      String(T0 + 2 * HOUR),
      String(first?.open),
      String(Math.max(first?.high ?? 0, second?.high ?? 0, third?.open ?? 0)),
      String(Math.min(first?.low ?? 0, second?.low ?? 0, third?.open ?? 0)),
      String(third?.open),
      String(base * 100), // contracts of 0.01 BTC
      String(base),
    ]);
  });

  it("pages: after is older, before is newer, both are exclusive, before alone gives the newest", () => {
    const now = T0 + 500 * STEP;
    const at = (index: number) => String(T0 + index * STEP);
    expect(timesOf(candlesAt(now, { after: at(10), limit: "3" }))).toEqual([9, 8, 7]);
    expect(timesOf(candlesAt(now, { before: at(10), limit: "3" }))).toEqual([500, 499, 498]);
    expect(timesOf(candlesAt(now, { after: at(13), before: at(9) }))).toEqual([12, 11, 10]);
    expect(timesOf(candlesAt(now, { after: at(10), before: at(9) }))).toEqual([]);
  });

  it("reaches back 1,440 bars, history-candles to the start and without the forming one", () => {
    const now = T0 + 1500 * STEP;
    const oldest = { after: String(T0 + 62 * STEP), limit: "300" };
    expect(timesOf(candlesAt(now, oldest))).toEqual([61]);
    expect(timesOf(candlesAt(now, oldest, "market/history-candles"))).toEqual(
      Array.from({ length: 62 }, (_, i) => 61 - i),
    );
    expect(timesOf(candlesAt(now, { limit: "1" }, "market/history-candles"))).toEqual([1499]);
  });

  it("opens long bars at UTC+8 midnight, or at UTC midnight when utc is asked for", () => {
    const now = T0 + 3 * 24 * HOUR;
    const hours = (bar: string) => candlesAt(now, { bar, limit: "2" }).data.map((row) => (Number(row[0]) - T0) / HOUR);
    expect(hours("1D")).toEqual([64, 40]);
    expect(hours("1Dutc")).toEqual([72, 48]);
    expect(hours("6H")).toEqual([70, 64]);
    expect(hours("6Hutc")).toEqual([72, 66]);
  });

  it.each(["1m", "3m", "7m", "1h", "1W", "", "toString"])(
    "refuses the bar %j, unknown or finer than the data",
    (bar) => {
      expect(candlesAt(T0 + HOUR, { bar })).toEqual({
        status: 400,
        code: "51000",
        msg: "Parameter bar error",
        data: [],
      });
    },
  );

  it.each([{ limit: "0" }, { limit: "x" }, { after: "-1" }, { before: "1e3" }])("refuses the page %j", (page) => {
    expect(candlesAt(T0 + HOUR, page)).toMatchObject({ status: 400, code: "51000" });
  });

  it("leaves gaps open, and builds an hour from any part of it", () => {
    const gappy = libraryOf(createTestMarket({ from: T0, count: 40, isMissing: (index) => index > 2 && index < 30 }));
    const hours = ask(gappy, T0 + 3 * HOUR, "market/candles", { instId: BTC, bar: "1H" });
    expect(hours.data.map((row) => [(Number(row[0]) - T0) / HOUR, row[8]])).toEqual([
      [3, "0"],
      [2, "1"],
      [0, "1"],
    ]);
    expect(timesOf(ask(gappy, T0 + 10 * STEP, "market/candles", { instId: BTC, bar: "5m" }))).toEqual([2, 1, 0]);
  });

  it("leaves a volume empty that is not known, and counts spot in base and quote", () => {
    const unknown = libraryOf(createTestMarket({ from: T0, count: 9, volumeOf: () => null }));
    expect(ask(unknown, T0 + STEP, "market/candles", { instId: BTC, bar: "5m" }).data[1]?.slice(5)).toEqual([
      "",
      "",
      "",
      "1",
    ]);
    const spot = libraryOf(
      createTestMarket({ from: T0, count: 9, marketType: "spot", openOf: () => 10, volumeOf: () => 3 }),
    );
    const [, row] = ask(spot, T0 + STEP, "market/candles", { instId: "BTC-USDT", bar: "5m" }).data;
    expect(row?.slice(5)).toEqual(["3", "30", "30", "1"]);
  });
});

describe("market/ticker", () => {
  it("shows the open of the forming candle with half the spread on each side", () => {
    const flat = libraryOf(createTestMarket({ from: T0, count: 400, openOf: () => 30_000, volumeOf: () => 2 }));
    const now = T0 + 300 * STEP + 12_345;
    expect(ask(flat, now, "market/ticker", { instId: BTC }).data[0]).toMatchObject({
      instType: "SWAP",
      instId: BTC,
      last: "30000",
      askPx: "30003",
      bidPx: "29997",
      open24h: "30000",
      high24h: "30000.4",
      low24h: "29999.7",
      volCcy24h: String(287 * 2),
      vol24h: String(287 * 200),
      sodUtc0: "30000",
      sodUtc8: "30000",
      ts: String(now),
    });
  });

  it("falls back to the last close in a gap, and leaves empty what it does not know", () => {
    const gap = libraryOf(
      createTestMarket({ from: T0, count: 600, isMissing: (i) => i > 0 && i < 599, volumeOf: () => null }),
    );
    const [ticker] = ask(gap, T0 + 500 * STEP, "market/ticker", { instId: BTC }).data;
    expect(ticker).toMatchObject({
      last: String(gap.markets[0]?.candles[0]?.close),
      open24h: "",
      vol24h: "",
      volCcy24h: "",
    });
  });

  it("lists the tickers of a type", () => {
    const two = libraryOf(
      market,
      createTestMarket({ pair: "ETH/USDT", from: T0, count: 9 }),
      createTestMarket({ marketType: "spot", from: T0, count: 9 }),
    );
    const ids = (instType: string) => ask(two, T0, "market/tickers", { instType }).data.map((row) => row["instId"]);
    expect(ids("SWAP")).toEqual([BTC, "ETH-USDT-SWAP"]);
    expect(ids("SPOT")).toEqual(["BTC-USDT"]);
    expect(ids("OPTION")).toEqual([]);
    expect(ask(two, T0, "market/tickers").code).toBe("51000");
  });
});

describe("the venue", () => {
  it("is under maintenance once the recording has ended, and keeps telling the time", () => {
    const end = T0 + 2000 * STEP;
    expect(candlesAt(end, { limit: "1" })).toMatchObject({ status: 200, code: "0" });
    for (const path of ["market/candles", "market/history-candles", "market/ticker"]) {
      expect(ask(library, end + 1, path, { instId: BTC, bar: "5m" })).toMatchObject({ status: 503, code: "50001" });
    }
    expect(ask(library, end + 1, "market/tickers", { instType: "SWAP" }).code).toBe("50001");
    expect(ask(library, end + 1, "public/time").data).toEqual([{ ts: String(end + 1) }]);
  });

  it("does not know a market before its first candle opens", () => {
    expect(ask(library, T0 - 1, "market/ticker", { instId: BTC }).code).toBe("51001");
    expect(ask(library, T0 - 1, "public/instruments", { instType: "SWAP" }).data).toEqual([]);
    expect(ask(library, T0, "public/instruments", { instType: "SWAP" }).data).toHaveLength(1);
  });

  it("answers that it has no funding rates and no open interest", () => {
    for (const path of ["public/funding-rate", "public/funding-rate-history", "public/open-interest"]) {
      expect(ask(library, T0, path, { instId: BTC })).toMatchObject({ code: "0", data: [] });
    }
  });

  it("refuses an unknown instrument, a missing parameter and an unknown path as OKX does", () => {
    expect(ask(library, T0, "market/ticker", { instId: "DOGE-USDT-SWAP" }).code).toBe("51001");
    expect(ask(library, T0, "market/ticker").code).toBe("50014");
    expect(ask(library, T0, "public/instruments", { instType: "BONDS" }).code).toBe("51000");
    expect(ask(library, T0, "market/books")).toMatchObject({ status: 404, code: "404" });
    expect(ask(library, T0, "constructor")).toMatchObject({ status: 404 });
  });

  it("publishes OKX's rules for what it knows, never a tick coarser than the recorded prices", () => {
    const rules = (recorded: RecordedMarket, instType = "SWAP") =>
      ask(libraryOf(recorded), T0, "public/instruments", { instType }).data[0];
    expect(rules(market)).toMatchObject({
      tickSz: "0.1",
      lotSz: "0.01",
      minSz: "0.01",
      ctVal: "0.01",
      lever: "100",
      settleCcy: "USDT",
    });
    const priced = (pair: string, open: number) =>
      createRecordedMarket({
        pair,
        marketType: "swap",
        timeframe: "5m",
        candles: [{ openTime: T0, open, high: open, low: open, close: open, volume: 1 }],
      });
    expect(rules(priced("SOL/USDT", 84.557))).toMatchObject({ tickSz: "0.001", ctVal: "1" });
    expect(rules(priced("PEPE/USDT", 0.0000123))).toMatchObject({
      tickSz: "0.0000001",
      lotSz: "100000",
      minSz: "100000",
      ctVal: "1",
    });
    expect(rules(priced("YFI/USDT", 5500))).toMatchObject({ tickSz: "1", lotSz: "0.0001" });
    expect(rules(createTestMarket({ marketType: "spot", from: T0, count: 1 }), "SPOT")).toMatchObject({
      baseCcy: "BTC",
      quoteCcy: "USDT",
      ctVal: "",
    });
  });
});
