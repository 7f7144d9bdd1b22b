import type { WaitingProposal } from "~/contracts/edit-bot";
import type { Ports } from "../../ports";
import type { OwnedBot } from "../../tenant/find-own";

/** The proposals of a bot that have not ended, the oldest first. */
export const listWaiting = async (
  { db }: Pick<Ports, "db">,
  { userId, botId }: OwnedBot,
): Promise<WaitingProposal[]> => {
  const rows = await db.proposal.findMany({
    where: { botId, settings: { bot: { userId } }, endedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true, side: true, market: { select: { pair: true } } },
  });
  return rows.map(({ id, side, market }) => ({ id, side, pair: market.pair }));
};
