import { Prisma } from "../db/prisma";

/** What a venue's clock shows at a wall time (ms), where its row is joined as `k`; without a row: wall time. */
export const venueTimeSql = (wall: number): Prisma.Sql => {
  const at = Prisma.sql`${new Date(wall)}::timestamptz`;
  return Prisma.sql`(CASE WHEN k.venue_id IS NULL THEN ${at} ELSE venue_time(k, ${at}) END)`;
};

/** The same as `shownTimeAt`: not beyond the clock's high water mark. */
export const shownTimeSql = (wall: number): Prisma.Sql =>
  Prisma.sql`least(${venueTimeSql(wall)}, CASE WHEN k.high_water > k.anchor_market THEN k.high_water END)`;
