import type { BacktestMarket } from "../backtest/readable-market";
import type { BotSettings } from "../bot-settings";
import { modelNameOf, type LlmSettings } from "../decision/asking/llm-settings";
import { DAY_MS } from "../market/duration";
import { isPaidModel } from "../model/is-paid-model";
import type { Decimal } from "../money";
import { estimateModelSpend, msBetweenQuestions } from "./estimate-model-spend";
import { spanOf } from "./preview-bot";

/** What a backtest over some candles would read of recorded replies. Money in US dollars. */
export type RepliesNeeded = {
  readonly days: number;
  /** At most so many: a question that moved nothing is not asked. */
  readonly replies: number;
  /** Whether somebody is paid for them. */
  readonly isPaid: boolean;
  /** What they usually cost together; null: unknown. */
  readonly usual: Decimal | null;
};

type Asked = {
  readonly settings: BotSettings;
  readonly llm: LlmSettings;
  readonly markets: readonly BacktestMarket[];
  /** Wall time, ms: prices are those of then. */
  readonly now: number;
};

/** The replies that a bot which asks a model would need recorded to be tested over these candles; null: there are none. */
export const estimateReplies = ({ settings, llm, markets, now }: Asked): RepliesNeeded | null => {
  if (markets.length === 0) return null;
  const { from, to } = spanOf(markets);
  const replies = Math.floor((to - from) / msBetweenQuestions(settings, llm));
  if (replies <= 0) return null;
  const found = estimateModelSpend({ settings, llm, speed: 1, now });
  const one = "spend" in found ? found.spend.usual : null;
  return {
    days: (to - from) / DAY_MS,
    replies,
    isPaid: isPaidModel(modelNameOf(llm).provider),
    usual: one && one.times(replies),
  };
};
