import type { Candle } from "~/trading/market/candle";
import { timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import { decimal } from "~/trading/money";

/** A candle and where it was read: file name and line, the header being line 1. */
export type CandleRow = { readonly candle: Candle; readonly file: string; readonly line: number };

type CsvFile = { readonly name: string; readonly text: string; readonly timeframe: Timeframe };

const REQUIRED_COLUMNS = ["timestamp_ms", "open", "high", "low", "close"] as const;
const NUMBER = /^\d+(?:\.\d*)?(?:[eE][+-]?\d{1,2})?$/;
/** 1973 in milliseconds: a smaller timestamp was written in seconds. */
const MILLISECONDS_MIN = 1e11;

/**
 * The candles of one CSV text. The header names the columns, in any order; other columns are ignored; a missing
 * volume column or an empty volume is unknown. Byte order mark, CRLF and trailing blank lines are accepted.
 * Throws Error naming file and line at the first row that is not a well-formed candle on the timeframe's grid.
 */
export const parseCandleCsv = (file: CsvFile): CandleRow[] => {
  const lines = file.text
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split(/\r?\n/);
  const columnOf = readHeader(lines[0] ?? "", file.name);
  return lines.slice(1).map((text, index) => {
    const line = index + 2;
    const cells = text.split(",");
    const cellOf = (column: string): string => cells[columnOf.get(column) ?? -1]?.trim() ?? "";
    try {
      return { candle: readCandle(cellOf, file.timeframe), file: file.name, line };
    } catch (error) {
      throw new Error(`${file.name} line ${line}: ${(error as Error).message} (row: ${text.slice(0, 120)})`, {
        cause: error,
      });
    }
  });
};

const readHeader = (header: string, fileName: string): Map<string, number> => {
  const columns = header.split(",").map((column) => column.trim().toLowerCase());
  const missing = REQUIRED_COLUMNS.filter((column) => !columns.includes(column));
  const repeated = columns.filter((column, index) => column !== "" && columns.indexOf(column) !== index);
  if (missing.length > 0 || repeated.length > 0) {
    const fault = missing.length > 0 ? `lacks ${missing.join(", ")}` : `names ${repeated.join(", ")} twice`;
    throw new Error(`${fileName} line 1: the header ${fault}; it should be timestamp_ms,open,high,low,close,volume`);
  }
  return new Map(columns.map((column, index) => [column, index]));
};

const readCandle = (cellOf: (column: string) => string, timeframe: Timeframe): Candle => {
  const candle = {
    openTime: readOpenTime(cellOf("timestamp_ms"), timeframe),
    open: readPrice("open", cellOf("open")),
    high: readPrice("high", cellOf("high")),
    low: readPrice("low", cellOf("low")),
    close: readPrice("close", cellOf("close")),
    volume: readVolume(cellOf("volume")),
  };
  if (candle.high < Math.max(candle.open, candle.close)) throw new Error("high is below open or close");
  if (candle.low > Math.min(candle.open, candle.close)) throw new Error("low is above open or close");
  return candle;
};

const readOpenTime = (text: string, timeframe: Timeframe): number => {
  const openTime = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(openTime)) throw new Error(`timestamp_ms must be whole milliseconds, was "${text}"`);
  if (openTime < MILLISECONDS_MIN) throw new Error(`timestamp_ms must be milliseconds, ${text} looks like seconds`);
  if (openTime % timeframeMs(timeframe) !== 0) throw new Error(`${text} is off the ${timeframe} grid (UTC)`);
  return openTime;
};

const readPrice = (column: string, text: string): number => {
  const price = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!(price > 0)) throw new Error(`${column} must be a positive number, was "${text}"`);
  // A double keeps any 15 digits. Longer text is checked, because it could change when it is served.
  if (text.length > 15 && !decimal(text).eq(decimal(String(price)))) {
    throw new Error(`${column} has more digits than a double holds: ${text}`);
  }
  return price;
};

const readVolume = (text: string): number | null => {
  if (text === "") return null;
  const volume = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(volume)) throw new Error(`volume must be at least 0, or empty when unknown, was "${text}"`);
  return volume;
};
