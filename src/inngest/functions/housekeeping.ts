import { cron } from "inngest";
import { auditPage } from "~/server/cycle/housekeeping/audit-books";
import { thinEquityPage, type ThinnedPage } from "~/server/cycle/housekeeping/thin-equity";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";
import { housekeepingRequested } from "../events";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
/** Together 100,000 bots: a hosted function may have 1,000 steps. */
const PAGES_MAX = 400;

/** Every hour: checks the invariants over every bot's books and thins equity curves, page by page. */
export const createHousekeeping = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction(
    {
      id: "housekeeping",
      triggers: [cron("17 * * * *"), housekeepingRequested],
      singleton: { mode: "skip" },
      retries: 2,
    },
    async ({ step }) => {
      let after: string | null = FIRST_ID;
      let broken = 0;
      for (let page = 0; page < PAGES_MAX && after !== null; page++) {
        const from: string = after;
        const audited = await step.run(`audit-books-${page}`, () => auditPage(ports, from));
        broken += audited.broken;
        after = audited.last;
      }
      let equityPoints = 0;
      after = FIRST_ID;
      for (let page = 0; page < PAGES_MAX && after !== null; page++) {
        const from: string = after;
        const thinned: ThinnedPage = await step.run(`thin-equity-${page}`, () => thinEquityPage(ports, from));
        equityPoints += thinned.dropped;
        after = thinned.last;
      }
      return { broken, equityPoints };
    },
  );
