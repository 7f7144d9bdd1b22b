import { z } from "zod";
import { exitReasonSchema } from "~/trading/portfolio/exit-reason";
import { COMMAND_STATES } from "~/trading/steering/command";

const money = z.string();
const instant = z.iso.datetime();
const bot = { botId: z.uuid() };
const position = { ...bot, positionId: z.uuid(), pair: z.string(), side: z.enum(["long", "short"]), at: instant };

/** What a user is told as it happens. Money is a decimal string, `slot` and `at` are venue time. */
export const liveEventSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("cycle-ended"),
    ...bot,
    cycleId: z.uuid(),
    slot: instant,
    status: z.enum(["done", "skipped", "failed"]),
    /** Equity at the slot; null where the cycle marked none. */
    equity: money.nullable(),
  }),
  z.object({ kind: z.literal("trade-opened"), ...position, quantity: money, price: money }),
  z.object({ kind: z.literal("trade-closed"), ...position, realizedPnl: money, reason: exitReasonSchema }),
  /** What became of a command; one that was taken is done with the positions that it is about. */
  z.object({
    kind: z.literal("command"),
    ...bot,
    commandId: z.uuid(),
    state: z.enum(COMMAND_STATES),
    text: z.string(),
  }),
  /** An entry waits for its trader's word, or waits no more. */
  z.object({ kind: z.literal("proposal"), ...bot, proposalId: z.uuid(), text: z.string() }),
  z.object({ kind: z.literal("bot-created"), ...bot, name: z.string() }),
  z.object({ kind: z.literal("settings-changed"), ...bot, name: z.string(), version: z.number().int() }),
  z.object({ kind: z.literal("account-changed"), accountId: z.uuid() }),
  /** A bot got money from its account, or gave some back. */
  z.object({ kind: z.literal("allotment-changed"), ...bot, accountId: z.uuid(), text: z.string() }),
  z.object({
    kind: z.literal("alert"),
    botId: z.uuid().nullable(),
    severity: z.enum(["info", "warning", "critical"]),
    message: z.string(),
  }),
  /** A simulated market's clock was set: slots come sooner, later or not at all. */
  z.object({ kind: z.literal("venue-clock"), venueId: z.uuid(), speed: z.number().int(), marketTime: instant }),
  z.object({
    kind: z.literal("venue-state"),
    venueId: z.uuid(),
    state: z.enum(["ok", "unreachable", "maintenance"]),
    message: z.string().nullable(),
  }),
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;

/**
 * What a stream carries. `resync` says that the reader knows nothing before the id it comes with: read everything
 * anew, then go on from there. It comes first without a cursor, and where a cursor is older than what is kept.
 */
export type LiveMessage = { kind: "resync" } | LiveEvent;

/** The id of the last message seen, as the stream gave it; none: from now on. */
export const liveCursorSchema = z.strictObject({
  lastEventId: z
    .string()
    .regex(/^\d{1,18}$/, "must be an id that this stream gave out")
    .optional(),
});
