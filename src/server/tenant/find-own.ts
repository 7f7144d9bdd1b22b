import type { Transaction } from "../db/client";
import type { Prisma } from "../db/prisma";
import { notFound } from "./not-found";
import type { OwnBotId, OwnId } from "./own-id";

/** A bot, command, cycle, position or proposal as its user names it: nobody has said yet that it is this user's. */
export type OwnedBot = { readonly userId: string; readonly botId: string };
export type OwnedCommand = { readonly userId: string; readonly commandId: string };
export type OwnedCycle = { readonly userId: string; readonly cycleId: string };
export type OwnedPosition = { readonly userId: string; readonly positionId: string };
export type OwnedProposal = { readonly userId: string; readonly proposalId: string };

/** A row that was found by its user, and what belongs to it. */
type Own<Row, Of extends "cycle" | "position" | "proposal"> = Row & {
  readonly id: OwnId<Of>;
  readonly botId: OwnBotId;
};
type OwnBot<Row> = Row & { readonly id: OwnBotId };

/** Whether a bot is the user's, also an archived one, and of the kind that is asked for. Throws AppError `not-found`. */
export const requireOwnBot = async (
  { bot }: Pick<Transaction, "bot">,
  { userId, botId }: OwnedBot,
  kind: Pick<Prisma.BotWhereInput, "accountKind"> = {},
): Promise<OwnBotId> => {
  const found = await bot.findFirst({ where: { ...kind, id: botId, userId }, select: { id: true } });
  if (!found) throw notFound("bot");
  return found.id as OwnBotId;
};

/** A user's bot, also an archived one, with what else is asked for. Throws AppError `not-found`. */
export const findOwnBot = async <const Include extends Prisma.BotInclude>(
  { bot }: Pick<Transaction, "bot">,
  { userId, botId }: OwnedBot,
  include: Include,
): Promise<OwnBot<Prisma.BotGetPayload<{ include: Include }>>> => {
  const found = await bot.findFirst({ where: { id: botId, userId }, include });
  if (!found) throw notFound("bot");
  return found as OwnBot<typeof found>;
};

/** A cycle of a user's bot. Throws AppError `not-found`. */
export const findOwnCycle = async <const Include extends Prisma.CycleInclude>(
  { cycle }: Pick<Transaction, "cycle">,
  { userId, cycleId }: OwnedCycle,
  include: Include,
): Promise<Own<Prisma.CycleGetPayload<{ include: Include }>, "cycle">> => {
  const found = await cycle.findFirst({ where: { id: cycleId, bot: { userId } }, include });
  if (!found) throw notFound("cycle");
  return found as Own<typeof found, "cycle">;
};

/** A position of a user's bot. Throws AppError `not-found`. */
export const findOwnPosition = async <const Include extends Prisma.PositionInclude>(
  { position }: Pick<Transaction, "position">,
  { userId, positionId }: OwnedPosition,
  include: Include,
): Promise<Own<Prisma.PositionGetPayload<{ include: Include }>, "position">> => {
  const found = await position.findFirst({ where: { id: positionId, bot: { userId } }, include });
  if (!found) throw notFound("position");
  return found as Own<typeof found, "position">;
};

/** Which bot of a user a proposal is of. Throws AppError `not-found`. */
export const requireOwnProposal = async (
  { proposal }: Pick<Transaction, "proposal">,
  { userId, proposalId }: OwnedProposal,
): Promise<Own<{ id: string; botId: string }, "proposal">> => {
  const found = await proposal.findFirst({
    where: { id: proposalId, settings: { bot: { userId } } },
    select: { id: true, botId: true },
  });
  if (!found) throw notFound("proposal");
  return found as Own<typeof found, "proposal">;
};
