import type { Page } from "@playwright/test";
import type { DemoDatabase } from "./demo-database";
import { setSpeed } from "./venue-speed";

/** An open position of a running bot of the user with this address that is far from its stop and its target. */
const lasting = (
  also = "true",
): string => `SELECT p.id FROM positions p JOIN bots b ON b.id = p.bot_id JOIN users u ON u.id = b.user_id
    JOIN markets m ON m.id = p.market_id JOIN venue_clocks v ON v.venue_id = m.venue_id
  WHERE u.email = $1 AND b.status = 'running' AND p.closed_at IS NULL AND p.stop_loss IS NOT NULL
    AND jsonb_typeof(coalesce(p.exit_plan->'closeOrderedAt', 'null')) = 'null' AND ${also}
    AND abs(p.mark - p.stop_loss) > p.mark * 0.005 AND abs(coalesce(p.take_profit, 0) - p.mark) > p.mark * 0.005
  ORDER BY least(abs(p.mark - p.stop_loss), abs(coalesce(p.take_profit, 0) - p.mark)) / p.mark DESC LIMIT 1`;
/** By the newest candles: its settlement is at most some minutes behind the venue's clock. */
const SETTLED = `p.settled_through > v.anchor_market
  + (clock_timestamp() - v.anchor_wall) * v.speed::float8 - interval '15 minutes'`;

/** Looks at a slow market until what was settled at full speed has caught up, before another position is waited for. */
const LOOKS = 60;

/** What is left of it once the market stands, a second after that was asked for, and the last slot's cycles have ended. */
const LEFT = `SELECT CASE WHEN p.closed_at IS NULL THEN 'open' ELSE 'closed' END FROM positions p
    JOIN markets m ON m.id = p.market_id JOIN venue_clocks v ON v.venue_id = m.venue_id
  WHERE p.id = $1 AND v.speed = 0 AND v.anchor_wall < clock_timestamp()
    AND NOT EXISTS (SELECT FROM cycles c WHERE c.bot_id = p.bot_id AND c.slot <= v.anchor_market
      AND c.status IN ('due', 'running'))`;

/** A position that may last and is settled by the newest candles; null when none came while the market was slow. */
const findSettled = async (database: DemoDatabase, email: string): Promise<string | null> => {
  for (let look = 0; look < LOOKS; look++) {
    const positionId = await database.find(lasting(SETTLED), email);
    if (positionId !== null) return positionId;
    await database.find("SELECT pg_sleep(0.2)::text");
  }
  return null;
};

/** Waits for a position that does not close by itself so soon, and stops the market; returns the position's id. */
export const pauseWithPosition = async (page: Page, database: DemoDatabase, email: string): Promise<string> => {
  for (;;) {
    // One comes sooner at full speed, and is still there when the market is slow, or another is waited for.
    await setSpeed(page, "3600×");
    await database.waitFor("a position that may last", lasting(), email);
    await setSpeed(page, "60×");
    const positionId = await findSettled(database, email);
    if (positionId === null) continue;
    await setSpeed(page, "Pause");
    if ((await database.waitFor("a market that stands", LEFT, positionId)) === "open") return positionId;
  }
};
