import { cron } from "inngest";
import type { InngestClient } from "../client";
import { planRequested } from "../events";
import { planAhead, type Planner } from "./plan-ahead";

/** The tick: plans the slots of the next 90 seconds, announces them, and announces again what was retimed or lost. */
export const createScheduleBotCycles = (inngest: InngestClient, planner: Planner) =>
  inngest.createFunction(
    {
      id: "schedule-bot-cycles",
      triggers: [cron("* * * * *"), planRequested],
      singleton: { mode: "skip" },
      retries: 3,
    },
    ({ step }) => planAhead(planner, { step }),
  );
