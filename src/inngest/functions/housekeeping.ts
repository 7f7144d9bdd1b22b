import { cron } from "inngest";
import { auditPage } from "~/server/cycle/housekeeping/audit-books";
import { thinEquity } from "~/server/cycle/housekeeping/thin-equity";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";
import { housekeepingRequested } from "../events";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
const PAGES_MAX = 200;

/** Every hour: checks the invariants over every bot's books and thins equity curves, which reads all of them. */
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
      const equityPoints = await step.run("thin-equity", () => thinEquity(ports));
      return { broken, equityPoints };
    },
  );
