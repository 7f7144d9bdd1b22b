import { cron } from "inngest";
import { guardPage } from "~/server/cycle/guard-page";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";
import { guardRequested } from "../events";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
const PAGES_MAX = 400;

/** Settles stops, targets and liquidations between cycles, for every bot with a position, even paused or stopped. */
export const createGuardOpenPositions = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction(
    {
      id: "guard-open-positions",
      triggers: [cron("* * * * *"), guardRequested],
      singleton: { mode: "skip" },
      retries: 2,
    },
    async ({ step }) => {
      let after: string | null = FIRST_ID;
      const failures: string[] = [];
      let closed = 0;
      for (let page = 0; page < PAGES_MAX && after !== null; page++) {
        const from: string = after;
        const guarded = await step.run(`guard-page-${page}`, () => guardPage(ports, from));
        closed += guarded.closed;
        failures.push(...guarded.failed);
        after = guarded.last;
      }
      if (failures.length > 0) throw new Error(`${failures.length} bots could not be guarded: ${failures.join("; ")}`);
      return { closed };
    },
  );
