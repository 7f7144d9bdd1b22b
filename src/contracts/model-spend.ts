import { z } from "zod";
import { amountSchema } from "./amount";

/** What a bot's model costs it. Money in US dollars, days and hours of real time. */
export const botModelSpendSchema = z.object({
  botId: z.uuid(),
  /** Today (UTC): charged, and set aside for what has not ended. `budget` null: its present mode asks no model. */
  today: amountSchema,
  callsToday: z.number().int(),
  budget: amountSchema.nullable(),
  /** Charged in the last 24 hours, how many calls, and for how many of these hours it has been asking. */
  lastDay: amountSchema,
  callsLastDay: z.number().int(),
  hours: z.number(),
  /** What that is of its equity, as a fraction; null: its equity is not known, or not above zero. */
  breakEven: z.number().nullable(),
  /** Why its last cycle got no answer, in words; null: it got one, or nothing had moved, or it asks no model. */
  held: z.string().nullable(),
});
export type BotModelSpend = z.infer<typeof botModelSpendSchema>;
