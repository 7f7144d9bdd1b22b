import { decimal } from "~/trading/money";
import { appendAudit } from "../audit/append-audit";
import { toColumn } from "../db/amounts";
import { inTransaction } from "../db/in-transaction";
import type { Ports } from "../ports";

/**
 * Sets what all bots of a user together may spend on models in a UTC day, in US dollars; 0: nothing. What the deployment
 * pays stays within what it gives everybody.
 */
export const setModelBudget = (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { userId, budgetPerDay }: { readonly userId: string; readonly budgetPerDay: string },
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const [at, set] = [new Date(wallNow()), toColumn(decimal(budgetPerDay))];
    const before = await tx.modelLimit.findUnique({ where: { userId } });
    const limit = { budgetPerDay: set, changedAt: at };
    await tx.modelLimit.upsert({ where: { userId }, create: { userId, ...limit }, update: limit });
    const details = { before: before?.budgetPerDay.toFixed() ?? null, after: set };
    await appendAudit(tx, { actorId: userId, action: "model-budget-set", subject: `user:${userId}`, details, at });
  });
