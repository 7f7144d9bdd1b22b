import type { Ports } from "~/server/runtime";
import type { InngestClient } from "./client";
import { createFollowVenueClock } from "./functions/follow-venue-clock";
import { createGuardOpenPositions } from "./functions/guard-open-positions";
import { createHousekeeping } from "./functions/housekeeping";
import { createLookAtSlot } from "./functions/look-at-slot";
import { createRunBotCycle } from "./functions/run-bot-cycle";
import { createScheduleBotCycles } from "./functions/schedule-bot-cycles";
import { createThinRecords } from "./functions/thin-records";
import { createWatchTrading } from "./functions/watch-trading";
import { createWatchVenues } from "./functions/watch-venues";

/** Every durable function of the product, made for a client and the ports it works with. */
export const createFunctions = (inngest: InngestClient, ports: Ports) => [
  createScheduleBotCycles(inngest, ports),
  createFollowVenueClock(inngest, ports),
  createLookAtSlot(inngest, ports),
  createRunBotCycle(inngest, ports),
  createGuardOpenPositions(inngest, ports),
  createHousekeeping(inngest, ports),
  createThinRecords(inngest, ports),
  createWatchVenues(inngest, ports),
  createWatchTrading(inngest, ports),
];
