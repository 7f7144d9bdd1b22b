import type { Ports } from "~/server/runtime";
import type { InngestClient } from "../client";
import { clockSet } from "../events";
import { planAhead } from "./plan-ahead";

/**
 * What the tick does, at once when a clock was set: slots come sooner or later now. No singleton: a hint that comes
 * while a tick runs must not be dropped, and two that plan at a time are harmless.
 */
export const createFollowVenueClock = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction({ id: "follow-venue-clock", triggers: [clockSet], retries: 3 }, ({ step }) =>
    planAhead(ports, { step }),
  );
