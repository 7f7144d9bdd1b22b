import type { SystemSpend } from "~/contracts/model-account";
import type { Ports } from "../../ports";
import { dayOf, toDaySpend } from "../models/load-day-spend";

const SYSTEM = "system";

/** What all users together may spend on models a day, and spent today. */
export const getSystemSpend = async ({
  db,
  wallNow,
  models: { systemBudget, userBudget },
}: Pick<Ports, "db" | "wallNow" | "models">): Promise<SystemSpend> => {
  const key = { scope: SYSTEM, scopeId: SYSTEM, day: dayOf(wallNow()) } as const;
  const { spent, calls } = toDaySpend(await db.modelSpend.findUnique({ where: { scope_scopeId_day: key } }));
  return { budgetPerDay: systemBudget, spentToday: spent, callsToday: calls, usualUserBudget: userBudget };
};
