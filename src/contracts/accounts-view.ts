import { z } from "zod";
import { amountSchema } from "./amount";
import { moneySchema, botNameSchema } from "./new-bot";

/** `key`: made by the page once a form, so that the same form moves money once however often it is sent. */
const keyed = { key: z.uuid() };

export const openAccountSchema = z.strictObject({
  ...keyed,
  venueId: z.uuid(),
  name: botNameSchema,
  capital: moneySchema,
});
export type OpenAccount = z.infer<typeof openAccountSchema>;

export const moveMoneySchema = z.strictObject({ ...keyed, accountId: z.uuid(), amount: moneySchema });
export type MoveMoney = z.infer<typeof moveMoneySchema>;

const FLOW_KINDS = ["deposit", "withdrawal"] as const;
export type FlowKind = (typeof FLOW_KINDS)[number];

/** A paper account; money in its currency. */
const accountRowSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  venueName: z.string(),
  currency: z.string(),
  /** Paid in on balance, and taken out. Null: it is not known. */
  capital: amountSchema.nullable(),
  allotted: amountSchema,
  /** What can be allotted or taken out now. Null: it is not known. */
  free: amountSchema.nullable(),
  /** What bots lost beyond all that is free: what comes in makes up for it first. Null as `free` is. */
  shortfall: amountSchema.nullable(),
  /** The first ones of them, the oldest first. */
  bots: z.array(z.object({ id: z.uuid(), name: z.string(), allotment: amountSchema })),
  botCount: z.number().int(),
  /** The last ones, the newest first; wall time. */
  flows: z.array(z.object({ id: z.uuid(), kind: z.enum(FLOW_KINDS), amount: amountSchema, at: z.date() })),
});
export type AccountRow = z.infer<typeof accountRowSchema>;

export const accountListSchema = z.object({
  accounts: z.array(accountRowSchema),
  /** Markets that an account can be opened on. */
  venues: z.array(z.object({ id: z.uuid(), name: z.string() })),
  /** How many more may be opened. */
  accountsLeft: z.number().int(),
});
export type AccountList = z.infer<typeof accountListSchema>;

export const accountIdSchema = z.object({ accountId: z.uuid() });
