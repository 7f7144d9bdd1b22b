import { cron } from "inngest";
import { findGuardedBots, guardBot } from "~/server/cycle/guard-positions";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";
import { guardRequested } from "../events";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
const PAGES_MAX = 400;

/** One bot that cannot be settled must not leave the others unguarded. */
const guardPage = async (ports: Ports, bots: Awaited<ReturnType<typeof findGuardedBots>>) => {
  const outcomes = await Promise.allSettled(bots.map((bot) => guardBot(ports, bot)));
  const closed = outcomes.reduce((sum, outcome) => sum + (outcome.status === "fulfilled" ? outcome.value : 0), 0);
  const failed = outcomes.filter((outcome) => outcome.status === "rejected");
  return { last: bots.at(-1)?.botId ?? null, closed, failed: failed.map(({ reason }) => String(reason)).slice(0, 5) };
};

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
        const guarded = await step.run(`guard-page-${page}`, async () =>
          guardPage(ports, await findGuardedBots(ports, from)),
        );
        closed += guarded.closed;
        failures.push(...guarded.failed);
        after = guarded.last;
      }
      if (failures.length > 0) throw new Error(`${failures.length} bots could not be guarded: ${failures.join("; ")}`);
      return { closed };
    },
  );
