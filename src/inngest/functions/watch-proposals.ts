import { cron } from "inngest";
import { watchProposals } from "~/server/steering/watch-proposals";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";

const ROUNDS_MAX = 10;
const AGAIN_AFTER_MS = 5000;

/** Watches what waits for its trader, every few seconds while anything does. */
export const createWatchProposals = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction(
    { id: "watch-proposals", triggers: [cron("* * * * *")], singleton: { mode: "skip" }, retries: 2 },
    async ({ step }) => {
      let expired = 0;
      for (let round = 0; round < ROUNDS_MAX; round++) {
        const watched = await step.run(`watch-${round}`, () => watchProposals(ports));
        expired += watched.expired;
        if (watched.open === 0) break;
        await step.sleep(`wait-${round}`, AGAIN_AFTER_MS);
      }
      return { expired };
    },
  );
