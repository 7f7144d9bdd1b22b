import { eventType } from "inngest";
import { z } from "zod";

/** A planned slot of a bot is due. `slot` is venue time, ISO. Its id is `cycle:{bot}:{slot}`, its ts the slot's wall time. */
export const cycleDue = eventType("bot/cycle.due", {
  schema: z.object({ botId: z.string(), cycleId: z.string(), slot: z.string() }),
});

/** A slot of some of a venue's bots has come: it is looked at. `slot` is venue time, ISO. */
export const slotDue = eventType("venue/slot.due", { schema: z.object({ venueId: z.string(), slot: z.string() }) });

/** Plan the slots of the next 90 seconds: what the cron does, asked for by hand or by a stepped clock. */
export const planRequested = eventType("bots/plan.requested", { schema: z.object({}) });

/** A simulated market's clock was set: slots announced by the previous setting are due at another time. */
export const clockSet = eventType("venue/clock.set", { schema: z.object({ venueId: z.string() }) });

/** A bot was told something: it is taken, where a cycle has the bot when that ends. */
export const commandAsked = eventType("bot/command.asked", {
  schema: z.object({ botId: z.string(), commandId: z.string() }),
});

/** Settle every open position now: what the guard's cron does. */
export const guardRequested = eventType("positions/guard.requested", { schema: z.object({}) });

export const cycleEventId = (botId: string, slot: string): string => `cycle:${botId}:${slot}`;

/** Check every bot's books and thin old records now: what housekeeping's cron does. */
export const housekeepingRequested = eventType("housekeeping/requested", { schema: z.object({}) });
