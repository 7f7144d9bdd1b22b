import { applyRisk } from "../cycle/apply-risk";
import { askModel } from "../cycle/ask-model";
import type { CycleRef } from "../cycle/cycle-ref";
import { executeOrders } from "../cycle/execute-orders";
import { makeDecisions } from "../cycle/make-decisions";
import { readMarket } from "../cycle/read-market";
import { readPortfolio } from "../cycle/read-portfolio";
import { recordEquity } from "../cycle/record-equity";
import type { Ports } from "../ports";

/** Settings of a bot that asks the scripted model, and takes what it says. */
export const ASKING = {
  mode: "llm",
  decision: { model: "scripted/scripted-trader-1", budgetPerDay: "100", timeframe: "1h", contextTimeframe: "4h" },
} as const;

/** The stages of a cycle that asks a model up to its answer. */
export const askInCycle = async (ports: Ports, cycle: CycleRef) => {
  await readMarket(ports, cycle);
  await readPortfolio(ports, cycle);
  return askModel(ports, cycle);
};

/** The stages after it, to the cycle's end. */
export const endAfterAnswer = async (ports: Ports, cycle: CycleRef): Promise<void> => {
  const { open, close } = await makeDecisions(ports, cycle);
  if (open + close > 0 && (await applyRisk(ports, cycle)).passed > 0) await executeOrders(ports, cycle);
  await recordEquity(ports, cycle);
};
