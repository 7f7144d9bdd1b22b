import { z } from "zod";
import type { CitationView, ModelCallView, ModelProposal, PairAnswerView, PromptPart } from "~/contracts/model-view";
import { promptParts } from "~/contracts/prompt-parts";
import type { PairAnswer } from "~/trading/decision/asking/answer";
import { checkCitations } from "~/trading/decision/asking/check-citations";
import { conditionText } from "~/trading/decision/asking/condition-text";
import { toldValue, type Fact } from "~/trading/decision/asking/fact";
import { readAnswer, type ReadAnswer } from "~/trading/decision/asking/read-answer";
import { readReplyBody } from "~/trading/decision/asking/read-reply-body";
import { priceToMoney, toPlain } from "~/trading/money";
import { findModel } from "~/trading/model/find-model";
import { findPrice } from "~/trading/model/find-price";
import { isProviderId, PROVIDERS } from "~/trading/model/model-provider";
import type { Prisma } from "../../db/prisma";
import { storedFactsSchema } from "../../models/stored-question";

type CallRow = Prisma.ModelCallGetPayload<object>;

/** As the stage stores it. What cannot be read so is shown as far as it can be. */
const promptSchema = z.object({
  system: z.array(z.string()),
  message: z.string(),
  tool: z.unknown(),
  pairs: z.array(z.string()),
});

const partsOf = (stored: unknown): PromptPart[] => {
  const prompt = promptSchema.safeParse(stored).data;
  return prompt ? promptParts(prompt) : [];
};

const pairsOf = (stored: unknown): readonly string[] => promptSchema.safeParse(stored).data?.pairs ?? [];

const toCitations = ({ evidence }: PairAnswer, facts: readonly Fact[]): CitationView[] => {
  const byPath = new Map(facts.map((fact) => [fact.path, fact]));
  return checkCitations(evidence, facts).map(({ path, value, shown, verdict }) => {
    const fact = byPath.get(path);
    return {
      path,
      label: fact?.label ?? null,
      cited: String(value),
      told: fact === undefined || shown === null ? null : toldValue(fact),
      verdict,
    };
  });
};

const toProposal = (answer: PairAnswer, facts: readonly Fact[]): ModelProposal => {
  const isEntry = answer.action === "open_long" || answer.action === "open_short";
  return {
    action: answer.action,
    confidence: answer.confidence,
    thesis: answer.thesis,
    stop: isEntry ? toPlain(priceToMoney(answer.stop_loss)) : null,
    target: isEntry ? toPlain(priceToMoney(answer.take_profit)) : null,
    invalidation: isEntry ? answer.invalidation.map(conditionText) : [],
    citations: toCitations(answer, facts),
  };
};

const toAnswers = (read: ReadAnswer, facts: readonly Fact[]): PairAnswerView[] =>
  "fault" in read
    ? []
    : [...read.pairs].map(([pair, answer]) =>
        "fault" in answer
          ? { pair, proposal: null, fault: answer.fault }
          : { pair, proposal: toProposal(answer, facts), fault: null },
      );

/** What a reply says, read as the cycle read it. */
const readCall = ({ raw, prompt, facts }: CallRow): Pick<ModelCallView, "fault" | "pairs" | "ignored"> => {
  if (raw === null) return { fault: null, pairs: [], ignored: [] };
  const read = readAnswer(readReplyBody(raw), pairsOf(prompt));
  const told = storedFactsSchema.safeParse(facts).data ?? [];
  if ("fault" in read) return { fault: read.fault, pairs: [], ignored: [] };
  return { fault: null, pairs: toAnswers(read, told), ignored: [...read.ignored] };
};

const traitsOf = ({ provider, model, askedAt }: CallRow) => {
  if (!isProviderId(provider)) return { providerTitle: provider, isSimulated: false, pricedSince: null };
  const { title, isScripted } = PROVIDERS[provider];
  const found = findPrice(findModel(provider, model), askedAt.getTime());
  // What is paid to nobody has no day since which it is asked.
  const pricedSince = found.outcome === "priced" && found.price.validFrom > 0 ? new Date(found.price.validFrom) : null;
  return { providerTitle: title, isSimulated: isScripted, pricedSince };
};

const tokensOf = ({
  inputTokens,
  cacheReadTokens,
  cacheWriteTokens,
  outputTokens,
}: CallRow): ModelCallView["tokens"] =>
  inputTokens === null
    ? null
    : {
        input: inputTokens,
        cacheRead: cacheReadTokens ?? 0,
        cacheWrite: cacheWriteTokens ?? 0,
        output: outputTokens ?? 0,
      };

/** A question to a model as its cycle's page shows it. */
export const toCallView = (row: CallRow): ModelCallView => ({
  id: row.id,
  attempt: row.attempt,
  ...traitsOf(row),
  model: row.model,
  servedModel: row.servedModel,
  frameVersion: row.frameVersion,
  state: row.state,
  reason: row.reason,
  ...readCall(row),
  reserve: row.reserve.toFixed(),
  cost: row.cost?.toFixed() ?? null,
  tokens: tokensOf(row),
  stopReason: row.stopReason,
  requestId: row.requestId,
  tries: row.tries,
  latencyMs: row.latencyMs,
  askedAt: row.askedAt,
  answeredAt: row.answeredAt,
  prompt: partsOf(row.prompt),
  raw: row.raw,
});
