import { z } from "zod";
import { amountSchema, pnlSplitSchema } from "./amount";
import { modeViewSchema } from "./mode-view";
import { recentCyclesSchema } from "./recent-cycles";
import { VENUE_KINDS } from "~/trading/venue-catalogue";

const fractionSchema = z.number();

/** Where a bot trades, in short. */
const venueOfBotSchema = z.object({
  id: z.uuid(),
  kind: z.enum(VENUE_KINDS),
  name: z.string(),
  isSimulated: z.boolean(),
});

/** How often a rule refused this bot's decisions, over all its stored cycles. */
const refusalCountSchema = z.object({ rule: z.string(), count: z.number().int() });

/** A bot in one row. Money is a decimal string in `currency`; slots and `equityAt` are venue time; fractions, not percent. */
export const botRowSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  mode: modeViewSchema,
  venue: venueOfBotSchema,
  accountKind: z.enum(["paper", "venue-demo", "live"]),
  status: z.enum(["running", "paused", "stopped", "archived"]),
  tradingState: z.enum(["active", "reducing", "halted"]),
  /** Why it does not trade, in words; null while it does. */
  statusReason: z.string().nullable(),
  currency: z.string(),
  pairs: z.array(z.string()),
  intervalSeconds: z.number().int(),
  allotment: amountSchema,
  /** Now, at the stored marks: `equityAt` is the newest of them. Null until the first cycle has marked one. */
  equity: amountSchema.nullable(),
  equityAt: z.date().nullable(),
  /** Up to 48 equity values over all its time, oldest first, as if flows had come before; the last is `equity`. */
  sparkline: z.array(amountSchema),
  /**
   * Closed trades and open positions together: total = closed.net + unrealized + openRealized - openFees + openFunding =
   * equity - allotment, exactly. `unrealized` is the open part at the stored marks, `openRealized` what parts made that
   * left positions which are still open, `openFees` what the open positions have cost so far (not negative), `openFunding` what holding it has brought (negative where it paid).
   */
  pnl: z
    .object({
      total: amountSchema,
      closed: pnlSplitSchema,
      /** Whether its fills are charged funding, or its market has none. */
      isFundingKnown: z.boolean(),
      unrealized: amountSchema,
      openRealized: amountSchema,
      openFees: amountSchema,
      openFunding: amountSchema,
    })
    .nullable(),
  /** What it made of the money it had at each time: money that came from its account or went back is no part of it. */
  returnFraction: fractionSchema.nullable(),
  /** Share of the peak that equity is below it now, and at most so far. */
  drawdown: z.object({ now: fractionSchema, max: fractionSchema }).nullable(),
  openPositions: z.number().int(),
  closedTrades: z.number().int(),
  lastCycle: z
    .object({
      id: z.uuid(),
      slot: z.date(),
      status: z.enum(["due", "running", "done", "skipped", "failed", "abandoned"]),
      skipReason: z.string().nullable(),
      /** Wall time. */
      endedAt: z.date().nullable(),
    })
    .nullable(),
  recent: recentCyclesSchema,
  /** The next slot that is not begun, venue time; null: none is planned. */
  nextSlot: z.date().nullable(),
  /** Most frequent first. */
  refusals: z.array(refusalCountSchema),
});
export type BotRow = z.infer<typeof botRowSchema>;
