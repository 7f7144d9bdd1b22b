import { NonRetriableError, type GetStepTools } from "inngest";
import { applyRisk } from "~/server/cycle/apply-risk";
import { askModel, type ModelWait } from "~/server/cycle/ask-model";
import { beginCycle } from "~/server/cycle/begin-cycle";
import { isFinal, type CycleRef } from "~/server/cycle/cycle-ref";
import { newDesk, type Desk } from "~/server/cycle/desk";
import { describeFailure, logHiddenFailure } from "~/server/cycle/describe-failure";
import { executeOrders } from "~/server/cycle/execute-orders";
import { failCycle } from "~/server/cycle/fail-cycle";
import { makeDecisions } from "~/server/cycle/make-decisions";
import type { ModelAsked } from "~/server/cycle/model-answers";
import { readMarket } from "~/server/cycle/read-market";
import { readPortfolio } from "~/server/cycle/read-portfolio";
import { recordEquity } from "~/server/cycle/record-equity";
import { keepLeft } from "~/server/cycle/save-stage";
import { tryStage, type SetBack } from "~/server/cycle/try-stage";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";
import { cycleDue } from "../events";

/** The cycle was set back: it restarts after a wait, in the same run. */
class CycleSetBack extends Error {
  override readonly name = "CycleSetBack";
  readonly setBack: SetBack;

  constructor(setBack: SetBack) {
    super(setBack.cause);
    this.setBack = setBack;
  }
}

const isSetBack = (result: unknown): result is SetBack =>
  typeof result === "object" && result !== null && "outcome" in result && result.outcome === "set-back";

/** A set-back is a step's result like any other: the step is done. */
const orSetBack = async <Result>(work: () => Promise<Result>): Promise<Result | SetBack> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CycleSetBack) return error.setBack;
    throw error;
  }
};

const unlessSetBack = <Result>(result: Result | SetBack): Result => {
  if (isSetBack(result)) throw new CycleSetBack(result);
  return result;
};

/** A lost lease or broken books can never succeed, so they are not retried. Errors get messages in plain words. */
const once = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (isFinal(error)) throw new NonRetriableError(error.message, { cause: error });
    logHiddenFailure("cycle", error);
    throw new Error(describeFailure(error), { cause: error });
  }
};

type Stage<Result> = (ports: Ports, cycle: CycleRef, desk: Desk) => Promise<Result>;
type Step = GetStepTools<InngestClient>;
type Try = { readonly ports: Ports; readonly step: Step; readonly due: Parameters<typeof beginCycle>[1] };

type Named = { readonly step: Step; readonly idOf: (name: string) => string };

/** Where many ask at once, a turn is awaited between steps: a run that waits takes no place among those that execute. */
const askInTurn = async (
  { step, idOf }: Named,
  ask: (name: string, waits: number) => Promise<ModelAsked | ModelWait>,
): Promise<void> => {
  for (let waits = 0; ; waits++) {
    const asked = await ask(waits === 0 ? "ask-model" : `ask-model-${waits}`, waits);
    if (asked.outcome !== "wait") return;
    await step.sleep(idOf(`wait-for-model-${waits}`), asked.waitMs);
  }
};

/** One try of a cycle, from its beginning. `idOf`: a step's id in this try. Throws CycleSetBack. */
const tryCycle = async ({ ports, step, due }: Try, idOf: (name: string) => string) => {
  const inStep = async <Result extends object>(name: string, work: () => Promise<Result | SetBack>) => {
    const result: unknown = await step.run(idOf(name), () => once(() => orSetBack(work)));
    return unlessSetBack(result as Result | SetBack);
  };
  const begun = await inStep("begin-cycle", () => beginCycle(ports, due));
  if (begun.outcome === "skipped") return begun;
  const { cycle, hasPositions, isDecisionDue, asksModel = false } = begun;
  const stage = async <Result extends object>(run: Stage<Result>, desk = newDesk()) =>
    unlessSetBack(await tryStage(ports, cycle, () => keepLeft(ports.db, desk, () => run(ports, cycle, desk))));

  const look = async (desk: Desk): Promise<void> => {
    if (isDecisionDue) await stage(readMarket, desk);
    if (hasPositions) await stage(readPortfolio, desk);
  };
  // What a model answers is paid for, so it is a step of its own.
  if (asksModel) {
    await inStep("look", () => look(newDesk()).then(() => ({ looked: true })));
    await askInTurn({ step, idOf }, (name, waits) =>
      inStep(name, () => stage((_ports, _cycle, desk) => askModel(ports, cycle, { desk, waits }))),
    );
  }

  // One step up to the gate: nothing outside is changed yet, and a stage that ran before returns what it stored.
  const { passed } = await inStep("judge", async () => {
    const desk = newDesk(true);
    if (!asksModel) await look(desk);
    if (!isDecisionDue) return { passed: 0 };
    const decisions = await stage(makeDecisions, desk);
    if (decisions.open + decisions.close === 0) return { passed: 0 };
    return { passed: (await stage(applyRisk, desk)).passed };
  });
  // One step from the orders to the end: what was sent before is asked about, and what was booked is not booked again.
  const recorded = await inStep("finish-cycle", async () => {
    if (passed > 0) await stage(executeOrders);
    return stage(recordEquity);
  });
  return { outcome: "done" as const, ...recorded };
};

/**
 * THE STORY: one trading cycle of one bot, market -> portfolio -> decision -> risk -> execution. Each stage has its
 * effect once, and a step's result is small JSON. A cycle without a new decision candle only settles exits and marks equity. The
 * lease that begin-cycle takes keeps one cycle at a time per bot: a failure before the verdicts gives it back and
 * restarts under a new epoch; a step after them is retried alone and keeps it.
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
      for (let tries = 0; ; tries++) {
        const idOf = (name: string): string => (tries === 0 ? name : `${name}-again-${tries}`);
        try {
          return await tryCycle({ ports, step, due: { botId, cycleId, holder: runId } }, idOf);
        } catch (error) {
          if (!(error instanceof CycleSetBack)) throw error;
          await step.sleep(idOf("wait"), error.setBack.waitMs);
        }
      }
    },
  );
