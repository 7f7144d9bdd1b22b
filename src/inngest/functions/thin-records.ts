import { cron } from "inngest";
import { thinMarketRecords, thinWallRecords } from "~/server/cycle/housekeeping/thin-records";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";
import { housekeepingRequested } from "../events";

/**
 * Every five minutes, the thinning that keeps years of rows within bounds: at its highest speed a demo lives 12 days
 * between two runs. A run takes bounded batches; what is left over is the next one's.
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
    }),
  );
