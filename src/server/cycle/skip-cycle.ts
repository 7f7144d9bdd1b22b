import type { BeginOutcome } from "~/trading/cycle/begin-cycle";
import { HOUR_MS } from "~/trading/market/duration";
import type { Transaction } from "../db/client";
import { appendLiveEvent } from "../live/append-live-event";
import { tellUser } from "../live/tell-user";
import type { BeginRow } from "./begin-row";

export type Skipping = { readonly row: BeginRow; readonly newId: () => string; readonly wallNow: number };
type SkipReason = Extract<BeginOutcome, { outcome: "skip" }>["reason"];

const WHY: Record<SkipReason, string> = {
  stale: "its time had passed before it could be tried again",
  busy: "another cycle had its bot when it was to be tried again",
  paused: "its bot did not run when it was to be tried again",
  halted: "its bot was halted before it could be tried again",
};

/** At most once per hour of wall time: a bot's slots may come faster than its next try. */
const tellWhatFailed = (tx: Transaction, { row, newId, wallNow }: Skipping, why: string): Promise<void> =>
  tellUser(
    tx,
    { id: newId(), userId: row.userId, botId: row.botId },
    {
      key: `cycle-not-retried:${row.botId}:${Math.floor(wallNow / HOUR_MS)}`,
      kind: "error",
      severity: "warning",
      message: `A cycle failed, and ${why}`,
    },
  );

/** Ends a due slot that must not run. If its cycle failed before, it keeps the failure and its user is alerted. */
export const skipCycle = async (tx: Transaction, skipping: Skipping, reason: SkipReason): Promise<void> => {
  const { botId, cycleId, userId, failure, retries, slot } = skipping.row;
  const skipped = await tx.$executeRaw`
    UPDATE cycles SET status = 'skipped', skip_reason = ${reason}::"SkipReason", ended_at = clock_timestamp()
    WHERE id = ${cycleId}::uuid AND status = 'due'`;
  if (skipped === 0) return;
  if (retries > 0 && failure !== null) await tellWhatFailed(tx, skipping, `${WHY[reason]}: ${failure}`);
  const at = new Date(slot).toISOString();
  appendLiveEvent(tx, userId, { kind: "cycle-ended", botId, cycleId, slot: at, status: "skipped", equity: null });
};

type OlderDue = {
  readonly cycleId: string;
  readonly slot: Date;
  readonly retries: number;
  readonly failure: string | null;
};

/** Ends due slots older than the one that begins: they must not run after it, and no past slot may stay due. */
export const skipOvertaken = async (tx: Transaction, skipping: Skipping): Promise<void> => {
  const { row } = skipping;
  const older = await tx.$queryRaw<OlderDue[]>`
    SELECT id AS "cycleId", slot, retries, failure FROM cycles
    WHERE bot_id = ${row.botId}::uuid AND status = 'due' AND slot < ${new Date(row.slot)} ORDER BY slot`;
  for (const { slot, ...cycle } of older) {
    await skipCycle(tx, { ...skipping, row: { ...row, ...cycle, slot: slot.getTime() } }, "stale");
  }
};
