import type { Proposals, ProposalView } from "~/contracts/proposal-view";
import { decimal } from "~/trading/money";
import { Prisma } from "../../db/prisma";
import type { Ports } from "../../ports";
import type { OwnBotId } from "../../tenant/own-id";
import { findOwnedBot } from "../owned-bot";

const OPEN_MAX = 100;
const ENDED_MAX = 20;

type Row = Omit<ProposalView, "bot" | "placed" | "priceDigits"> & {
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
    p.band_low::text AS "bandLow", p.band_high::text AS "bandHigh", l.close::text AS price, l.open_time AS "priceAt",
    p.proposed_at AS "proposedAt", p.expires_at AS "expiresAt", p.ended_at AS "endedAt", u.email AS "decidedBy",
    i.quantity::text AS "placedQuantity", i.stop_loss::text AS "placedStop", i.take_profit::text AS "placedTarget",
    f.position_id AS "positionId"
  FROM proposals p JOIN bots b ON b.id = p.bot_id JOIN accounts a ON a.id = b.account_id JOIN venues v ON v.id = a.venue_id
  JOIN markets m ON m.id = p.market_id JOIN decisions d ON d.id = p.decision_id
  LEFT JOIN commands c ON c.id = p.command_id LEFT JOIN users u ON u.id = c.actor_id
  LEFT JOIN cycles r ON r.command_id = p.command_id
  LEFT JOIN order_intents i ON i.cycle_id = r.id AND i.market_id = p.market_id AND i.purpose = 'entry'
  LEFT JOIN LATERAL (SELECT f.position_id FROM orders o JOIN fills f ON f.order_id = o.id WHERE o.intent_id = i.id LIMIT 1) f ON true
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

const toView = (row: Row): ProposalView => {
  const { botId, botName, currency, venueId, tick, placedQuantity, placedStop, placedTarget, positionId, ...rest } =
    row;
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
  const isPlaced = placedQuantity !== null && placedStop !== null && placedTarget !== null;
  return {
    ...rest,
    ...(Object.fromEntries(amounts.map((name) => [name, plain(row[name])])) as Pick<Row, (typeof amounts)[number]>),
    bot: { id: botId, name: botName, currency, venueId },
    priceDigits: decimal(tick).decimalPlaces(),
    placed: isPlaced
      ? { quantity: plain(placedQuantity), stopLoss: plain(placedStop), takeProfit: plain(placedTarget), positionId }
      : null,
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
