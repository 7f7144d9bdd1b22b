import { z } from "zod";
import { amountSchema } from "./amount";
import { moneySchema } from "./new-bot";

const ALLOTMENT_CHANGES = ["give", "take"] as const;
/** A bot is given more of its account's free money, or some of its money is taken back there. */
export type AllotmentChange = (typeof ALLOTMENT_CHANGES)[number];

/** Part of the words of a refusal that passes by itself. */
export const CYCLE_HAS_BOT = "a cycle has the bot just now";

/** `key`: made by the page once a form, so that the same form moves money once however often it is sent. */
export const changeAllotmentSchema = z.strictObject({
  key: z.uuid(),
  botId: z.uuid(),
  change: z.enum(ALLOTMENT_CHANGES),
  amount: moneySchema,
});
export type ChangeAllotment = z.infer<typeof changeAllotmentSchema>;

export const allotmentOfSchema = z.strictObject({ botId: z.uuid() });
export const changedAllotmentSchema = z.object({ botId: z.uuid(), allotment: amountSchema });

/** What a bot is allotted now and what can be changed of it; money in its account's currency. */
export const allotmentViewSchema = z.object({
  botId: z.uuid(),
  botName: z.string(),
  accountName: z.string(),
  currency: z.string(),
  allotment: amountSchema,
  /** By its books, at the stored marks. */
  equity: amountSchema,
  /** What the account can give. Null: it is not known. */
  free: amountSchema.nullable(),
  /** What its bots lost beyond that: what comes back makes up for it first. Null as `free` is. */
  shortfall: amountSchema.nullable(),
  /** What can be taken back, and what keeps the rest of the bot's cash there. */
  returnable: z.object({
    most: amountSchema,
    cash: amountSchema,
    reserved: amountSchema,
    exitFees: amountSchema,
    openLoss: amountSchema,
    kept: amountSchema,
  }),
  /** Why nothing can be given, or taken back, now; null: it can. */
  refused: z.object({ give: z.string().nullable(), take: z.string().nullable() }),
});
export type AllotmentView = z.infer<typeof allotmentViewSchema>;
