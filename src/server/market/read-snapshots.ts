import type { Database } from "../db/client";
import type { MarketSnapshot } from "../db/prisma";
import { createRowMemory } from "./create-row-memory";

/** Those of a few slots of all markets; one that was dropped is read again. */
const SNAPSHOTS_MAX = 1000;
const memoryOf = createRowMemory<MarketSnapshot>(SNAPSHOTS_MAX);

/** The stored snapshots of markets at a slot (ms). A stored snapshot never changes: each is read once, for all bots. */
export const readSnapshots = async (
  db: Database,
  { slot, marketIds }: { readonly slot: number; readonly marketIds: readonly number[] },
): Promise<MarketSnapshot[]> => {
  const memory = memoryOf(db);
  const keyOf = (marketId: number): string => `${slot}:${marketId}`;
  const known = new Map(marketIds.map((marketId) => [marketId, memory.get(keyOf(marketId))]));
  const missing = marketIds.filter((marketId) => !known.get(marketId));
  if (missing.length > 0) {
    const rows = await db.marketSnapshot.findMany({ where: { slot: new Date(slot), marketId: { in: missing } } });
    for (const row of rows) {
      memory.add(keyOf(row.marketId), row);
      known.set(row.marketId, row);
    }
  }
  return marketIds.flatMap((marketId) => known.get(marketId) ?? []);
};
