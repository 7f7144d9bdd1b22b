import { ZodError } from "zod";
import { InvariantError } from "~/trading/invariant";
import { auditBot, type Audit } from "../../books/audit-bot";
import { inTransaction } from "../../db/in-transaction";
import { Prisma } from "../../db/prisma";
import { tellUser } from "../../live/tell-user";
import type { Ports } from "../../ports";
import { reportFailure } from "../../report-failure";

const BOTS_PER_PAGE = 250;

type AuditedBot = {
  readonly botId: string;
  readonly userId: string;
  readonly settingsVersion: number;
  readonly at: Date;
  readonly isRefoldDue: boolean;
};

/**
 * One page of bots, after a given id, without a running cycle and with an unchecked newest equity point, or due to be
 * folded wholly: the first time, once in each 24 hours of wall time, in which their ids spread them, once more where they
 * are archived, and where they were folded later than now, by a clock that was set back since.
 */
const findUnaudited = ({ db, wallNow }: Pick<Ports, "db" | "wallNow">, after: string): Promise<AuditedBot[]> => {
  const now = Prisma.sql`${new Date(wallNow())}::timestamptz`;
  return db.$queryRaw<AuditedBot[]>`
  SELECT b.id AS "botId", b.user_id AS "userId", b.settings_version AS "settingsVersion", e.at, d.is_due AS "isRefoldDue"
  FROM bots b JOIN LATERAL (SELECT at FROM equity_points p WHERE p.bot_id = b.id ORDER BY at DESC LIMIT 1) e ON true
  LEFT JOIN audit_marks m ON m.bot_id = b.id
  CROSS JOIN LATERAL (SELECT m.refolded_at IS NULL OR m.refolded_at > ${now} OR m.refolded_at < least(b.archived_at,
    date_bin('1 day', ${now}, make_interval(secs => ('x' || right(b.id::text, 8))::bit(32)::bigint % 86400)
      + '2000-01-01 00:00:00Z'::timestamptz)) AS is_due) d
  WHERE b.id > ${after}::uuid AND (d.is_due OR m.at <> e.at)
    AND NOT EXISTS (SELECT 1 FROM cycles c JOIN bot_leases l ON l.bot_id = c.bot_id AND l.epoch = c.epoch
      WHERE c.bot_id = b.id AND c.status = 'running' AND l.expires_at > clock_timestamp())
  ORDER BY b.id LIMIT ${BOTS_PER_PAGE}`;
};

/** Broken books halt their bot: its positions are still settled, but it does not trade until somebody resolves it. */
const haltBot = (ports: Pick<Ports, "db" | "newId">, bot: AuditedBot, breaches: readonly string[]): Promise<void> =>
  inTransaction(ports.db, async (tx) => {
    await tx.bot.update({ where: { id: bot.botId }, data: { tradingState: "halted" } });
    await tellUser(
      tx,
      { id: ports.newId(), userId: bot.userId, botId: bot.botId },
      {
        key: `invariant:${bot.botId}:${bot.at.toISOString()}`,
        kind: "invariant",
        severity: "critical",
        message: `The bot is halted: its books do not add up. ${breaches.join("; ")}`.slice(0, 1000),
      },
    );
  });

/** Whether this release cannot read what is stored of the bot: that passes with no retry, and its own runs tell it. */
const isUnreadable = (error: unknown): boolean => error instanceof InvariantError || error instanceof ZodError;

type AuditPorts = Pick<Ports, "db" | "newId" | "contexts" | "wallNow">;

/**
 * The invariants that a bot's books break. One that cannot be read is logged, and keeps no other from its audit; it is not
 * halted, since nothing shows that its books are broken.
 */
const findBreaches = async (ports: AuditPorts, bot: AuditedBot): Promise<Audit> => {
  try {
    return await auditBot(ports, { ...bot, at: bot.at.getTime() }, bot.isRefoldDue);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    reportFailure("audit-books", error, true);
    return { broken: [], isWhole: false };
  }
};

/** Where a page ended, null after the last one, and how many of its bots were looked at, folded wholly, and broken. */
export type AuditedPage = Record<"checked" | "refolded" | "broken", number> & { readonly last: string | null };

/** Runs the invariants over one page of bots and halts those whose books are broken. */
export const auditPage = async (ports: AuditPorts, after: string): Promise<AuditedPage> => {
  const bots = await findUnaudited(ports, after);
  let [broken, refolded] = [0, 0];
  for (const bot of bots) {
    const { broken: breaches, isWhole } = await findBreaches(ports, bot);
    if (isWhole) refolded += 1;
    if (breaches.length === 0) continue;
    broken += 1;
    await haltBot(
      ports,
      bot,
      breaches.map(({ invariant, text }) => `${invariant}: ${text}`),
    );
  }
  const last = bots.length < BOTS_PER_PAGE ? null : (bots.at(-1)?.botId ?? null);
  return { last, checked: bots.length, refolded, broken };
};
