import type { Proposals, ProposalView } from "~/contracts/proposal-view";
import { leftBandAt } from "~/trading/approval/price-band";
import { isTimeframe, timeframeMs } from "~/trading/market/timeframe";
import { decimal } from "~/trading/money";
import { Prisma } from "../../db/prisma";
import type { Ports } from "../../ports";
import type { OwnBotId } from "../../tenant/own-id";
import { findOwnedBot } from "../owned-bot";

const OPEN_MAX = 100;
const ENDED_MAX = 20;

type Row = Omit<ProposalView, "bot" | "placed" | "priceDigits" | "isWithinBand"> & {
  readonly finestTimeframe: string;
  readonly orderStatus: string | null;
  readonly orderReason: string | null;
  readonly botId: string;
  readonly botName: string;
  readonly currency: string;
  readonly venueId: string;
  readonly tick: string;
  readonly placedQuantity: string | null;
  readonly placedStop: string | null;
  readonly placedTarget: string | null;
  readonly positionId: string | null;
};

/** No other bot beside a user: it would be taken for one that was found. */
type Whose = { readonly botId: OwnBotId } | { readonly userId: string; readonly botId?: never };
type Part = { readonly state: Prisma.Sql; readonly order: Prisma.Sql; readonly limit: number };

const ownSql = (whose: Whose): Prisma.Sql =>
  whose.botId === undefined ? Prisma.sql`b.user_id = ${whose.userId}::uuid` : Prisma.sql`b.id = ${whose.botId}::uuid`;

const select = (whose: Whose, { state, order, limit }: Part): Prisma.Sql => Prisma.sql`
  SELECT p.id, b.id AS "botId", b.name AS "botName", a.currency, a.venue_id AS "venueId", d.cycle_id AS "cycleId", m.pair,
    m.tick::text, p.side::text, d.reason_text AS why, p.state::text, p.reason, p.reference_price::text AS "referencePrice",
    p.stop_loss::text AS "stopLoss", p.take_profit::text AS "takeProfit", p.quantity::text, p.notional::text, p.risk::text,
    p.band_low::text AS "bandLow", p.band_high::text AS "bandHigh", l.close::text AS price, l.open_time AS "priceAt", v.finest_timeframe AS "finestTimeframe",
    p.proposed_at AS "proposedAt", p.expires_at AS "expiresAt", p.ended_at AS "endedAt", u.email AS "decidedBy",
    i.quantity::text AS "placedQuantity", i.stop_loss::text AS "placedStop", i.take_profit::text AS "placedTarget",
    o.status::text AS "orderStatus", o.status_reason AS "orderReason", f.position_id AS "positionId",
    (SELECT min(w.asked_at) FROM commands w WHERE w.bot_id = p.bot_id AND w.state = 'asked' AND w.kind = 'accept-proposal'
      AND w.details ->> 'proposalId' = p.id::text) AS "acceptedAt"
  FROM proposals p JOIN bots b ON b.id = p.bot_id JOIN accounts a ON a.id = b.account_id JOIN venues v ON v.id = a.venue_id
  JOIN markets m ON m.id = p.market_id JOIN decisions d ON d.id = p.decision_id
  LEFT JOIN commands c ON c.id = p.command_id LEFT JOIN users u ON u.id = c.actor_id
  LEFT JOIN cycles r ON r.command_id = p.command_id
  LEFT JOIN order_intents i ON i.cycle_id = r.id AND i.market_id = p.market_id AND i.purpose = 'entry'
  LEFT JOIN orders o ON o.intent_id = i.id
  LEFT JOIN LATERAL (SELECT f.position_id FROM fills f WHERE f.order_id = o.id LIMIT 1) f ON true
  LEFT JOIN LATERAL (SELECT k.close, k.open_time FROM candles k WHERE k.market_id = m.id AND k.timeframe = v.finest_timeframe
    ORDER BY k.open_time DESC LIMIT 1) l ON p.state = 'proposed'
  WHERE ${ownSql(whose)} AND ${state} ORDER BY ${order} LIMIT ${limit}`;

