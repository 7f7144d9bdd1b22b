import { Prisma } from "../db/prisma";
import { StaleCycleError, type CycleRef } from "./cycle-ref";
import type { EndedStage, StageRun } from "./desk";
import { LEASE_SECONDS } from "./lease";
import { recordAt } from "./stage-record";
import { PROCESS_NAME, type StartedStage } from "./start-stage";

/** The part of a stage's record that a repeated stage returns. */
type Kept<Result> = { readonly result: Result };
export type Entered<Result> = { readonly record: Kept<Result> | null };

const isHeld = ({ botId, epoch, holder }: CycleRef): Prisma.Sql =>
  Prisma.sql`bot_id = ${botId}::uuid AND epoch = ${BigInt(epoch)} AND coalesce(holder, ${holder}) = ${holder}`;

const renewed = (cycle: CycleRef): Prisma.Sql => Prisma.sql`
  UPDATE bot_leases SET
    expires_at = CASE WHEN holder IS NOT NULL THEN clock_timestamp() + ${LEASE_SECONDS} * interval '1 second' END
  WHERE ${isHeld(cycle)} RETURNING bot_id`;

/** Where the same statement frees the lease: it can change a row only once. */
const locked = (cycle: CycleRef): Prisma.Sql => Prisma.sql`
  SELECT bot_id FROM bot_leases WHERE ${isHeld(cycle)} FOR UPDATE`;

/**
 * The fence of every stage: renews the lease, which also locks the bot, and reads what the stage returned before. The
 * cycle's row is locked too, so that after a wait its newest version is read. The last stage frees the lease, so a
 * repeated stage that already ran also accepts a free lease of this epoch.
 */
export const fenceOf = (
  { cycle, stage }: StageRun,
  { freesLease = false }: { readonly freesLease?: boolean } = {},
): Prisma.Sql => Prisma.sql`
  held AS (${freesLease ? locked(cycle) : renewed(cycle)}), entered AS (
    SELECT c.id, c.stages -> ${stage} AS record FROM cycles c, held
    WHERE c.id = ${cycle.cycleId}::uuid AND c.epoch = ${BigInt(cycle.epoch)} AND (c.status = 'running' OR c.stages ? ${stage})
    FOR UPDATE OF c
  )`;

/** What the stages of a cycle returned that have run. */
export type StageResults = Readonly<Record<string, { readonly result: Prisma.JsonObject }>>;

/** The records of a cycle's stages, read without a lock: none where another cycle has the bot. */
export const fencedStages = (cycle: CycleRef): Prisma.Sql => Prisma.sql`
  SELECT c.stages FROM cycles c WHERE c.id = ${cycle.cycleId}::uuid AND c.epoch = ${BigInt(cycle.epoch)}
    AND EXISTS (SELECT FROM bot_leases WHERE ${isHeld(cycle)})`;

/** Throws StaleCycleError when another cycle has the bot. */
export const refuseStale = <Row extends Entered<unknown>>(
  row: Row | undefined,
  { cycle, stage }: StartedStage,
): Row => {
  if (!row) throw new StaleCycleError(`cycle ${cycle.cycleId} no longer holds its bot: ${stage} writes nothing`);
  return row;
};

const toRecord = ({ run, result }: EndedStage): Prisma.Sql => {
  const { startedAt, attempt, endedAt } = run;
  const now = performance.now();
  const durationMs = Math.round((endedAt ?? now) - startedAt);
  const agoMs = endedAt === undefined ? 0 : Math.round(now - endedAt);
  return recordAt({ result, durationMs, attempt, process: PROCESS_NAME }, agoMs);
};

/** The columns of the cycle's row that a stage sets at its end, with the record that the one before left at its desk. */
export const recordOf = (ended: EndedStage): Prisma.Sql => {
  const { stage, endsCycle = false, desk } = ended.run;
  const left = desk?.left;
  // What that one returned when it ran before stays.
  const stages = left
    ? Prisma.sql`jsonb_build_object(${left.run.stage}::text, ${toRecord(left)}) || stages`
    : Prisma.sql`stages`;
  const ends = endsCycle ? Prisma.sql`, status = 'done', ended_at = clock_timestamp()` : Prisma.empty;
  return Prisma.sql`stages = jsonb_set(${stages}, ARRAY[${stage}], ${toRecord(ended)}) ${ends}`;
};

export const releaseOf = ({ botId, epoch }: CycleRef): Prisma.Sql => Prisma.sql`
  UPDATE bot_leases SET holder = NULL, expires_at = NULL WHERE bot_id = ${botId}::uuid AND epoch = ${BigInt(epoch)}`;
