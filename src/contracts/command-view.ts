import { z } from "zod";
import { COMMAND_KINDS, COMMAND_STATES, commandSchema } from "~/trading/steering/command";

/** What applies exits is asked by who looked at them. */
const askedSchema = commandSchema.refine((command) => command.kind !== "apply-exits" || command.version !== undefined, {
  path: ["version"],
  message: "Say which version of the settings you looked at.",
});

/** `commandId` is made by the page that asks, so that a click that comes twice is one command. */
export const askCommandSchema = z.strictObject({ commandId: z.uuid(), botId: z.uuid(), command: askedSchema });

/** A command and what came of it. `effectiveAt` is venue time, the others wall time. */
export const commandViewSchema = z.object({
  id: z.uuid(),
  botId: z.uuid(),
  kind: z.enum(COMMAND_KINDS),
  /** What was asked, in words. */
  text: z.string(),
  state: z.enum(COMMAND_STATES),
  /** Why it was refused. */
  reason: z.string().nullable(),
  askedAt: z.date(),
  takenAt: z.date().nullable(),
  effectiveAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});
export type CommandView = z.infer<typeof commandViewSchema>;

/** A pair that a bot does not enter until a venue time; `pair` null: all of its pairs. */
export const lockViewSchema = z.object({
  pair: z.string().nullable(),
  until: z.date(),
  reason: z.string().nullable(),
});
export type LockView = z.infer<typeof lockViewSchema>;

export const stopEverythingSchema = z.strictObject({ commandId: z.uuid() });

/** How many bots were told to stop, and how many of them to close what they hold. */
export const stoppedEverythingSchema = z.object({ stopped: z.number().int(), closing: z.number().int() });
