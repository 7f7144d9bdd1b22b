import type { BotSettings } from "~/trading/bot-settings";
import { asksModel } from "~/trading/cycle/model-question";
import type { LlmSettings } from "~/trading/decision/asking/llm-settings";
import { mayAskFast } from "~/trading/decision/asking/may-ask-fast";
import { DAY_MS } from "~/trading/market/duration";
import { timeframeMs } from "~/trading/market/timeframe";
import type { ClockRow } from "../venues/venue-time";

const SECOND_MS = 1000;

type Asking = Pick<BotSettings, "mode" | "intervalSeconds"> & { readonly decision: unknown };

/** How often a bot may ask in a day of wall time, where the market's clock runs at this speed. */
const questionsPerDay = (llm: LlmSettings, intervalSeconds: number, speed: number): number => {
  const everyMs = Math.max(timeframeMs(llm.timeframe) * llm.everyCandles, intervalSeconds * SECOND_MS);
  return Math.ceil((DAY_MS * speed) / everyMs);
};

/**
 * Why these settings may not ask a paid model on a market whose clock can be set to run faster than a real one, in words;
 * null: they may, since the trader said so, nobody is paid, or the clock is a real one (`clock` null).
 */
export const refuseAcceleration = (settings: Asking, clock: Pick<ClockRow, "speed"> | null): string | null => {
  if (clock === null || !asksModel(settings)) return null;
  const llm = settings.decision as LlmSettings;
  if (mayAskFast(llm)) return null;
  const speed = Math.max(1, clock.speed);
  const questions = questionsPerDay(llm, settings.intervalSeconds, speed).toLocaleString("en-US");
  const pace = speed === 1 ? "can be set to run faster than a real one" : `runs ${speed} times as fast as a real one`;
  return (
    `This market's clock ${pace}: the bot may ask its model ${questions} times a day or more, and each of them is paid, ` +
    `up to its budget of $${llm.budgetPerDay} a day. Allow that, or choose the scripted model.`
  );
};
