import { isAnyDue } from "~/trading/cycle/ask-markets";
import { decideBegin } from "~/trading/cycle/begin-cycle";
import { asksModel } from "~/trading/cycle/model-question";
import { invariant } from "~/trading/invariant";
import type { ContextRow } from "../bot-context";
import type { Transaction } from "../db/client";
import { inTransaction, retryConflicts } from "../db/in-transaction";
import { Prisma } from "../db/prisma";
import type { Ports } from "../ports";
import { shownTimeAt } from "../venues/venue-time";
import { abandonDeadCycle } from "./abandon-dead-cycle";
import { loadBeginRow, lockBeginRow, type BeginRow } from "./begin-row";
import { VenueOutageError, type CycleRef } from "./cycle-ref";
import { LEASE_SECONDS } from "./lease";
import { skipCycle, skipOvertaken } from "./skip-cycle";
import { recordAt } from "./stage-record";
import { PROCESS_NAME } from "./start-stage";
import { tryStage, type SetBack } from "./try-stage";

export type BegunCycle =
  | SetBack
  | { readonly outcome: "skipped"; readonly reason: string }
  | {
      readonly outcome: "begun";
      readonly cycle: CycleRef;
      readonly hasPositions: boolean;
      readonly isDecisionDue: boolean;
      /** Whether its mode asks a model; absent: it does not. */
      readonly asksModel?: boolean;
    };

/**
 * Takes the lease under a new epoch, where lease and cycle are still as the row says. The same write records the begin,
 * so that a restart by another process and the number of begins are visible.
 */
const takenLease = (row: BeginRow, { holder, startedAt }: Claimant): Prisma.Sql => {
  const epoch = row.epoch + 1n;
  const durationMs = Math.round(performance.now() - startedAt);
  const record = recordAt({ result: { hasPositions: row.hasPositions }, durationMs, process: PROCESS_NAME });
  return Prisma.sql`
    WITH held AS (
      SELECT bot_id FROM bot_leases WHERE bot_id = ${row.botId}::uuid AND epoch = ${row.epoch}
        AND holder IS NOT DISTINCT FROM ${row.leaseHolder} FOR UPDATE
    ), claimed AS (
      UPDATE cycles SET status = 'running', epoch = ${epoch}, holder = ${holder}, settings_version = ${row.settingsVersion},
        started_at = coalesce(started_at, clock_timestamp()), retry_at = NULL, failure = NULL,
        stages = jsonb_set(stages, '{begin-cycle}', ${record} ||
          jsonb_build_object('attempt', coalesce((stages #>> '{begin-cycle,attempt}')::int, 0) + 1, 'before', CASE WHEN status = 'running' THEN stages #> '{begin-cycle,process}' END))
      FROM held WHERE cycles.id = ${row.cycleId}::uuid AND cycles.bot_id = held.bot_id
        AND cycles.status = ${row.cycleStatus}::"CycleStatus" RETURNING cycles.bot_id
    ), taken AS (
      UPDATE bot_leases SET holder = ${holder}, epoch = ${epoch},
        expires_at = clock_timestamp() + ${LEASE_SECONDS} * interval '1 second'
      FROM claimed WHERE bot_leases.bot_id = claimed.bot_id RETURNING bot_leases.bot_id
    )`;
};

/** Under the bot's lock. Ends the cycle of a dead holder before the next one starts; its unsent orders expire. */
const claim = async (tx: Transaction, row: BeginRow, claimant: Claimant): Promise<Claimed> => {
  if (row.hasDeadCycle) await abandonDeadCycle(tx, row);
  const taken = await tx.$queryRaw<object[]>`${takenLease(row, claimant)} SELECT 1 FROM taken`;
  invariant(taken.length === 1, `the lease of bot ${row.botId} changed under its lock`);
  return { row, epoch: row.epoch + 1n };
};

type Claimant = { readonly holder: string; readonly startedAt: number };
type Claimed = { readonly row: BeginRow; readonly epoch: bigint };

type BeginPorts = Pick<Ports, "db" | "wallNow" | "newId" | "contexts" | "retryDelayMs">;
type Due = { readonly botId: string; readonly cycleId: string; readonly holder: string };

