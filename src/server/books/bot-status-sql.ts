import { Prisma } from "../db/prisma";

/** Whether a bot `b` has cycles. A paused one does: it enters nothing, but its mode closes what it holds. */
export const HAS_CYCLES = Prisma.sql`b.status IN ('running', 'paused')`;

/** Whether a bot `b` still enters anything. */
export const IS_ENTERING = Prisma.sql`b.status = 'running' AND b.trading_state = 'active'`;

/** What the gate lets a bot `b` do: paused by its trader, it only closes. */
export const TRADING_STATE = Prisma.sql`CASE WHEN b.status = 'paused' AND b.trading_state = 'active' THEN 'reducing'
  ELSE b.trading_state::text END`;
