import type { ModelAccount } from "~/contracts/model-account";
import { isProviderId, PROVIDERS } from "~/trading/model/model-provider";
import type { Ports } from "../../ports";
import { NO_FRAME, tellTrial } from "../../models/tell-trial";

const SHOWN_MAX = 5;
const SHOWN = {
  id: true,
  provider: true,
  model: true,
  askedAt: true,
  verdict: true,
  reason: true,
  latencyMs: true,
  cost: true,
} as const;

/** The last trials of a user's keys; the newest first. Those under way are not among them, nor are trials of strategies. */
export const loadTrials = async ({ db }: Pick<Ports, "db">, userId: string): Promise<ModelAccount["trials"]> => {
  const calls = await db.modelCall.findMany({
    where: { userId, cycleId: null, frameVersion: NO_FRAME, state: { not: "reserved" } },
    orderBy: { askedAt: "desc" },
    take: SHOWN_MAX,
    select: SHOWN,
  });
  return calls.map(({ id, provider, model, askedAt, ...call }) => ({
    id,
    title: isProviderId(provider) ? PROVIDERS[provider].title : provider,
    model,
    askedAt,
    ...tellTrial(call),
  }));
};
