import type { Page } from "@playwright/test";
import type { DemoDatabase } from "./demo-database";
import { setSpeed } from "./venue-speed";

/**
 * An open position of a running bot of the user with this address that is far from its stop and its target, by the
 * newest candles: its settlement is at most some minutes behind the venue's clock.
 */
const LASTING = `SELECT p.id FROM positions p JOIN bots b ON b.id = p.bot_id JOIN users u ON u.id = b.user_id
    JOIN markets m ON m.id = p.market_id JOIN venue_clocks v ON v.venue_id = m.venue_id
  WHERE u.email = $1 AND b.status = 'running' AND p.closed_at IS NULL AND p.stop_loss IS NOT NULL
    AND jsonb_typeof(coalesce(p.exit_plan->'closeOrderedAt', 'null')) = 'null'
    AND p.settled_through > v.anchor_market + (clock_timestamp() - v.anchor_wall) * v.speed::float8 - interval '15 minutes'
    AND abs(p.mark - p.stop_loss) > p.mark * 0.005 AND abs(coalesce(p.take_profit, 0) - p.mark) > p.mark * 0.005
  ORDER BY least(abs(p.mark - p.stop_loss), abs(coalesce(p.take_profit, 0) - p.mark)) / p.mark DESC LIMIT 1`;

/** Waits for a position that does not close by itself so soon, and stops the market; returns the position's id. */
export const pauseWithPosition = async (page: Page, database: DemoDatabase, email: string): Promise<string> => {
  await setSpeed(page, "60×");
  const positionId = await database.waitFor("a position that will last", LASTING, email);
  await setSpeed(page, "Pause");
  return positionId;
};
