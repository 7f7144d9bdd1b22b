import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import type { Ports } from "../ports";
import { isFinal, RetriesExhaustedError, StaleCycleError, type CycleRef } from "./cycle-ref";
import { describeFailure, logHiddenFailure } from "./describe-failure";
import { extendLease, RETRY_LEASE_SECONDS, whileHolding } from "./lease";

/** The cycle failed before its verdicts: it is due again, its bot is free, and it begins again after `waitMs`. */
export type SetBack = { readonly outcome: "set-back"; readonly waitMs: number; readonly cause: string };

type TryPorts = Pick<Ports, "db" | "wallNow" | "retryDelayMs">;
type Standing = {
  readonly status: string;
  readonly retries: number;
  readonly retryAt: Date | null;
  readonly isJudged: boolean;
  /** The same run has begun the cycle again since. */
  readonly isBegunAgain: boolean;
};

/** The state of the cycle in this run; null when another has it. Locks the bot. */
const lockStanding = async (tx: Transaction, { botId, cycleId, epoch, holder }: CycleRef): Promise<Standing | null> => {
  await tx.$queryRaw`SELECT 1 FROM bot_leases WHERE bot_id = ${botId}::uuid FOR UPDATE`;
  const [standing] = await tx.$queryRaw<Standing[]>`
    SELECT status::text, retries, retry_at AS "retryAt", stages ? 'apply-risk' AS "isJudged",
      epoch > ${BigInt(epoch)} AS "isBegunAgain"
    FROM cycles WHERE id = ${cycleId}::uuid AND holder = ${holder}
      AND (epoch = ${BigInt(epoch)} OR epoch > ${BigInt(epoch)} AND status IN ('due', 'running'))`;
  return standing ?? null;
};

const setBack = async (tx: Transaction, cycle: CycleRef, failed: { cause: string; retryAt: Date }): Promise<void> => {
  await tx.$executeRaw`
    WITH freed AS (
      UPDATE bot_leases SET holder = NULL, expires_at = NULL
      WHERE bot_id = ${cycle.botId}::uuid AND epoch = ${BigInt(cycle.epoch)} AND holder = ${cycle.holder}
    )
    UPDATE cycles SET status = 'due', retries = retries + 1, retry_at = ${failed.retryAt}, failure = ${failed.cause}
    WHERE id = ${cycle.cycleId}::uuid`;
};

type Failed = "lost" | "kept" | "exhausted" | SetBack;

/**
 * Handles a failure of a cycle (TRADING 1). Before verdicts are committed the cycle becomes due again and its lease is
 * freed. Afterwards it keeps the lease until its next try. A failure that a process handled before it died is not
 * handled again.
 */
const handleFailure = (ports: TryPorts, cycle: CycleRef, cause: string): Promise<Failed> =>
  inTransaction(ports.db, async (tx): Promise<Failed> => {
    const standing = await lockStanding(tx, cycle);
    if (standing === null) return "lost";
    const now = ports.wallNow();
    // A run that another release began comes by its earlier tries again, whose failures were kept under other steps.
    if (standing.isBegunAgain) return { outcome: "set-back", waitMs: 0, cause };
    if (standing.status === "due") {
      return { outcome: "set-back", waitMs: Math.max(0, (standing.retryAt?.getTime() ?? 0) - now), cause };
    }
    if (standing.status !== "running") return "lost";
    if (standing.isJudged) return (await extendLease(tx, cycle, RETRY_LEASE_SECONDS)) ? "kept" : "lost";
    const waitMs = ports.retryDelayMs(cycle.botId, standing.retries);
    if (waitMs === null) return "exhausted";
    await setBack(tx, cycle, { cause, retryAt: new Date(now + waitMs) });
    return { outcome: "set-back", waitMs, cause };
  });

/**
 * Runs a stage while keeping the lease. Returns a SetBack when a failure set the cycle back. Throws failures that a
 * retry cannot fix, failures after the verdicts, and the failure of the last try.
 */
export const tryStage = async <Result>(
  ports: TryPorts,
  cycle: CycleRef,
  work: () => Promise<Result>,
): Promise<Result | SetBack> => {
  try {
    return await whileHolding(ports.db, cycle, work);
  } catch (error) {
    if (isFinal(error) && !(error instanceof StaleCycleError)) throw error;
    const cause = describeFailure(error);
    // Without the database the failure cannot be handled: the step is tried again unchanged, and the lease expires.
    const failed = await handleFailure(ports, cycle, cause).catch(() => "unhandled" as const);
    if (typeof failed !== "object" && failed !== "exhausted") throw error;
    logHiddenFailure("cycle", error);
    if (failed === "exhausted") throw new RetriesExhaustedError(cause, { cause: error });
    return failed;
  }
};
