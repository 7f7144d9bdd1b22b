import { MAY_ENTER_SQL } from "../../books/positions";
import type { VenueKind } from "~/trading/venue-catalogue";
import type { PositionColumns } from "../../books/positions";
import type { Transaction } from "../../db/client";
import { IS_WITHOUT_PRICE } from "../../venues/is-without-price";
import { pickBots, type Picking } from "./pick-bots";

type Amount = { toString(): string };

/** A bot's closed trades, added up. Amounts in quote currency. */
export type ClosedSums = {
  readonly botId: string;
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  readonly gross: Amount;
  readonly slippage: Amount;
  readonly fees: Amount;
  readonly funding: Amount;
  readonly net: Amount;
  /** Net results above and below zero; the second is negative. */
  readonly won: Amount;
  readonly lost: Amount;
  readonly lastExitAt: Date;
};

export const selectTotals = (db: Transaction, picking: Picking) => db.$queryRaw<ClosedSums[]>`
  WITH ${pickBots(picking)}
  SELECT bot_id AS "botId", trades, wins, losses, gross_pnl AS gross, slippage, fees, funding, realized_pnl AS net, won, lost,
    last_exit_at AS "lastExitAt"
  FROM trade_totals WHERE bot_id IN (SELECT id FROM picked)`;

/** An open position with the fees and funding that it has cost, and what parts that left it have made before them. */
export type OpenRow = PositionColumns & {
  readonly botId: string;
  readonly tick: Amount;
  readonly venueKind: VenueKind;
  readonly fees: Amount;
  readonly realized: Amount;
  readonly funding: Amount;
  readonly matching: unknown;
  readonly openedByCycle: string | null;
  readonly entryLegs: unknown;
  readonly isWithoutPrice: boolean;
  readonly isClosing: boolean;
};

export const selectOpenPositions = (db: Transaction, picking: Picking) => db.$queryRaw<OpenRow[]>`
  WITH ${pickBots(picking)}
  SELECT p.bot_id AS "botId", p.id, m.pair, p.side, p.quantity, p.entry_price AS "entryPrice", p.leverage, p.margin,
    p.stop_loss AS "stopLoss", p.take_profit AS "takeProfit", p.mark, p.marked_at AS "markedAt", p.opened_at AS "openedAt",
    ${IS_WITHOUT_PRICE} AS "isWithoutPrice", (p.exit_plan->>'closeOrderedAt') IS NOT NULL AS "isClosing", m.tick, v.kind::text AS "venueKind", f.fees, f.cycle_id AS "openedByCycle",
    CASE WHEN ${MAY_ENTER_SQL} THEN p.exit_plan->'entryLegs' END AS "entryLegs",
    (SELECT coalesce(-sum(l.amount), 0) FROM ledger_entries l
      WHERE l.position_id = p.id AND l.account = 'realized-pnl') AS realized,
    (SELECT coalesce(-sum(l.amount), 0) FROM ledger_entries l WHERE l.position_id = p.id AND l.account = 'funding') AS funding,
    (SELECT s.settings->'matching' FROM bot_settings s WHERE s.bot_id = p.bot_id AND s.version = p.settings_version) AS matching
  FROM positions p JOIN markets m ON m.id = p.market_id JOIN venues v ON v.id = m.venue_id
  CROSS JOIN LATERAL (SELECT coalesce(sum(f.fee), 0) AS fees,
    (array_agg(i.cycle_id ORDER BY f.filled_at) FILTER (WHERE i.purpose = 'entry'))[1] AS cycle_id
    FROM fills f JOIN orders o ON o.id = f.order_id JOIN order_intents i ON i.id = o.intent_id WHERE f.position_id = p.id) f
  WHERE p.bot_id IN (SELECT id FROM picked) AND p.closed_at IS NULL ORDER BY p.opened_at, p.market_id`;

export type RefusalRow = { readonly botId: string; readonly rule: string; readonly count: number };

/** The rules that refused most, at most five a bot, most frequent first. */
export const countRefusals = (db: Transaction, picking: Picking) => db.$queryRaw<RefusalRow[]>`
  WITH ${pickBots(picking)}
  SELECT "botId", rule, count FROM (
    SELECT r.bot_id AS "botId", r.rule, r.refusals AS count,
      row_number() OVER (PARTITION BY r.bot_id ORDER BY r.refusals DESC, r.rule) AS rank
    FROM refusal_counts r WHERE r.bot_id IN (SELECT id FROM picked)
  ) ranked WHERE rank <= 5 ORDER BY "botId", rank`;
