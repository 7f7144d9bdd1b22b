import type { SystemSpend } from "~/contracts/model-account";
import { toPlain } from "~/trading/money";
import { fromColumn } from "../../db/amounts";
import type { Ports } from "../../ports";
import { dayOf, toDaySpend } from "../models/load-day-spend";

const SYSTEM = "system";
const DEAREST_MAX = 10;

type UserRow = { readonly id: string; readonly email: string; readonly spent: { toString(): string }; calls: number };

const loadDearest = async ({ db }: Pick<Ports, "db">, day: Date): Promise<SystemSpend["dearest"]> => {
  const rows = await db.$queryRaw<UserRow[]>`
    SELECT u.id, u.email, s.spent, s.calls FROM users u
    JOIN model_spend s ON s.scope = 'user' AND s.scope_id = u.id::text AND s.day = ${day}::date
    WHERE s.calls > 0 ORDER BY s.spent DESC, u.id LIMIT ${DEAREST_MAX}`;
  return rows.map(({ spent, ...row }) => ({ ...row, spent: toPlain(fromColumn(spent)) }));
};

/** What all users together may spend on models a day, what they spent today, and who spent the most of it. */
export const getSystemSpend = async ({
  db,
  wallNow,
  models: { systemBudget, userBudget },
}: Pick<Ports, "db" | "wallNow" | "models">): Promise<SystemSpend> => {
  const day = dayOf(wallNow());
  const [all, dearest] = await Promise.all([
    db.modelSpend.findUnique({ where: { scope_scopeId_day: { scope: SYSTEM, scopeId: SYSTEM, day } } }),
    loadDearest({ db }, day),
  ]);
  const { spent, calls } = toDaySpend(all);
  return {
    budgetPerDay: systemBudget,
    spentToday: spent,
    callsToday: calls,
    usualUserBudget: userBudget,
    dearest,
  };
};
