import { sumOf, type Decimal } from "../money";
import { notionalWithLegs } from "../portfolio/reserved";
import type { CorrelationView, EntryRequest, MarketView, PortfolioView } from "./basis/risk-context";
import type { UserExposure, UserSums, UserView } from "./basis/user-view";

type InMarket = Pick<UserExposure, "marketId" | "pair">;

type Summed = {
  readonly entry: Pick<EntryRequest, "side" | "decision">;
  readonly market: Pick<MarketView, "marketId">;
  readonly portfolio: Pick<PortfolioView, "positions" | "grossNotional" | "equity" | "dayStartEquity">;
  readonly correlationsOf: (marketId: number, others: readonly InMarket[]) => readonly CorrelationView[];
};

/** Those of the entry's side that move like its pair: the pair itself, and what is not known to differ. */
const correlatedWith = (
  { entry, market, correlationsOf }: Summed,
  exposures: readonly UserExposure[],
  correlationMin: number,
): UserExposure[] => {
  const sameSide = exposures.filter(({ side }) => side === entry.side);
  const correlations = correlationsOf(market.marketId, sameSide);
  return sameSide.filter(({ pair }, index) => {
    const value = correlations[index]?.value ?? null;
    return pair === entry.decision.pair || value === null || value >= correlationMin;
  });
};

const valueOf = (exposures: readonly UserExposure[]): Decimal => sumOf(exposures.map(({ notional }) => notional));

/** What the user's bots hold and lost before an entry: the others by the view, its own bot by the books. */
export const sumUser = (view: UserView, summed: Summed): UserSums => {
  const { limits, exposures } = view;
  const { positions, grossNotional, equity, dayStartEquity } = summed.portfolio;
  const own = positions.map((position) => ({ ...position, notional: notionalWithLegs(position) }));
  const sameSideOf = (held: readonly UserExposure[]): Decimal =>
    valueOf(correlatedWith(summed, held, limits.sameSideCorrelation));
  const others = { gross: valueOf(exposures), sameSide: sameSideOf(exposures), loss: view.loss };
  return {
    limits,
    others,
    gross: others.gross.plus(grossNotional),
    sameSide: others.sameSide.plus(sameSideOf(own)),
    loss: others.loss.plus(dayStartEquity).minus(equity),
  };
};
