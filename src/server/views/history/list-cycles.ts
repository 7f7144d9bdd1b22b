import type { CycleRow } from "~/contracts/bot-detail";
import type { Page } from "~/contracts/list-page";
import type { OwnedBot } from "../../tenant/find-own";
import type { OwnBotId } from "../../tenant/own-id";
import { findOwnedBot } from "../owned-bot";
import type { Ports } from "../../ports";
import { Prisma } from "../../db/prisma";
import { byKey, type Keyset } from "../pages/keyset";
import type { PageRequest, Sorting } from "../pages/page-cursor";
import { readPage } from "../pages/read-page";

type Row = Omit<CycleRow, "isHistory">;

const SORTING: Sorting = { sort: "cycles", order: "desc", kind: "instant" };

const selectCycles = (botId: OwnBotId, { where, orderBy }: Keyset, limit: number): Prisma.Sql => Prisma.sql`
  WITH page AS (
    SELECT id, slot, status, skip_reason, failure, missed_count, stages, started_at, ended_at FROM cycles
    WHERE bot_id = ${botId}::uuid AND status <> 'due' AND ${where} ORDER BY ${orderBy} LIMIT ${limit})
  SELECT page.id, page.slot, page.status::text AS status, page.skip_reason::text AS "skipReason", page.failure,
    page.missed_count AS "missedCount", o.opened,
    o.closed + coalesce((page.stages #>> '{read-portfolio,result,closed}')::int, 0) AS closed, d.refused, d.held,
    extract(epoch FROM page.ended_at - page.started_at)::float8 * 1000 AS "durationMs"
  FROM page
  CROSS JOIN LATERAL (SELECT (count(*) FILTER (WHERE i.purpose = 'entry'))::int AS opened,
    (count(*) FILTER (WHERE i.purpose <> 'entry'))::int AS closed
    FROM order_intents i JOIN orders o ON o.intent_id = i.id WHERE i.cycle_id = page.id AND o.status = 'filled') o
  CROSS JOIN LATERAL (SELECT (count(*) FILTER (WHERE v.outcome = 'rejected'))::int AS refused,
    (count(*) FILTER (WHERE d.action = 'hold'))::int AS held
    FROM decisions d LEFT JOIN verdicts v ON v.decision_id = d.id WHERE d.cycle_id = page.id) d
  ORDER BY ${orderBy}`;

/**
 * A page of a user's bot's cycles that have begun, newest slot first: a fast market has many planned ahead. `opened` and
 * `closed` count filled orders, protective exits that it settled among the closed. Throws AppError for another's bot.
 */
export const listCycles = async (
  { db }: Pick<Ports, "db">,
  owned: OwnedBot,
  request: PageRequest,
): Promise<Page<CycleRow>> => {
  const { id: botId, openedAt } = await findOwnedBot({ db }, owned);
  const columns = { key: Prisma.sql`slot`, id: Prisma.sql`id` };
  const { rows: _rows, ...page } = await readPage<Row, CycleRow>(request, {
    sorting: SORTING,
    read: (place, limit) => db.$queryRaw<Row[]>(selectCycles(botId, byKey(SORTING, columns, place), limit)),
    toItem: (row) => ({ ...row, isHistory: openedAt !== null && row.slot < openedAt }),
    endOf: ({ slot, id }) => ({ key: String(slot.getTime()), id }),
  });
  return page;
};
