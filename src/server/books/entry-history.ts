import { HISTORY_MS, type PastEvents } from "~/trading/cycle/entry-history";
import { dayStartOf } from "~/trading/market/day-start";
import { HOUR_MS } from "~/trading/market/duration";
import { RESULTS_MAX } from "~/trading/risk/basis/past-results";
import type { RiskLimits } from "~/trading/risk/risk-limits";
import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";

/** What the gate is about to judge: the slot (ms), the limits, and each decided market with its decision candle. */
export type AskedHistory = {
  readonly slot: number;
  readonly limits: Pick<RiskLimits, "consecutiveLossesMax" | "lossPauseHours">;
  /** Whether any of it depends on how trades ended. */
  readonly asksResults: boolean;
  readonly decided: readonly { readonly marketId: number; readonly decidedCandle: number | null }[];
};

/**
 * How what there was grew by flows since a trade `t` ended: the balance is counted back over how trades ended, and money
 * that came or went meanwhile is none of it. Exactly 1 where there were none.
 */
const GROWN_BY_FLOWS = Prisma.sql`coalesce((SELECT exp(sum(ln(f.equity / (f.equity - f.flow)))) FROM equity_points f
  WHERE f.bot_id = t.bot_id AND f.flow <> 0 AND f.at > t.exited_at), 1)`;

/** How trades ended: those of 90 days, and of those the last 500; none are read where nothing asks. */
const selectResults = (botId: string, { slot, asksResults }: AskedHistory): Prisma.Sql =>
  asksResults
    ? Prisma.sql`(SELECT coalesce(json_agg(r ORDER BY r."exitedAt", r."marketId"), '[]') FROM (
        SELECT market_id AS "marketId", (extract(epoch FROM exited_at) * 1000)::bigint AS "exitedAt",
          trim_scale(realized_pnl * g.factor)::text AS "realizedPnl", trim_scale(quantity * entry_price * g.factor)::text AS notional
        FROM trades t CROSS JOIN LATERAL (SELECT ${GROWN_BY_FLOWS} AS factor) g
        WHERE bot_id = ${botId}::uuid AND exited_at >= ${new Date(slot - HISTORY_MS)}
        ORDER BY exited_at DESC, market_id DESC LIMIT ${RESULTS_MAX}::int) r)`
    : Prisma.sql`'[]'::json`;

/** `loadPastEvents` as SQL that gives one value, to be a part of a larger statement. */
export const selectPast = (botId: string, asked: AskedHistory): Prisma.Sql => {
  const { slot, limits, decided } = asked;
  const pausedAfter = new Date(slot - Math.ceil(limits.lossPauseHours * HOUR_MS));
  const markets = decided.map(({ marketId }) => marketId);
  const known = decided.flatMap(({ marketId, decidedCandle }) =>
    decidedCandle === null ? [] : [{ marketId, candle: new Date(decidedCandle) }],
  );
  return Prisma.sql`
    SELECT json_build_object(
      'trades', (SELECT coalesce(json_agg(t), '[]') FROM (
        SELECT market_id AS "marketId", (extract(epoch FROM exited_at) * 1000)::bigint AS "exitedAt", losses_in_row AS "lossesInRow"
        FROM trades WHERE bot_id = ${botId}::uuid AND exited_at >= ${pausedAfter} AND losses_in_row > 0
          AND losses_in_row % ${limits.consecutiveLossesMax}::int = 0 ORDER BY exited_at DESC, market_id DESC LIMIT 1) t),
      'stops', (SELECT coalesce(json_agg(s), '[]') FROM (
        SELECT a.id AS "marketId", (extract(epoch FROM l.exited_at) * 1000)::bigint AS at
        FROM (SELECT DISTINCT unnest(${markets}::int[]) AS id) a CROSS JOIN LATERAL (
          SELECT exited_at FROM trades WHERE bot_id = ${botId}::uuid AND market_id = a.id
            AND exit_reason IN ('stop-loss', 'liquidation') ORDER BY exited_at DESC LIMIT 1) l) s),
      'entries', (SELECT coalesce(json_agg(e), '[]') FROM (
        SELECT i.market_id AS "marketId", (extract(epoch FROM i.intended_at) * 1000)::bigint AS at,
          (extract(epoch FROM i.decided_candle) * 1000)::bigint AS "decidedCandle",
          ARRAY(SELECT o.status FROM orders o WHERE o.intent_id = i.id) AS statuses
        FROM order_intents i WHERE i.id IN (
          SELECT id FROM order_intents WHERE bot_id = ${botId}::uuid AND intended_at >= ${new Date(dayStartOf(slot))} AND purpose = 'entry'
          UNION ALL SELECT c.id FROM unnest(${known.map(({ marketId }) => marketId)}::int[],
              ${known.map(({ candle }) => candle)}::timestamptz[]) AS a (market_id, candle)
            JOIN order_intents c ON c.bot_id = ${botId}::uuid AND c.market_id = a.market_id AND c.decided_candle = a.candle
              AND c.purpose = 'entry')) e),
      'results', ${selectResults(botId, asked)})`;
};

/**
 * What a bot did before a slot, no more of it than the gate asks: the trade that pauses it, if one does, the last stop of
 * each decided market, the entries of the UTC day and of the decision candles, and how trades ended. As much to read for
 * a bot of years.
 */
export const loadPastEvents = async (tx: Transaction, botId: string, asked: AskedHistory): Promise<PastEvents> => {
  const [row] = await tx.$queryRaw<[{ past: PastEvents }]>`SELECT (${selectPast(botId, asked)}) AS past`;
  return row.past;
};
