import type { Matching } from "../execution/matching";
import { isDecisionDue } from "../decision/decide";
import type { DecisionSettings, SlotSpan } from "../decision/basis/decision-mode";

/** The settings that a mode decides with, and whether the bot may add to a position (default: it may not). */
export type AskedSettings = DecisionSettings & {
  readonly pairs: readonly string[];
  readonly matching?: Matching;
  readonly risk?: { readonly pyramidingMarginMax: number };
};

type Listed = { readonly id: number; readonly rules: { readonly pair: string } };
type Opened = { readonly marketId: number; readonly openedBy: AskedSettings };

/** A market to decide about. Where a position is open, the settings that opened it decide. */
export type AskedMarket<Market, Held> = {
  readonly market: Market;
  readonly position: Held | undefined;
  readonly settings: AskedSettings;
};

type Asking<Market, Held> = {
  readonly settings: AskedSettings;
  readonly traded: readonly Market[];
  readonly held: readonly Market[];
  readonly positions: readonly Held[];
};

/**
 * The markets of the settings in their order, then markets that are only here because a position is open there. When a
 * pair is held in another market, the pair is not free, so its market in the settings is left out.
 */
export const askMarkets = <Market extends Listed, Held extends Opened>({
  settings,
  traded,
  held,
  positions,
}: Asking<Market, Held>): AskedMarket<Market, Held>[] => {
  const positionIn = ({ id }: Market) => positions.find(({ marketId }) => marketId === id);
  const others = held.filter((market) => positionIn(market) !== undefined);
  const isTaken = ({ rules }: Market): boolean => others.some((other) => other.rules.pair === rules.pair);
  return [...traded.filter((market) => !isTaken(market)), ...others].map((market) => {
    const position = positionIn(market);
    return { market, position, settings: position?.openedBy ?? settings };
  });
};

/** Whether a decision is due under the current settings, or under the settings that opened a position. */
export const isAnyDue = (settings: AskedSettings, positions: readonly Pick<Opened, "openedBy">[], span: SlotSpan) =>
  [settings, ...positions.map(({ openedBy }) => openedBy)].some((each) => isDecisionDue(each, span));
