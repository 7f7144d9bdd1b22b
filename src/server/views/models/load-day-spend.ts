import { toPlain } from "~/trading/money";
import { fromColumn } from "../../db/amounts";
import type { Ports } from "../../ports";

type Of = { readonly scope: "bot" | "user" | "system"; readonly scopeId: string };

/** The UTC day of a wall time. */
export const dayOf = (wallMs: number): Date => new Date(new Date(wallMs).toISOString().slice(0, 10));

/** What a bot, a user or all together spent today (UTC, wall time), with what is set aside for calls under way. */
export const loadDaySpend = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  of: Of,
): Promise<{ readonly spent: string; readonly calls: number }> => {
  const row = await db.modelSpend.findUnique({ where: { scope_scopeId_day: { ...of, day: dayOf(wallNow()) } } });
  return row ? { spent: toPlain(fromColumn(row.spent)), calls: row.calls } : { spent: "0", calls: 0 };
};
