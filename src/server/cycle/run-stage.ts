import { asParts } from "../db/insert-rows";
import { Prisma } from "../db/prisma";
import type { Database, Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { endRecorded, type StageRun } from "./desk";
import { fenceOf, recordOf, refuseStale, releaseOf, type Entered } from "./stage-fence";

type Made = { readonly result: Prisma.JsonObject; readonly writes: readonly Prisma.Sql[] };

/** Throws StaleCycleError when another cycle has the bot. */
const enterStage = async <Result>(tx: Transaction, run: StageRun): Promise<Entered<Result>> => {
  const rows = await tx.$queryRaw<Entered<Result>[]>`WITH ${fenceOf(run)} SELECT record FROM entered`;
  return refuseStale(rows[0], run);
};

/** The stage's last writes and its record in one statement; foreign keys among them are checked at its end. */
const leaveStage = (tx: Transaction, run: StageRun, { result, writes }: Made) => {
  const { cycle, endsCycle = false } = run;
  const all = endsCycle ? [...writes, releaseOf(cycle)] : writes;
  return tx.$executeRaw`${all.length > 0 ? asParts(all) : Prisma.empty}
    UPDATE cycles SET ${recordOf({ run, result })} WHERE id = ${cycle.cycleId}::uuid`;
};

/**
 * Runs one stage's writes in one transaction, once: a repeated stage returns what it returned before and writes
 * nothing, and a cycle that lost its lease writes nothing at all. `work` returns small plain JSON. What it hands to
 * `atEnd` is written together with the record, after all else, as is what a stage before left at the desk.
 */
export const runStage = async <Result extends Prisma.JsonObject>(
  db: Database,
  run: StageRun,
  work: (tx: Transaction, atEnd: (...writes: readonly Prisma.Sql[]) => void) => Promise<Result>,
): Promise<Result> => {
  const result = await inTransaction(db, async (tx) => {
    const { record } = await enterStage<Result>(tx, run);
    if (record) return record.result;
    const writes: Prisma.Sql[] = [];
    const made = await work(tx, (...more) => void writes.push(...more));
    await leaveStage(tx, run, { result: made, writes });
    return made;
  });
  endRecorded(run);
  if (run.desk) run.desk.reading = null;
  return result;
};
