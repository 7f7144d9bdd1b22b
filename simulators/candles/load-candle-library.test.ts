import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";

import { priceToMoney, toPlain } from "~/trading/money";

import { loadCandleLibrary } from "./load-candle-library";

const HEADER = "timestamp_ms,open,high,low,close,volume";
const T0 = Date.UTC(2022, 4, 1);
const MINUTE_MS = 60_000;
const BTC = "okx-swap_BTC-USDT_5m.csv";

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

const folderOf = async (files: Record<string, string | Buffer>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "candles-"));
  folders.push(folder);
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
};
const load = async (files: Record<string, string | Buffer>) => loadCandleLibrary(await folderOf(files));
const csv = (...rows: string[]): string => [HEADER, ...rows].join("\n");
/** A row `minutes` after the start. */
const row = (minutes: number, rest = "10,12,9,11,1"): string => `${T0 + minutes * MINUTE_MS},${rest}`;

describe("loadCandleLibrary", () => {
  it("reads plain and gzipped files, and tells pair, market type and span", async () => {
    const library = await load({
      [BTC]: csv(row(0), row(5)),
      "binance-spot_ETH-USDT_1h_2022.csv.gz": gzipSync(csv(row(60, "1.5,1.5,1.25,1.5,7"))),
    });
    expect(library.warnings).toEqual([]);
    expect(library.markets.map(({ candles, ...market }) => ({ ...market, count: candles.length }))).toEqual([
      {
        pair: "ETH/USDT",
        marketType: "spot",
        timeframe: "1h",
        from: T0 + 3_600_000,
        through: T0 + 3_600_000,
        priceDecimals: 2,
        count: 1,
      },
      {
        pair: "BTC/USDT",
        marketType: "swap",
        timeframe: "5m",
        from: T0,
        through: T0 + 300_000,
        priceDecimals: 0,
        count: 2,
      },
    ]);
  });

  it("takes columns in any order, extra columns, a byte order mark, CRLF, blank ends and unsorted rows", async () => {
    const text = `\uFEFFclose,Low,high,open,timestamp_ms,confirm\r\n11,9,12,10,${T0 + 300_000},1\r\n11,9,12,10,${T0},1\r\n\r\n \r\n`;
    const { markets } = await load({ [BTC]: text });
    expect(markets[0]?.candles).toEqual([
      { openTime: T0, open: 10, high: 12, low: 9, close: 11, volume: null },
      { openTime: T0 + 300_000, open: 10, high: 12, low: 9, close: 11, volume: null },
    ]);
  });

  it("does not know an empty volume, and keeps a zero one", async () => {
    const { markets } = await load({ [BTC]: csv(row(0, "10,12,9,11,"), row(5, "10,10,10,10,0")) });
    expect(markets[0]?.candles.map(({ volume }) => volume)).toEqual([null, 0]);
  });

  it("merges files of one market, equal rows once, and keeps gaps", async () => {
    const { markets } = await load({
      "okx-swap_BTC-USDT_5m_a.csv": csv(row(0), row(5)),
      "okx-swap_BTC-USDT_5m_b.csv": csv(row(5), row(60)),
    });
    expect(markets[0]?.candles.map(({ openTime }) => (openTime - T0) / MINUTE_MS)).toEqual([0, 5, 60]);
  });

  it("uses the finest timeframe and warns that a coarser file is not used", async () => {
    const library = await load({ [BTC]: csv(row(0)), "okx-swap_BTC-USDT_1h.csv": csv(row(0), row(60)) });
    expect(library.markets).toHaveLength(1);
    expect(library.markets[0]?.timeframe).toBe("5m");
    expect(library.warnings).toEqual([expect.stringMatching(/^okx-swap_BTC-USDT_1h\.csv is not used/)]);
  });

  it("ignores a file with another name and says so", async () => {
    const library = await load({ [BTC]: csv(row(0)), "README.md": "hello", "okx-swap_BTC-USDT_7m.csv": "x" });
    expect(library.markets).toHaveLength(1);
    expect(library.warnings).toEqual([
      expect.stringMatching(/^README\.md is ignored: a candle file is named/),
      expect.stringMatching(/^okx-swap_BTC-USDT_7m\.csv is ignored/),
    ]);
  });

  it("accepts a second venue that recorded the very same", async () => {
    const { markets } = await load({ [BTC]: csv(row(0)), "bybit-swap_BTC-USDT_5m.csv": csv(row(0)) });
    expect(markets).toHaveLength(1);
  });

  it.each<[string, Record<string, string | Buffer>, RegExp]>([
    ["a folder without candle files", { "notes.txt": "" }, /has no candle file: expected <venue>_<BASE>-<QUOTE>/],
    [
      "two venues that differ",
      { [BTC]: csv(row(0)), "bybit_BTC-USDT_5m.csv": csv(row(5)) },
      /at bybit and at okx-swap, and they differ/,
    ],
    [
      "rows that conflict",
      { "okx-swap_BTC-USDT_5m_a.csv": csv(row(0)), "okx-swap_BTC-USDT_5m_b.csv": csv(row(5), row(0, "10,12,9,10,1")) },
      /5m_a\.csv line 2 and okx-swap_BTC-USDT_5m_b\.csv line 3 differ for 2022-05-01T00:00:00\.000Z: 10,12,9,11,1 against 10,12,9,10,1/,
    ],
    ["a conflict inside a file", { [BTC]: csv(row(0), row(0, "10,12,9,10,1")) }, /line 2 and .* line 3 differ/],
    ["a row off the grid", { [BTC]: csv(row(0), row(6)) }, /okx-swap_BTC-USDT_5m\.csv line 3: \d+ is off the 5m grid/],
    ["seconds", { [BTC]: csv(`${T0 / 1000},10,12,9,11,1`) }, /line 2: timestamp_ms must be milliseconds/],
    ["a timestamp that is text", { [BTC]: csv("2022-05-01,10,12,9,11,1") }, /whole milliseconds, was "2022-05-01"/],
    ["a high below the close", { [BTC]: csv(row(0, "10,10.5,9,11,1")) }, /line 2: high is below open or close/],
    ["a low above the open", { [BTC]: csv(row(0, "10,12,10.5,11,1")) }, /low is above open or close/],
    ["a price of zero", { [BTC]: csv(row(0, "0,12,0,11,1")) }, /open must be a positive number, was "0"/],
    ["a price that is text", { [BTC]: csv(row(0, "10,12,9,NaN,1")) }, /close must be a positive number, was "NaN"/],
    [
      "a price beyond a double",
      { [BTC]: csv(row(0, "10,12.00000000000000000001,9,11,1")) },
      /more digits than a double holds/,
    ],
    ["a negative volume", { [BTC]: csv(row(0, "10,12,9,11,-1")) }, /volume must be at least 0/],
    ["a row cut short", { [BTC]: csv(row(0), `${T0 + 300_000},10`) }, /line 3: high must be a positive number, was ""/],
    ["a header without close", { [BTC]: "timestamp_ms,open,high,low" }, /line 1: the header lacks close/],
    ["a column named twice", { [BTC]: "timestamp_ms,open,high,low,close,close" }, /names close twice/],
    ["a file without rows", { [BTC]: HEADER }, /has a header but no candle/],
    ["an empty file", { [BTC]: "" }, /the header lacks timestamp_ms/],
    [
      "gzip that is none",
      { "okx-swap_BTC-USDT_5m.csv.gz": "hello" },
      /cannot read okx-swap_BTC-USDT_5m\.csv\.gz: incorrect header/,
    ],
    [
      "a corrupt file that would not be used",
      { [BTC]: csv(row(0)), "okx-swap_BTC-USDT_1h.csv": csv(row(1)) },
      /off the 1h grid/,
    ],
  ])("refuses %s", async (_, files, message) => {
    await expect(load(files)).rejects.toThrow(message);
  });

  it("refuses a folder that is not there", async () => {
    await expect(loadCandleLibrary("/nowhere/candles")).rejects.toThrow(
      /cannot read the candle folder \/nowhere\/candles/,
    );
  });
});

const RECORDED = fileURLToPath(new URL("../../../shared/candles", import.meta.url));

describe.skipIf(!existsSync(RECORDED))("loadCandleLibrary on recorded OKX candles", () => {
  it("holds every row, and every price as it was written", async () => {
    const library = await loadCandleLibrary(RECORDED);
    const names = (await readdir(RECORDED)).filter((name) => name.endsWith(".csv.gz")).toSorted();
    expect(library.markets).toHaveLength(names.length);
    for (const [index, name] of names.entries()) {
      const lines = gunzipSync(await readFile(join(RECORDED, name)))
        .toString()
        .trim()
        .split("\n")
        .slice(1);
      const candles = library.markets[index]?.candles ?? [];
      const written = candles.map(({ openTime, open, high, low, close }) =>
        [openTime, ...[open, high, low, close].map((price) => toPlain(priceToMoney(price)))].join(","),
      );
      expect(written).toEqual(lines.map((line) => line.split(",").slice(0, 5).join(",")));
    }
  });
});
