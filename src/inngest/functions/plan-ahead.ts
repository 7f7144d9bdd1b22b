import type { GetStepTools } from "inngest";
import { findRetimedCycles, type RetimedCycle } from "~/server/cycle/find-retimed-cycles";
import { planLooks } from "~/server/looks/plan-looks";
import type { PlannedCycle } from "~/server/cycle/planned-cycle";
import type { Ports } from "~/server/runtime";
import {
  findLostPage,
  type FindWaiting,
  type LostPage,
  type toCycleEvent,
  toRepeatedEvent,
  toRetimedEvent,
  toSlotEvent,
} from "../announce-cycles";
import type { InngestClient } from "../client";
import { sendEvents } from "../send-events";

/** Reached only with about 100,000 bots: the next tick continues. */
const PAGES_MAX = 500;

type Run = { readonly step: GetStepTools<InngestClient> };
export type Planner = { readonly ports: Ports; readonly findWaiting: FindWaiting };
type CycleEvent = ReturnType<typeof toCycleEvent>;

const announce = ({ step }: Run, name: string, events: readonly CycleEvent[]): Promise<void> =>
  sendEvents<CycleEvent>((id, request) => step.sendEvent(id, request), name, events);

/** Announces the slots of the next 90 seconds that were planned under an earlier setting of the clock. */
const announceRetimed = async (ports: Ports, run: Run): Promise<number> => {
  let retimed = 0;
  let after: RetimedCycle | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const from: RetimedCycle | null = after;
    const cycles: RetimedCycle[] = await run.step.run(`find-retimed-cycles-${page}`, () =>
      findRetimedCycles(ports, from),
    );
    if (cycles.length === 0) break;
    await announce(run, `announce-retimed-${page}`, cycles.map(toRetimedEvent));
    retimed += cycles.length;
    after = cycles.at(-1) ?? null;
  }
  return retimed;
};

/** Announces lost cycles again. The first page's steps have no suffix. */
const announceLost = async ({ ports, findWaiting }: Planner, run: Run): Promise<number> => {
  let found = 0;
  let after: PlannedCycle | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const suffix = page === 0 ? "" : `-page-${page}`;
    const from: PlannedCycle | null = after;
    const { lost, next }: LostPage = await run.step.run(`find-lost-page${suffix}`, () =>
      findLostPage(ports, findWaiting, from),
    );
    await announce(run, `announce-again${suffix}`, lost.map(toRepeatedEvent));
    found += lost.length;
    after = next;
    if (after === null) break;
  }
  return found;
};

/** Announces the looks of the next 90 seconds, and again the runs that were retimed or lost. */
export const planAhead = async ({ ports, findWaiting }: Planner, run: Run) => {
  const { step } = run;
  const retimed = await announceRetimed(ports, run);
  const looks = await step.run("plan-looks", () => planLooks(ports));
  await sendEvents((id, events) => step.sendEvent(id, events), "announce-looks", looks.map(toSlotEvent));
  return { planned: looks.length, retimed, lost: await announceLost({ ports, findWaiting }, run) };
};
