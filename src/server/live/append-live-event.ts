import type { LiveEvent } from "~/contracts/live-event";
import { beforeCommit } from "../db/in-transaction";
import type { RawSql } from "../db/raw-sql";

/** The channel that wakes the streams of every process; its payload is the user's id. */
export const LIVE_CHANNEL = "live_events";

type Batch = Map<string, LiveEvent[]>;
const batches = new WeakMap<RawSql, Batch>();

/** Takes the topic's next numbers, writes the events under them and notifies, in one statement. */
const writeEvents = (tx: RawSql, userId: string, events: readonly LiveEvent[]) => tx.$executeRaw`
  WITH topic AS (
    INSERT INTO live_topics AS t (user_id, last_number) VALUES (${userId}::uuid, ${events.length})
    ON CONFLICT (user_id) DO UPDATE SET last_number = t.last_number + excluded.last_number
    RETURNING user_id, last_number
  ), written AS (
    INSERT INTO live_events (user_id, number, kind, payload)
    SELECT topic.user_id, topic.last_number - ${events.length} + e.position, e.event ->> 'kind', e.event - 'kind'
    FROM topic, jsonb_array_elements(${JSON.stringify(events)}::jsonb) WITH ORDINALITY AS e(event, position)
  )
  SELECT pg_notify(${LIVE_CHANNEL}, user_id::text) FROM topic`;

const flush = async (tx: RawSql, batch: Batch): Promise<void> => {
  // In one order for all, so that transactions that tell several users cannot deadlock.
  for (const userId of [...batch.keys()].toSorted()) await writeEvents(tx, userId, batch.get(userId) ?? []);
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
