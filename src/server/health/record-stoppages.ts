import { describeStoppage, type Part } from "~/contracts/pulse";
import { inTransaction } from "../db/in-transaction";
import type { RawDatabase, RawSql } from "../db/raw-sql";
import { appendLiveEvent } from "../live/append-live-event";
import { tellUser } from "../live/tell-user";
import type { Ports } from "../ports";
import { isJudged } from "./judge-beats";

type Found = { readonly part: Part; readonly since: Date };

const SEVERITY: Record<Part, "critical" | "warning"> = {
  database: "critical",
  runner: "critical",
  functions: "critical",
  market: "critical",
  cycles: "warning",
};

const KIND = "stopped-";
const kindOf = (part: Part) => `${KIND}${part}` as const;

/** Every user whose bots may trade. */
const findTraders = (tx: RawSql) =>
  tx.$queryRaw<{ id: string }[]>`
    SELECT u.id::text AS id FROM users u WHERE u.archived_at IS NULL
      AND EXISTS (SELECT FROM bots b WHERE b.user_id = u.id AND b.status <> 'archived') ORDER BY u.id`;

const isPart = (part: string): part is Part => part in SEVERITY;

const open = async (tx: RawSql, ports: Pick<Ports, "newId">, { part, since }: Found): Promise<void> => {
  const { title, advice } = describeStoppage(part);
  const key = `${kindOf(part)}:${since.toISOString()}`;
  const alert = { key, kind: kindOf(part), severity: SEVERITY[part], message: `${title}. ${advice}`, createdAt: since };
  for (const { id: userId } of await findTraders(tx)) {
    // One that was ended too early goes on: its cause is the same.
    const again = await tx.$executeRaw`
      UPDATE alerts SET ended_at = NULL WHERE user_id = ${userId}::uuid AND key = ${key} AND ended_at IS NOT NULL`;
    if (again === 0) {
      await tellUser(tx, { id: ports.newId(), userId, botId: null }, alert);
    }
  }
};

const end = async (tx: RawSql, parts: readonly Part[]): Promise<void> => {
  const ended = await tx.$queryRaw<{ userId: string; part: Part }[]>`
    UPDATE alerts SET ended_at = greatest(created_at, clock_timestamp())
    WHERE ended_at IS NULL AND kind LIKE 'stopped-%' AND kind = ANY(${parts.map(kindOf)})
    RETURNING user_id::text AS "userId", substr(kind, ${KIND.length + 1}) AS part`;
  for (const { userId, part } of ended) {
    const message = describeStoppage(part).over;
    appendLiveEvent(tx, userId, { kind: "alert", botId: null, severity: "info", message });
  }
};

/** The parts whose alerts have not ended. */
const findLasting = async (db: RawSql): Promise<Part[]> => {
  const rows = await db.$queryRaw<{ part: string }[]>`
    SELECT DISTINCT substr(kind, ${KIND.length + 1}) AS part FROM alerts WHERE ended_at IS NULL AND kind LIKE 'stopped-%'`;
  return rows.map(({ part }) => part).filter(isPart);
};

/**
 * Opens an alert for each part that has stopped, to every user with bots, once while it lasts, and ends those whose
 * cause is over; parts that a check does not judge stay as they are. Repeatable, and safe to run twice at once.
 */
export const recordStoppages = async (
  ports: Pick<Ports, "newId"> & { readonly db: RawDatabase },
  found: readonly Found[],
): Promise<void> => {
  const split = (lasting: readonly Part[]) => ({
    begun: found.filter(({ part }) => !lasting.includes(part)),
    over: lasting.filter((part) => isJudged(part, found) && found.every((each) => each.part !== part)),
  });
  const seen = split(await findLasting(ports.db));
  if (seen.begun.length + seen.over.length === 0) return;
  await inTransaction(ports.db, async (tx) => {
    // A concurrent watcher waits here, and then finds nothing to do.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('record-stoppages'))`;
    const { begun, over } = split(await findLasting(tx));
    for (const each of begun) await open(tx, ports, each);
    await end(tx, over);
  });
};
