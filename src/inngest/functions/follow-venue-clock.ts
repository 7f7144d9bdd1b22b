import type { InngestClient } from "../client";
import { clockSet } from "../events";
import { planAhead, type Planner } from "./plan-ahead";

/**
 * Does what the tick does, at once when a clock is set, because slots are then due sooner or later. No singleton: an
 * event that arrives while a tick runs must not be dropped, and two runs that plan at the same time are harmless.
 */
export const createFollowVenueClock = (inngest: InngestClient, planner: Planner) =>
  inngest.createFunction({ id: "follow-venue-clock", triggers: [clockSet], retries: 3 }, ({ step }) =>
    planAhead(planner, { step }),
  );
