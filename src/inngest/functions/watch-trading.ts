import { cron } from "inngest";
import { watchFromFunction } from "~/server/health/watch-trading";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";

/** Every minute: records that functions run, checks that cycles end on time, and alerts about what has stopped. */
export const createWatchTrading = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction(
    { id: "watch-trading", triggers: [cron("* * * * *")], singleton: { mode: "skip" }, retries: 0 },
    ({ step }) => step.run("watch-trading", () => watchFromFunction(ports)),
  );
