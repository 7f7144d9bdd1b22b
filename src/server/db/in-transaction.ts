import { invariant } from "~/trading/invariant";
import type { Database, Transaction } from "./client";
import type { RawDatabase, RawSql } from "./raw-sql";

const ATTEMPTS_MAX = 4;
const PAUSE_MS = 25;
const TIMEOUT_MS = 20_000;

/** PostgreSQL rolled back because of others, and a retry may pass: serialisation failure, deadlock, lock wait. */
const RETRYABLE = /40001|40P01|55P03|P2034/;

const isRetryable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return (
    RETRYABLE.test(code) ||
    /\b(40001|40P01|55P03)\b/.test(`${error.message} ${JSON.stringify("meta" in error ? error.meta : "")}`)
  );
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type LastWork = () => Promise<void>;
const lastWorks = new WeakMap<RawSql, LastWork[]>();

/** Puts off what has to be a transaction's last statement. Not run where the transaction fails before. */
export const beforeCommit = (tx: RawSql, work: LastWork): void => {
  const works = lastWorks.get(tx);
  invariant(works, "only a transaction of inTransaction has a last statement");
  works.push(work);
};

const runWhole = async <Result, Tx extends RawSql>(tx: Tx, work: (tx: Tx) => Promise<Result>): Promise<Result> => {
  const works: LastWork[] = [];
  lastWorks.set(tx, works);
  const result = await work(tx);
  for (const last of works) await last();
  return result;
};

/**
 * Work that PostgreSQL rolled back because of a conflict runs again, at most four times, so it must touch nothing but
 * the database: no network call, no outer state.
 */
export const retryConflicts = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !isRetryable(error)) throw error;
      await pause(PAUSE_MS * attempt * (1 + Math.random()));
    }
  }
};

type InTransaction = {
  <Result>(db: Database, work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  <Result>(db: RawDatabase, work: (tx: RawSql) => Promise<Result>): Promise<Result>;
};

/** Runs `work` in one transaction, as `retryConflicts` does: it must touch nothing but the transaction. */
export const inTransaction: InTransaction = <Result>(
  db: RawDatabase,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> =>
  retryConflicts(() =>
    db.$transaction((tx) => runWhole(tx as Transaction, work), { timeout: TIMEOUT_MS, maxWait: TIMEOUT_MS }),
  );
