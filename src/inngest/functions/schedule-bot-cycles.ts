import { cron } from "inngest";
import { findLostCycles, planCycles, type PlannedCycle } from "~/server/cycle/plan-cycles";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";
import { cycleDue, cycleEventId, planRequested } from "../events";

/** More pages than this in one tick would mean 100,000 bots: the next tick goes on. */
const PAGES_MAX = 500;

const toEvent = ({ botId, cycleId, slot, wallAt }: PlannedCycle) => ({
  ...cycleDue.create({ botId, cycleId, slot }),
  id: cycleEventId(botId, slot),
  ts: wallAt,
});

/** A lost hint is sent under another id: the first one may still be remembered. */
const toResentEvent = (planned: PlannedCycle, tick: string) => ({
  ...toEvent(planned),
  id: `${cycleEventId(planned.botId, planned.slot)}:again:${tick}`,
});

/** The tick: plans the slots of the next 90 seconds, announces them, and announces again what was lost. */
export const createScheduleBotCycles = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction(
    {
      id: "schedule-bot-cycles",
      triggers: [cron("* * * * *"), planRequested],
      singleton: { mode: "skip" },
      retries: 3,
    },
    async ({ step, runId }) => {
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
      return { planned, lost: lost.length };
    },
  );
