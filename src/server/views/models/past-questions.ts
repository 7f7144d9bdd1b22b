import type { PastQuestion, TriedStrategy } from "~/contracts/strategy-trial";
import { toModelRequest } from "~/trading/cycle/model-question";
import { llmSettingsSchema, modelNameOf, STRATEGY_MAX } from "~/trading/decision/asking/llm-settings";
import { writeAgain } from "~/trading/decision/asking/write-prompt";
import { costAtMost } from "~/trading/model/cost-at-most";
import { findModel } from "~/trading/model/find-model";
import { findPrice } from "~/trading/model/find-price";
import type { ModelPrice } from "~/trading/model/model-price";
import { isProviderId } from "~/trading/model/model-provider";
import { toPlain } from "~/trading/money";
import { readStoredQuestion, type StoredQuestion } from "../../models/stored-question";
import type { Ports } from "../../ports";
import { requireOwnBot, type OwnedBot } from "../../tenant/find-own";
import type { AskedAgain } from "../../trials/try-strategy";
import { toCallView } from "./call-view";

const QUESTIONS_MAX = 10;
/** What a model reads of settings takes no more bytes than these: a character of a strategy has three at most. */
const LONGEST_SETTINGS = llmSettingsSchema.parse({
  strategy: "\u4E00".repeat(STRATEGY_MAX),
  sides: "long",
  confidenceMin: 0.123_456_789_012_345_6,
  rewardRiskMin: 12.345_678_901_234_567,
});

const priceOf = (model: string, now: number): ModelPrice | null => {
  const { provider, id } = modelNameOf({ model });
  if (!isProviderId(provider)) return null;
  const found = findPrice(findModel(provider, id), now);
  return found.outcome === "priced" ? found.price : null;
};

const mostOf = (question: StoredQuestion, price: ModelPrice | null): string | null => {
  if (price === null) return null;
  const most = costAtMost(toModelRequest(writeAgain(LONGEST_SETTINGS, question)), price);
  return most && toPlain(most);
};

/** The newest questions that a user's bot got an answer to, and what asking each once more costs at most. */
export const listPastQuestions = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { model, ...owned }: OwnedBot & { readonly model: string },
): Promise<PastQuestion[]> => {
  const botId = await requireOwnBot(db, owned);
  const calls = await db.modelCall.findMany({
    where: { botId, state: "replied", attempt: 1 },
    orderBy: { askedAt: "desc" },
    take: QUESTIONS_MAX,
  });
  const price = priceOf(model, wallNow());
  return calls.flatMap((call) => {
    const question = readStoredQuestion(call);
    if (question === null || call.slot === null) return [];
    return { callId: call.id, slot: call.slot, pairs: toCallView(call).pairs, most: mostOf(question, price) };
  });
};

/** What came of asking a past question once more. */
export const showTried = async (
  { db }: Pick<Ports, "db">,
  { userId, callId, text }: AskedAgain & { readonly userId: string },
): Promise<TriedStrategy> => {
  if (callId === null) return { pairs: [], fault: text, cost: null };
  const { pairs, fault, cost } = toCallView(await db.modelCall.findFirstOrThrow({ where: { id: callId, userId } }));
  return { pairs, fault: text ?? fault, cost };
};
