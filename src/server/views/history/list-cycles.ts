import type { CycleRow } from "~/contracts/bot-detail";
import { findOwnedBot, type OwnedBot } from "../owned-bot";
import type { Ports } from "../../ports";
import { startOf, toPage, type Page, type PageRequest } from "./page-cursor";

type Row = Omit<CycleRow, "isHistory">;

/**
 * A page of a user's bot's cycles that have begun, newest slot first: a fast market has many planned ahead. `opened` and
 * `closed` count filled orders, protective exits that it settled among the closed. Throws AppError for another's bot.
 */
export const listCycles = async (
  { db }: Pick<Ports, "db">,
  owned: OwnedBot,
  request: PageRequest,
): Promise<Page<CycleRow>> => {
  const from = startOf(request);
  const { openedAt } = await findOwnedBot({ db }, owned);
  const rows = await db.$queryRaw<Row[]>`
    WITH page AS (
      SELECT id, slot, status, skip_reason, failure, missed_count, stages, started_at, ended_at FROM cycles
      WHERE bot_id = ${owned.botId}::uuid AND status <> 'due'
        AND slot <= ${from.at} AND (slot, id) < (${from.at}, ${from.id}::uuid)
      ORDER BY slot DESC, id DESC LIMIT ${request.limit + 1})
    SELECT c.id, c.slot, c.status::text AS status, c.skip_reason::text AS "skipReason", c.failure,
      c.missed_count AS "missedCount", o.opened,
      o.closed + coalesce((c.stages #>> '{read-portfolio,result,closed}')::int, 0) AS closed, d.refused, d.held,
      extract(epoch FROM c.ended_at - c.started_at)::float8 * 1000 AS "durationMs"
    FROM page c
    CROSS JOIN LATERAL (SELECT (count(*) FILTER (WHERE i.purpose = 'entry'))::int AS opened,
      (count(*) FILTER (WHERE i.purpose <> 'entry'))::int AS closed
      FROM order_intents i JOIN orders o ON o.intent_id = i.id WHERE i.cycle_id = c.id AND o.status = 'filled') o
    CROSS JOIN LATERAL (SELECT (count(*) FILTER (WHERE v.outcome = 'rejected'))::int AS refused,
      (count(*) FILTER (WHERE d.action = 'hold'))::int AS held
      FROM decisions d LEFT JOIN verdicts v ON v.decision_id = d.id WHERE d.cycle_id = c.id) d
    ORDER BY c.slot DESC, c.id DESC`;
  return toPage(rows, request, {
    toItem: (row) => ({ ...row, isHistory: openedAt !== null && row.slot < openedAt }),
    endOf: ({ slot, id }) => ({ at: slot, id }),
  });
};
