import type { TradingState } from "~/trading/cycle/watch-drawdown";
import { invariant } from "~/trading/invariant";
import { ZERO, type Decimal } from "~/trading/money";
import { markEquity, type EquityPoint } from "~/trading/portfolio/mark-equity";
import type { BotContext } from "../bot-context";
import { toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import type { BotBooks } from "./bot-books";
import { loadKeptFigures } from "./kept-figures";
import { loadOpenPositionsOf } from "./positions";

/** Equity of a bot at a slot, and what it holds and may do there. */
export type MarkedBot = EquityPoint & {
  readonly botId: string;
  readonly tradingState: TradingState;
  readonly openPositions: number;
};

/** Marks a bot at a slot (ms) by the balances that are kept and the stored marks of its open positions. */
export const markBot = (
  { botId, initialCapital }: Pick<BotContext, "botId" | "initialCapital">,
  { positions, kept }: Pick<BotBooks, "positions" | "kept">,
  slot: number,
): MarkedBot => {
  const { balances, memory, tradingState } = kept;
  const point = markEquity({ balances, positions }, { peak: memory?.last.peak ?? null, initialCapital }, slot);
  return { ...point, botId, tradingState, openPositions: positions.length };
};

/**
 * Marks bots at a slot (ms) by the balances that are kept and the stored marks of their open positions: two statements,
 * however many and however old they are.
 */
export const markBots = async (
  tx: Transaction,
  bots: readonly Pick<BotContext, "botId" | "initialCapital">[],
  slot: number,
): Promise<MarkedBot[]> => {
  const ids = bots.map(({ botId }) => botId);
  const held = await loadOpenPositionsOf(tx, ids);
  const kept = await loadKeptFigures(tx, ids);
  return bots.map((bot) => {
    const figures = kept.get(bot.botId);
    invariant(figures, `bot ${bot.botId} is not there`);
    return markBot(bot, { positions: held.get(bot.botId) ?? [], kept: figures }, slot);
  });
};

/** `flow`: how much of it came from the bot's account just then, or went back (below zero); absent: nothing. */
type BotPoint = EquityPoint & { readonly botId: string; readonly flow?: Decimal };

/**
 * Equity points to append; what is remembered of each bot's points follows in the database. `when`: writes nothing where
 * it is false.
 */
export const insertPoints = (points: readonly BotPoint[], when: Prisma.Sql = Prisma.sql`true`): Prisma.Sql => {
  const column = (name: "equity" | "cash" | "margin" | "unrealizedPnl" | "peak"): string[] =>
    points.map((point) => toColumn(point[name]));
  return Prisma.sql`
    INSERT INTO equity_points (bot_id, at, equity, cash, margin, unrealized_pnl, peak, flow)
    SELECT * FROM unnest(${points.map(({ botId }) => botId)}::uuid[], ${points.map(({ at }) => new Date(at))}::timestamptz[],
      ${column("equity")}::numeric[], ${column("cash")}::numeric[], ${column("margin")}::numeric[],
      ${column("unrealizedPnl")}::numeric[], ${column("peak")}::numeric[],
      ${points.map(({ flow }) => toColumn(flow ?? ZERO))}::numeric[])
      AS point (bot_id, at, equity, cash, margin, unrealized_pnl, peak, flow) WHERE ${when}`;
};
