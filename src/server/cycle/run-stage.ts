import type { Prisma } from "../db/prisma";
import type { Database, Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { StaleCycleError, type CycleRef } from "./cycle-ref";
import { LEASE_SECONDS } from "./lease";
import { recordAt } from "./stage-record";
import { endStage, PROCESS_NAME, type StageName, type StartedStage } from "./start-stage";

/** `endsCycle`: after this stage the cycle is done and its bot free. */
type StageRun = StartedStage & { readonly endsCycle?: boolean };
/** The part of a stage's record that a repeated stage returns. */
type Kept<Result> = { readonly result: Result };

/**
 * The fence of every stage: renews the lease, which also locks the bot, and reads what the stage returned before. The
 * cycle's row is locked too, so that after a wait its newest version is read. The last stage frees the lease, so a
 * repeated stage that already ran also accepts a free lease of this epoch.
 * Throws StaleCycleError when another cycle has the bot.
 */
const enterStage = async <Result>(tx: Transaction, cycle: CycleRef, stage: StageName): Promise<Kept<Result> | null> => {
  const [row] = await tx.$queryRaw<{ record: Kept<Result> | null }[]>`
    WITH held AS (
      UPDATE bot_leases SET
        expires_at = CASE WHEN holder IS NOT NULL THEN clock_timestamp() + ${LEASE_SECONDS} * interval '1 second' END
      WHERE bot_id = ${cycle.botId}::uuid AND epoch = ${BigInt(cycle.epoch)} AND coalesce(holder, ${cycle.holder}) = ${cycle.holder}
      RETURNING bot_id
    )
    SELECT c.stages -> ${stage} AS record FROM cycles c, held
    WHERE c.id = ${cycle.cycleId}::uuid AND c.epoch = ${BigInt(cycle.epoch)} AND (c.status = 'running' OR c.stages ? ${stage})
    FOR UPDATE OF c`;
  if (!row) throw new StaleCycleError(`cycle ${cycle.cycleId} no longer holds its bot: ${stage} writes nothing`);
  return row.record;
};

const leaveStage = (tx: Transaction, run: StageRun, result: Prisma.JsonObject) => {
  const { cycle, stage, attempt } = run;
  const durationMs = Math.round(performance.now() - run.startedAt);
  const record = recordAt({ result, durationMs, attempt, process: PROCESS_NAME });
  return run.endsCycle === true
    ? tx.$executeRaw`
        WITH released AS (
          UPDATE bot_leases SET holder = NULL, expires_at = NULL
          WHERE bot_id = ${cycle.botId}::uuid AND epoch = ${BigInt(cycle.epoch)}
        )
        UPDATE cycles SET stages = jsonb_set(stages, ARRAY[${stage}], ${record}),
          status = 'done', ended_at = clock_timestamp()
        WHERE id = ${cycle.cycleId}::uuid`
    : tx.$executeRaw`UPDATE cycles SET stages = jsonb_set(stages, ARRAY[${stage}], ${record})
        WHERE id = ${cycle.cycleId}::uuid`;
};

/**
 * Runs one stage's writes in one transaction, once: a repeated stage returns what it returned before and writes
 * nothing, and a cycle that lost its lease writes nothing at all. `work` returns small plain JSON.
 */
export const runStage = async <Result extends Prisma.JsonObject>(
  db: Database,
  run: StageRun,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> => {
  const result = await inTransaction(db, async (tx) => {
    const record = await enterStage<Result>(tx, run.cycle, run.stage);
    if (record) return record.result;
    const made = await work(tx);
    await leaveStage(tx, run, made);
    return made;
  });
  endStage(run);
  return result;
};
