import { HEALTH_FRESH_MS } from "~/trading/venue-health";
import { Prisma } from "../db/prisma";

/** `isOutage` of a venue's health, where its row is joined as `h`, at a wall time (ms). */
export const outageSql = (wall: number): Prisma.Sql => Prisma.sql`(h.state = 'unreachable' AND h.suspected_at IS NULL
  AND h.checked_at > ${new Date(wall - HEALTH_FRESH_MS)}::timestamptz)`;
