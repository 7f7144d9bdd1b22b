import type { ModelQuestion } from "~/trading/cycle/model-question";
import type { ModelAnswers } from "~/trading/decision/asking/model-answers";
import { readAnswer } from "~/trading/decision/asking/read-answer";
import { readReplyBody } from "~/trading/decision/asking/read-reply-body";
import { scriptedReply } from "~/trading/decision/asking/testing/scripted-reply";
import type { ModelOf } from "../ports/language-model";

/** So many tokens of each reply that its cost shows in the books. */
const USAGE = { inputTokens: 3000, cacheReadTokens: 1000, cacheWriteTokens: 0, outputTokens: 500 };

/** A model that trades by what its prompt shows, in memory: the same prompt is answered the same. */
export const scriptedModel: ModelOf = ({ model }) => ({
  ask: ({ blocks }) =>
    Promise.resolve({
      outcome: "replied",
      reply: {
        raw: scriptedReply(blocks.join("\n")),
        stopReason: "tool_use",
        servedModel: model.id,
        usage: USAGE,
      },
      requestId: null,
      tries: 1,
      latencyMs: 1,
    }),
});

/** Answers the same where no server asks. */
export const answerScripted = ({ prompt, pairs, facts }: ModelQuestion): ModelAnswers => {
  const read = readAnswer(readReplyBody(scriptedReply(prompt.message)), pairs);
  if ("fault" in read) throw new Error(read.fault);
  return { facts, pairs: read.pairs };
};
