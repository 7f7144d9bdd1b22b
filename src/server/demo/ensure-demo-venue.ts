import type { Ports } from "../ports";
import type { DemoMarket } from "./demo-market";

/** The demo's venue. `openedAt` null: its bots have not lived their history to the end. */
export type DemoVenue = { readonly id: string; readonly openedAt: number | null };

/** The venue of this market, made with a clock that stands still when it is new. */
export const ensureDemoVenue = async (
  { db, newId }: Pick<Ports, "db" | "newId">,
  market: DemoMarket,
): Promise<DemoVenue> => {
  const { identity, name, finestTimeframe, historyFrom } = market;
  const highWater = new Date(historyFrom);
  const clock = { anchorWall: new Date(historyFrom), anchorMarket: highWater, speed: 0, highWater };
  const { id, openedAt } = await db.venue.upsert({
    where: { identity },
    create: { id: newId(), kind: "demo", name, identity, finestTimeframe, clock: { create: clock } },
    update: { archivedAt: null },
  });
  return { id, openedAt: openedAt?.getTime() ?? null };
};
