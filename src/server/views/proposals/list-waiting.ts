import type { WaitingProposal } from "~/contracts/edit-bot";
import type { Ports } from "../../ports";

/** The proposals of a bot that have not ended, the oldest first. */
export const listWaiting = async ({ db }: Pick<Ports, "db">, botId: string): Promise<WaitingProposal[]> => {
  const rows = await db.proposal.findMany({
    where: { botId, endedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true, side: true, market: { select: { pair: true } } },
  });
  return rows.map(({ id, side, market }) => ({ id, side, pair: market.pair }));
};
