import type { AskedMessage } from "./asked-message";
import type { Behaviour } from "./behaviour";
import {
  countContentTokens,
  countTokens,
  textBlock,
  thinkingBlock,
  toolBlock,
  type ContentBlock,
  type MessageBody,
  type StopReason,
} from "./message-body";
import type { PromptUsage } from "./prompt-cache";
import { obeyAttacker, type ScriptedTrader } from "./scripted-trader";

type Said = {
  readonly content: ContentBlock[];
  readonly stopReason: StopReason;
  /** Why it declined. */
  readonly explanation?: string;
};

const answerBy = (asked: AskedMessage, trader: ScriptedTrader, id: string): Said => {
  const { thoughts, input } = trader(asked);
  const before = asked.isThinking ? [thinkingBlock(thoughts)] : [];
  return asked.tool === null
    ? { content: [...before, textBlock(thoughts)], stopReason: "end_turn" }
    : { content: [...before, toolBlock(`toolu_${id}`, asked.tool.name, input)], stopReason: "tool_use" };
};

const isCall = ({ type }: ContentBlock): boolean => type === "tool_use";

const renamed = (block: ContentBlock): ContentBlock =>
  block.type === "tool_use" ? { ...block, name: "place_order" } : block;

const second = (block: ContentBlock): ContentBlock =>
  block.type === "tool_use" ? { ...block, id: `${block.id}_2` } : block;

type Composer = { readonly asked: AskedMessage; readonly trader: ScriptedTrader; readonly id: string };

type Speaker = (composer: Composer, good: Said) => Said;

const SPEAKERS: Partial<Record<Behaviour["kind"], Speaker>> = {
  "obey-attacker": ({ asked, id }) => answerBy(asked, obeyAttacker, id),
  "other-tool": (_composer, good) => ({ ...good, content: good.content.map(renamed) }),
  "two-calls": (_composer, good) => ({
    ...good,
    content: [...good.content, ...good.content.filter(isCall).map(second)],
  }),
  prose: () => ({ content: [textBlock("I would open a long position in BTC/USDT.")], stopReason: "end_turn" }),
  refusal: () => ({ content: [], stopReason: "refusal", explanation: "This request was declined." }),
};

const say = (composer: Composer, behaviour: Behaviour): Said => {
  const { asked, trader, id } = composer;
  const told: ScriptedTrader =
    "input" in behaviour ? (prompt) => ({ ...trader(prompt), input: behaviour.input }) : trader;
  const good = answerBy(asked, told, id);
  return SPEAKERS[behaviour.kind]?.(composer, good) ?? good;
};

/** A call that was cut amid its input has what could be read of it: here nothing. */
const cutInput = (block: ContentBlock): ContentBlock => (block.type === "tool_use" ? { ...block, input: {} } : block);

const cutAtLength = (said: Said, tokensMax: number): Said =>
  countContentTokens(said.content) > tokensMax
    ? { content: said.content.map(cutInput), stopReason: "max_tokens" }
    : said;

const countThinking = (content: readonly ContentBlock[]): number =>
  content.reduce((total, block) => total + (block.type === "thinking" ? countTokens(block.thinking) : 0), 0);

/** The reply to a request, as far as it is one: faults of the connection come after. */
export const composeMessage = (composer: Composer, behaviour: Behaviour, prompt: PromptUsage): MessageBody => {
  const { asked, id } = composer;
  const tokensMax = behaviour.kind === "cut-at-length" ? 1 : asked.outputTokensMax;
  const { content, stopReason, explanation } = cutAtLength(say(composer, behaviour), tokensMax);
  const thinkingTokens = countThinking(content);
  return {
    id: `msg_${id}`,
    type: "message",
    role: "assistant",
    model: asked.servedBy,
    content,
    stop_reason: stopReason,
    stop_sequence: null,
    stop_details: explanation === undefined ? null : { type: "refusal", category: null, explanation },
    container: null,
    diagnostics: null,
    usage: {
      ...prompt,
      // A reply without content counts too.
      output_tokens: stopReason === "max_tokens" ? asked.outputTokensMax : Math.max(1, countContentTokens(content)),
      output_tokens_details: asked.isThinking ? { thinking_tokens: thinkingTokens } : null,
      inference_geo: null,
      server_tool_use: null,
      service_tier: "standard",
      speed: "standard",
    },
  };
};
