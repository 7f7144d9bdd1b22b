import type { BrokenInvariant } from "~/trading/invariants/check-invariants";
import { Prisma } from "../db/prisma";
import type { Ports } from "../ports";
import { parseFound, type AuditFound } from "./audit-found";
import type { Since } from "./books-scope";
import { judgeBooks, recordCheck, type CheckedBot } from "./check-bot-invariants";

/** `isWhole`: all of the books were folded. */
export type Audit = { readonly broken: readonly BrokenInvariant[]; readonly isWhole: boolean };

const loadSince = async ({ db }: Pick<Ports, "db">, botId: string): Promise<Since | null> => {
  const mark = await db.auditMark.findUnique({ where: { botId } });
  const found = parseFound(mark?.found);
  return mark && found && { at: mark.at.getTime(), found };
};

type Ended = Audit & { readonly found: AuditFound };

const saveMark = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { botId, at }: CheckedBot,
  { broken, isWhole, found }: Ended,
): Promise<void> => {
  const mark = { at: new Date(at), found: broken.length > 0 ? Prisma.DbNull : found };
  const refoldedAt = new Date(wallNow());
  await db.auditMark.upsert({
    where: { botId },
    create: { botId, ...mark, refoldedAt },
    update: { ...mark, ...(isWhole && { refoldedAt }) },
  });
};

/**
 * Audits a bot's books by what came since its last audit, at a cost that does not grow with its age; or wholly: the first
 * time, where that is due, and to confirm a breach, since only all of the books prove one.
 */
export const auditBot = async (
  ports: Pick<Ports, "db" | "contexts" | "wallNow">,
  bot: CheckedBot,
  isRefoldDue: boolean,
): Promise<Audit> => {
  const since = isRefoldDue ? null : await loadSince(ports, bot.botId);
  let isWhole = since === null;
  let judged = await judgeBooks(ports, bot, since);
  if (!isWhole && judged.broken.length > 0) {
    isWhole = true;
    judged = await judgeBooks(ports, bot, null);
  }
  await recordCheck(ports, bot, judged.broken);
  await saveMark(ports, bot, { ...judged, isWhole });
  return { broken: judged.broken, isWhole };
};
