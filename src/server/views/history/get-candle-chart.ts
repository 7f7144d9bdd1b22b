import type { CandleChart } from "~/contracts/chart-view";
import { decisionTimeframes } from "~/trading/decision/decide";
import { timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import type { Database } from "../../db/client";
import { AppError } from "../../errors";
import { viewExitPlan } from "../exit-plan-view";
import { priceDigitsOf } from "../price-digits";
import type { Ports } from "../../ports";
import { readVenueTime } from "../../venues/venue-time";
import { loadChartCandles, loadChartSeries, type ChartSeries, type ChartTimeframe } from "./chart-candles";
import { loadMarks } from "./chart-marks";
import type { OwnedBot } from "../../tenant/find-own";
import type { OwnBotId } from "../../tenant/own-id";
import { findOwnedBotWithSettings, type BotWithSettings } from "../owned-bot";

export type ChartQuery = OwnedBot & { readonly pair: string; readonly timeframe?: ChartTimeframe | undefined };

/** The market of a pair that the bot trades or has held. Throws AppError for another. */
const findChartMarket = async (db: Database, bot: BotWithSettings, pair: string) => {
  const { pairs, marketType } = bot.settings;
  const isTraded = pairs.includes(pair);
  const market = await db.market.findFirst({
    where: { venueId: bot.venueId, pair, ...(isTraded ? { marketType } : { positions: { some: { botId: bot.id } } }) },
    select: { id: true, tick: true },
  });
  if (!market) {
    throw new AppError("unknown-pair", `This bot does not trade ${pair}: choose one of ${pairs.join(", ")}.`);
  }
  return market;
};

/** The asked one; else the decision candle's, or the next coarser one that there is. Null: the market has no candle. */
const chooseTimeframe = (
  { available }: ChartSeries,
  asked: ChartTimeframe | undefined,
  decision: Timeframe,
): ChartTimeframe | null => {
  if (asked === undefined) {
    const fits = available.find((timeframe) => timeframeMs(timeframe) >= timeframeMs(decision));
    return fits ?? available.at(-1) ?? null;
  }
  if (available.length > 0 && !available.includes(asked)) {
    throw new AppError(
      "invalid",
      `There are no ${asked} candles of this market: choose one of ${available.join(", ")}.`,
    );
  }
  return available.length > 0 ? asked : null;
};

const loadOpenLevels = async (
  db: Database,
  {
    botId,
    marketId,
    priceDigits,
  }: { readonly botId: OwnBotId; readonly marketId: number; readonly priceDigits: number },
): Promise<CandleChart["position"]> => {
  const position = await db.position.findFirst({
    where: { botId, marketId, closedAt: null },
    select: {
      id: true,
      side: true,
      entryPrice: true,
      stopLoss: true,
      takeProfit: true,
      exitPlan: true,
      bot: { select: { status: true, tradingState: true } },
    },
  });
  if (!position) return null;
  const { stopName, legs, targets } = viewExitPlan(position, priceDigits);
  return {
    id: position.id,
    side: position.side,
    entryPrice: position.entryPrice.toFixed(),
    stopName,
    legs: [...legs],
    targets: [...targets],
    stopLoss: position.stopLoss?.toFixed() ?? null,
    takeProfit: position.takeProfit?.toFixed() ?? null,
  };
};

/**
 * A pair's last closed candles by the venue's clock, what the bot did on them and its open position's levels. Throws
 * AppError for another user's bot, a pair that it does not trade, or a timeframe that cannot be built.
 */
export const getCandleChart = async (
  ports: Pick<Ports, "db" | "wallNow">,
  { pair, timeframe: asked, ...of }: ChartQuery,
): Promise<CandleChart> => {
  const { db } = ports;
  const bot = await findOwnedBotWithSettings(ports, of);
  const market = await findChartMarket(db, bot, pair);
  const priceDigits = priceDigitsOf(market.tick);
  const [now, series, position] = await Promise.all([
    readVenueTime(ports, bot.venueId),
    loadChartSeries(db, market.id),
    loadOpenLevels(db, { botId: bot.id, marketId: market.id, priceDigits }),
  ]);
  const [{ timeframe: decision }] = decisionTimeframes(bot.settings);
  const timeframe = chooseTimeframe(series, asked, decision);
  const head = { pair, timeframes: [...series.available], priceDigits, position };
  const source = timeframe && series.sourceOf(timeframe);
  if (!source) return { ...head, timeframe: asked ?? "1h", candles: [], marks: [] };
  const candles = await loadChartCandles(db, { marketId: market.id, timeframe, source, now });
  const marks = await loadMarks(db, { botId: bot.id, marketId: market.id, timeframe, candles });
  return {
    ...head,
    timeframe,
    candles: candles.map(({ openTime, ...candle }) => ({ time: openTime / 1000, ...candle })),
    marks,
  };
};
