import type { RawSql } from "../db/raw-sql";
import type { BeatName } from "./judge-beats";

/** Signs that a part lives and reaches the database. By the database's clock, which all processes share. */
export const recordHeartbeat = async (
  { db }: { readonly db: RawSql },
  name: Exclude<BeatName, "cycles">,
): Promise<void> => {
  await db.$executeRaw`
    INSERT INTO process_heartbeats (name, beat_at) VALUES (${name}, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at`;
};
