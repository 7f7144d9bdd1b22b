import { z } from "zod";

/** What a trader may tell one of their bots. */
export const COMMAND_KINDS = [
  "pause",
  "resume",
  "stop",
  "archive",
  "close-all",
  "close-position",
  "move-stop",
  "apply-exits",
] as const;

const price = z.string().regex(/^\d{1,15}(\.\d{1,18})?$/, "a price is plain decimal text");

/**
 * What it says beyond its kind. `position`: the id of one open position. `isLooser`: the trader agreed to a stop that
 * protects less than the present one.
 */
export const commandSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["pause", "resume", "stop", "archive", "close-all"]) }),
  z.strictObject({ kind: z.literal("close-position"), positionId: z.uuid() }),
  z.strictObject({
    kind: z.literal("move-stop"),
    positionId: z.uuid(),
    level: price,
    isLooser: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal("apply-exits"),
    /** Absent: all that the bot holds. */
    positionId: z.uuid().optional(),
    isLooser: z.boolean().default(false),
  }),
]);
export type Command = z.infer<typeof commandSchema>;

/**
 * Asked: it waits for the cycle that has the bot. Taken: the bot does it. Done and refused are its ends, the latter with a
 * reason.
 */
export const COMMAND_STATES = ["asked", "taken", "done", "refused"] as const;
