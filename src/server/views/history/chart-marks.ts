import type { CandleChart } from "~/contracts/chart-view";
import { describeExit } from "~/trading/execution/describe-exit";
import { modeExitOf } from "~/trading/portfolio/exit-reason";
import type { Candle } from "~/trading/market/candle";
import { floorToGrid, timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import { decimal } from "~/trading/money";
import { describeRefusal } from "~/trading/risk/describe-refusal";
import type { Database } from "../../db/client";
import type { OwnBotId } from "../../tenant/own-id";
import { IS_ADDITION, LAST_FILL } from "../fill-facts";

type Mark = CandleChart["marks"][number];
type Amount = { toFixed(): string };

/** Refusals can be many: a bot that is refused at each slot would hide its trades. */
const REFUSALS_MAX = 60;
/** Far beyond what 300 candles can hold of one bot's trades in one pair. */
const FILLS_MAX = 1000;
const NET_DECIMALS = 2;

export type MarkedSpan = {
  readonly botId: OwnBotId;
  readonly marketId: number;
  readonly timeframe: Timeframe;
  readonly candles: readonly Candle[];
};

type FillRow = {
  readonly isEntry: boolean;
  readonly isAddition: boolean;
  readonly purpose: string;
  readonly kind: string;
  readonly side: "long" | "short";
  readonly at: Date;
  readonly price: Amount;
  /** Of the trade, with the last fill of it. */
  readonly reason: string | null;
  readonly net: Amount | null;
  readonly cycleId: string | null;
  readonly positionId: string;
};

type Bounds = { readonly from: Date; readonly before: Date };

const loadFills = (
  db: Database,
  { botId, marketId }: MarkedSpan,
  { from, before }: Bounds,
): Promise<FillRow[]> => db.$queryRaw<FillRow[]>`
  -- The newest fills are those of open positions and of the newest that ended: old ones are not read.
  WITH held AS (
    SELECT id, side FROM positions WHERE bot_id = ${botId}::uuid AND market_id = ${marketId} AND closed_at IS NULL
    UNION ALL (SELECT id, side FROM positions WHERE bot_id = ${botId}::uuid AND market_id = ${marketId} AND closed_at >= ${from}
      ORDER BY closed_at DESC LIMIT ${FILLS_MAX})),
  filled AS (
    SELECT f.*, p.side AS position_side FROM held p CROSS JOIN LATERAL (SELECT * FROM fills
      WHERE position_id = p.id AND filled_at >= ${from} AND filled_at < ${before} ORDER BY filled_at DESC LIMIT ${FILLS_MAX}) f
    ORDER BY f.filled_at DESC LIMIT ${FILLS_MAX})
  SELECT (f.side = 'buy') = (f.position_side = 'long') AS "isEntry", ${IS_ADDITION} AS "isAddition", i.purpose::text, i.kind,
    f.position_side AS side, f.filled_at AS at, f.price, t.exit_reason AS reason, t.realized_pnl AS net,
    f.position_id AS "positionId", i.cycle_id AS "cycleId"
  FROM filled f JOIN orders o ON o.id = f.order_id JOIN order_intents i ON i.id = o.intent_id
  CROSS JOIN LATERAL (SELECT min(l.id) AS id FROM ledger_entries l WHERE l.position_id = f.position_id AND l.fill_id = f.id) booked
  -- The trade is told at the exit that ended it, the last that was booked.
  LEFT JOIN trades t ON t.position_id = f.position_id AND t.exited_at = f.filled_at AND f.id = ${LAST_FILL}
  ORDER BY f.filled_at, booked.id`;

type RefusalRow = {
  readonly side: "long" | "short";
  readonly at: Date;
  readonly price: Amount | null;
  readonly rule: string | null;
  readonly cycleId: string;
};

const loadRefusals = (
  db: Database,
  { botId, marketId }: MarkedSpan,
  { from, before }: Bounds,
): Promise<RefusalRow[]> => db.$queryRaw<RefusalRow[]>`
  SELECT d.side, v.slot AS at, d.entry_price AS price, v.rule, d.cycle_id AS "cycleId"
  FROM verdicts v JOIN decisions d ON d.id = v.decision_id
  WHERE v.bot_id = ${botId}::uuid AND v.outcome = 'rejected' AND v.slot >= ${from} AND v.slot <= ${before}
    AND d.market_id = ${marketId} AND d.side IS NOT NULL
  ORDER BY v.slot DESC LIMIT ${REFUSALS_MAX}`;

const signed = (net: Amount): string => {
  const text = decimal(net.toFixed()).toFixed(NET_DECIMALS);
  // What rounds to nothing is neither gain nor loss.
  if (!/[1-9]/.test(text)) return text.replace("-", "");
  return text.startsWith("-") ? text : `+${text}`;
};

const describeEntry = ({ purpose, isAddition, side }: FillRow): string => {
  if (purpose === "leg") return `${side} leg`;
  return isAddition ? `${side} added` : `${side} entry`;
};

const describePart = ({ purpose, kind }: FillRow): string => {
  if (kind === "partial-target") return describeExit(kind);
  return `part: ${describeExit(purpose === "exit" ? modeExitOf(kind) : kind)}`;
};

const describeFill = (fill: FillRow): string => {
  if (fill.isEntry) return describeEntry(fill);
  return fill.net === null ? describePart(fill) : `${describeExit(fill.reason ?? "exit")} ${signed(fill.net)}`;
};

const toFillMark = (fill: FillRow): Omit<Mark, "time"> => ({
  kind: fill.isEntry ? "entry" : "exit",
  side: fill.side,
  price: Number(fill.price.toFixed()),
  text: describeFill(fill),
  cycleId: fill.cycleId,
  positionId: fill.positionId,
});

const toRefusalMark = ({ side, price, rule, cycleId }: RefusalRow): Omit<Mark, "time"> => ({
  kind: "refused",
  side,
  price: price === null ? null : Number(price.toFixed()),
  text: rule === null ? "refused" : describeRefusal(rule),
  cycleId,
  positionId: null,
});

/** What happened at one instant: a cycle's orders, what it refused, and what its candle touched after it. */
const placeOf = ({ kind, cycleId }: Omit<Mark, "time">): number => {
  if (kind === "refused") return 1;
  return cycleId === null ? 2 : 0;
};

/**
 * What a bot did on these candles: entries and exits at the candle that filled them, and its newest refused wishes at the
 * candle of their slot (the last one shown, where that candle has not closed yet). In the order in which it happened.
 */
export const loadMarks = async (db: Database, span: MarkedSpan): Promise<Mark[]> => {
  const { candles, timeframe } = span;
  const [first, last] = [candles[0], candles.at(-1)];
  if (!first || !last) return [];
  const step = timeframeMs(timeframe);
  const bounds = { from: new Date(first.openTime), before: new Date(last.openTime + step) };
  const timeOf = (at: number): number => Math.min(floorToGrid(at, step), last.openTime) / 1000;
  const [fills, refusals] = await Promise.all([loadFills(db, span, bounds), loadRefusals(db, span, bounds)]);
  return [
    ...fills.map((fill) => ({ at: fill.at.getTime(), mark: toFillMark(fill) })),
    ...refusals.map((refusal) => ({ at: refusal.at.getTime(), mark: toRefusalMark(refusal) })),
  ]
    .toSorted((one, other) => one.at - other.at || placeOf(one.mark) - placeOf(other.mark))
    .map(({ at, mark }) => ({ ...mark, time: timeOf(at) }));
};