const OPEN: Part = {
  state: Prisma.sql`p.state IN ('proposed', 'accepted')`,
  order: Prisma.sql`p.expires_at, p.id`,
  limit: OPEN_MAX,
};
const ENDED: Part = {
  state: Prisma.sql`p.ended_at IS NOT NULL`,
  order: Prisma.sql`p.ended_at DESC, p.id DESC`,
  limit: ENDED_MAX,
};

const plain = (amount: string): string => decimal(amount).toFixed();

/** The price that was known last, as of the close of its candle. */
const priceOf = (
  row: Pick<Row, "price" | "priceAt" | "finestTimeframe" | "bandLow" | "bandHigh">,
): Pick<ProposalView, "price" | "priceAt" | "isWithinBand"> => {
  const { price, priceAt, finestTimeframe, bandLow, bandHigh } = row;
  if (price === null || priceAt === null || !isTimeframe(finestTimeframe)) {
    return { price: null, priceAt: null, isWithinBand: null };
  }
  const at = priceAt.getTime() + timeframeMs(finestTimeframe);
  const band = { low: decimal(bandLow), high: decimal(bandHigh) };
  return { price, priceAt: new Date(at), isWithinBand: leftBandAt(band, decimal(price), at) === null };
};

const FAILED = new Set(["rejected", "canceled", "expired"]);

/** Why it ended as it did. Of one that was placed before its order's outcome was known: what is known of it by now. */
const reasonOf = ({ state, reason, positionId, orderStatus, orderReason }: Row): string | null => {
  if (state !== "placed" || orderStatus === null) return reason;
  if (positionId !== null) return null;
  return FAILED.has(orderStatus) ? `its order was not filled after all: ${orderReason ?? orderStatus}` : reason;
};

const placedOf = ({ placedQuantity, placedStop, placedTarget, positionId }: Row): ProposalView["placed"] =>
  placedQuantity !== null && placedStop !== null && placedTarget !== null
    ? { quantity: plain(placedQuantity), stopLoss: plain(placedStop), takeProfit: plain(placedTarget), positionId }
    : null;

const toView = (row: Row): ProposalView => {
  const amounts = [
    "referencePrice",
    "stopLoss",
    "takeProfit",
    "quantity",
    "notional",
    "risk",
    "bandLow",
    "bandHigh",
  ] as const;
  const { id, cycleId, pair, side, why, state, proposedAt, expiresAt, endedAt, decidedBy, acceptedAt } = row;
  return {
    id,
    cycleId,
    pair,
    side,
    why,
    state,
    proposedAt,
    expiresAt,
    endedAt,
    decidedBy,
    acceptedAt,
    ...priceOf(row),
    reason: reasonOf(row),
    ...(Object.fromEntries(amounts.map((name) => [name, plain(row[name])])) as Pick<Row, (typeof amounts)[number]>),
    bot: { id: row.botId, name: row.botName, currency: row.currency, venueId: row.venueId },
    priceDigits: decimal(row.tick).decimalPlaces(),
    placed: placedOf(row),
  };
};

/** What waits for a user's word, the first to expire first, and what ended last. Throws AppError for another user's bot. */
export const listProposals = async (
  ports: Pick<Ports, "db">,
  { userId, botId }: { readonly userId: string; readonly botId?: string | undefined },
): Promise<Proposals> => {
  const whose = botId === undefined ? { userId } : { botId: (await findOwnedBot(ports, { userId, botId })).id };
  const [open, ended] = await Promise.all([
    ports.db.$queryRaw<Row[]>(select(whose, OPEN)),
    ports.db.$queryRaw<Row[]>(select(whose, ENDED)),
  ]);
  return { open: open.map(toView), ended: ended.map(toView) };
};
