import type { GetStepTools } from "inngest";
import { findLostCycles, LOST_MAX } from "~/server/cycle/find-lost-cycles";
import { findRetimedCycles, type RetimedCycle } from "~/server/cycle/find-retimed-cycles";
import { planLooks } from "~/server/looks/plan-looks";
import type { PlannedCycle } from "~/server/cycle/planned-cycle";
import type { Ports } from "~/server/runtime";
import { type toCycleEvent, toRepeatedEvent, toRetimedEvent, toSlotEvent } from "../announce-cycles";
import type { InngestClient } from "../client";
import { sendEvents } from "../send-events";

/** Reached only with about 100,000 bots: the next tick continues. */
const PAGES_MAX = 500;

type Run = { readonly step: GetStepTools<InngestClient> };
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

/** Announces lost cycles again. The first page's steps have no suffix: their names must fit runs in progress. */
const announceLost = async (ports: Ports, run: Run): Promise<number> => {
  let found = 0;
  let after: PlannedCycle | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const suffix = page === 0 ? "" : `-page-${page}`;
    const from: PlannedCycle | null = after;
    const lost: PlannedCycle[] = await run.step.run(`find-lost-cycles${suffix}`, () => findLostCycles(ports, from));
    await announce(run, `announce-again${suffix}`, lost.map(toRepeatedEvent));
    found += lost.length;
    after = lost.at(-1) ?? null;
    if (lost.length < LOST_MAX) break;
  }
  return found;
};

/** Announces the looks of the next 90 seconds, and again the runs that were retimed or lost. */
export const planAhead = async (ports: Ports, run: Run) => {
  const { step } = run;
  const retimed = await announceRetimed(ports, run);
  const looks = await step.run("plan-looks", () => planLooks(ports));
  await sendEvents((id, events) => step.sendEvent(id, events), "announce-looks", looks.map(toSlotEvent));
  return { planned: looks.length, retimed, lost: await announceLost(ports, run) };
};
