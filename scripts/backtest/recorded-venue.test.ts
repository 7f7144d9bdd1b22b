import { describe, expect, it } from "vitest";
import { createRecordedMarket } from "../../simulators/candles/candle-library";
import { createOkxVenue } from "../../simulators/okx/create-okx-venue";
import { createReadableMarket } from "../../src/trading/backtest/readable-market";
import { decimal, toPlain } from "../../src/trading/money";
import { floorToGrid, timeframeMs } from "../../src/trading/market/timeframe";
import { createSyntheticLibrary, SYNTHETIC_FROM } from "../testing/synthetic-library";
import { marketsOf } from "./trade-recording";

const STEP = 300_000;
const HOUR = 12;
const SLOTS = Array.from({ length: 49 * HOUR }, (_, index) => SYNTHETIC_FROM + index * STEP);

/** Two days of candles: an outage of two hours, a candle without volume, and an end. */
const recordingOf = (marketType: "swap" | "spot") => {
  const [market] = createSyntheticLibrary(2).markets;
  const candles = (market?.candles ?? [])
    .filter((_, index) => index < 20 * HOUR || index >= 22 * HOUR)
    .map((candle, index) => (index === 30 * HOUR ? { ...candle, volume: null } : candle));
  return createRecordedMarket({ pair: "BTC/USDT", marketType, timeframe: "5m", candles });
};

type Body = { readonly code: string; readonly data: readonly unknown[] };
type Row = Readonly<Record<string, string>>;

/** The recorded venue over its own protocol, read as the product's adapter reads it. */
const openVenue = (marketType: "swap" | "spot", market: ReturnType<typeof recordingOf>) => {
  let now = SYNTHETIC_FROM;
  const venue = createOkxVenue({ candles: { markets: [market], warnings: [] }, now: () => now });
  const instId = marketType === "swap" ? "BTC-USDT-SWAP" : "BTC-USDT";
  const ask = (path: string, query: object): Body => venue.answer(path, { instId, ...query }).body as Body;
  const valueOf = ({ volCcy24h = "", last = "0" }: Row): string | null => {
    if (volCcy24h === "") return null;
    return marketType === "swap" ? toPlain(decimal(volCcy24h).times(last)) : volCcy24h;
  };
  return {
    shownAt: (slot: number) => {
      now = slot;
      const [row] = ask("market/ticker", {}).data as readonly Row[];
      if (row === undefined) return null;
      const [newest] = ask("market/candles", { bar: "5m", limit: "1" }).data as readonly string[][];
      return {
        referencePrice: newest?.[0] === String(slot) ? newest[1] : null,
        bid: row["bidPx"],
        ask: row["askPx"],
        quoteVolume24h: valueOf(row),
        fundingRate: null,
      };
    },
    /** Open times and closes of closed candles since an instant, ascending. */
    candlesAt: (slot: number, { bar, from }: { readonly bar: string; readonly from: number }) => {
      now = slot;
      const rows = (ask("market/history-candles", { bar, limit: "5" }).data ?? []) as readonly string[][];
      const candles = rows.map((row) => ({ openTime: Number(row[0]), close: Number(row[4]) }));
      return candles.filter(({ openTime }) => openTime >= from).toReversed();
    },
  };
};

describe.each(["swap", "spot"] as const)("a backtest of a recorded %s market", (marketType) => {
  const market = recordingOf(marketType);
  const venue = openVenue(marketType, market);
  const [given] = marketsOf({ markets: [market], from: SYNTHETIC_FROM });
  if (given === undefined) throw new Error("the market is traded");
  const readable = createReadableMarket(given);
  const { end, read } = readable.candles;

  it("shows the gate what the recorded venue shows at every slot, in gaps, without volumes and after the end", () => {
    const shown = SLOTS.map((slot) => readable.at(slot).shown);
    expect(shown).toEqual(SLOTS.map(venue.shownAt));
    // After the end; until a candle has closed, and for a day after the one without volume; in the outage and at the end.
    expect(shown.filter((each) => each === null)).toHaveLength(HOUR - 1);
    expect(shown.filter((each) => each?.quoteVolume24h === null)).toHaveLength(1 + 16 * HOUR);
    expect(shown.filter((each) => each?.referencePrice === null)).toHaveLength(2 * HOUR + 1);
  });

  it.each([
    ["5m", "5m"],
    ["1h", "1H"],
    ["4h", "4H"],
  ] as const)(
    "reads the %s candles that the venue serves by then, and none that it serves no more",
    (timeframe, bar) => {
      const length = timeframeMs(timeframe);
      const isOver = (slot: number): boolean => floorToGrid(slot, length) > end;
      const known = SLOTS.filter((slot, index) => (index % 7 === 0 && slot <= end) || isOver(slot));
      const from = (slot: number): number => slot - 5 * length;
      const found = known.map((slot) =>
        read({ timeframe, from: from(slot), closedBy: slot }).map(({ openTime, close }) => ({ openTime, close })),
      );
      expect(found).toEqual(
        known.map((slot) => (isOver(slot) ? [] : venue.candlesAt(slot, { bar, from: from(slot) }))),
      );
    },
  );
});
