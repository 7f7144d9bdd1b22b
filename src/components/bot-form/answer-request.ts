import type { PreviewCandles } from "~/contracts/market-row";
import type { BacktestMarket } from "~/trading/backtest/readable-market";
import type { BotSettings } from "~/trading/bot-settings";
import type { ShownPrices } from "~/trading/cycle/view-market";
import { decisionTimeframes } from "~/trading/decision/decide";
import type { Candle } from "~/trading/market/candle";
import { decimal, toPlain, type Decimal } from "~/trading/money";
import type { MarketTerms } from "~/trading/ports";
import { findHindrances } from "~/trading/preview/find-hindrances";
import { previewBot, type BotPreview } from "~/trading/preview/preview-bot";
import { readNewSettings } from "~/trading/preview/read-settings";
import { settingsInMoney } from "~/trading/preview/settings-in-money";
import { findWorstCases } from "~/trading/preview/worst-cases";
import type { KnownMarket, PreviewRequest, Reading, ReadRequest, ShownWorstCases } from "./worker-messages";

const AMOUNT = /^\d{1,12}(\.\d{1,8})?$/;

/** Null: no amount above zero. */
const amountOf = (text: string): Decimal | null => {
  const amount = AMOUNT.test(text) ? decimal(text) : null;
  return amount?.gt(0) === true ? amount : null;
};

const termsOf = ({ pair, marketType, rules }: KnownMarket["row"]): MarketTerms => ({ pair, marketType, ...rules });

const shownOf = ({ last, bid, ask, quoteVolume24h, fundingRate, seenAt }: KnownMarket["row"]): ShownPrices | null =>
  seenAt === null ? null : { referencePrice: last, bid, ask, quoteVolume24h, fundingRate };

const optional = (amount: Decimal | null): string | null => amount && toPlain(amount);

const worstOf = (settings: BotSettings, capital: Decimal): ShownWorstCases | null => {
  const worst = findWorstCases({ settings, capital });
  if (!worst) return null;
  const { trade, valueLeast, positions, allStops, allGaps, day } = worst;
  return {
    valueLeast: toPlain(valueLeast),
    valueMost: toPlain(trade.value),
    tradeAtStop: optional(trade.atStop),
    tradeAtGap: optional(trade.atGap),
    tradeOfAll: toPlain(trade.ofAll),
    positions,
    allStops: toPlain(allStops),
    allGaps: toPlain(allGaps),
    day: toPlain(day),
  };
};

/** What settings mean, or what is wrong with them. */
export const answerRead = ({ settings: raw, capital: text, markets }: ReadRequest): Reading => {
  const reading = readNewSettings(raw);
  if (!reading.isValid) return reading;
  const { settings, sections } = reading;
  const [{ timeframe }] = decisionTimeframes(settings);
  const capital = amountOf(text);
  const head = { isValid: true as const, settings, sections, timeframe, capital: optional(capital) };
  if (capital === null) return { ...head, inMoney: {}, worst: null, hindrances: [] };
  const bot = { settings, capital };
  const found = markets.map(({ row, knownMs }) => ({ rules: termsOf(row), shown: shownOf(row), knownMs }));
  return {
    ...head,
    inMoney: settingsInMoney(bot),
    worst: worstOf(settings, capital),
    hindrances: findHindrances(bot, found),
  };
};

const MS = 1000;

const toCandles = ({ times, open, high, low, close, volume }: PreviewCandles): Candle[] =>
  times.map((time, index) => ({
    openTime: time * MS,
    open: open[index] as number,
    high: high[index] as number,
    low: low[index] as number,
    close: close[index] as number,
    volume: volume[index] ?? null,
  }));

const recordingOf = ({ row, candles }: PreviewRequest["markets"][number]): BacktestMarket[] =>
  candles.timeframe === null || candles.times.length === 0
    ? []
    : [{ id: row.id, rules: termsOf(row), timeframe: candles.timeframe, candles: toCandles(candles) }];

/** What such a bot would have done over the candles at hand. `onProgress` gets the share that is done. */
export const answerPreview = (
  { settings: raw, capital: text, markets }: PreviewRequest,
  onProgress: (done: number) => void,
): BotPreview => {
  const reading = readNewSettings(raw);
  const capital = amountOf(text);
  if (!reading.isValid || capital === null) return { isKnown: false, reason: "Its settings are not complete yet." };
  return previewBot({ settings: reading.settings, capital, markets: markets.flatMap(recordingOf), onProgress });
};
