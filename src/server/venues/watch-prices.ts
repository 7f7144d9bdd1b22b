import type { MarketRef } from "~/trading/ports";
import { utcMinute } from "~/trading/utc-minute";
import { VENUE_CATALOGUE } from "~/trading/venue-catalogue";
import { VenueError } from "~/trading/venue-error";
import { inTransaction } from "../db/in-transaction";
import { Prisma } from "../db/prisma";
import { tellUser } from "../live/tell-user";
import type { Ports } from "../ports";
import type { VenueRef } from "../refs";
import { IS_WITHOUT_PRICE, NO_PRICE_KEY } from "./is-without-price";
import { shownTimeSql } from "./venue-time-sql";

type WatchPorts = Pick<Ports, "db" | "newId" | "wallNow" | "marketDataOf">;

/** An open position `p` that was marked so long ago, in time as its venue's clock runs, is asked after. */
const UNMARKED_MINUTES_MAX = 30;
/** Those left over are asked after by the next look. */
const POSITIONS_MAX = 200;

type Unmarked = MarketRef & {
  readonly key: string;
  readonly botId: string;
  readonly userId: string;
  readonly botName: string;
  readonly venueId: string;
  readonly venueKind: VenueRef["kind"];
  readonly markedAt: Date;
  /** A price of before this time is none. */
  readonly oldest: Date;
};

/** Positions that nobody could mark for long, though their venue answers, and whose owner does not know it yet. */
const findUnmarked = ({ db, wallNow }: WatchPorts): Promise<Unmarked[]> => {
  const now = shownTimeSql(wallNow());
  const oldest = Prisma.sql`(${now} - make_interval(mins => ${UNMARKED_MINUTES_MAX}) * greatest(coalesce(k.speed, 1), 1))`;
  return db.$queryRaw<Unmarked[]>`
    SELECT ${NO_PRICE_KEY} AS key, p.bot_id AS "botId", b.user_id AS "userId", b.name AS "botName", v.id AS "venueId",
      v.kind::text AS "venueKind", m.pair, m.market_type::text AS "marketType", p.marked_at AS "markedAt", ${oldest} AS oldest
    FROM positions p JOIN bots b ON b.id = p.bot_id JOIN markets m ON m.id = p.market_id JOIN venues v ON v.id = m.venue_id
    JOIN venue_health h ON h.venue_id = v.id LEFT JOIN venue_clocks k ON k.venue_id = v.id
    WHERE p.closed_at IS NULL AND v.archived_at IS NULL AND h.state = 'ok' AND p.marked_at < ${oldest}
      AND NOT ${IS_WITHOUT_PRICE}
    ORDER BY p.marked_at, p.id LIMIT ${POSITIONS_MAX}`;
};

/** Whether the venue answers, and has no price of the market or an old one. What else fails tells nothing. */
const isWithoutPrice = async (ports: WatchPorts, unmarked: Unmarked): Promise<boolean> => {
  const { venueId, venueKind, pair, marketType, oldest } = unmarked;
  try {
    const market = await ports.marketDataOf({ id: venueId, kind: venueKind });
    return (await market.fetchTicker({ pair, marketType })).time < oldest.getTime();
  } catch (error) {
    if (!(error instanceof VenueError)) throw error;
    return error.kind === "refused";
  }
};

const textOf = ({ botName, venueKind, pair, markedAt }: Unmarked): string =>
  `${botName}: there is no price of ${pair} on ${VENUE_CATALOGUE[venueKind].title} since ${utcMinute(markedAt)}, perhaps because the ` +
  "market was delisted. The position keeps that price, and its stop and target cannot be checked. A paper position is " +
  "closed at that price after a day, if the market is not listed then.";

/**
 * Tells the owners of open positions whose market has no price any more, once each, and ends the alert when there is
 * one or the position is closed. A venue that does not answer is told of by itself.
 */
export const watchPrices = async (ports: WatchPorts): Promise<void> => {
  await ports.db.$executeRaw`
    UPDATE alerts a SET ended_at = greatest(a.created_at, clock_timestamp())
    WHERE a.ended_at IS NULL AND a.kind = 'venue' AND starts_with(a.key, 'no-price:') AND NOT EXISTS
      (SELECT 1 FROM positions p WHERE p.bot_id = a.bot_id AND p.closed_at IS NULL AND ${NO_PRICE_KEY} = a.key)`;
  const unmarked = await findUnmarked(ports);
  const answers = new Map<string, Promise<boolean>>();
  const ask = (position: Unmarked): Promise<boolean> => {
    const market = `${position.venueId} ${position.pair} ${position.marketType}`;
    const answer = answers.get(market) ?? isWithoutPrice(ports, position);
    answers.set(market, answer);
    return answer;
  };
  const isTold = await Promise.all(unmarked.map(ask));
  for (const position of unmarked.filter((_, index) => isTold[index])) {
    const { botId, userId, key } = position;
    const alert = { key, kind: "venue", severity: "critical", message: textOf(position) } as const;
    await inTransaction(ports.db, (tx) => tellUser(tx, { id: ports.newId(), userId, botId }, alert));
  }
};
