import { sumOf, type Decimal } from "../money";
import { computeEquity } from "../portfolio/equity";
import { equityFigures, type EquityMemory } from "../portfolio/equity-memory";
import type { Balances } from "../portfolio/ledger";
import { notionalWithLegs } from "../portfolio/reserved";
import type { ExitPlan } from "../portfolio/exit-plan";
import type { MarketPosition } from "../risk/basis/risk-context";
import type { UserExposure, UserLimits, UserView } from "../risk/basis/user-view";

type HeldByUser = Pick<
  MarketPosition,
  "marketId" | "pair" | "side" | "quantity" | "entryPrice" | "leverage" | "mark"
> & {
  readonly exitPlan?: Pick<ExitPlan, "entryLegs">;
};

/** The books of one of the user's other bots. */
export type UserBot = {
  readonly initialCapital: Decimal;
  readonly balances: Pick<Balances, "cash" | "margin">;
  readonly memory: EquityMemory | null;
  readonly positions: readonly HeldByUser[];
};

/** What a bot lost since the UTC day of `time` (ms) began, realised and unrealised; negative: it gained. */
const lossOf = ({ initialCapital, balances, memory, positions }: UserBot, time: number): Decimal => {
  const { dayStart } = equityFigures(memory, time);
  return (dayStart ?? initialCapital).minus(computeEquity(balances, positions).equity);
};

/** One exposure for each market and side. */
const joinExposures = (exposures: readonly UserExposure[]): UserExposure[] => {
  const joined = new Map<string, UserExposure>();
  for (const exposure of exposures) {
    const key = `${exposure.marketId} ${exposure.side}`;
    const known = joined.get(key);
    joined.set(key, known ? { ...known, notional: known.notional.plus(exposure.notional) } : exposure);
  }
  return [...joined.values()];
};

/** What a bot's gate sees of its user at a slot (ms). `unfilled`: entries of all bots that are approved and not filled. */
export const viewUser = (
  {
    limits,
    others,
    unfilled,
  }: {
    readonly limits: UserLimits;
    readonly others: readonly UserBot[];
    readonly unfilled: readonly UserExposure[];
  },
  time: number,
): UserView => {
  const held = others.flatMap(({ positions }) =>
    positions.map((position) => {
      const { marketId, pair, side } = position;
      return { marketId, pair, side, notional: notionalWithLegs(position) };
    }),
  );
  return {
    limits,
    exposures: joinExposures([...held, ...unfilled]),
    loss: sumOf(others.map((other) => lossOf(other, time))),
  };
};
