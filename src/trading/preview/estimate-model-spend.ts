import type { BotSettings } from "../bot-settings";
import { toModelRequest } from "../cycle/model-question";
import type { LlmSettings } from "../decision/asking/llm-settings";
import { modelNameOf } from "../decision/asking/llm-settings";
import { writePrompt } from "../decision/asking/write-prompt";
import { timeframeMs } from "../market/timeframe";
import { decimal, minOf, type Decimal } from "../money";
import { costAtMost } from "../model/cost-at-most";
import { costOf } from "../model/cost-of";
import { findModel } from "../model/find-model";
import { findPrice } from "../model/find-price";
import type { ModelPrice } from "../model/model-price";
import { isProviderId } from "../model/model-provider";
import { DAY_MS } from "../market/duration";

/** Lines that a prompt shows of the bot itself and all markets together, and of one pair; bytes of a line but its pair. */
const LINES_OF_BOT = { usual: 25, most: 60 } as const;
const LINES_OF_PAIR = { usual: 50, most: 110 } as const;
const LINE_BYTES = { usual: 55, most: 90 } as const;

/** English, tables and JSON alike: about so many bytes a token. */
const BYTES_PER_TOKEN = 4;
/** An answer with its thoughts, of a model that thinks a little first. */
const ANSWER_TOKENS = 300;
const ANSWER_TOKENS_PER_PAIR = 250;

const MONTH_DAYS = 30;

/** What a bot's model may cost. Money in US dollars; days and months of real time, a month of 30 days. */
export type ModelSpend = {
  readonly callsPerDay: number;
  /** Market seconds per second of real time. */
  readonly speed: number;
  /** Of one question: what it usually takes, and what is set aside for it. null: no price for its length. */
  readonly promptTokens: number;
  readonly answerTokens: number;
  readonly usual: Decimal | null;
  readonly most: Decimal | null;
  /** A month of questions at what one usually costs, whatever the budget. */
  readonly monthUnbounded: Decimal | null;
  /** The same within the budget of each day; and what the budget lets be spent at the most. */
  readonly month: Decimal | null;
  readonly monthMost: Decimal;
  /** When the price began to hold, ms; null: it is asked by nobody, or always. */
  readonly pricedSince: number | null;
  /** The vendor may ask less at quiet hours. */
  readonly isCeiling: boolean;
};

export type SpendFinding = { readonly spend: ModelSpend } | { readonly unknown: string };

type Measure = "usual" | "most";

const factBytes = (pairs: readonly string[], measure: Measure): number => {
  const line = LINE_BYTES[measure];
  return pairs.reduce(
    (sum, { length }) => sum + LINES_OF_PAIR[measure] * (line + length),
    LINES_OF_BOT[measure] * line,
  );
};

/** The request that would be sent, with as many bytes of data as there may be in place of the data. */
const requestOf = (settings: LlmSettings, pairs: readonly string[], measure: Measure) => {
  const prompt = writePrompt({ settings, pairs, sections: [], time: "", delimiter: "" });
  return toModelRequest({ ...prompt, message: prompt.message + " ".repeat(factBytes(pairs, measure)) });
};

const encoder = new TextEncoder();

const tokensOf = ({ system, blocks, tool }: ReturnType<typeof toModelRequest>): number =>
  Math.ceil(
    [system, ...blocks, JSON.stringify(tool)].reduce((sum, text) => sum + encoder.encode(text).length, 0) /
      BYTES_PER_TOKEN,
  );

/** How long is between two questions at least, ms of market time: each is of a due candle, at a slot of its own. */
export const msBetweenQuestions = ({ intervalSeconds }: BotSettings, { timeframe, everyCandles }: LlmSettings) =>
  Math.max(intervalSeconds * 1000, timeframeMs(timeframe) * everyCandles);

const priceOf = (model: string, now: number): { readonly price: ModelPrice } | { readonly unknown: string } => {
  const { provider, id } = modelNameOf({ model });
  if (!isProviderId(provider)) return { unknown: `Nobody named ${provider} is known, so what it costs is not.` };
  const found = findPrice(findModel(provider, id), now);
  return found.outcome === "priced" ? { price: found.price } : { unknown: found.reason };
};

type Asked = {
  readonly settings: BotSettings;
  readonly llm: LlmSettings;
  /** Market seconds per second of real time; 0: it stands still. */
  readonly speed: number;
  /** Wall time, ms. */
  readonly now: number;
};

/** What the model of such a bot may cost a month of real time at its market's speed. */
export const estimateModelSpend = ({ settings, llm, speed, now }: Asked): SpendFinding => {
  const found = priceOf(llm.model, now);
  if ("unknown" in found) return found;
  const { price } = found;
  const { pairs } = settings;
  const [promptTokens, answerTokens] = [
    tokensOf(requestOf(llm, pairs, "usual")),
    ANSWER_TOKENS + ANSWER_TOKENS_PER_PAIR * pairs.length,
  ];
  const usage = { inputTokens: promptTokens, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: answerTokens };
  const usual = costOf(usage, price);
  const calls = (DAY_MS * speed) / msBetweenQuestions(settings, llm);
  const day = usual && usual.times(calls);
  const budget = decimal(llm.budgetPerDay);
  return {
    spend: {
      callsPerDay: calls,
      speed,
      promptTokens,
      answerTokens,
      usual,
      most: costAtMost(requestOf(llm, pairs, "most"), price),
      monthUnbounded: day && day.times(MONTH_DAYS),
      month: day && minOf(day, budget).times(MONTH_DAYS),
      monthMost: budget.times(MONTH_DAYS),
      pricedSince: price.validFrom === 0 ? null : price.validFrom,
      isCeiling: price.isCeiling,
    },
  };
};
