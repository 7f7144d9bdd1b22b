import { asParts } from "../db/insert-rows";
import { Prisma } from "../db/prisma";
import type { Database, Transaction } from "../db/client";
import { inTransaction, retryConflicts } from "../db/in-transaction";
import { StaleCycleError, type CycleRef } from "./cycle-ref";
import { LEASE_SECONDS } from "./lease";
import { recordAt } from "./stage-record";
import { endStage, PROCESS_NAME, type StageName, type StartedStage } from "./start-stage";

/** `endsCycle`: after this stage the cycle is done and its bot free. */
type StageRun = StartedStage & { readonly endsCycle?: boolean };
type Made<Result> = { readonly result: Result; readonly writes: readonly Prisma.Sql[] };
/** The part of a stage's record that a repeated stage returns. */
type Kept<Result> = { readonly result: Result };

/**
 * The fence of every stage: renews the lease, which also locks the bot, and reads what the stage returned before. The
 * cycle's row is locked too, so that after a wait its newest version is read. The last stage frees the lease, so a
 * repeated stage that already ran also accepts a free lease of this epoch.
 * Throws StaleCycleError when another cycle has the bot.
 */
const fenceOf = (cycle: CycleRef, stage: StageName): Prisma.Sql => Prisma.sql`
  held AS (
    UPDATE bot_leases SET
      expires_at = CASE WHEN holder IS NOT NULL THEN clock_timestamp() + ${LEASE_SECONDS} * interval '1 second' END
    WHERE bot_id = ${cycle.botId}::uuid AND epoch = ${BigInt(cycle.epoch)} AND coalesce(holder, ${cycle.holder}) = ${cycle.holder}
    RETURNING bot_id
  ), entered AS (
    SELECT c.id, c.stages -> ${stage} AS record FROM cycles c, held
    WHERE c.id = ${cycle.cycleId}::uuid AND c.epoch = ${BigInt(cycle.epoch)} AND (c.status = 'running' OR c.stages ? ${stage})
    FOR UPDATE OF c
  )`;

type Entered<Result> = { readonly record: Kept<Result> | null };

const refuseStale = <Result>(row: Entered<Result> | undefined, { cycle, stage }: StartedStage): Entered<Result> => {
  if (!row) throw new StaleCycleError(`cycle ${cycle.cycleId} no longer holds its bot: ${stage} writes nothing`);
  return row;
};

const enterStage = async <Result>(tx: Transaction, run: StageRun): Promise<Kept<Result> | null> => {
  const rows = await tx.$queryRaw<Entered<Result>[]>`
    WITH ${fenceOf(run.cycle, run.stage)} SELECT record FROM entered`;
  return refuseStale(rows[0], run).record;
};

const recordOf = ({ attempt, startedAt }: StageRun, result: Prisma.JsonObject): Prisma.Sql => {
  const durationMs = Math.round(performance.now() - startedAt);
  return recordAt({ result, durationMs, attempt, process: PROCESS_NAME });
};

const releaseOf = ({ botId, epoch }: CycleRef): Prisma.Sql => Prisma.sql`
  UPDATE bot_leases SET holder = NULL, expires_at = NULL WHERE bot_id = ${botId}::uuid AND epoch = ${BigInt(epoch)}`;

/** The stage's last writes and its record in one statement; foreign keys among them are checked at its end. */
const leaveStage = (tx: Transaction, run: StageRun, { result, writes }: Made<Prisma.JsonObject>) => {
  const { cycle, stage, endsCycle = false } = run;
  const all = endsCycle ? [...writes, releaseOf(cycle)] : writes;
  const ended = endsCycle ? Prisma.sql`, status = 'done', ended_at = clock_timestamp()` : Prisma.empty;
  return tx.$executeRaw`${all.length > 0 ? asParts(all) : Prisma.empty}
    UPDATE cycles SET stages = jsonb_set(stages, ARRAY[${stage}], ${recordOf(run, result)}) ${ended}
    WHERE id = ${cycle.cycleId}::uuid`;
};

/**
 * Runs one stage's writes in one transaction, once: a repeated stage returns what it returned before and writes
 * nothing, and a cycle that lost its lease writes nothing at all. `work` returns small plain JSON. What it hands to
 * `atEnd` is written together with the record, after all else.
 */
export const runStage = async <Result extends Prisma.JsonObject>(
  db: Database,
  run: StageRun,
  work: (tx: Transaction, atEnd: (...writes: readonly Prisma.Sql[]) => void) => Promise<Result>,
): Promise<Result> => {
  const result = await inTransaction(db, async (tx) => {
    const record = await enterStage<Result>(tx, run);
    if (record) return record.result;
    const writes: Prisma.Sql[] = [];
    const made = await work(tx, (...more) => void writes.push(...more));
    await leaveStage(tx, run, { result: made, writes });
    return made;
  });
  endStage(run);
  return result;
};

/** Whether the statement's stage has not run before, for the writes of `saveStage`. */
export const IS_FIRST_RUN = Prisma.sql`EXISTS (SELECT FROM entered WHERE record IS NULL)`;

const NO_WRITE = Prisma.sql`SELECT 1 WHERE false`;

/**
 * `runStage` for a stage whose result and write are known before its fence: one statement in place of a transaction.
 * `write` changes rows only where IS_FIRST_RUN.
 */
export const saveStage = async <Result extends Prisma.JsonObject>(
  db: Database,
  run: StartedStage,
  { result, write = NO_WRITE }: { readonly result: Result; readonly write?: Prisma.Sql },
): Promise<Result> => {
  const { cycle, stage } = run;
  const rows = await retryConflicts(
    () => db.$queryRaw<Entered<Result>[]>`
      WITH ${fenceOf(cycle, stage)}, written AS (${write}), recorded AS (
        UPDATE cycles c SET stages = jsonb_set(c.stages, ARRAY[${stage}], ${recordOf(run, result)})
        FROM entered e WHERE c.id = e.id AND e.record IS NULL
      )
      SELECT record FROM entered`,
  );
  const { record } = refuseStale(rows[0], run);
  endStage(run);
  return record ? record.result : result;
};
