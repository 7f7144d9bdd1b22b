import type { Transaction } from "../../db/client";
import { pickBots, type Picking } from "./pick-bots";

/** The trade that pauses a bot after losses in a row: its exit, and how many losses it makes. */
export type PausingTrade = { readonly botId: string; readonly exitedAt: Date; readonly lossesInRow: number };

/** As the gate asks before an entry (entry-history), for many bots at once: none for a bot that is not paused. */
export const selectPausingTrades = (db: Transaction, picking: Picking) => db.$queryRaw<PausingTrade[]>`
  WITH ${pickBots(picking)}, limited AS (
    SELECT id, venue_now, (settings #>> '{risk,consecutiveLossesMax}')::int AS losses,
      make_interval(secs => (settings #>> '{risk,lossPauseHours}')::float8 * 3600) AS pause FROM picked WHERE status = 'running')
  SELECT l.id AS "botId", t.exited_at AS "exitedAt", t.losses_in_row AS "lossesInRow"
  FROM limited l CROSS JOIN LATERAL (SELECT exited_at, losses_in_row FROM trades
    WHERE bot_id = l.id AND exited_at > l.venue_now - l.pause AND losses_in_row > 0 AND losses_in_row % l.losses = 0
    ORDER BY exited_at DESC, market_id DESC LIMIT 1) t`;
