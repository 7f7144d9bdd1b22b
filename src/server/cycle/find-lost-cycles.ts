import { phaseDelayMs } from "~/trading/cycle/phase-delay";
import type { Ports } from "../ports";
import { shownTimeSql } from "../venues/venue-time-sql";
import type { PlannedCycle } from "./planned-cycle";

/**
 * A due slot that no run began this long after its time is announced again. The runner looks every 5 s, which makes it
 * at most 15 s late. A server's cron looks every minute, which makes it at most 75 s late.
 */
const LOST_AFTER_MS = 10_000;

/** Slots per page. A look goes on with the page after the last slot. */
export const LOST_MAX = 200;
const BEFORE_ALL = { slot: new Date(0), cycleId: "00000000-0000-0000-0000-000000000000" };

type DueCycle = {
  readonly botId: string;
  readonly cycleId: string;
  readonly slot: Date;
  readonly intervalSeconds: number;
  /** The market is simulated, so its bots begin without phase delay. */
  readonly hasClock: boolean;
};

/** One page of due slots whose time passed before `before`, after the given slot. */
const readDue = (
  { db }: Pick<Ports, "db">,
  before: number,
  after: Pick<DueCycle, "slot" | "cycleId">,
): Promise<DueCycle[]> => db.$queryRaw<DueCycle[]>`
  SELECT c.bot_id AS "botId", c.id AS "cycleId", c.slot, b.interval_seconds AS "intervalSeconds",
    k.venue_id IS NOT NULL AS "hasClock"
  FROM cycles c JOIN bots b ON b.id = c.bot_id JOIN accounts a ON a.id = b.account_id
  LEFT JOIN venue_clocks k ON k.venue_id = a.venue_id
  WHERE c.status = 'due' AND (c.retry_at IS NULL OR c.retry_at <= ${new Date(before)}) AND (c.slot, c.id) > (${after.slot}, ${after.cycleId}::uuid)
    AND c.slot <= ${shownTimeSql(before)}
  ORDER BY c.slot, c.id LIMIT ${LOST_MAX}`;

/** On a real venue each bot begins some seconds after its slot, by its own phase delay. */
const hasBegunLate = ({ botId, slot, intervalSeconds, hasClock }: DueCycle, before: number): boolean =>
  hasClock || slot.getTime() + phaseDelayMs(botId, intervalSeconds * 1000) <= before;

/**
 * One page of slots that are past their time and still due, after the last of the page before. Their event was lost, so
 * they are announced again, to begin at once.
 */
export const findLostCycles = async (
  ports: Pick<Ports, "db" | "wallNow">,
  from?: PlannedCycle | null,
): Promise<PlannedCycle[]> => {
  const wallAt = ports.wallNow();
  const before = wallAt - LOST_AFTER_MS;
  const lost: DueCycle[] = [];
  let after: Pick<DueCycle, "slot" | "cycleId"> = from
    ? { slot: new Date(from.slot), cycleId: from.cycleId }
    : BEFORE_ALL;
  for (;;) {
    const rows = await readDue(ports, before, after);
    lost.push(...rows.filter((row) => hasBegunLate(row, before)));
    const last = rows.at(-1);
    if (!last || rows.length < LOST_MAX || lost.length >= LOST_MAX) break;
    after = last;
  }
  return lost
    .slice(0, LOST_MAX)
    .map(({ botId, cycleId, slot }) => ({ botId, cycleId, slot: slot.toISOString(), wallAt }));
};
