import type { LiveEvent } from "~/contracts/live-event";
import { beforeCommit } from "../db/in-transaction";
import type { RawSql } from "../db/raw-sql";

/** The channel that wakes the streams of every process; its payload is the user's id. */
export const LIVE_CHANNEL = "live_events";

type Batch = Map<string, LiveEvent[]>;
const batches = new WeakMap<RawSql, Batch>();

/**
 * Takes the topics' next numbers, writes the events under them and notifies, in one statement however many users are
 * told. Topics are locked in one order by all, so that transactions that tell several users cannot deadlock.
 */
const flush = async (tx: RawSql, batch: Batch): Promise<void> => {
  const told = [...batch].flatMap(([userId, events]) =>
    events.map((event, index) => ({ user_id: userId, position: index + 1, event })),
  );
  await tx.$executeRaw`
    WITH told AS (
      SELECT user_id, position, event FROM jsonb_to_recordset(${JSON.stringify(told)}::jsonb)
        AS t(user_id uuid, position int, event jsonb)
    ), topic AS (
      INSERT INTO live_topics AS t (user_id, last_number)
      SELECT user_id, count(*) FROM told GROUP BY user_id ORDER BY user_id
      ON CONFLICT (user_id) DO UPDATE SET last_number = t.last_number + excluded.last_number
      RETURNING user_id, last_number
    ), written AS (
      INSERT INTO live_events (user_id, number, kind, payload)
      SELECT user_id, last_number - (max(position) OVER (PARTITION BY user_id)) + position, event ->> 'kind', event - 'kind'
      FROM told JOIN topic USING (user_id)
    )
    SELECT pg_notify(${LIVE_CHANNEL}, user_id::text) FROM topic`;
};

/**
 * Tells a user something that this transaction makes true. It is written as the transaction's last statement, whenever
 * this is called: a user's numbers are then gapless and in commit order, since the topic's row stays locked from the
 * number to the commit, and no longer. `tx` must come from `inTransaction`.
 */
export const appendLiveEvent = (tx: RawSql, userId: string, event: LiveEvent): void => {
  let batch = batches.get(tx);
  if (!batch) {
    const opened: Batch = new Map();
    batch = opened;
    beforeCommit(tx, () => flush(tx, opened));
    batches.set(tx, opened);
  }
  batch.set(userId, [...(batch.get(userId) ?? []), event]);
};
