import { Prisma } from "../db/prisma";

/** The key of the alert on a position `p`: a later price ends it, and when that is the last one, there is another alert. */
export const NO_PRICE_KEY = Prisma.sql`concat('no-price:', p.id, ':', (extract(epoch FROM p.marked_at) * 1000)::bigint)`;

/** Whether a position `p` is known to have had no price since its mark: its owner was told of it. */
export const IS_WITHOUT_PRICE = Prisma.sql`EXISTS (SELECT 1 FROM alerts w JOIN bots o ON o.user_id = w.user_id
  WHERE o.id = p.bot_id AND w.key = ${NO_PRICE_KEY} AND w.ended_at IS NULL)`;
