import { Prisma } from "../db/prisma";
import { LIVE_CHANNEL, numberTold, type Told } from "./append-live-event";

/** A call that writes and tells events, as the part of a larger statement that is a transaction by itself. */
export const tellLive = (told: readonly Told[]): Prisma.Sql =>
  Prisma.sql`append_live_events(${numberTold(told)}::jsonb, ${LIVE_CHANNEL})`;

/** The same as a query, for events of bots: only those are told whose bot the query `bots` gives the `id` of. */
export const tellLiveOf = (bots: Prisma.Sql, told: readonly Told[]): Prisma.Sql => Prisma.sql`
  SELECT append_live_events(coalesce(jsonb_agg(to_jsonb(t)), '[]'), ${LIVE_CHANNEL}) FROM (
    SELECT r.user_id, r.event, row_number() OVER (PARTITION BY r.user_id ORDER BY r.position) AS position
    FROM jsonb_to_recordset(${numberTold(told)}::jsonb) AS r(user_id uuid, position int, event jsonb)
    WHERE (r.event ->> 'botId')::uuid IN (${bots})) AS t`;
