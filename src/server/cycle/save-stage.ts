import { loadBotBooks, type BotBooks } from "../books/bot-books";
import type { Database } from "../db/client";
import { retryConflicts } from "../db/in-transaction";
import { Prisma } from "../db/prisma";
import type { Told } from "../live/append-live-event";
import { tellLive } from "../live/tell-live";
import { claimOf, type UserClaim } from "./claim-user-risk";
import { endRecorded, type Desk, type StageRun } from "./desk";
import { fenceOf, recordOf, refuseStale, releaseOf, type Entered } from "./stage-fence";

/** What a stage writes, known before its fence. */
type StageWrites<Result> = {
  readonly result: Result;
  /** Each changes rows only where MAY_WRITE. */
  readonly writes?: readonly Prisma.Sql[];
  readonly told?: readonly Told[];
  /** Gives one value, read by the way. */
  readonly read?: Prisma.Sql;
  /** For a stage that approves entries. */
  readonly claim?: UserClaim | null;
};

/** Whether the statement's stage may write: it has not run before, and the books, and the user's limits that it claims, are those that it was computed on. */
export const MAY_WRITE = Prisma.sql`EXISTS (SELECT FROM writable)`;

type Saved<Result> = Entered<Result> & { readonly isSaved: boolean; readonly read: unknown };

/** Asked under the bot's lock. */
const areBooks = (mark: string | null): Prisma.Sql =>
  mark === null ? Prisma.empty : Prisma.sql`AND books_mark_now(held.bot_id) = ${mark}`;

/** `claimed` is asked only where the stage may write by itself, so that others never wait for one that does not. */
const writableOf = (mark: string | null, claim: UserClaim | null): Prisma.Sql => {
  const checked = Prisma.sql`SELECT entered.id FROM entered, held WHERE entered.record IS NULL ${areBooks(mark)}`;
  return claim
    ? Prisma.sql`checked AS MATERIALIZED (${checked}), claimed AS (${claimOf(claim)}),
        writable AS (SELECT checked.id FROM checked, claimed)`
    : Prisma.sql`writable AS (${checked})`;
};

type Made<Result> = StageWrites<Result> & { readonly mark: string | null };

const save = <Result extends Prisma.JsonObject>(
  db: Database,
  run: StageRun,
  { result, writes = [], told = [], read = Prisma.sql`NULL`, claim = null, mark }: Made<Result>,
): Promise<Saved<Result>[]> => {
  const { cycle, endsCycle: freesLease = false } = run;
  const freed = Prisma.sql`${releaseOf(cycle)} AND ${MAY_WRITE}`;
  const parts = (freesLease ? [...writes, freed] : writes).map(
    (write, index) => Prisma.sql`${Prisma.raw(`write_${index}`)} AS (${write}),`,
  );
  const events = told.length > 0 ? Prisma.sql`SELECT ${tellLive(told)} FROM writable` : Prisma.sql`SELECT 1`;
  return retryConflicts(
    () => db.$queryRaw<Saved<Result>[]>`
      WITH ${fenceOf(run, { freesLease })}, ${writableOf(mark, claim)}, ${parts.length > 0 ? Prisma.join(parts, "") : Prisma.empty} recorded AS (
        UPDATE cycles c SET ${recordOf({ run, result })} FROM writable w WHERE c.id = w.id
      ), told AS (${events})
      SELECT record, ${MAY_WRITE} AS "isSaved", (SELECT count(told) FROM told) AS told, (${read}) AS read FROM entered`,
  );
};

/** `isNew`: it was saved now, and not by an earlier try. */
type Stored<Result> = { readonly result: Result; readonly isNew: boolean; readonly read?: unknown };

/**
 * `runStage` for a stage whose result and writes are known before its fence: one statement in place of a transaction.
 * Null: the books are no longer those of `mark`, and nothing was written.
 */
const saveOn = async <Result extends Prisma.JsonObject>(
  db: Database,
  run: StageRun,
  made: Made<Result>,
): Promise<Stored<Result> | null> => {
  const { result, writes = [], mark } = made;
  const { record, isSaved, read } = refuseStale((await save(db, run, made))[0], run);
  const areOld = record === null && !isSaved;
  if (run.desk && (areOld || (mark !== null && writes.length > 0))) run.desk.reading = null;
  if (areOld) return null;
  endRecorded(run);
  return record ? { result: record.result, isNew: false } : { result, isNew: true, read };
};

/** For a stage that is not computed on the bot's books. */
export const saveStage = async <Result extends Prisma.JsonObject>(
  db: Database,
  run: StageRun,
  made: StageWrites<Result>,
): Promise<Stored<Result>> => (await saveOn(db, run, { ...made, mark: null })) ?? { result: made.result, isNew: false };

/** For a stage that writes nothing but its record: at a shared desk the next stage writes it. */
export const leaveStage = async <Result extends Prisma.JsonObject>(
  db: Database,
  run: StageRun,
  result: Result,
): Promise<Result> => {
  const { desk, ...ended } = run;
  if (!desk?.isShared) return (await saveStage(db, run, { result })).result;
  desk.left = { run: { ...ended, endedAt: performance.now() }, result };
  return result;
};

/** Runs a stage. Where it fails, the record that the stage before left at the desk is written by itself. */
export const keepLeft = async <Result>(db: Database, desk: Desk, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    const { left } = desk;
    desk.left = null;
    if (left) await saveStage(db, left.run, left).catch(() => undefined);
    throw error;
  }
};

const TRIES_MAX = 5;
/** Of a stage that claims: each time it loses, another bot of the user was let enter, so it is bounded by what is left. */
const CLAIMS_MAX = 100;

type Compute<Result> = (books: BotBooks) => StageWrites<Result> | null | Promise<StageWrites<Result> | null>;

/**
 * For a stage that is computed on the bot's books, which are read without a lock and written by compare-and-set: where
 * somebody changed them since, also those on the desk, it is computed again. Null: `compute` needs a transaction and
 * wrote nothing.
 */
export const saveOnBooks = async <Result extends Prisma.JsonObject>(
  db: Database,
  run: StageRun,
  compute: Compute<Result>,
): Promise<Result | null> => {
  const { cycle, desk } = run;
  let atHand = run.books ?? desk?.reading?.books;
  let triesMax = TRIES_MAX;
  for (let tries = 0; tries < triesMax; tries++) {
    const books = atHand ?? (await loadBotBooks(db, cycle.botId));
    const made = await compute(books);
    if (made === null) return null;
    if (made.claim) triesMax = CLAIMS_MAX;
    const saved = await saveOn(db, run, { ...made, mark: books.mark });
    if (saved !== null) return saved.result;
    atHand = undefined;
  }
  throw new Error("the bot's books, or its user's, changed at every try; try again");
};
