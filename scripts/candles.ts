import { setTimeout as wait } from "node:timers/promises";
import { loadCandleLibrary } from "../simulators/candles/load-candle-library";
import { createOkxMarketData } from "../src/server/adapters/exchange/okx/create-okx-market-data";
import { isTimeframe, TIMEFRAMES, type Timeframe } from "../src/trading/market/timeframe";
import { marketTypeSchema, tradingPairSchema } from "../src/trading/market/trading-pair";
import { describeVenueError, VenueError } from "../src/trading/venue-error";
import { findCandleGaps } from "./backtest/find-candle-gaps";
import { fetchHistory, type HistoryRequest } from "./candles/fetch-history";
import { parseSpan, parseWords, UsageError } from "./replay/replay-options";

const USAGE = `Usage: npm run -s candles -- --folder <folder> --pairs A/B,C/D --from <ISO> --to <ISO> [options]

Fetches recorded candles of OKX, which needs no key, into a folder that replay and backtest read. What is there already
is not fetched again: the same command goes on after an interruption.

  --folder <folder>    where the files go
  --pairs A/B,C/D      which pairs
  --from, --to <ISO>   candles that open from (inclusive) and to (exclusive)
  --timeframe <time>   ${TIMEFRAMES.join(", ")} (default 5m)
  --market <type>      swap or spot (default swap)
  --url <address>      ask there instead of OKX`;

const LATER = "What was fetched is kept: the same command goes on from there.";

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const text = { type: "string" } as const;
const OPTIONS = {
  folder: text,
  pairs: text,
  from: text,
  to: text,
  timeframe: text,
  market: text,
  url: text,
  help: { type: "boolean" },
} as const;

const parseTimeframe = (given: string): Timeframe => {
  if (isTimeframe(given)) return given;
  throw new UsageError(`--timeframe is one of ${TIMEFRAMES.join(", ")}, was ${given}`);
};

const parsePairs = (given: string | undefined): string[] =>
  (given ?? "").split(",").map((pair) => {
    const parsed = tradingPairSchema.safeParse(pair.trim());
    if (!parsed.success) throw new UsageError(`--pairs needs pairs such as BTC/USDT, was ${given ?? "missing"}`);
    return parsed.data;
  });

type Asked = Pick<HistoryRequest, "folder" | "series" | "from" | "to"> & { readonly url: string | undefined };

const parse = (argv: readonly string[]): Asked | null => {
  const words = parseWords(argv, OPTIONS);
  if (words.help === true) return null;
  if (words.folder === undefined) throw new UsageError("--folder needs a folder for the candles");
  const marketType = marketTypeSchema.safeParse(words.market ?? "swap");
  if (!marketType.success) throw new UsageError(`--market is swap or spot, was ${words.market ?? ""}`);
  const timeframe = parseTimeframe(words.timeframe ?? "5m");
  const series = parsePairs(words.pairs).map((pair) => ({ pair, marketType: marketType.data, timeframe }));
  return { folder: words.folder, series, ...parseSpan(words), url: words.url };
};

const listGaps = async ({ folder, series, from, to }: Asked): Promise<void> => {
  const { markets } = await loadCandleLibrary(folder);
  const wanted = markets.filter((market) =>
    series.some(({ pair, marketType }) => pair === market.pair && marketType === market.marketType),
  );
  for (const market of wanted) {
    const gaps = findCandleGaps(market, { from, to });
    say(gaps ?? `${market.pair}: whole from ${new Date(market.from).toISOString()} on`);
  }
};

const fetchAll = async (asked: Asked): Promise<void> => {
  const source = await createOkxMarketData(asked.url === undefined ? {} : { baseUrl: asked.url });
  await fetchHistory({
    ...asked,
    source,
    wait: (ms) => wait(ms),
    onChunk: ({ pair }, { from }, candles) => {
      const what = candles === null ? "was there" : `${candles} candles`;
      say(`${pair} ${new Date(from).toISOString().slice(0, 7)}: ${what}`);
    },
  });
  await listGaps(asked);
};

try {
  const asked = parse(process.argv.slice(2));
  if (asked === null) process.stdout.write(`${USAGE}\n`);
  else await fetchAll(asked);
} catch (error) {
  if (error instanceof UsageError) say(`${error.message}\n\n${USAGE}`);
  else if (error instanceof VenueError) say(`${describeVenueError(error)} ${error.message}\n${LATER}`);
  else throw error;
  process.exitCode = 2;
}
