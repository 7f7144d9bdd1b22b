import type { PlannedCycle } from "../cycle/planned-cycle";
import type { Ports } from "../ports";
import { toClockRow, wallTimeOf } from "../venues/venue-time";

/** The runs that commands started and that have not begun. */
export const findRuns = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  botId: string,
): Promise<PlannedCycle[]> => {
  const cycles = await db.cycle.findMany({
    where: { botId, status: "due", commandId: { not: null } },
    select: { id: true, slot: true, bot: { select: { account: { select: { venue: { select: { clock: true } } } } } } },
    orderBy: { slot: "asc" },
  });
  return cycles.map(({ id, slot, bot: { account } }) => {
    const { clock } = account.venue;
    const wallAt = clock === null ? slot.getTime() : (wallTimeOf(toClockRow(clock), slot.getTime()) ?? wallNow());
    return { botId, cycleId: id, slot: slot.toISOString(), wallAt };
  });
};
