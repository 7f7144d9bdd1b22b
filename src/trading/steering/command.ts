import { z } from "zod";
import { tradingPairSchema } from "../market/trading-pair";

/** What a trader may tell one of their bots. */
export const COMMAND_KINDS = [
  "pause",
  "resume",
  "stop",
  "archive",
  "close-all",
  "close-position",
  "move-stop",
  "run-now",
  "lock-pair",
  "unlock-pair",
  "apply-exits",
  "accept-proposal",
  "decline-proposal",
] as const;

const price = z.string().regex(/^\d{1,15}(\.\d{1,18})?$/, "a price is plain decimal text");

const instant = z.iso.datetime({ precision: 3 });
export const LOCK_REASON_MAX = 200;
/** Text that a page shows: no control characters. */
const why = z
  .string()
  .trim()
  .min(1)
  .max(LOCK_REASON_MAX)
  .regex(/^\P{Cc}*$/u, "a reason is one line of text");

/**
 * What it says beyond its kind. `position`: the id of one open position. `isLooser`: the trader agreed to a stop that
 * protects less than the present one. `version`: of the settings whose exits the trader looked at; absent in older
 * commands. `pair` null: all pairs. `until`: venue time.
 */
export const commandSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["pause", "resume", "stop", "archive", "close-all", "run-now"]) }),
  z.strictObject({ kind: z.literal("close-position"), positionId: z.uuid() }),
  z.strictObject({
    kind: z.literal("move-stop"),
    positionId: z.uuid(),
    level: price,
    isLooser: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal("lock-pair"),
    pair: tradingPairSchema.nullable(),
    until: instant,
    reason: why.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal("unlock-pair"), pair: tradingPairSchema.nullable() }),
  z.strictObject({
    kind: z.literal("apply-exits"),
    /** Absent: all that the bot holds. */
    positionId: z.uuid().optional(),
    version: z.number().int().min(1).max(2_147_483_647).optional(),
    isLooser: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.enum(["accept-proposal", "decline-proposal"]), proposalId: z.uuid() }),
]);
export type Command = z.infer<typeof commandSchema>;

/**
 * Asked: it waits for the cycle that has the bot. Taken: the bot does it. Done and refused are its ends, the latter with a
 * reason.
 */
export const COMMAND_STATES = ["asked", "taken", "done", "refused"] as const;

/** A command of one kind. */
export type CommandOf<Kind extends Command["kind"]> = Extract<Command, { kind: Kind }>;
