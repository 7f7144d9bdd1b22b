import type { MarketDecision } from "../decision/basis/market-decision";
import { invariant } from "../invariant";
import { decimal, type DecimalInput } from "../money";
import type { PlannedPosition } from "../portfolio/position";
import { trailByIndicator } from "../settlement/move-levels";

export type Trailing = {
  readonly decisions: readonly MarketDecision[];
  /** The price step of a market. */
  readonly tickOf: (marketId: number) => DecimalInput;
};

type Listed = { readonly id: number; readonly rules: { readonly tick: DecimalInput } };

/** The price steps of a slot's markets. */
export const tickIn =
  ({ traded, held }: { readonly traded: readonly Listed[]; readonly held: readonly Listed[] }): Trailing["tickOf"] =>
  (marketId) => {
    const market = [...traded, ...held].find(({ id }) => id === marketId);
    invariant(market, `market ${marketId} was decided about without its rules`);
    return market.rules.tick;
  };

/**
 * Positions whose stop trails by an indicator, moved to where the slot's decision candles put it. A position about
 * which nothing was decided stays the same object.
 */
export const trailPositions = <Held extends PlannedPosition & { readonly marketId: number }>(
  positions: readonly Held[],
  { decisions, tickOf }: Trailing,
): readonly Held[] =>
  positions.map((position) => {
    const decided = decisions.find(({ marketId }) => marketId === position.marketId);
    const reading = decided?.decision.trailBy ?? null;
    return reading === null ? position : trailByIndicator(position, reading, decimal(tickOf(position.marketId)));
  });
