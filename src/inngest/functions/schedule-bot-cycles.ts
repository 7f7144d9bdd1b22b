import { cron } from "inngest";
import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";
import { planRequested } from "../events";
import { planAhead } from "./plan-ahead";

/** The tick: plans the slots of the next 90 seconds, announces them, and announces again what was retimed or lost. */
export const createScheduleBotCycles = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction(
    {
      id: "schedule-bot-cycles",
      triggers: [cron("* * * * *"), planRequested],
      singleton: { mode: "skip" },
      retries: 3,
    },
    ({ step }) => planAhead(ports, { step }),
  );
