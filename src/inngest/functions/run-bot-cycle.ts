import { NonRetriableError } from "inngest";
import { applyRisk } from "~/server/cycle/apply-risk";
import { beginCycle } from "~/server/cycle/begin-cycle";
import { isFinal } from "~/server/cycle/cycle-ref";
import { executeOrders } from "~/server/cycle/execute-orders";
import { failCycle } from "~/server/cycle/fail-cycle";
import { makeDecisions } from "~/server/cycle/make-decisions";
import { readMarket } from "~/server/cycle/read-market";
import { readPortfolio } from "~/server/cycle/read-portfolio";
import { recordEquity } from "~/server/cycle/record-equity";
import type { Ports } from "~/server/runtime";
import { describeVenueError, VenueError } from "~/trading/venue-error";
import type { InngestClient } from "../client";
import { cycleDue } from "../events";

/**
 * What will never work again is not tried again: a lost lease, broken books. What a venue did is said in plain words:
 * its own text names addresses, and users read it.
 */
const once = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (isFinal(error)) throw new NonRetriableError(error.message, { cause: error });
    throw error instanceof VenueError ? new Error(describeVenueError(error), { cause: error }) : error;
  }
};

/**
 * THE STORY: one trading cycle of one bot, market -> portfolio -> decision -> risk -> execution. Each step is retried
 * alone and runs once to an effect; its result is small JSON. A cycle without a new decision candle only settles
 * exits and marks equity. One cycle at a time per bot is the lease that begin-cycle takes.
 */
export const createRunBotCycle = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction(
    {
      id: "run-bot-cycle",
      triggers: [cycleDue],
      retries: 3,
      onFailure: ({ event, step }) =>
        step.run("fail-cycle", () =>
          failCycle(ports, { cycleId: event.data.event.data.cycleId, message: event.data.error.message }),
        ),
    },
    async ({ event, step, runId }) => {
      const { botId, cycleId } = event.data;
      const begun = await step.run("begin-cycle", () =>
        once(() => beginCycle(ports, { botId, cycleId, holder: runId })),
      );
      if (begun.outcome === "skipped") return begun;
      const { cycle } = begun;

      if (begun.isDecisionDue) await step.run("read-market", () => once(() => readMarket(ports, cycle)));
      if (begun.hasPositions) await step.run("read-portfolio", () => once(() => readPortfolio(ports, cycle)));
      if (begun.isDecisionDue) {
        const decisions = await step.run("make-decisions", () => once(() => makeDecisions(ports, cycle)));
        if (decisions.open + decisions.close > 0) {
          const verdicts = await step.run("apply-risk", () => once(() => applyRisk(ports, cycle)));
          if (verdicts.passed > 0) await step.run("execute-orders", () => once(() => executeOrders(ports, cycle)));
        }
      }
      const recorded = await step.run("record-equity", () => once(() => recordEquity(ports, cycle)));
      return { outcome: "done" as const, ...recorded };
    },
  );
