import { v7 as uuidv7 } from "uuid";
import type { Database } from "../db/client";
import type { Prisma } from "../db/prisma";

/** A call of a model that was answered, for a test that needs one; `of` says whose it is and what differs. */
export const insertSampleCall = async (
  db: Database,
  of: {
    readonly userId: string;
    readonly botId: string;
    readonly cycleId: string;
  } & Partial<Prisma.ModelCallUncheckedCreateInput>,
): Promise<string> => {
  const askedAt = new Date(Date.UTC(2026, 10, 28));
  const { slot } = await db.cycle.findUniqueOrThrow({ where: { id: of.cycleId }, select: { slot: true } });
  const { id } = await db.modelCall.create({
    data: {
      id: uuidv7(),
      slot,
      attempt: 1,
      provider: "scripted",
      model: "scripted-trader-1",
      place: "",
      servedModel: "scripted-trader-1",
      frameVersion: 1,
      promptHash: "0".repeat(64),
      prompt: { system: ["frame", "strategy"], message: "Decide.", tool: {}, pairs: [] },
      facts: [],
      state: "replied",
      reserve: "0.05",
      cost: "0.004",
      inputTokens: 900,
      cacheReadTokens: 100,
      cacheWriteTokens: 0,
      outputTokens: 200,
      raw: "{}",
      stopReason: "tool_use",
      tries: 1,
      latencyMs: 1200,
      askedAt,
      endsBy: new Date(askedAt.getTime() + 30_000),
      answeredAt: new Date(askedAt.getTime() + 1200),
      ...of,
    },
  });
  return id;
};
