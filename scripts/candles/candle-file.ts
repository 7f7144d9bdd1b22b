import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Candle } from "../../src/trading/market/candle";
import { decimal, toPlain } from "../../src/trading/money";
import type { CandleRequest } from "../../src/trading/ports";
import type { Chunk } from "./month-chunks";

export type Series = Pick<CandleRequest, "pair" | "marketType" | "timeframe">;

const HEADER = "timestamp_ms,open,high,low,close,volume";

const minuteOf = (time: number): string => new Date(time).toISOString().slice(0, 16).replace(/:/g, "");

/** The name of a chunk's file, by its span: a chunk that is there was fetched. */
export const chunkFile = (folder: string, { pair, marketType, timeframe }: Series, { from, to }: Chunk): string =>
  path.join(
    folder,
    `okx-${marketType}_${pair.replace("/", "-")}_${timeframe}_${minuteOf(from)}_${minuteOf(to)}.csv.gz`,
  );

const textOf = (value: number | null): string => (value === null ? "" : toPlain(decimal(String(value))));

const rowOf = ({ openTime, open, high, low, close, volume }: Candle): string =>
  [String(openTime), ...[open, high, low, close, volume].map(textOf)].join(",");

/** Writes candles in the format that a backtest reads; the file is there whole or not at all. */
export const writeCandleFile = (file: string, candles: readonly Candle[]): void => {
  mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, gzipSync(`${[HEADER, ...candles.map(rowOf)].join("\n")}\n`));
  renameSync(unfinished, file);
};

export const isStored = (file: string): boolean => existsSync(file);
