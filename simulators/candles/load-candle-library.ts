import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

import { timeframeMs } from "~/trading/market/timeframe";

import { createRecordedMarket, type CandleLibrary, type RecordedMarket } from "./candle-library";
import { groupBy } from "./group-by";
import { hasSameCandles, mergeCandleRows } from "./merge-candle-rows";
import { parseCandleCsv, type CandleRow } from "./parse-candle-csv";
import { EXPECTED_FILE_NAME, parseFileName, type CandleFileName } from "./parse-file-name";

type CandleFile = CandleFileName & { readonly name: string; readonly rows: readonly CandleRow[] };
type Outcome = { readonly market: RecordedMarket; readonly warnings: readonly string[] };

/**
 * Reads a folder of recorded candles, `<venue>_<BASE>-<QUOTE>_<timeframe>*.csv[.gz]` with the header
 * `timestamp_ms,open,high,low,close,volume` (see parseCandleCsv and parseFileName for what is accepted).
 *
 * Files of one market are merged. Its finest timeframe wins: coarser files are checked row by row but not used, and
 * a warning says so, as coarser candles are built from the finest. Two venues for one market must agree on all candles.
 * Throws Error, saying file, line and what to do, for corrupt data and for a folder without candle files.
 */
export const loadCandleLibrary = async (folder: string): Promise<CandleLibrary> => {
  const warnings: string[] = [];
  const files: CandleFile[] = [];
  for (const name of await listFolder(folder)) {
    const parsed = parseFileName(name);
    if (parsed === null) warnings.push(`${name} is ignored: a candle file is named ${EXPECTED_FILE_NAME}`);
    else files.push({ ...parsed, name, rows: await readRows(folder, name, parsed) });
  }
  if (files.length === 0) throw new Error(`${folder} has no candle file: expected ${EXPECTED_FILE_NAME}`);
  const byMarket = groupBy(files, ({ pair, marketType }) => `${pair} ${marketType}`);
  const outcomes = [...byMarket.values()].map(mergeFiles);
  return {
    markets: outcomes.map(({ market }) => market),
    warnings: [...warnings, ...outcomes.flatMap((outcome) => outcome.warnings)],
  };
};

const listFolder = async (folder: string): Promise<string[]> => {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    throw new Error(`cannot read the candle folder ${folder}: ${(error as Error).message}`, { cause: error });
  }
};

const readRows = async (folder: string, name: string, { timeframe }: CandleFileName): Promise<CandleRow[]> => {
  const rows = parseCandleCsv({ name, timeframe, text: await readText(join(folder, name), name) });
  if (rows.length === 0) throw new Error(`${name} has a header but no candle: fill or remove it`);
  return mergeCandleRows(rows);
};

const readText = async (path: string, name: string): Promise<string> => {
  try {
    const bytes = await readFile(path);
    return (name.endsWith(".gz") ? await promisify(gunzip)(bytes) : bytes).toString("utf8");
  } catch (error) {
    throw new Error(`cannot read ${name}: ${(error as Error).message}`, { cause: error });
  }
};

const mergeFiles = (files: readonly CandleFile[]): Outcome => {
  const finest = files.reduce((best, file) =>
    timeframeMs(file.timeframe) < timeframeMs(best.timeframe) ? file : best,
  );
  const { pair, marketType, timeframe } = finest;
  const used = files.filter((file) => file.timeframe === timeframe);
  const coarser = files.filter((file) => file.timeframe !== timeframe);
  const rows = mergeVenues(used);
  return {
    market: createRecordedMarket({ pair, marketType, timeframe, candles: rows.map(({ candle }) => candle) }),
    warnings: coarser.map(
      ({ name }) => `${name} is not used: ${pair} has ${timeframe} candles, and coarser ones are built from them`,
    ),
  };
};

const mergeVenues = (files: readonly CandleFile[]): CandleRow[] => {
  const byVenue = groupBy(files, ({ venue }) => venue);
  const merged = [...byVenue].map(([venue, own]) => ({
    venue,
    rows: mergeCandleRows(own.flatMap(({ rows }) => rows)),
  }));
  const [first, ...others] = merged;
  if (first === undefined) throw new Error("a market needs at least one file");
  const other = others.find(({ rows }) => !hasSameCandles(first.rows, rows));
  if (other !== undefined) {
    throw new Error(
      `${files[0]?.pair} (${files[0]?.marketType}) was recorded at ${first.venue} and at ${other.venue}, and they differ: ` +
        `keep the files of one venue (${files.map(({ name }) => name).join(", ")})`,
    );
  }
  return first.rows;
};