const toRef = (due: Due, { row: { slot, settingsVersion, commandId }, epoch }: Claimed): CycleRef => ({
  ...due,
  slot,
  settingsVersion,
  epoch: String(epoch),
  ...(commandId !== null && { commandId }),
});

const decide = ({ wallNow }: { readonly wallNow: number }, row: BeginRow, { holder }: Due) =>
  decideBegin({ ...row, holder, wallNow, venueNow: shownTimeAt(row.clock, wallNow) });

/**
 * For a cycle that nothing stands in the way of: two statements without a transaction, of which the second also reads
 * the bot's context. Null: something does.
 */
const claimAtOnce = async (ports: BeginPorts, due: Due): Promise<Claimed | null> => {
  const startedAt = performance.now();
  const wallNow = ports.wallNow();
  const row = await loadBeginRow(ports.db, { ...due, wallNow });
  const isInWay = row.leaseHolder !== null || row.hasDeadCycle || row.hasOlderDue || row.cycleStatus !== "due";
  if (isInWay || decide({ wallNow }, row, due).outcome !== "claim") return null;
  const claimed = { row, epoch: row.epoch + 1n };
  const claimant = { holder: due.holder, startedAt };
  const isTaken = await ports.contexts.ofBegin(toRef(due, claimed), (rows) =>
    retryConflicts(
      () => ports.db.$queryRaw<ContextRow[]>`
        ${takenLease(row, claimant)} SELECT r.* FROM (${rows}) r, taken ORDER BY r.id`,
    ),
  );
  return isTaken ? claimed : null;
};

const claimOrSkip = (ports: BeginPorts, due: Due): Promise<Claimed | { readonly reason: string }> => {
  const startedAt = performance.now();
  return inTransaction(ports.db, async (tx) => {
    const wallNow = ports.wallNow();
    const row = await lockBeginRow(tx, { ...due, wallNow });
    const outcome = decide({ wallNow }, row, due);
    if (outcome.outcome === "ended") return { reason: "it has ended before" };
    if (outcome.outcome === "early") return { reason: "its time has not come: it will be announced again" };
    if (outcome.outcome === "skip") {
      await skipCycle(tx, { row, newId: ports.newId, wallNow }, outcome.reason);
      return { reason: outcome.reason };
    }
    if (row.hasOlderDue) await skipOvertaken(tx, { row, newId: ports.newId, wallNow });
    return claim(tx, row, { holder: due.holder, startedAt });
  });
};

const describeBegun = async (ports: BeginPorts, row: BeginRow, cycle: CycleRef): Promise<BegunCycle> => {
  const { slot, hasPositions, lastDoneSlot, outage, hasProposal } = row;
  // After the transaction: with all connections held by waiting begins, asking for a second one inside it would block.
  const { settings } = await ports.contexts.ofCycle(cycle);
  const versions = row.openedBy.map((version) => ports.contexts.settingsOf(cycle.botId, version));
  const opened = (await Promise.all(versions)).map((openedBy) => ({ openedBy }));
  const isDue = hasProposal || isAnyDue(settings, opened, { slot, lastDoneSlot });
  if (outage !== null && (isDue || hasPositions)) throw new VenueOutageError(outage);
  return {
    outcome: "begun",
    cycle,
    hasPositions,
    isDecisionDue: isDue,
    ...(isDue && asksModel(settings) && { asksModel: true }),
  };
};

/**
 * The first step: claims the bot's lease under a new epoch, re-reads status, settings version and trading state, and
 * skips the slot where it must not run. The same run may repeat it. Throws VenueOutageError when the venue is needed
 * and known not to answer. Any other failure after the claim sets the cycle back.
 */
export const beginCycle = async (ports: BeginPorts, due: Due): Promise<BegunCycle> => {
  const claimed = (await claimAtOnce(ports, due)) ?? (await claimOrSkip(ports, due));
  if ("reason" in claimed) return { outcome: "skipped", reason: claimed.reason };
  const cycle = toRef(due, claimed);
  return tryStage(ports, cycle, () => describeBegun(ports, claimed.row, cycle));
};
