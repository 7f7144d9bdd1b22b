import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { CandleLibrary } from "../../simulators/candles/candle-library";

/** Writes a library as a folder of recorded candles, cut off before `through` (open time, ms). */
export const writeCandleFolder = (
  folder: string,
  library: CandleLibrary,
  through = Number.POSITIVE_INFINITY,
): string => {
  mkdirSync(folder, { recursive: true });
  for (const { pair, marketType, timeframe, candles } of library.markets) {
    const rows = candles
      .filter(({ openTime }) => openTime < through)
      .map(({ openTime, open, high, low, close, volume }) => [openTime, open, high, low, close, volume].join(","));
    const file = path.join(folder, `okx-${marketType}_${pair.replace("/", "-")}_${timeframe}.csv`);
    writeFileSync(file, `timestamp_ms,open,high,low,close,volume\n${rows.join("\n")}\n`);
  }
  return folder;
};
