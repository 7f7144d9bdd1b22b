import { decisionTimeframes } from "~/trading/decision/decide";
import { isDecisionDue } from "~/trading/decision/decision-due";
import { decideBegin, type BeginOutcome } from "~/trading/cycle/begin-cycle";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { appendLiveEvent } from "../live/append-live-event";
import type { Ports } from "../ports";
import { findOutage } from "../venues/find-outage";
import { toClockRow, venueTimeAt } from "../venues/venue-time";
import { LEASE_SECONDS, VenueOutageError, type CycleRef } from "./cycle-ref";
import { loadBeginRow, type BeginRow } from "./begin-row";
import { recordAt } from "./stage-record";
import { PROCESS_NAME } from "./start-stage";

export type BegunCycle =
  | { readonly outcome: "skipped"; readonly reason: string }
  | {
      readonly outcome: "begun";
      readonly cycle: CycleRef;
      readonly hasPositions: boolean;
      readonly isDecisionDue: boolean;
    };

/** The begin is recorded in the same write: whoever goes on after a kill is seen by it, and how often it was begun. */
const claim = async (tx: Transaction, row: BeginRow, { holder, startedAt }: Claimant): Promise<bigint> => {
  const epoch = row.epoch + 1n;
  const durationMs = Math.round(performance.now() - startedAt);
  const record = recordAt({ result: { hasPositions: row.hasPositions }, durationMs, process: PROCESS_NAME });
  // A dead holder's cycle is closed before the next one starts; orders it never sent will not be sent.
  if (row.hasDeadCycle) await abandonDeadCycle(tx, row);
  await tx.$executeRaw`
    WITH lease AS (
      UPDATE bot_leases SET holder = ${holder}, epoch = ${epoch},
        expires_at = clock_timestamp() + ${LEASE_SECONDS} * interval '1 second'
      WHERE bot_id = ${row.botId}::uuid
    )
    UPDATE cycles SET status = 'running', epoch = ${epoch}, holder = ${holder}, settings_version = ${row.settingsVersion},
      started_at = coalesce(started_at, clock_timestamp()),
      stages = jsonb_set(stages, '{begin-cycle}', ${record} ||
        jsonb_build_object('attempt', coalesce((stages #>> '{begin-cycle,attempt}')::int, 0) + 1, 'before', stages #> '{begin-cycle,process}'))
    WHERE id = ${row.cycleId}::uuid`;
  return epoch;
};

const abandonDeadCycle = (tx: Transaction, row: BeginRow) =>
  tx.$executeRaw`
    WITH dead AS (
      UPDATE cycles SET status = 'abandoned', ended_at = clock_timestamp()
      WHERE bot_id = ${row.botId}::uuid AND status = 'running' AND id <> ${row.cycleId}::uuid RETURNING id
    )
    UPDATE orders SET status = 'expired', status_reason = 'its cycle was abandoned', updated_at = clock_timestamp()
    FROM order_intents i, dead, bots b WHERE i.id = orders.intent_id AND i.cycle_id = dead.id AND b.id = i.bot_id
      AND (orders.status = 'pending' OR (orders.status = 'submitting' AND b.account_kind = 'paper'))`;

const skip = async (
  tx: Transaction,
  row: BeginRow,
  outcome: Extract<BeginOutcome, { outcome: "skip" }>,
): Promise<void> => {
  const { botId, cycleId, userId } = row;
  const skipped = await tx.$executeRaw`
    UPDATE cycles SET status = 'skipped', skip_reason = ${outcome.reason}::"SkipReason", ended_at = clock_timestamp()
    WHERE id = ${cycleId}::uuid AND status = 'due'`;
  if (skipped === 0) return;
  const slot = new Date(row.slot).toISOString();
  appendLiveEvent(tx, userId, { kind: "cycle-ended", botId, cycleId, slot, status: "skipped", equity: null });
};

type Claimant = { readonly holder: string; readonly startedAt: number };
type Claimed = { readonly row: BeginRow; readonly epoch: bigint };

const claimOrSkip = (
  ports: Pick<Ports, "db" | "wallNow">,
  due: { readonly botId: string; readonly cycleId: string; readonly holder: string },
): Promise<Claimed | { readonly reason: string }> => {
  const startedAt = performance.now();
  return inTransaction(ports.db, async (tx) => {
    const row = await loadBeginRow(tx, due);
    const outcome = decideBegin({
      ...row,
      holder: due.holder,
      venueNow: venueTimeAt(toClockRow(row.clock), ports.wallNow()),
    });
    if (outcome.outcome === "ended") return { reason: "it has ended before" };
    if (outcome.outcome === "early") return { reason: "its time has not come: it will be announced again" };
    if (outcome.outcome === "skip") {
      await skip(tx, row, outcome);
      return { reason: outcome.reason };
    }
    return { row, epoch: await claim(tx, row, { holder: due.holder, startedAt }) };
  });
};

/**
 * The first step: claims the bot's lease under a new epoch, re-reads status, settings version and trading state, and
 * ends the slot where it must. Harmless to repeat by the same run. Throws VenueOutageError where the venue has to be
 * asked and is known not to answer.
 */
export const beginCycle = async (
  ports: Pick<Ports, "db" | "wallNow" | "contexts">,
  due: { readonly botId: string; readonly cycleId: string; readonly holder: string },
): Promise<BegunCycle> => {
  const claimed = await claimOrSkip(ports, due);
  if ("reason" in claimed) return { outcome: "skipped", reason: claimed.reason };
  const { row, epoch } = claimed;
  const { botId, cycleId, slot, settingsVersion, hasPositions, lastDoneSlot } = row;
  // After the transaction: a second connection asked for inside it would starve a pool full of waiting begins.
  const { settings, venue } = await ports.contexts(botId, settingsVersion);
  const [series] = decisionTimeframes(settings);
  const isDue = isDecisionDue(slot, lastDoneSlot, series.timeframe);
  const outage = isDue || hasPositions ? await findOutage(ports.db, venue.id, ports.wallNow()) : null;
  if (outage !== null) throw new VenueOutageError(outage);
  return {
    outcome: "begun",
    cycle: { cycleId, botId, slot, settingsVersion, epoch: String(epoch), holder: due.holder },
    hasPositions,
    isDecisionDue: isDue,
  };
};
