import type { BotContext } from "../bot-context";
import type { Database } from "../db/client";
import type { MarketSnapshot } from "../db/prisma";

type SlotContext = Pick<BotContext, "venue">;

/** By the context of a cycle, and gone with it. A stored snapshot never changes. */
const seen = new WeakMap<object, Map<string, MarketSnapshot>>();

const keyOf = (slot: number, marketId: number): string => `${slot}:${marketId}`;

const seenIn = (context: SlotContext): Map<string, MarketSnapshot> => {
  const known = seen.get(context) ?? new Map<string, MarketSnapshot>();
  seen.set(context, known);
  return known;
};

/** Snapshots as they are stored, of a slot (ms): they are not read again for the context. */
export const noteSnapshots = (context: SlotContext, slot: number, rows: readonly MarketSnapshot[]): void => {
  for (const row of rows) seenIn(context).set(keyOf(slot, row.marketId), row);
};

/** The stored snapshots of markets at a slot (ms), each read once for a context. */
export const readSnapshots = async (
  db: Database,
  context: SlotContext,
  { slot, marketIds }: { readonly slot: number; readonly marketIds: readonly number[] },
): Promise<MarketSnapshot[]> => {
  const known = seenIn(context);
  const missing = marketIds.filter((marketId) => !known.has(keyOf(slot, marketId)));
  if (missing.length > 0) {
    const rows = await db.marketSnapshot.findMany({ where: { slot: new Date(slot), marketId: { in: missing } } });
    noteSnapshots(context, slot, rows);
  }
  return marketIds.flatMap((marketId) => known.get(keyOf(slot, marketId)) ?? []);
};
