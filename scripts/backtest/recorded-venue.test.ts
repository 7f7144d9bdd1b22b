import { describe, expect, it } from "vitest";
import { createRecordedMarket } from "../../simulators/candles/candle-library";
import { createOkxVenue } from "../../simulators/okx/create-okx-venue";
import { createReadableMarket } from "../../src/trading/backtest/readable-market";
import { decimal, toPlain } from "../../src/trading/money";
import { timeframeMs, type Timeframe } from "../../src/trading/market/timeframe";
import { createSyntheticLibrary, SYNTHETIC_FROM } from "../testing/synthetic-library";
import { marketsOf } from "./trade-recording";

const STEP = 300_000;
const HOUR = 12;

/** Two days of candles: an outage of two hours, a candle without volume, and an end. */
const recordingOf = (marketType: "swap" | "spot") => {
  const [market] = createSyntheticLibrary(2).markets;
  const candles = (market?.candles ?? [])
    .filter((_, index) => index < 20 * HOUR || index >= 22 * HOUR)
    .map((candle, index) => (index === 30 * HOUR ? { ...candle, volume: null } : candle));
  return createRecordedMarket({ pair: "BTC/USDT", marketType, timeframe: "5m", candles });
};

type Row = Record<string, string>;

const toClose = (row: string[]) => ({ openTime: Number(row[0]), close: Number(row[4]) });

describe.each(["swap", "spot"] as const)("a backtest of a recorded %s market", (marketType) => {
  const market = recordingOf(marketType);
  let now = SYNTHETIC_FROM;
  const venue = createOkxVenue({ candles: { markets: [market], warnings: [] }, now: () => now });
  const instId = marketType === "swap" ? "BTC-USDT-SWAP" : "BTC-USDT";
  const [given] = marketsOf({ markets: [market], from: SYNTHETIC_FROM });
  if (given === undefined) throw new Error("the market is traded");
  const readable = createReadableMarket(given);
  const ask = (path: string, query: object) =>
    venue.answer(path, { instId, ...query }).body as { readonly code: string; readonly data: unknown[] };

  const slots = Array.from({ length: 49 * HOUR }, (_, index) => SYNTHETIC_FROM + index * STEP);

  it("shows the gate what the recorded venue shows at every slot, in gaps, without volumes and after the end", () => {
    const seen = { unknownVolume: 0, noOpen: 0, nothing: 0 };
    for (const slot of slots) {
      now = slot;
      const ticker = ask("market/ticker", {});
      const { shown } = readable.at(slot);
      if (ticker.code !== "0") {
        seen.nothing += 1;
        expect(shown).toBeNull();
        continue;
      }
      const [row] = ticker.data as Row[];
      const quoteVolume =
        marketType === "swap"
          ? row?.["volCcy24h"] && toPlain(decimal(row["volCcy24h"]).times(row["last"] ?? 0))
          : row?.["volCcy24h"];
      const [newest] = ask("market/candles", { bar: "5m", limit: "1" }).data as string[][];
      const referencePrice = newest?.[0] === String(slot) ? newest[1] : null;
      expect(shown).toEqual({
        referencePrice,
        bid: row?.["bidPx"],
        ask: row?.["askPx"],
        quoteVolume24h: quoteVolume === "" ? null : quoteVolume,
        fundingRate: null,
      });
      if (quoteVolume === "") seen.unknownVolume += 1;
      if (referencePrice === null) seen.noOpen += 1;
    }
    // Until a candle has closed, and for a day after the one without volume; the outage and the last instant; the rest.
    expect(seen).toEqual({ unknownVolume: 1 + 16 * HOUR, noOpen: 2 * HOUR + 1, nothing: HOUR - 1 });
  });

  it.each<Timeframe>(["5m", "1h", "4h"])("reads the %s candles that the venue serves by then", (timeframe) => {
    const bar = { "5m": "5m", "1h": "1H", "4h": "4H" }[timeframe as "5m" | "1h" | "4h"];
    for (const slot of slots.filter((slot, index) => index % 7 === 0 || slot > readable.candles.end)) {
      now = slot;
      const rows = ask("market/history-candles", { bar, limit: "5" }).data as string[][];
      const from = slot - 5 * timeframeMs(timeframe);
      const served = (rows ?? []).map(toClose).filter(({ openTime }) => openTime >= from);
      const read = readable.candles.read({ timeframe, from, closedBy: slot });
      const newest = Math.floor(slot / timeframeMs(timeframe)) * timeframeMs(timeframe);
      if (newest > readable.candles.end) expect(read).toEqual([]);
      else if (slot <= readable.candles.end)
        expect(read.map(({ openTime, close }) => ({ openTime, close }))).toEqual(served.toReversed());
    }
  });
});
