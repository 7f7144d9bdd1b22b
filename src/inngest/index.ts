import type { Ports } from "~/server/runtime";
import type { InngestClient } from "./client";
import { createGuardOpenPositions } from "./functions/guard-open-positions";
import { createHousekeeping } from "./functions/housekeeping";
import { createRunBotCycle } from "./functions/run-bot-cycle";
import { createScheduleBotCycles } from "./functions/schedule-bot-cycles";

/** Every durable function of the product, made for a client and the ports it works with. */
export const createFunctions = (inngest: InngestClient, ports: Ports) => [
  createScheduleBotCycles(inngest, ports),
  createRunBotCycle(inngest, ports),
  createGuardOpenPositions(inngest, ports),
  createHousekeeping(inngest, ports),
];
