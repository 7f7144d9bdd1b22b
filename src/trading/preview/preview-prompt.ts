import { toModelRequest, writeModelQuestion } from "../cycle/model-question";
import { analyse, decisionTimeframes } from "../decision/decide";
import { llmSettingsSchema } from "../decision/asking/llm-settings";
import { NOTHING_OUTSIDE } from "../decision/asking/outside-facts";
import { PLAIN_DELIMITER, type Prompt } from "../decision/asking/write-prompt";
import { MODES, type Modes } from "../decision/modes/registry";
import { aggregateCandles } from "../market/aggregate-candles";
import type { Candle } from "../market/candle";
import { lastCandles } from "../market/candle-range";
import { floorToGrid, timeframeMs, type Timeframe } from "../market/timeframe";
import type { Decimal } from "../money";
import { costAtMost } from "../model/cost-at-most";
import { findNamedPrice } from "../model/find-named-model";
import type { NewBot } from "./judge-plans";

/** Closed candles of a market, ascending, that can be put together to what its bot reads. */
type KnownSeries = { readonly timeframe: Timeframe; readonly candles: readonly Candle[] };

export type PromptMarket = {
  readonly pair: string;
  readonly takerFeeRate: string;
  /** Per 8 h, a fraction; null: unknown. */
  readonly fundingRate: string | null;
  /** One for each of the timeframes that the bot reads, in their order. */
  readonly series: readonly KnownSeries[];
};

type Previewed = NewBot & {
  readonly markets: readonly PromptMarket[];
  /** Wall time, ms: of the price. */
  readonly now: number;
};

/** The prompt of a bot without positions at the last close that is known, and what is set aside for it. */
export type PromptPreview =
  | { readonly isKnown: false; readonly reason: string }
  | { readonly isKnown: true; readonly prompt: Prompt; readonly at: number; readonly most: Decimal | null };

const unknown = (reason: string): PromptPreview => ({ isKnown: false, reason });

/** When the newest candle of the finest series had closed. */
const lastCloseOf = ({ timeframe, candles }: KnownSeries): number =>
  (candles.at(-1)?.openTime ?? -timeframeMs(timeframe)) + timeframeMs(timeframe);

const closedSeries = (known: KnownSeries | undefined, wanted: { timeframe: Timeframe; count: number }, at: number) => {
  const { from, closedBy, timeframe } = lastCandles({ ...wanted, closedBy: at });
  const whole = known ? aggregateCandles(known.candles, { from: known.timeframe, to: timeframe }) : [];
  return whole.filter(({ openTime }) => openTime >= from && openTime + timeframeMs(timeframe) <= closedBy);
};

const mostOf = (prompt: Prompt, model: string, now: number): Decimal | null => {
  const found = findNamedPrice(model, now);
  return found.outcome === "priced" ? costAtMost(toModelRequest(prompt), found.price) : null;
};

/** What a model would be sent for such a bot if it had no position: by the candles that are known, and nothing from outside. */
export const previewPrompt = ({ settings, capital, markets, now }: Previewed, modes: Modes = MODES): PromptPreview => {
  const wanted = decisionTimeframes(settings, modes);
  const closes = markets.flatMap(({ series: [first] }) => (first ? [lastCloseOf(first)] : []));
  const at = floorToGrid(Math.max(0, ...closes), timeframeMs(wanted[0].timeframe));
  if (at === 0) return unknown("No candles of its pairs are known yet.");
  const question = writeModelQuestion(
    {
      settings,
      time: at,
      markets: markets.map(({ pair, takerFeeRate, fundingRate, series }) => ({
        pair,
        takerFeeRate,
        settings,
        analysis: analyse(
          { settings, time: at, series: wanted.map((each, index) => closedSeries(series[index], each, at)) },
          modes,
        ),
        shown: { fundingRate },
      })),
      portfolio: { equity: capital, cash: capital, positions: [] },
      outside: NOTHING_OUTSIDE,
      delimiter: PLAIN_DELIMITER,
    },
    modes,
  );
  if (question === null) return unknown("Too few candles of its pairs are known: it would not ask yet.");
  const { model } = llmSettingsSchema.parse(settings.decision);
  return { isKnown: true, prompt: question.prompt, at, most: mostOf(question.prompt, model, now) };
};
