import type { Ports } from "../ports";
import { recordMarkets } from "../venues/record-markets";
import { DEMO_EMAIL } from "../venues/speed-rights";
import type { DemoMarket } from "./demo-market";
import { ensureDemoBots } from "./ensure-demo-bots";

type SeedPorts = Pick<Ports, "db" | "newId" | "wallNow" | "marketDataOf">;

const ensureUser = async ({ db, newId, wallNow }: SeedPorts): Promise<string> =>
  (
    await db.user.upsert({
      where: { email: DEMO_EMAIL },
      // No mail ever reaches it.
      create: { id: newId(), email: DEMO_EMAIL, emailVerifiedAt: new Date(wallNow()) },
      update: {},
      select: { id: true },
    })
  ).id;

/** Stores the markets that the venue lists. */
export const seedMarkets = async (ports: SeedPorts, venueId: string): Promise<void> => {
  const market = await ports.marketDataOf({ id: venueId, kind: "demo" });
  await recordMarkets(ports, venueId, await market.listMarkets());
};

/** Makes markets, demo user and bots where they are missing: a start that was killed half-way goes on. */
export const seedDemo = async (ports: SeedPorts, venueId: string, market: DemoMarket): Promise<void> => {
  const { historyFrom, opensAt } = market;
  await seedMarkets(ports, venueId);
  const startsAt = (historyMs: number | null): number =>
    historyMs === null ? historyFrom : Math.max(historyFrom, opensAt - historyMs);
  await ensureDemoBots(ports, { userId: await ensureUser(ports), venueId, startsAt });
};
