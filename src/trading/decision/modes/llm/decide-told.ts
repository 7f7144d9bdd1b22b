import { holdDecision, type Decision } from "../../basis/decision";
import type { ModeQuestion } from "../../basis/decision-mode";
import { WARMING_UP } from "../../basis/reason-codes";
import { decideLlm } from "./decide-llm";
import { isWarm, type LlmReadings } from "../../asking/llm-readings";
import type { LlmSettings } from "../../asking/llm-settings";
import type { ModelAnswers } from "../../asking/model-answers";

/** Why nobody decides where no model was asked. */
const NOT_ASKED = "not-asked";

type TellQuestion = Pick<
  ModeQuestion<LlmSettings, LlmReadings>,
  "pair" | "settings" | "analysis" | "position" | "told"
>;

/** The decision for one pair by what a model was told and answered; a hold that says why where none did. */
export const decideTold = ({ pair, settings, analysis, position, told }: TellQuestion): Decision => {
  const { candle, readings } = analysis;
  const close = readings.frames[0]?.close;
  const hold = (code: string, text: string): Decision => holdDecision(pair, { code, text }, { decidedCandle: candle });
  if (candle === null || close === undefined || !isWarm(readings)) {
    return hold(WARMING_UP, "too few closed candles to ask a model about");
  }
  const answers = told as ModelAnswers | undefined;
  if (answers === undefined) return hold(NOT_ASKED, "no model was asked");
  if ("heldBecause" in answers) return hold(answers.heldBecause.code, answers.heldBecause.text);
  const answer = answers.pairs.get(pair) ?? { fault: "the model was not asked about it" };
  return decideLlm({ pair, settings, position, close, candle, answer, facts: answers.facts });
};
