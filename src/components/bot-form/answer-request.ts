import type { PreviewCandles } from "~/contracts/market-row";
import { promptParts } from "~/contracts/prompt-parts";
import type { BacktestMarket } from "~/trading/backtest/readable-market";
import type { BotSettings } from "~/trading/bot-settings";
import type { ShownPrices } from "~/trading/cycle/view-market";
import { asksModel } from "~/trading/cycle/model-question";
import { llmSettingsSchema, type LlmSettings } from "~/trading/decision/asking/llm-settings";
import { decisionTimeframes } from "~/trading/decision/decide";
import type { Candle } from "~/trading/market/candle";
import { decimal, toPlain, type Decimal } from "~/trading/money";
import type { MarketTerms } from "~/trading/ports";
import { estimateModelSpend } from "~/trading/preview/estimate-model-spend";
import { estimateReplies } from "~/trading/preview/estimate-replies";
import { findHindrances } from "~/trading/preview/find-hindrances";
import { previewBot, type BotPreview } from "~/trading/preview/preview-bot";
import { previewPrompt, type PromptMarket } from "~/trading/preview/preview-prompt";
import { readNewSettings } from "~/trading/preview/read-settings";
import { settingsInMoney } from "~/trading/preview/settings-in-money";
import { findWorstCases } from "~/trading/preview/worst-cases";
import { tellUnasked } from "./tell-unasked";
import type {
  KnownMarket,
  PreviewRequest,
  PromptRequest,
  Reading,
  ReadRequest,
  ShownModelSpend,
  ShownPrompt,
  ShownWorstCases,
} from "./worker-messages";

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

/** Only a mode that asks a model has them. */
const llmOf = ({ decision }: BotSettings): LlmSettings => llmSettingsSchema.parse(decision);

const modelOf = (settings: BotSettings, speed: number, now: number): ShownModelSpend | null => {
  if (!asksModel(settings)) return null;
  const llm = llmOf(settings);
  const found = estimateModelSpend({ settings, llm, speed, now });
  if ("unknown" in found) return { isKnown: false, reason: found.unknown };
  const { usual, most, month, monthUnbounded, monthMost, ...counts } = found.spend;
  return {
    isKnown: true,
    ...counts,
    usual: optional(usual),
    most: optional(most),
    month: optional(month),
    monthUnbounded: optional(monthUnbounded),
    monthMost: toPlain(monthMost),
    budgetPerDay: llm.budgetPerDay,
  };
};

/** What settings mean, or what is wrong with them. `now`: wall time, ms. */
export const answerRead = ({ settings: raw, capital: text, markets, speed }: ReadRequest, now: number): Reading => {
  const reading = readNewSettings(raw);
  if (!reading.isValid) return reading;
  const { settings, sections } = reading;
  const wanted = decisionTimeframes(settings);
  const [{ timeframe }] = wanted;
  const capital = amountOf(text);
  const model = modelOf(settings, speed, now);
  const timeframes = wanted.map((each) => each.timeframe);
  const read = { settings, sections, timeframe, timeframes, model };
  const head = { isValid: true as const, ...read, capital: optional(capital) };
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

const promptMarketOf = ({ row, series }: PromptRequest["markets"][number]): PromptMarket => ({
  pair: row.pair,
  takerFeeRate: row.rules.takerFeeRate,
  fundingRate: row.fundingRate,
  series: series.map((candles) => ({ timeframe: candles.timeframe ?? "1m", candles: toCandles(candles) })),
});

/** The prompt that would be sent for such a bot now, if it had no position. `now`: wall time, ms. */
export const answerPrompt = ({ settings: raw, capital: text, markets }: PromptRequest, now: number): ShownPrompt => {
  const reading = readNewSettings(raw);
  const capital = amountOf(text);
  if (!reading.isValid || capital === null) return { isKnown: false, reason: "Its settings are not complete yet." };
  const bot = { settings: reading.settings, capital, markets: markets.map(promptMarketOf), now };
  const preview = previewPrompt(bot);
  if (!preview.isKnown) return preview;
  return { isKnown: true, at: preview.at, parts: promptParts(preview.prompt), most: optional(preview.most) };
};

/** What such a bot would have done over the candles at hand. `onProgress` gets the share that is done; `now`: wall time, ms. */
export const answerPreview = (
  { settings: raw, capital: text, markets }: PreviewRequest,
  onProgress: (done: number) => void,
  now: number,
): BotPreview => {
  const reading = readNewSettings(raw);
  const capital = amountOf(text);
  if (!reading.isValid || capital === null) return { isKnown: false, reason: "Its settings are not complete yet." };
  const { settings } = reading;
  const recorded = markets.flatMap(recordingOf);
  // Of a question that was never asked nobody knows the answer.
  if (asksModel(settings)) {
    const needed = estimateReplies({ settings, llm: llmOf(settings), markets: recorded, now });
    return { isKnown: false, reason: tellUnasked(needed) };
  }
  return previewBot({ settings, capital, markets: recorded, onProgress });
};
