import type { SystemSpend } from "~/contracts/model-account";
import type { Ports } from "../../ports";
import { loadDaySpend } from "./load-day-spend";

/** What all users together may spend on models a day, and spent today. */
export const getSystemSpend = async (ports: Pick<Ports, "db" | "wallNow" | "models">): Promise<SystemSpend> => {
  const { spent, calls } = await loadDaySpend(ports, { scope: "system", scopeId: "system" });
  const { systemBudget, userBudget } = ports.models;
  return { budgetPerDay: systemBudget, spentToday: spent, callsToday: calls, usualUserBudget: userBudget };
};
