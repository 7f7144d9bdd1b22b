import { TIMEFRAMES, isTimeframe, type Timeframe } from "~/trading/market/timeframe";
import type { MarketType, TradingPair } from "~/trading/market/trading-pair";

export type CandleFileName = {
  readonly venue: string;
  readonly pair: TradingPair;
  readonly marketType: MarketType;
  readonly timeframe: Timeframe;
};

const FILE_NAME =
  /^(?<venue>[a-z0-9]+(?:-[a-z0-9]+)*)_(?<base>[A-Z0-9]{1,15})-(?<quote>[A-Z0-9]{1,15})_(?<timeframe>\d+[a-z])(?:[_.-].*)?\.csv(?:\.gz)?$/;

export const EXPECTED_FILE_NAME = `<venue>_<BASE>-<QUOTE>_<timeframe>*.csv or .csv.gz, such as okx-swap_BTC-USDT_5m_2022.csv.gz (timeframes: ${TIMEFRAMES.join(", ")})`;

/**
 * What a candle file's name says. A venue that ends in "-spot" means the spot market, any other the swap.
 * null when it is not the name of a candle file.
 */
export const parseFileName = (name: string): CandleFileName | null => {
  const { venue, base, quote, timeframe } = FILE_NAME.exec(name)?.groups ?? {};
  if (venue === undefined || timeframe === undefined || !isTimeframe(timeframe)) return null;
  return { venue, pair: `${base}/${quote}`, marketType: venue.endsWith("-spot") ? "spot" : "swap", timeframe };
};
