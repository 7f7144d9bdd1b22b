import { z } from "zod";
import { ANSWER_TOOL } from "~/trading/decision/asking/answer";
import { checkCitations } from "~/trading/decision/asking/check-citations";
import type { Fact } from "~/trading/decision/asking/fact";
import type { ModelAnswers } from "~/trading/decision/asking/model-answers";
import { readAnswer, type ReadPair } from "~/trading/decision/asking/read-answer";
import { readReplyBody } from "~/trading/decision/asking/read-reply-body";
import type { Database } from "../db/client";
import type { Prisma } from "../db/prisma";
import type { CallVerdict } from "../models/call";

/** What a stage kept of having asked. `callId` null: nobody was asked. */
const modelAskedSchema = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("not-asked") }),
  z.object({ outcome: z.literal("answered"), callId: z.uuid() }),
  z.object({ outcome: z.literal("held"), code: z.string(), text: z.string(), callId: z.uuid().nullable() }),
]);
export type ModelAsked = z.infer<typeof modelAskedSchema>;

/** What of a stored prompt is read again: the pairs that it asks about. */
const askedPairsSchema = z.object({ pairs: z.array(z.string()) });

type StoredCall = { readonly facts: Prisma.JsonValue; readonly prompt: Prisma.JsonValue; readonly raw: string | null };

/** A stored reply, read as when it came: it never changes, so neither does what is read. */
const readStored = ({ prompt, raw }: StoredCall) =>
  readAnswer(readReplyBody(raw ?? ""), askedPairsSchema.parse(prompt).pairs);

/** Why nothing of a stored reply can be used; null: something can. */
export const faultOfStored = (call: StoredCall): string | null => {
  const read = readStored(call);
  return "fault" in read ? read.fault : null;
};

const judgePair = (pair: string, read: ReadPair, facts: readonly Fact[]) =>
  "fault" in read
    ? { pair, fault: read.fault }
    : {
        pair,
        action: read.action,
        cited: checkCitations(read.evidence, facts).map(({ path, verdict }) => ({ path, verdict })),
      };

/** What is said of a reply when it is stored: of each pair, or of the whole. */
export const judgeReply = (
  raw: string,
  { pairs, facts }: { readonly pairs: readonly string[]; readonly facts: readonly Fact[] },
): CallVerdict => {
  const read = readAnswer(readReplyBody(raw), pairs);
  if ("fault" in read) return { fault: read.fault, tool: ANSWER_TOOL };
  return {
    pairs: [...read.pairs].map(([pair, answer]) => judgePair(pair, answer, facts)),
    ignored: [...read.ignored],
  };
};

/** What the bot's mode is told of the question that its cycle asked. Undefined: this cycle asks nobody. */
export const loadModelAnswers = async (
  db: Database,
  returned: Prisma.JsonObject | undefined,
): Promise<ModelAnswers | undefined> => {
  if (returned === undefined) return undefined;
  const asked = modelAskedSchema.parse(returned);
  if (asked.outcome === "not-asked") return undefined;
  if (asked.outcome === "held") return { heldBecause: { code: asked.code, text: asked.text } };
  const call = await db.modelCall.findUniqueOrThrow({ where: { id: asked.callId } });
  const read = readStored(call);
  if ("fault" in read) return { heldBecause: { code: "no-answer", text: read.fault } };
  return { facts: call.facts as unknown as readonly Fact[], pairs: read.pairs };
};
