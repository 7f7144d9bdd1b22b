import type { Transaction } from "../../db/client";
import { inTransaction } from "../../db/in-transaction";
import type { Ports } from "../../ports";

/** Rows a batch, so that no transaction is long; batches a run, so that no run is. The next run goes on. */
const BATCH = 2000;
const BATCHES_MAX = 50;
const DAY_MS = 86_400_000;
const EVIDENCE_DAYS = 30;
const CYCLE_DAYS = 30;
const LIVE_EVENT_DAYS = 2;
/** Ended sessions stay a while, to tell who was signed in; counters of tries mean nothing once they ran out. */
const SESSION_DAYS = 30;

/** What a run of housekeeping took away, in rows. */
export type Thinned = {
  readonly evidence: number;
  readonly equityPoints: number;
  readonly liveEvents: number;
  readonly cycles: number;
  readonly sessions: number;
  readonly rateLimits: number;
};

const inBatches = async (work: () => Promise<number>): Promise<number> => {
  let total = 0;
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const count = await work();
    total += count;
    if (count < BATCH) break;
  }
  return total;
};

const dropEvidence = ({ db }: Pick<Ports, "db">, before: Date): Promise<number> => db.$executeRaw`
  UPDATE signals SET evidence = NULL WHERE id IN
    (SELECT id FROM signals WHERE created_at < ${before} AND evidence IS NOT NULL ORDER BY created_at LIMIT ${BATCH})`;

const dropLiveEvents = ({ db }: Pick<Ports, "db">, before: Date): Promise<number> => db.$executeRaw`
  DELETE FROM live_events WHERE (user_id, number) IN
    (SELECT user_id, number FROM live_events WHERE created_at < ${before} ORDER BY created_at LIMIT ${BATCH})`;

const dropSessions = ({ db }: Pick<Ports, "db">, before: Date): Promise<number> => db.$executeRaw`
  DELETE FROM sessions WHERE id IN
    (SELECT id FROM sessions WHERE expires_at < ${before} ORDER BY expires_at LIMIT ${BATCH})`;

const dropRateLimits = ({ db }: Pick<Ports, "db">, before: Date): Promise<number> => db.$executeRaw`
  DELETE FROM rate_limits WHERE key IN
    (SELECT key FROM rate_limits WHERE expire < ${before.getTime()} ORDER BY expire LIMIT ${BATCH})`;

/** Keeps the last point of each hour (day) among those older than 7 (90) days, counted back from each bot's newest. */
const thinEquity = ({ db }: Pick<Ports, "db">): Promise<number> => db.$executeRaw`
  DELETE FROM equity_points p USING (
    SELECT bot_id, at FROM (
      SELECT e.bot_id, e.at, e.at < n.newest - interval '7 days' AS is_old,
        row_number() OVER (PARTITION BY e.bot_id,
          CASE WHEN e.at < n.newest - interval '90 days' THEN date_trunc('day', e.at) ELSE date_trunc('hour', e.at) END
          ORDER BY e.at DESC) AS rank
      FROM equity_points e JOIN (SELECT bot_id, max(at) AS newest FROM equity_points GROUP BY bot_id) n ON n.bot_id = e.bot_id
    ) ranked WHERE is_old AND rank > 1 LIMIT ${BATCH}
  ) spare WHERE p.bot_id = spare.bot_id AND p.at = spare.at`;

/** Cycles that only held become counts of their day; whatever led to an order or a refusal stays. */
const thinCycles = (tx: Transaction, before: Date): Promise<number> =>
  tx.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM cycles c WHERE c.ended_at < ${before} AND c.status IN ('done', 'skipped') AND c.missed_count IS NULL
      AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.cycle_id = c.id AND d.action <> 'hold')
      AND NOT EXISTS (SELECT 1 FROM order_intents i WHERE i.cycle_id = c.id)
    ORDER BY c.ended_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`.then(async (rows) => {
    const ids = rows.map(({ id }) => id);
    await tx.$executeRaw`DELETE FROM decisions WHERE cycle_id = ANY(${ids}::uuid[])`;
    await tx.$executeRaw`DELETE FROM signals WHERE cycle_id = ANY(${ids}::uuid[])`;
    await tx.$executeRaw`
      INSERT INTO cycle_days (bot_id, day, done, skipped)
      SELECT bot_id, (slot AT TIME ZONE 'UTC')::date, count(*) FILTER (WHERE status = 'done'), count(*) FILTER (WHERE status = 'skipped')
      FROM cycles WHERE id = ANY(${ids}::uuid[]) GROUP BY 1, 2
      ON CONFLICT (bot_id, day) DO UPDATE SET done = cycle_days.done + excluded.done, skipped = cycle_days.skipped + excluded.skipped`;
    return tx.$executeRaw`DELETE FROM cycles WHERE id = ANY(${ids}::uuid[])`;
  });

/** Keeps the volume of years within bounds (TRADING 9). Trades, orders, fills and the ledger stay for ever. */
export const thinRecords = async (ports: Pick<Ports, "db" | "wallNow">): Promise<Thinned> => {
  const daysAgo = (days: number): Date => new Date(ports.wallNow() - days * DAY_MS);
  return {
    evidence: await inBatches(() => dropEvidence(ports, daysAgo(EVIDENCE_DAYS))),
    equityPoints: await inBatches(() => thinEquity(ports)),
    liveEvents: await inBatches(() => dropLiveEvents(ports, daysAgo(LIVE_EVENT_DAYS))),
    cycles: await inBatches(() => inTransaction(ports.db, (tx) => thinCycles(tx, daysAgo(CYCLE_DAYS)))),
    sessions: await inBatches(() => dropSessions(ports, daysAgo(SESSION_DAYS))),
    rateLimits: await inBatches(() => dropRateLimits(ports, daysAgo(1))),
  };
};
