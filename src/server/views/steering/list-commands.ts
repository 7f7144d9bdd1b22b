import type { CommandView } from "~/contracts/command-view";
import type { Page } from "~/contracts/list-page";
import { commandSchema } from "~/trading/steering/command";
import { describeAsked } from "~/trading/steering/describe-command";
import { Prisma } from "../../db/prisma";
import type { Ports } from "../../ports";
import type { OwnedBot, OwnedCommand } from "../../tenant/find-own";
import { notFound } from "../../tenant/not-found";
import type { OwnBotId } from "../../tenant/own-id";
import { findOwnedBot } from "../owned-bot";
import { byKey, type Keyset } from "../pages/keyset";
import type { PageRequest, Sorting } from "../pages/page-cursor";
import { readPage } from "../pages/read-page";

type Row = Omit<CommandView, "text"> & { readonly details: object; readonly pair: string | null };

const SORTING: Sorting = { sort: "commands", order: "desc", kind: "instant" };
const COLUMNS = { key: Prisma.sql`c.asked_at`, id: Prisma.sql`c.id` };
const FIRST = byKey(SORTING, COLUMNS, null);

type Chosen = { readonly botId: OwnBotId } | (OwnedCommand & { readonly botId?: never });

const chosenSql = (chosen: Chosen): Prisma.Sql =>
  chosen.botId === undefined
    ? Prisma.sql`c.id = ${chosen.commandId}::uuid
    AND EXISTS (SELECT FROM bots b WHERE b.id = c.bot_id AND b.user_id = ${chosen.userId}::uuid)`
    : Prisma.sql`c.bot_id = ${chosen.botId}::uuid`;

const selectCommands = (chosen: Chosen, { where, orderBy }: Keyset, limit: number): Prisma.Sql => Prisma.sql`
  SELECT c.id, c.bot_id AS "botId", c.kind::text AS kind, c.details, c.state::text AS state, c.reason, c.asked_at AS "askedAt",
    c.taken_at AS "takenAt", c.effective_at AS "effectiveAt", c.ended_at AS "endedAt", m.pair
  FROM commands c LEFT JOIN positions p ON p.id = (c.details ->> 'positionId')::uuid AND p.bot_id = c.bot_id
  LEFT JOIN proposals o ON o.id = (c.details ->> 'proposalId')::uuid AND o.bot_id = c.bot_id
  LEFT JOIN markets m ON m.id = coalesce(p.market_id, o.market_id) WHERE ${chosenSql(chosen)} AND ${where} ORDER BY ${orderBy} LIMIT ${limit}`;

const toView = ({ details, pair, ...row }: Row): CommandView => ({
  ...row,
  text: describeAsked(commandSchema.parse({ ...details, kind: row.kind }), pair),
});

/** A page of the commands to a user's bot, newest first. Throws AppError for another user's bot. */
export const listCommands = async (
  { db }: Pick<Ports, "db">,
  owned: OwnedBot,
  request: PageRequest,
): Promise<Page<CommandView>> => {
  const { id: botId } = await findOwnedBot({ db }, owned);
  const { rows: _rows, ...page } = await readPage<Row, CommandView>(request, {
    sorting: SORTING,
    read: (place, limit) => db.$queryRaw<Row[]>(selectCommands({ botId }, byKey(SORTING, COLUMNS, place), limit)),
    toItem: toView,
    endOf: ({ askedAt, id }) => ({ key: String(askedAt.getTime()), id }),
  });
  return page;
};

/** One command to a user's bot. Throws AppError; another user's counts as absent. */
export const getCommand = async ({ db }: Pick<Ports, "db">, owned: OwnedCommand): Promise<CommandView> => {
  const [row] = await db.$queryRaw<Row[]>(selectCommands(owned, FIRST, 1));
  if (!row) throw notFound("command");
  return toView(row);
};
