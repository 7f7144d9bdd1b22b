import { viewUser, type UserBot } from "~/trading/cycle/view-user";
import { invariant } from "~/trading/invariant";
import { dayStartOf } from "~/trading/market/day-start";
import type { EntryLeg } from "~/trading/portfolio/entry-legs";
import type { PositionSide } from "~/trading/portfolio/position-side";
import type { UserView } from "~/trading/risk/basis/user-view";
import type { BotContext } from "../bot-context";
import { fromColumn, fromColumnOrNull } from "../db/amounts";
import type { Database } from "../db/client";
import { Prisma } from "../db/prisma";
import type { StoredMarket } from "../ports/candle-store";
import { toEquityMemory } from "./kept-figures";
import { readUserSql } from "./user-risk-sql";

/** Which version of a user's limits was read, and whether it had any. */
export type UserRiskRef = { readonly version: string; readonly isLimited: boolean };

/** What a bot's gate asks of its user. `view`: null where the user limits no bots together. */
export type UserRisk = UserRiskRef & {
  readonly view: UserView | null;
  /** The markets of the bot's venue in which the others hold something, or any of them ordered. */
  readonly markets: readonly StoredMarket[];
};

type Market = { readonly marketId: number; readonly pair: string; readonly side: PositionSide } & {
  readonly marketType: StoredMarket["marketType"];
  readonly venueId: string;
};
type PositionJson = Market & {
  readonly quantity: string;
  readonly entryPrice: string;
  readonly leverage: string;
  readonly mark: string;
  /** Legs of its entry still to come; null: its bot enters none now, or it was opened before there were any. */
  readonly legs: readonly EntryLeg[] | null;
};
type BotJson = {
  readonly capital: string;
  readonly cash: string;
  readonly margin: string;
  readonly at: number | null;
  readonly equity: string | null;
  readonly peak: string | null;
  readonly dayStart: string | null;
  readonly dayLow: string | null;
  readonly positions: readonly PositionJson[];
};
type Row = {
  readonly version: string;
  readonly grossNotionalMax: string | null;
  readonly sameSideNotionalMax: string | null;
  readonly sameSideCorrelation: number;
  readonly dailyLossMax: string | null;
  readonly others: readonly BotJson[];
  readonly unfilled: readonly (Market & { readonly notional: string })[];
};

const toBot = ({ capital, cash, margin, at, positions, ...memory }: BotJson): UserBot => ({
  initialCapital: fromColumn(capital),
  balances: { cash: fromColumn(cash), margin: fromColumn(margin) },
  memory: toEquityMemory({ ...memory, at: at === null ? null : new Date(at) }),
  positions: positions.map((position) => ({
    ...position,
    quantity: fromColumn(position.quantity),
    entryPrice: fromColumn(position.entryPrice),
    leverage: fromColumn(position.leverage),
    mark: fromColumn(position.mark),
    exitPlan: { entryLegs: [...(position.legs ?? [])] },
  })),
});

/** What a bot's user allows all bots together, and what the others hold at one moment, in one statement. */
export const loadUserRisk = async (
  db: Database,
  { botId, userId, venue }: Pick<BotContext, "botId" | "userId" | "venue">,
  slot: number,
): Promise<UserRisk> => {
  const [row] = await db.$queryRaw<Row[]>(readUserSql({ botId, userId, dayStart: dayStartOf(slot) }));
  invariant(row, `the user of bot ${botId} has no row of limits`);
  const { version, sameSideCorrelation, others, unfilled } = row;
  const limits = {
    grossNotionalMax: fromColumnOrNull(row.grossNotionalMax),
    sameSideNotionalMax: fromColumnOrNull(row.sameSideNotionalMax),
    sameSideCorrelation,
    dailyLossMax: fromColumnOrNull(row.dailyLossMax),
  };
  const { grossNotionalMax, sameSideNotionalMax, dailyLossMax } = limits;
  const isLimited = grossNotionalMax !== null || sameSideNotionalMax !== null || dailyLossMax !== null;
  if (!isLimited) return { version, isLimited, view: null, markets: [] };
  const exposures = unfilled.map((order) => ({ ...order, notional: fromColumn(order.notional) }));
  const seen = [...others.flatMap(({ positions }) => positions), ...unfilled];
  const here = sameSideNotionalMax === null ? [] : seen.filter(({ venueId }) => venueId === venue.id);
  const markets = new Map(here.map(({ marketId: id, pair, marketType }) => [id, { id, pair, marketType }]));
  const view = viewUser({ limits, others: others.map(toBot), unfilled: exposures }, slot);
  return { version, isLimited, view, markets: [...markets.values()] };
};

/** The reference alone, of the user of bot `b` of a query. */
export const USER_RISK_REF = Prisma.sql`(SELECT json_build_object('version', r.version::text, 'isLimited',
  coalesce(r.gross_notional_max, r.same_side_notional_max, r.daily_loss_max) IS NOT NULL) FROM user_risk r WHERE r.user_id = b.user_id)`;
