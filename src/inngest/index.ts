import type { Ports } from "~/server/runtime";
import { noneWaiting, type FindWaiting } from "./announce-cycles";
import type { InngestClient } from "./client";
import { createFollowVenueClock } from "./functions/follow-venue-clock";
import { createGuardOpenPositions } from "./functions/guard-open-positions";
import { createHousekeeping } from "./functions/housekeeping";
import { createLookAtSlot } from "./functions/look-at-slot";
import { createRunBotCycle } from "./functions/run-bot-cycle";
import { createScheduleBotCycles } from "./functions/schedule-bot-cycles";
import { createFollowCommand, createTakeLostCommands } from "./functions/follow-command";
import { createThinRecords } from "./functions/thin-records";
import { createWatchProposals } from "./functions/watch-proposals";
import { createWatchTrading } from "./functions/watch-trading";
import { createWatchVenues } from "./functions/watch-venues";

/** Every durable function of the product, made for a client, the ports it works with and the queue if it can be read. */
export const createFunctions = (inngest: InngestClient, ports: Ports, findWaiting: FindWaiting = noneWaiting) => [
  createScheduleBotCycles(inngest, { ports, findWaiting }),
  createFollowVenueClock(inngest, { ports, findWaiting }),
  createLookAtSlot(inngest, ports),
  createRunBotCycle(inngest, ports),
  createFollowCommand(inngest, ports),
  createTakeLostCommands(inngest, ports),
  createGuardOpenPositions(inngest, ports),
  createHousekeeping(inngest, ports),
  createThinRecords(inngest, ports),
  createWatchProposals(inngest, ports),
  createWatchVenues(inngest, ports),
  createWatchTrading(inngest, ports),
];
