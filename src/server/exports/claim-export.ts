import type { ExportKind, ExportQuery } from "~/contracts/export-query";
import { HOUR_MS } from "~/trading/market/duration";
import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";

type ClaimPorts = Pick<Ports, "db" | "wallNow" | "quota" | "exports">;
export type WantedExport = { readonly userId: string; readonly kind: ExportKind; readonly query: ExportQuery };

/** Too many exports. The answer says when the next one may begin. */
export class TooManyExports extends AppError {
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super("too-many", message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const ACTION = "export";
const BUSY_SECONDS = 10;

/** Counts an export by its audit entry: the user's row is locked, so that no two take the last one of an hour. */
const record = async ({ db, wallNow, quota }: ClaimPorts, { userId, kind, query }: WantedExport): Promise<void> => {
  const { bot, from, to, ...rest } = query;
  const details = { kind, ...rest, from: from?.toISOString() ?? null, to: to?.toISOString() ?? null };
  await inTransaction(db, async (tx) => {
    await tx.$queryRaw`SELECT id FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    const at = new Date(wallNow());
    const since = new Date(at.getTime() - HOUR_MS);
    const made = await tx.auditEntry.findMany({
      where: { actorId: userId, action: ACTION, createdAt: { gt: since } },
      orderBy: { createdAt: "desc" },
      take: quota.exportsPerHourMax,
      select: { createdAt: true },
    });
    const oldest = made.at(-1);
    if (oldest && made.length >= quota.exportsPerHourMax) {
      const seconds = Math.max(1, Math.ceil((oldest.createdAt.getTime() - since.getTime()) / 1000));
      const minutes = Math.ceil(seconds / 60);
      throw new TooManyExports(
        `You made ${made.length} exports within an hour, as many as one user may: try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
        seconds,
      );
    }
    await appendAudit(tx, { actorId: userId, action: ACTION, subject: `bot:${bot}`, details, at });
  });
};

/**
 * Lets an export begin, and puts it into the audit. Returns what has to be called when it ended. Throws TooManyExports
 * beyond a limit.
 */
export const claimExport = async (ports: ClaimPorts, wanted: WantedExport): Promise<() => void> => {
  const most = ports.quota.exportsAtOnceMax;
  const leave = ports.exports.take(wanted.userId, most);
  if (leave === null) {
    const message = `${most} ${most === 1 ? "export" : "exports"} of yours run at this moment, as many as may run at once: wait until one ends, or cancel one.`;
    throw new TooManyExports(message, BUSY_SECONDS);
  }
  try {
    await record(ports, wanted);
    return leave;
  } catch (error) {
    leave();
    throw error;
  }
};
