import type { Candle } from "~/trading/market/candle";
import { timeframeMs, type Timeframe } from "~/trading/market/timeframe";

import { createRecordedMarket, type RecordedMarket } from "../candles/candle-library";

type MarketShape = Partial<Pick<RecordedMarket, "pair" | "marketType">> & {
  readonly timeframe?: Timeframe;
  readonly from: number;
  readonly count: number;
  /** Open of candle `index`; the close is the next one's open. Default: a slow zigzag around 30,000. */
  readonly openOf?: (index: number) => number;
  readonly isMissing?: (index: number) => boolean;
  readonly volumeOf?: (index: number) => number | null;
};

const zigzag = (index: number): number => 30_000 + (index % 50) * 10.5 - (index % 7) * 3.1;

/** A market of regular, made-up candles, for tests without a recording. */
export const createTestMarket = (shape: MarketShape): RecordedMarket => {
  const { timeframe = "5m", openOf = zigzag, isMissing = () => false, volumeOf = (index) => (index % 40) / 4 } = shape;
  const toCandle = (index: number): Candle => {
    const open = toDecimals(openOf(index));
    const close = toDecimals(openOf(index + 1));
    const openTime = shape.from + index * timeframeMs(timeframe);
    const high = toDecimals(Math.max(open, close) + 0.4);
    const low = toDecimals(Math.min(open, close) - 0.3);
    return { openTime, open, high, low, close, volume: volumeOf(index) };
  };
  const indices = Array.from({ length: shape.count }, (_, index) => index).filter((index) => !isMissing(index));
  return createRecordedMarket({
    pair: shape.pair ?? "BTC/USDT",
    marketType: shape.marketType ?? "swap",
    timeframe,
    candles: indices.map(toCandle),
  });
};

const toDecimals = (price: number): number => Number(price.toFixed(1));
