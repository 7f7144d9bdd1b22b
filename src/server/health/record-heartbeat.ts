import type { Ports } from "../ports";

export type ProcessName = "runner" | "market";

/** Signs that a process lives and reaches the database. By the database's clock, which all processes share. */
export const recordHeartbeat = async ({ db }: Pick<Ports, "db">, name: ProcessName): Promise<void> => {
  await db.$executeRaw`
    INSERT INTO process_heartbeats (name, beat_at) VALUES (${name}, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at`;
};
