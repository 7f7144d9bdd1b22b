import type { Transaction } from "../db/client";
import { appendLiveEvent } from "../live/append-live-event";

type Ended = { readonly userId: string; readonly botId: string; readonly text: string };

/** Ends a proposal that waits for its trader, and tells of it. Answers whether it did: another may have been first. */
export const expireProposal = async (
  tx: Transaction,
  newId: () => string,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<boolean> => {
  const [ended] = await tx.$queryRaw<Ended[]>`
    UPDATE proposals p SET state = 'expired', reason = ${reason}, ended_at = clock_timestamp()
    FROM bots b, markets m WHERE p.id = ${id}::uuid AND p.state = 'proposed' AND b.id = p.bot_id AND m.id = p.market_id
    RETURNING b.user_id AS "userId", b.id AS "botId",
      b.name || ' does not enter ' || m.pair || ' ' || p.side::text || ' any more: ' || ${reason} AS text`;
  if (!ended) return false;
  const { userId, botId, text } = ended;
  await tx.$executeRaw`
    INSERT INTO activities (id, user_id, bot_id, kind, text, details, at)
    SELECT ${newId()}::uuid, ${userId}::uuid, bot_id, 'proposal', ${text}, jsonb_build_object('proposalId', id), watched_through
    FROM proposals WHERE id = ${id}::uuid`;
  appendLiveEvent(tx, userId, { kind: "proposal", botId, proposalId: id, text });
  return true;
};
