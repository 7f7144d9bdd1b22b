import { z } from "zod";
import { exitReasonSchema } from "~/trading/portfolio/exit-reason";
import { amountSchema, pnlSplitSchema, priceDigitsSchema, sideSchema } from "./amount";
import { LEDGER_ACCOUNTS } from "./choices";
import { orderViewSchema } from "./cycle-view";

/** A line of the double-entry ledger; a transaction's lines sum to zero. Positive is a debit. */
export const ledgerLineSchema = z.object({
  id: z.string(),
  transactionId: z.string(),
  account: z.enum(LEDGER_ACCOUNTS),
  currency: z.string(),
  amount: amountSchema,
  positionId: z.uuid().nullable(),
  fillId: z.uuid().nullable(),
  postedAt: z.date(),
});
export type LedgerLine = z.infer<typeof ledgerLineSchema>;

/** A position from entry to end: the orders, fills and ledger lines that made it. `closed` null: it is open. */
export const positionViewSchema = z.object({
  id: z.uuid(),
  bot: z.object({ id: z.uuid(), name: z.string(), currency: z.string(), isSimulated: z.boolean() }),
  pair: z.string(),
  priceDigits: priceDigitsSchema,
  side: sideSchema,
  /** At entry, also after it was closed. */
  /** Held now, or of a closed position all that was entered; and all that was entered so far. */
  quantity: amountSchema,
  entered: amountSchema,
  entryPrice: amountSchema,
  leverage: amountSchema,
  stopLoss: amountSchema.nullable(),
  takeProfit: amountSchema.nullable(),
  openedAt: z.date(),
  mark: amountSchema,
  markedAt: z.date(),
  /** Open, and its market has had no price since then. */
  isWithoutPrice: z.boolean(),
  unrealized: amountSchema.nullable(),
  closed: z
    .object({
      exitPrice: amountSchema,
      exitedAt: z.date(),
      exitReason: exitReasonSchema,
      pnl: pnlSplitSchema,
      isFundingKnown: z.boolean(),
    })
    .nullable(),
  /** What its mode said, at the entry, closes it before its stop or target. */
  closedEarlyIf: z.array(z.string()),
  /** What put the stop where it is, and how the position is entered further and closes beside stop and target: in words. */
  stopName: z.string(),
  exits: z.array(z.string()),
  /** Its trader ordered it closed: it leaves at the next open. */
  isClosing: z.boolean(),
  isHistory: z.boolean(),
  openedByCycle: z.uuid().nullable(),
  closedByCycle: z.uuid().nullable(),
  orders: z.array(orderViewSchema),
  ledger: z.array(ledgerLineSchema),
});
export type PositionView = z.infer<typeof positionViewSchema>;

/** What the accounts of a bot's ledger hold, and the equity that they make with the open positions. */
export const ledgerBalancesSchema = z.object({
  currency: z.string(),
  accounts: z.array(z.object({ account: ledgerLineSchema.shape.account, balance: amountSchema })),
  unrealized: amountSchema,
  equity: amountSchema,
});
export type LedgerBalances = z.infer<typeof ledgerBalancesSchema>;
