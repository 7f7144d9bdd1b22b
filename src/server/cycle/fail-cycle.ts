import { botSettingsSchema } from "~/trading/bot-settings";
import { isOutage } from "~/trading/venue-health";
import { utcMinute } from "~/trading/utc-minute";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import type { Prisma } from "../db/prisma";
import { appendLiveEvent } from "../live/append-live-event";
import { tellUser } from "../live/tell-user";
import { expireUnsent } from "../orders/expire-unsent";
import type { Ports } from "../ports";
import { toHealth } from "../venues/find-outage";
import { FAILURE_MAX } from "./cycle-ref";

const WITH_HEALTH = {
  bot: { include: { account: { include: { venue: { include: { health: true } } } } } },
} as const;

type Failed = Prisma.CycleGetPayload<{ include: typeof WITH_HEALTH }>;

/** Settings that this release cannot read fail each slot alike: their user is told once a version, not once a slot. */
const alertKeyOf = async (tx: Transaction, { id, botId, settingsVersion, bot }: Failed): Promise<string> => {
  const version = settingsVersion ?? bot.settingsVersion;
  const stored = await tx.botSettings.findUnique({ where: { botId_version: { botId, version } } });
  const isReadable = botSettingsSchema.safeParse(stored?.settings).success;
  return isReadable ? `cycle-failed:${id}` : `settings-unreadable:${botId}:${version}`;
};

/**
 * Ends a cycle whose run gave up: the cycle stores why, its user gets an alert, unsent orders expire and the bot is
 * free for its next slot. Does nothing when the cycle has already ended.
 */
export const failCycle = (
  ports: Pick<Ports, "db" | "newId" | "wallNow">,
  failed: { readonly cycleId: string; readonly message: string },
): Promise<{ readonly failed: boolean }> =>
  inTransaction(ports.db, async (tx) => {
    // Locks the lease first, to wait for a stage that may be ending the cycle.
    await tx.$queryRaw`SELECT 1 FROM bot_leases WHERE bot_id = (SELECT bot_id FROM cycles WHERE id = ${failed.cycleId}::uuid) FOR UPDATE`;
    const cycle = await tx.cycle.findUnique({ where: { id: failed.cycleId }, include: WITH_HEALTH });
    if (!cycle || (cycle.status !== "running" && cycle.status !== "due")) return { failed: false };
    const failure = failed.message.slice(0, FAILURE_MAX);
    await tx.$executeRaw`UPDATE bot_leases SET holder = NULL, expires_at = NULL
      WHERE bot_id = ${cycle.botId}::uuid AND epoch = ${cycle.epoch ?? -1n}`;
    await tx.cycle.update({ where: { id: cycle.id }, data: { status: "failed", failure, endedAt: new Date() } });
    await expireUnsent(tx, { cycleIds: [cycle.id], reason: "its cycle failed" });
    // An outage alerts its users once, not with each cycle of each bot.
    const { health } = cycle.bot.account.venue;
    if (health === null || !isOutage(toHealth(health), ports.wallNow())) {
      await tellUser(
        tx,
        { id: ports.newId(), userId: cycle.bot.userId, botId: cycle.botId },
        {
          key: await alertKeyOf(tx, cycle),
          kind: "error",
          severity: "critical",
          message: `The cycle of ${utcMinute(cycle.slot)} failed: ${failure}`,
        },
      );
    }
    appendLiveEvent(tx, cycle.bot.userId, {
      kind: "cycle-ended",
      botId: cycle.botId,
      cycleId: cycle.id,
      slot: cycle.slot.toISOString(),
      status: "failed",
      equity: null,
    });
    return { failed: true };
  });
