import { z } from "zod";
import { MODE_NAMES } from "~/trading/decision/modes/registry";
import { amountSchema } from "./amount";
import { botRowSchema } from "./bot-row";
import { BOT_SORTS, BOT_STATES, ORDERS } from "./choices";
import { cursorSchema, pageOf } from "./list-page";

/** Which of a user's bots, and in which order. `text` is looked for in names and pairs, in any case. */
export const botListInputSchema = z.strictObject({
  sort: z.enum(BOT_SORTS).default("created"),
  order: z.enum(ORDERS).default("asc"),
  text: z.string().trim().max(60).default(""),
  status: z.enum(BOT_STATES).optional(),
  mode: z.enum(MODE_NAMES).optional(),
  accountId: z.uuid().optional(),
  cursor: cursorSchema,
  limit: z.number().int().min(1).max(50).default(25),
});
export type BotListInput = z.infer<typeof botListInputSchema>;

/** A page of bots; `from` is the place of its first one, counted from 1, among the `matching` ones. */
export const botPageSchema = pageOf(botRowSchema).extend({ from: z.number().int(), matching: z.number().int() });
export type BotPage = z.infer<typeof botPageSchema>;

/** Asks for bots by their ids; what is not there, or not the caller's, is left out. */
export const botRowsInputSchema = z.strictObject({ botIds: z.array(z.uuid()).max(50) });

/** All of a user's bots together, however many are listed. Money in `currency`; null: they have no common one. */
export const botTotalsSchema = z.object({
  bots: z.number().int(),
  running: z.number().int(),
  /** Running or paused: what "stop everything" stops. */
  stoppable: z.number().int(),
  openPositions: z.number().int(),
  currency: z.string().nullable(),
  /** A bot that has marked no equity yet counts with its allotment, and with no profit. */
  equity: amountSchema.nullable(),
  profit: amountSchema.nullable(),
});
export type BotTotals = z.infer<typeof botTotalsSchema>;
