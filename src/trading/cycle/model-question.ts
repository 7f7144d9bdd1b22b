import type { ModeSettings } from "../decision/basis/decision-mode";
import { modeOf } from "../decision/decide";
import type { Fact } from "../decision/asking/fact";
import { isWarm, type LlmReadings } from "../decision/asking/llm-readings";
import type { LlmSettings } from "../decision/asking/llm-settings";
import { writePrompt, type Prompt } from "../decision/asking/write-prompt";
import { MODES, type Modes } from "../decision/modes/registry";
import type { ModelRequest } from "../model/model-call";
import type { AskedOfModel, ModelInput } from "./model-input";
import { tellModel } from "./tell-model";
import type { TradingState } from "./watch-drawdown";

/** What a model is asked in a cycle: one question for all pairs that are due. */
export type ModelQuestion = {
  readonly pairs: readonly string[];
  /** All that the prompt shows, by path: what an answer may cite. */
  readonly facts: readonly Fact[];
  readonly prompt: Prompt;
  readonly settings: LlmSettings;
};

/** Whether a model is asked about what these settings decide. A bot whose present mode asks none asks none at all. */
export const asksModel = (settings: Pick<ModeSettings, "mode">, modes: Modes = MODES): boolean =>
  modeOf(settings, modes).asksModel;

/** A bot that may only close, and holds nothing, would pay for an answer that it may not follow. */
export const mayFollow = (bot: { readonly tradingState: TradingState; readonly positions: readonly unknown[] }) =>
  bot.tradingState === "active" || bot.positions.length > 0;

const askedIn = ({ markets }: ModelInput, modes: Modes): AskedOfModel[] =>
  markets
    .filter((market) => asksModel(market.settings, modes))
    .map((market) => ({ ...market, readings: market.analysis.readings as LlmReadings }))
    .filter(({ readings }) => isWarm(readings));

/** The settings by which a model is asked; null: these ask none. */
export const llmSettingsOf = (settings: ModeSettings, modes: Modes = MODES): LlmSettings | null =>
  asksModel(settings, modes) ? (settings.decision as LlmSettings) : null;

/** The question of a slot; null: there is nothing to ask a model about. */
export const writeModelQuestion = (input: ModelInput, modes: Modes = MODES): ModelQuestion | null => {
  const settings = llmSettingsOf(input.settings, modes);
  const { time, delimiter, tradingState = "active", portfolio } = input;
  const asked = mayFollow({ tradingState, positions: portfolio.positions }) ? askedIn(input, modes) : [];
  if (settings === null || asked.length === 0) return null;
  const pairs = asked.map(({ pair }) => pair);
  const sections = tellModel(input, asked);
  const prompt = writePrompt({ settings, pairs, sections, time: new Date(time).toISOString(), delimiter });
  return { pairs, facts: sections.flatMap(({ facts }) => facts), prompt, settings };
};

/** A prompt as it is sent. */
export const toModelRequest = ({ system, message, tool, outputTokensMax }: Prompt): ModelRequest => ({
  system: system.join("\n\n"),
  blocks: [message],
  tool: { name: tool.name, description: tool.description, inputSchema: { ...tool.input_schema, type: "object" } },
  outputTokensMax,
});
