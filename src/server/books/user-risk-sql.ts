import { Prisma } from "../db/prisma";
import { IS_ENTERING } from "./bot-status-sql";

type Asked = {
  readonly botId: string;
  readonly userId: string;
  /** The start of the UTC day, ms. */
  readonly dayStart: number;
};

const MARKET = Prisma.sql`'marketId', k.id, 'pair', k.pair, 'marketType', k.market_type, 'venueId', k.venue_id`;

/**
 * The user's bots whose money is of one kind and currency with the bot's, in markets of one clock: practice money and
 * other days say nothing about it. A venue without a row of its own keeps wall time.
 */
const peersOf = ({ botId, userId }: Asked): Prisma.Sql => Prisma.sql`
  me AS (SELECT b.account_kind, b.venue_id, a.currency, EXISTS (SELECT FROM venue_clocks c WHERE c.venue_id = b.venue_id) AS has_clock
    FROM bots b JOIN accounts a ON a.id = b.account_id WHERE b.id = ${botId}::uuid),
  peers AS (SELECT b.id, b.account_id, b.status, b.trading_state, b.allotment FROM me
    JOIN bots b ON b.user_id = ${userId}::uuid AND b.account_kind = me.account_kind
    JOIN accounts a ON a.id = b.account_id AND a.currency = me.currency
    WHERE b.venue_id = me.venue_id
      OR NOT (me.has_clock OR EXISTS (SELECT FROM venue_clocks c WHERE c.venue_id = b.venue_id)))`;

/** Those that run, hold something or traded in the day, with their books. */
const othersOf = ({ botId, dayStart }: Asked): Prisma.Sql => Prisma.sql`
  SELECT coalesce(json_agg(json_build_object('capital', b.allotment::text, 'cash', l.cash::text, 'margin', l.margin::text,
    'at', extract(epoch FROM m.at) * 1000, 'equity', m.equity::text, 'peak', m.peak::text, 'dayStart', m.day_start::text,
    'dayLow', m.day_low::text, 'positions', h.positions)), '[]')
  FROM peers b LEFT JOIN equity_memories m ON m.bot_id = b.id
  CROSS JOIN LATERAL (SELECT coalesce(sum(amount) FILTER (WHERE account = 'cash'), 0) AS cash,
    coalesce(sum(amount) FILTER (WHERE account = 'margin'), 0) AS margin FROM bot_balances WHERE bot_id = b.id) l
  CROSS JOIN LATERAL (SELECT count(*) AS held, coalesce(json_agg(json_build_object(${MARKET}, 'side', p.side,
      'quantity', p.quantity::text, 'entryPrice', p.entry_price::text, 'leverage', p.leverage::text, 'mark', p.mark::text,
      'legs', CASE WHEN ${IS_ENTERING} THEN p.exit_plan->'entryLegs' END)), '[]') AS positions
    FROM positions p JOIN markets k ON k.id = p.market_id WHERE p.bot_id = b.id AND p.closed_at IS NULL) h
  WHERE b.id <> ${botId}::uuid AND (b.status = 'running' OR h.held > 0 OR m.at >= ${new Date(dayStart)})`;

/** Entries that are approved and not filled yet, in part or wholly; one of an older version by its stop. */
const UNFILLED = Prisma.sql`
  SELECT coalesce(json_agg(json_build_object(${MARKET}, 'side', i.position_side, 'notional',
    (coalesce(i.notional, i.quantity * coalesce(i.stop_loss, d.entry_price)) * (o.quantity - o.filled_quantity) / o.quantity)::numeric(38, 8)::text)), '[]')
  FROM peers b JOIN orders o ON o.account_id = b.account_id
    AND o.status IN ('pending', 'submitting', 'accepted', 'partiallyFilled', 'unknown')
  JOIN order_intents i ON i.id = o.intent_id AND i.bot_id = b.id AND i.purpose = 'entry'
  LEFT JOIN decisions d ON d.id = i.decision_id JOIN markets k ON k.id = i.market_id`;

/** The row of a user's limits with what the user's bots hold, as of one moment. */
export const readUserSql = (asked: Asked): Prisma.Sql => Prisma.sql`
  WITH ${peersOf(asked)}
  SELECT r.version::text, r.gross_notional_max::text AS "grossNotionalMax",
    r.same_side_notional_max::text AS "sameSideNotionalMax", r.same_side_correlation AS "sameSideCorrelation",
    r.daily_loss_max::text AS "dailyLossMax", (${othersOf(asked)}) AS others, (${UNFILLED}) AS unfilled
  FROM user_risk r WHERE r.user_id = ${asked.userId}::uuid`;
