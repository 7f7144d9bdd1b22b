import { z } from "zod";

/** A bot in one line. Money is a decimal string in `currency`; `slot` and `equityAt` are venue time. */
export const botSummarySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  mode: z.string(),
  accountKind: z.enum(["paper", "venue-demo", "live"]),
  status: z.enum(["running", "paused", "stopped", "archived"]),
  tradingState: z.enum(["active", "reducing", "halted"]),
  currency: z.string(),
  allotment: z.string(),
  /** Null until the first cycle has marked one. */
  equity: z.string().nullable(),
  equityAt: z.date().nullable(),
  openPositions: z.number().int(),
  lastCycle: z
    .object({ id: z.uuid(), slot: z.date(), status: z.string(), skipReason: z.string().nullable() })
    .nullable(),
});
export type BotSummary = z.infer<typeof botSummarySchema>;
