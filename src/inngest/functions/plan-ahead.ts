import type { GetStepTools } from "inngest";
import { findRetimedCycles, type RetimedCycle } from "~/server/cycle/find-retimed-cycles";
import { findLostCycles, planCycles, type PlannedCycle } from "~/server/cycle/plan-cycles";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";
import { cycleDue, cycleEventId } from "../events";

/** More pages than this in one tick would mean 100,000 bots: the next tick goes on. */
const PAGES_MAX = 500;

const toEvent = ({ botId, cycleId, slot, wallAt }: PlannedCycle) => ({
  ...cycleDue.create({ botId, cycleId, slot }),
  id: cycleEventId(botId, slot),
  ts: wallAt,
});

/** Told by the clock that it follows, so that each clock announces it once, whoever finds it. */
const toRetimedEvent = (cycle: RetimedCycle) => ({
  ...toEvent(cycle),
  id: `${cycleEventId(cycle.botId, cycle.slot)}:clock:${cycle.anchorWall}`,
});

/** A lost hint is sent under another id: the first one may still be remembered. */
const toResentEvent = (planned: PlannedCycle, tick: string) => ({
  ...toEvent(planned),
  id: `${cycleEventId(planned.botId, planned.slot)}:again:${tick}`,
});

type Run = { readonly step: GetStepTools<InngestClient>; readonly runId: string };

/** Announces the slots of the next 90 seconds that were planned by a clock that was set anew since. */
const announceRetimed = async (ports: Ports, { step }: Run): Promise<number> => {
  let retimed = 0;
  let after: RetimedCycle | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const from: RetimedCycle | null = after;
    const cycles: RetimedCycle[] = await step.run(`find-retimed-cycles-${page}`, () => findRetimedCycles(ports, from));
    if (cycles.length === 0) break;
    await step.sendEvent(`announce-retimed-${page}`, cycles.map(toRetimedEvent));
    retimed += cycles.length;
    after = cycles.at(-1) ?? null;
  }
  return retimed;
};

/** Plans the slots of the next 90 seconds, announces them, and announces again what was retimed or lost. */
export const planAhead = async (ports: Ports, run: Run) => {
  const { step, runId } = run;
  const retimed = await announceRetimed(ports, run);
  let planned = 0;
  for (let page = 0; page < PAGES_MAX; page++) {
    const cycles = await step.run(`plan-cycles-${page}`, () => planCycles(ports));
    if (cycles.length === 0) break;
    await step.sendEvent(`announce-cycles-${page}`, cycles.map(toEvent));
    planned += cycles.length;
  }
  const lost = await step.run("find-lost-cycles", () => findLostCycles(ports));
  if (lost.length > 0) {
    await step.sendEvent(
      "announce-again",
      lost.map((cycle) => toResentEvent(cycle, runId)),
    );
  }
  return { planned, retimed, lost: lost.length };
};
