import { EQUITY_GRAIN } from "~/trading/performance/equity-grain";
import type { Ports } from "../../ports";
import { BATCH, inBatches } from "./in-batches";

const { hourlyAfterDays, dailyAfterDays } = EQUITY_GRAIN;
const BOTS_PER_PAGE = 250;

/**
 * Keeps the last point of each hour (day) among those older than 7 (90) days, counted back from each bot's newest, and all
 * of money that came or went: returns are chained over them. Points of the last 7 days are not read, but for those of the
 * hour in which they begin.
 */
const dropSpare = ({ db }: Pick<Ports, "db">, botIds: readonly string[]): Promise<number> => db.$executeRaw`
  DELETE FROM equity_points p USING (
    SELECT bot_id, at FROM (
      SELECT e.bot_id, e.at, e.flow, e.at < n.newest - make_interval(days => ${hourlyAfterDays}::int) AS is_old,
        row_number() OVER (PARTITION BY e.bot_id,
          CASE WHEN e.at < n.newest - make_interval(days => ${dailyAfterDays}::int) THEN date_trunc('day', e.at) ELSE date_trunc('hour', e.at) END
          ORDER BY e.at DESC) AS rank
      FROM unnest(${[...botIds]}::uuid[]) AS b(id)
      CROSS JOIN LATERAL (SELECT at AS newest FROM equity_points WHERE bot_id = b.id ORDER BY at DESC LIMIT 1) n
      JOIN equity_points e ON e.bot_id = b.id
        AND e.at < date_trunc('hour', n.newest - make_interval(days => ${hourlyAfterDays}::int)) + interval '1 hour'
    ) ranked WHERE is_old AND rank > 1 AND flow = 0 LIMIT ${BATCH}
  ) spare WHERE p.bot_id = spare.bot_id AND p.at = spare.at`;

/** Where a page of bots ended, null after the last one, and how many of their points were dropped. */
export type ThinnedPage = { readonly last: string | null; readonly dropped: number };

/** Keeps the equity curves of one page of bots, after a given id, within bounds, counted in venue time (TRADING 9). */
export const thinEquityPage = async (
  ports: Pick<Ports, "db">,
  after: string,
  botsPerPage = BOTS_PER_PAGE,
): Promise<ThinnedPage> => {
  const bots = await ports.db.bot.findMany({
    where: { id: { gt: after } },
    orderBy: { id: "asc" },
    take: botsPerPage,
    select: { id: true },
  });
  const ids = bots.map(({ id }) => id);
  const dropped = await inBatches(() => dropSpare(ports, ids));
  return { last: ids.length < botsPerPage ? null : (ids.at(-1) ?? null), dropped };
};
