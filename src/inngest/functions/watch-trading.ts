import { cron } from "inngest";
import { watchFromFunction } from "~/server/health/watch-trading";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";

/** Every minute: the sign that functions run, whether cycles end on time, and alerts of what has stopped. */
export const createWatchTrading = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction(
    { id: "watch-trading", triggers: [cron("* * * * *")], singleton: { mode: "skip" }, retries: 0 },
    ({ step }) => step.run("watch-trading", () => watchFromFunction(ports)),
  );
