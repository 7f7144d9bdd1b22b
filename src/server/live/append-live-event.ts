import type { LiveEvent } from "~/contracts/live-event";
import { beforeCommit } from "../db/in-transaction";
import type { RawSql } from "../db/raw-sql";

/** The channel that wakes the streams of every process; its payload is the user's id. */
export const LIVE_CHANNEL = "live_events";

export type Told = { readonly userId: string; readonly event: LiveEvent };

/** As `append_live_events` takes them: each user's events in their order. */
export const numberTold = (told: readonly Told[]): string => {
  const last = new Map<string, number>();
  const rows = told.map(({ userId, event }) => {
    const position = (last.get(userId) ?? 0) + 1;
    last.set(userId, position);
    return { user_id: userId, position, event };
  });
  return JSON.stringify(rows);
};

const batches = new WeakMap<RawSql, Told[]>();

const flush = async (tx: RawSql, told: readonly Told[]): Promise<void> => {
  await tx.$queryRaw`SELECT append_live_events(${numberTold(told)}::jsonb, ${LIVE_CHANNEL})::text`;
};

/**
 * Tells a user something that this transaction makes true. It is written as the transaction's last statement, whenever
 * this is called: a user's numbers are then gapless and in commit order, since the topic's row stays locked from the
 * number to the commit, and no longer. `tx` must come from `inTransaction`.
 */
export const appendLiveEvent = (tx: RawSql, userId: string, event: LiveEvent): void => {
  let batch = batches.get(tx);
  if (!batch) {
    const opened: Told[] = [];
    batch = opened;
    beforeCommit(tx, () => flush(tx, opened));
    batches.set(tx, opened);
  }
  batch.push({ userId, event });
};
