import type { Database } from "../../db/client";

/** How many events one reading takes. */
export const NEWS_MAX = 200;

export type StoredEvent = { readonly number: bigint; readonly kind: string; readonly payload: object };

/** A topic at one instant: its newest number, and the events after a cursor. */
export type Topic = { readonly lastNumber: bigint; readonly events: readonly StoredEvent[] };

type Row = {
  readonly lastNumber: bigint;
  readonly number: bigint | null;
  readonly kind: string;
  readonly payload: object;
};

/** Reads counter and events in one statement, so that both are of one instant. */
export const readNews = async (db: Database, userId: string, after: bigint | null): Promise<Topic> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT t.last_number AS "lastNumber", e.number, e.kind, e.payload
    FROM live_topics t LEFT JOIN LATERAL (
      SELECT number, kind, payload FROM live_events
      WHERE user_id = t.user_id AND number > coalesce(${after}::bigint, t.last_number) ORDER BY number LIMIT ${NEWS_MAX}
    ) e ON true WHERE t.user_id = ${userId}::uuid ORDER BY e.number`;
  return {
    lastNumber: rows[0]?.lastNumber ?? 0n,
    events: rows.flatMap(({ number, kind, payload }) => (number === null ? [] : [{ number, kind, payload }])),
  };
};
