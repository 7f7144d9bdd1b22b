import type { Ports } from "../ports";
import { endRuns } from "../steering/end-runs";

const NOT_RUNNING = "marketNotRunning" as const;

/**
 * Archives the demo venues that are not shown, stops their clocks and bots, and tells their owners. Bots stopped for
 * this reason resume with their market.
 */
export const switchDemoVenue = async (
  { db, newId, wallNow }: Pick<Ports, "db" | "newId" | "wallNow">,
  venueId: string,
): Promise<void> => {
  const now = new Date(wallNow());
  await db.$transaction(async (tx) => {
    const isOther = { venue: { kind: "demo" as const, id: { not: venueId } } };
    const stopped = await tx.bot.findMany({ where: { status: { in: ["running", "paused"] }, account: isOther } });
    await tx.bot.updateMany({
      where: { id: { in: stopped.map(({ id }) => id) } },
      data: { status: "stopped", stoppedReason: NOT_RUNNING },
    });
    await endRuns(
      tx,
      stopped.map(({ id }) => id),
    );
    await tx.activity.createMany({
      data: stopped.map(({ id, userId, name }) => ({
        id: newId(),
        userId,
        botId: id,
        kind: NOT_RUNNING,
        text: `${name} is stopped: its market is not running`,
        at: now,
      })),
    });
    // A killed market stands where it would resume; one that never opened keeps its history's clock.
    await tx.$executeRaw`
      UPDATE venue_clocks k SET speed = 0, previous_speed = 0,
        anchor_market = CASE WHEN v.opened_at IS NULL OR k.speed = 0 THEN k.anchor_market ELSE k.high_water END
      FROM venues v WHERE v.id = k.venue_id AND v.kind = 'demo' AND v.id <> ${venueId}::uuid`;
    await tx.venue.updateMany({
      where: { kind: "demo", id: { not: venueId }, archivedAt: null },
      data: { archivedAt: now },
    });
    await tx.bot.updateMany({
      where: { stoppedReason: NOT_RUNNING, account: { venueId } },
      data: { status: "running", stoppedReason: null },
    });
  });
};
