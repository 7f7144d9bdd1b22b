import type { CommandView } from "~/contracts/command-view";
import { commandSchema } from "~/trading/steering/command";
import { describeAsked } from "~/trading/steering/describe-command";
import { Prisma } from "../../db/prisma";
import { AppError } from "../../errors";
import type { Ports } from "../../ports";
import { findOwnedBot, type OwnedBot } from "../owned-bot";

/** A bot's page shows the newest. */
const SHOWN_MAX = 20;

type Row = Omit<CommandView, "text"> & { readonly details: object; readonly pair: string | null };

const selectCommands = (where: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT c.id, c.bot_id AS "botId", c.kind::text AS kind, c.details, c.state::text AS state, c.reason, c.asked_at AS "askedAt",
    c.taken_at AS "takenAt", c.effective_at AS "effectiveAt", c.ended_at AS "endedAt", m.pair
  FROM commands c LEFT JOIN positions p ON p.id = (c.details ->> 'positionId')::uuid AND p.bot_id = c.bot_id
  LEFT JOIN proposals o ON o.id = (c.details ->> 'proposalId')::uuid AND o.bot_id = c.bot_id
  LEFT JOIN markets m ON m.id = coalesce(p.market_id, o.market_id) WHERE ${where} ORDER BY c.asked_at DESC, c.id DESC LIMIT ${SHOWN_MAX}`;

const toView = ({ details, pair, ...row }: Row): CommandView => ({
  ...row,
  text: describeAsked(commandSchema.parse({ ...details, kind: row.kind }), pair),
});

/** The newest commands to a user's bot, newest first. Throws AppError for another user's bot. */
export const listCommands = async ({ db }: Pick<Ports, "db">, owned: OwnedBot): Promise<CommandView[]> => {
  await findOwnedBot({ db }, owned);
  const rows = await db.$queryRaw<Row[]>`${selectCommands(Prisma.sql`c.bot_id = ${owned.botId}::uuid`)}`;
  return rows.map(toView);
};

/** One command to a user's bot. Throws AppError; another user's counts as absent. */
export const getCommand = async (
  { db }: Pick<Ports, "db">,
  { userId, commandId }: { readonly userId: string; readonly commandId: string },
): Promise<CommandView> => {
  const [row] = await db.$queryRaw<Row[]>`${selectCommands(Prisma.sql`c.id = ${commandId}::uuid
    AND EXISTS (SELECT FROM bots b WHERE b.id = c.bot_id AND b.user_id = ${userId}::uuid)`)}`;
  if (!row) throw new AppError("not-found", "Command not found: it does not exist or belongs to another user.");
  return toView(row);
};
