import type { Database } from "../db/client";
import type { MarketSnapshot } from "../db/prisma";
import { createRowMemory } from "./create-row-memory";

/** Those of a few slots of all markets; one that was dropped is read again. */
const SNAPSHOTS_MAX = 1000;
const memoryOf = createRowMemory<MarketSnapshot>(SNAPSHOTS_MAX);

const keyOf = (slot: number, marketId: number): string => `${slot}:${marketId}`;

/** Snapshots as they are stored, of a slot (ms): they are not read again. */
export const noteSnapshots = (db: Database, slot: number, rows: readonly MarketSnapshot[]): void => {
  const memory = memoryOf(db);
  for (const row of rows) memory.add(keyOf(slot, row.marketId), row);
};

/** The stored snapshots of markets at a slot (ms). A stored snapshot never changes: each is read once, for all bots. */
export const readSnapshots = async (
  db: Database,
  { slot, marketIds }: { readonly slot: number; readonly marketIds: readonly number[] },
): Promise<MarketSnapshot[]> => {
  const memory = memoryOf(db);
  const known = new Map(marketIds.map((marketId) => [marketId, memory.get(keyOf(slot, marketId))]));
  const missing = marketIds.filter((marketId) => !known.get(marketId));
  if (missing.length > 0) {
    const rows = await db.marketSnapshot.findMany({ where: { slot: new Date(slot), marketId: { in: missing } } });
    noteSnapshots(db, slot, rows);
    for (const row of rows) known.set(row.marketId, row);
  }
  return marketIds.flatMap((marketId) => known.get(marketId) ?? []);
};
