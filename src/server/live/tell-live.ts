import { Prisma } from "../db/prisma";
import { LIVE_CHANNEL, numberTold, type Told } from "./append-live-event";

/** A call that writes and tells events, as the part of a larger statement that is a transaction by itself. */
export const tellLive = (told: readonly Told[]): Prisma.Sql =>
  Prisma.sql`append_live_events(${numberTold(told)}::jsonb, ${LIVE_CHANNEL})`;
