import { ZodError } from "zod";
import { InvariantError } from "~/trading/invariant";
import { checkBotInvariants } from "../../books/check-bot-invariants";
import { inTransaction } from "../../db/in-transaction";
import { tellUser } from "../../live/tell-user";
import type { Ports } from "../../ports";
import { reportFailure } from "../../report-failure";

const BOTS_PER_PAGE = 100;

type AuditedBot = {
  readonly botId: string;
  readonly userId: string;
  readonly settingsVersion: number;
  readonly at: Date;
};

/** One page of bots, after a given id, without a running cycle and with a newest equity point that is unchecked. */
const findUnaudited = ({ db }: Pick<Ports, "db">, after: string): Promise<AuditedBot[]> => db.$queryRaw<AuditedBot[]>`
  SELECT b.id AS "botId", b.user_id AS "userId", b.settings_version AS "settingsVersion", e.at
  FROM bots b JOIN LATERAL (SELECT at FROM equity_points p WHERE p.bot_id = b.id ORDER BY at DESC LIMIT 1) e ON true
  WHERE b.id > ${after}::uuid
    AND NOT EXISTS (SELECT 1 FROM invariant_checks i WHERE i.bot_id = b.id AND i.at = e.at)
    AND NOT EXISTS (SELECT 1 FROM cycles c JOIN bot_leases l ON l.bot_id = c.bot_id AND l.epoch = c.epoch
      WHERE c.bot_id = b.id AND c.status = 'running' AND l.expires_at > clock_timestamp())
  ORDER BY b.id LIMIT ${BOTS_PER_PAGE}`;

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

/** The invariants that a bot's books break. One that cannot be read is logged, and keeps no other from its audit. */
const findBreaches = async (ports: Pick<Ports, "db" | "contexts">, bot: AuditedBot) => {
  try {
    return await checkBotInvariants(ports, { ...bot, at: bot.at.getTime() });
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    reportFailure("audit-books", error, true);
    return [];
  }
};

/** Runs the invariants over one page of bots and halts those whose books are broken. `last` null: that was the last page. */
export const auditPage = async (
  ports: Pick<Ports, "db" | "newId" | "contexts">,
  after: string,
): Promise<{ readonly last: string | null; readonly checked: number; readonly broken: number }> => {
  const bots = await findUnaudited(ports, after);
  let broken = 0;
  for (const bot of bots) {
    const breaches = await findBreaches(ports, bot);
    if (breaches.length === 0) continue;
    broken += 1;
    await haltBot(
      ports,
      bot,
      breaches.map(({ invariant, text }) => `${invariant}: ${text}`),
    );
  }
  return { last: bots.length < BOTS_PER_PAGE ? null : (bots.at(-1)?.botId ?? null), checked: bots.length, broken };
};
