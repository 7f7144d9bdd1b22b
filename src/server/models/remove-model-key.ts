import type { ProviderId } from "~/trading/model/model-provider";
import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import type { Ports } from "../ports";

type OwnProvider = { readonly userId: string; readonly provider: ProviderId };

/** Forgets a user's key of a provider, for good: bots that asked by it hold. Does nothing where there is none. */
export const removeModelKey = (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { userId, provider }: OwnProvider,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const { count } = await tx.modelKey.deleteMany({ where: { userId, provider } });
    if (count === 0) return;
    const [subject, at] = [`user:${userId}`, new Date(wallNow())];
    await appendAudit(tx, { actorId: userId, action: "model-key-removed", subject, details: { provider }, at });
  });
