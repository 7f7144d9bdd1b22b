import { cron } from "inngest";
import { thinMarketRecords, thinWallRecords } from "~/server/cycle/housekeeping/thin-records";
import { endLostCalls } from "~/server/models/end-lost-calls";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";
import { housekeepingRequested } from "../events";

/**
 * Every five minutes, thins records so that years of rows stay within bounds: at the highest speed, 12 days of a demo
 * pass between two runs. A run takes bounded batches; the next run takes the rest.
 */
export const createThinRecords = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction(
    {
      id: "thin-records",
      triggers: [cron("*/5 * * * *"), housekeepingRequested],
      singleton: { mode: "skip" },
      retries: 2,
    },
    async ({ step }) => ({
      ...(await step.run("thin-market-records", () => thinMarketRecords(ports))),
      ...(await step.run("thin-wall-records", () => thinWallRecords(ports))),
      ...(await step.run("end-lost-calls", () => endLostCalls(ports))),
    }),
  );
