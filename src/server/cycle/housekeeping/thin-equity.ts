import { EQUITY_GRAIN } from "~/trading/performance/equity-grain";
import type { Ports } from "../../ports";
import { BATCH, inBatches } from "./in-batches";

const { hourlyAfterDays, dailyAfterDays } = EQUITY_GRAIN;

/**
 * Keeps the last point of each hour (day) among those older than 7 (90) days, counted back from each bot's newest, and all
 * of money that came or went: returns are chained over them.
 */
const dropSpare = ({ db }: Pick<Ports, "db">): Promise<number> => db.$executeRaw`
  DELETE FROM equity_points p USING (
    SELECT bot_id, at FROM (
      SELECT e.bot_id, e.at, e.flow, e.at < n.newest - make_interval(days => ${hourlyAfterDays}::int) AS is_old,
        row_number() OVER (PARTITION BY e.bot_id,
          CASE WHEN e.at < n.newest - make_interval(days => ${dailyAfterDays}::int) THEN date_trunc('day', e.at) ELSE date_trunc('hour', e.at) END
          ORDER BY e.at DESC) AS rank
      FROM equity_points e JOIN (SELECT bot_id, max(at) AS newest FROM equity_points GROUP BY bot_id) n ON n.bot_id = e.bot_id
    ) ranked WHERE is_old AND rank > 1 AND flow = 0 LIMIT ${BATCH}
  ) spare WHERE p.bot_id = spare.bot_id AND p.at = spare.at`;

/** Keeps equity curves within bounds, counted in venue time (TRADING 9). Returns the number of points dropped. */
export const thinEquity = (ports: Pick<Ports, "db">): Promise<number> => inBatches(() => dropSpare(ports));
