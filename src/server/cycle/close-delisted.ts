import { exitAtMark } from "~/trading/settlement/exit-at-mark";
import { decimal } from "~/trading/money";
import type { MarketRef } from "~/trading/ports";
import { VenueError } from "~/trading/venue-error";
import { loadOpenPositions } from "../books/positions";
import { findMarket } from "../bot-context";
import { inTransaction } from "../db/in-transaction";
import { recordExit } from "../orders/settle-open-positions";
import type { Ports } from "../ports";
import type { VenueRef } from "../refs";
import { IS_WITHOUT_PRICE } from "../venues/is-without-price";
import { readVenueTime } from "../venues/venue-time";
import { shownTimeSql } from "../venues/venue-time-sql";
import { holdIdle } from "./guard-positions";

type ClosePorts = Pick<Ports, "db" | "newId" | "wallNow" | "marketDataOf" | "contexts">;

/** A market may be suspended and come back: a position waits so long for a price, as its venue's clock runs. */
const WITHOUT_PRICE_HOURS = 24;
/** Those left over are closed the next time. */
const POSITIONS_MAX = 200;

type Waiting = MarketRef & {
  readonly positionId: string;
  readonly botId: string;
  readonly settingsVersion: number;
  readonly venueId: string;
  readonly venueKind: VenueRef["kind"];
};

const findWaiting = ({ db, wallNow }: ClosePorts): Promise<Waiting[]> => db.$queryRaw<Waiting[]>`
  SELECT p.id AS "positionId", p.bot_id AS "botId", b.settings_version AS "settingsVersion", v.id AS "venueId",
    v.kind::text AS "venueKind", m.pair, m.market_type::text AS "marketType"
  FROM positions p JOIN bots b ON b.id = p.bot_id JOIN markets m ON m.id = p.market_id JOIN venues v ON v.id = m.venue_id
  LEFT JOIN venue_clocks k ON k.venue_id = v.id
  WHERE p.closed_at IS NULL AND p.account_kind = 'paper' AND ${IS_WITHOUT_PRICE} AND p.marked_at <=
    ${shownTimeSql(wallNow())} - make_interval(hours => ${WITHOUT_PRICE_HOURS}) * greatest(coalesce(k.speed, 1), 1)
  ORDER BY p.marked_at, p.id LIMIT ${POSITIONS_MAX}`;

/** The markets that a venue lists, as text; null: it does not say. */
const readListed = async (ports: ClosePorts, { venueId, venueKind }: Waiting): Promise<ReadonlySet<string> | null> => {
  try {
    const markets = await (await ports.marketDataOf({ id: venueId, kind: venueKind })).listMarkets();
    return new Set(markets.map(({ pair, marketType }) => `${pair} ${marketType}`));
  } catch (error) {
    if (!(error instanceof VenueError)) throw error;
    return null;
  }
};

/** Closes it between the cycles of its bot, like the guard does; whether it did. */
const closeAtMark = async (ports: ClosePorts, waiting: Waiting): Promise<boolean> => {
  const { botId, positionId } = waiting;
  const context = await ports.contexts(botId, waiting.settingsVersion);
  const at = await readVenueTime(ports, context.venue.id);
  return inTransaction(ports.db, async (tx) => {
    if (!(await holdIdle(tx, botId, at))) return false;
    const position = (await loadOpenPositions(tx, botId)).find(({ id }) => id === positionId);
    const market = position && findMarket(context, position.marketId);
    if (!market) return false;
    const { tick, takerFeeRate } = market.rules;
    const exit = exitAtMark(position, { at, tick: decimal(tick), takerFeeRate: decimal(takerFeeRate) });
    await recordExit(tx, { context, newId: ports.newId }, { position, exit });
    return true;
  });
};

/**
 * Closes paper positions whose market the venue does not list any more, a day after their last price and at that: no
 * candle will ever touch their stop. Returns how many.
 */
export const closeDelisted = async (ports: ClosePorts): Promise<{ readonly closed: number }> => {
  const listed = new Map<string, ReadonlySet<string> | null>();
  let closed = 0;
  for (const waiting of await findWaiting(ports)) {
    const known = listed.get(waiting.venueId);
    const markets = known === undefined ? await readListed(ports, waiting) : known;
    listed.set(waiting.venueId, markets);
    if (markets === null || markets.has(`${waiting.pair} ${waiting.marketType}`)) continue;
    if (await closeAtMark(ports, waiting)) closed += 1;
  }
  return { closed };
};
