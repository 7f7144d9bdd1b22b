import { Prisma } from "../db/prisma";

/** What a venue's clock shows at a wall time (ms), where its row is joined as `k`; without a row: wall time. */
export const venueTimeSql = (wall: number): Prisma.Sql => {
  const at = Prisma.sql`${new Date(wall)}::timestamptz`;
  return Prisma.sql`(CASE WHEN k.venue_id IS NULL THEN ${at} ELSE venue_time(k, ${at}) END)`;
};
