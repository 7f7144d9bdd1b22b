import type { PairAnswer } from "~/trading/decision/asking/answer";
import { checkCitations } from "~/trading/decision/asking/check-citations";
import type { Fact } from "~/trading/decision/asking/fact";
import { llmSettingsSchema, type LlmSettings } from "~/trading/decision/asking/llm-settings";
import { portfolioFacts } from "~/trading/decision/asking/portfolio-facts";
import { readAnswer } from "~/trading/decision/asking/read-answer";
import { writePrompt } from "~/trading/decision/asking/write-prompt";
import { decimal } from "~/trading/money";
import { tradeFacts } from "../trade-facts";

export const PAIR = "BTC/USDT";
export const SETTINGS = llmSettingsSchema.parse({});

type Limits = { readonly stopDistanceMax?: number; readonly positionsMax?: number };

export const limitFacts = ({ stopDistanceMax = 0.15, positionsMax = 5 }: Limits = {}): Fact[] =>
  portfolioFacts({
    time: 0,
    equity: decimal(10_000),
    available: decimal(10_000),
    positions: [],
    takerFeeRate: decimal("0.0005"),
    stopDistanceMin: 0.005,
    stopDistanceMax,
    rewardRiskMin: 1.5,
    positionsMax,
  });

/** The answer about each pair, as the mode reads it of the trader's reply to its own prompt. */
export const ask = (facts: readonly Fact[], pairs = [PAIR], settings: LlmSettings = SETTINGS): PairAnswer[] => {
  const time = "2026-01-01T00:00:00.000Z";
  const { system, message, tool } = writePrompt({
    settings,
    pairs,
    sections: [{ title: "All", facts }],
    time,
    delimiter: "d",
  });
  const asked = { name: tool.name, schema: tool.input_schema };
  const { input } = tradeFacts({ system: system.join("\n"), blocks: [message], tool: asked });
  const read = readAnswer({ stopReason: "tool_use", content: [{ type: "tool_use", name: tool.name, input }] }, pairs);
  if ("fault" in read) throw new Error(read.fault);
  return [...read.pairs.values()].map((answer) => {
    if ("fault" in answer) throw new Error(answer.fault);
    return answer;
  });
};

export const first = (facts: readonly Fact[], settings = SETTINGS): PairAnswer => {
  const [answer] = ask(facts, [PAIR], settings);
  if (!answer) throw new Error("no answer");
  return answer;
};

export const wrongIn = (answers: readonly PairAnswer[], facts: readonly Fact[]) =>
  answers.flatMap(({ evidence }) => checkCitations(evidence, facts)).filter(({ verdict }) => verdict !== "grounded");
