import type { BotContext } from "../bot-context";
import type { Database } from "../db/client";
import type { MarketSnapshot } from "../db/prisma";

/** By the context of a cycle, and gone with it. A stored snapshot never changes. */
const seen = new WeakMap<object, Map<string, MarketSnapshot>>();

/** The stored snapshots of markets at a slot (ms), each read once for a context. */
export const readSnapshots = async (
  db: Database,
  context: Pick<BotContext, "venue">,
  { slot, marketIds }: { readonly slot: number; readonly marketIds: readonly number[] },
): Promise<MarketSnapshot[]> => {
  const known = seen.get(context) ?? new Map<string, MarketSnapshot>();
  seen.set(context, known);
  const keyOf = (marketId: number): string => `${slot}:${marketId}`;
  const missing = marketIds.filter((marketId) => !known.has(keyOf(marketId)));
  if (missing.length > 0) {
    const rows = await db.marketSnapshot.findMany({ where: { slot: new Date(slot), marketId: { in: missing } } });
    for (const row of rows) known.set(keyOf(row.marketId), row);
  }
  return marketIds.flatMap((marketId) => known.get(keyOf(marketId)) ?? []);
};
