import type { Matching } from "../execution/matching";
import { isDecisionDue } from "../decision/decide";
import type { DecisionSettings, SlotSpan } from "../decision/basis/decision-mode";
import { isControl } from "../decision/is-control";
import { computeEquity } from "../portfolio/equity";
import type { Balances } from "../portfolio/ledger";
import type { PlannedPosition } from "../portfolio/position";
import { hasRoomToAdd, whyNotNow, type RoomLimits } from "../risk/basis/addition";

/** The settings that a mode decides with, and the limits of adding to a position (default: the bot may not). */
export type AskedSettings = DecisionSettings & {
  readonly pairs: readonly string[];
  readonly matching?: Matching;
  readonly risk?: RoomLimits;
};

type Listed = { readonly id: number; readonly rules: { readonly pair: string } };
type Opened = { readonly marketId: number; readonly openedBy: AskedSettings };
type OpenPosition = PlannedPosition & Opened;

/** A market to decide about. Where a position is open, the settings that opened it decide. */
export type AskedMarket<Market, Held> = {
  readonly market: Market;
  readonly position: Held | undefined;
  readonly settings: AskedSettings;
  /** Whether its position may be added to, as far as can be told before the gate. */
  readonly mayAdd: boolean;
};

type Asking<Market, Held> = {
  readonly settings: AskedSettings;
  readonly traded: readonly Market[];
  readonly held: readonly Market[];
  /** All that the bot holds, with its balances settled through the slot. */
  readonly positions: readonly Held[];
  readonly balances: Pick<Balances, "cash" | "margin">;
};

/** By the present limits, as the gate judges by them: an addition is asked for only where they leave room for one. */
const mayAddTo = <Held extends OpenPosition>(
  position: Held | undefined,
  { settings, positions, balances }: Pick<Asking<never, Held>, "settings" | "positions" | "balances">,
): boolean => {
  const { risk } = settings;
  if (position === undefined || risk === undefined || risk.pyramidingMarginMax === 0) return false;
  if (isControl(settings) || isControl(position.openedBy) || whyNotNow(position) !== null) return false;
  return hasRoomToAdd(position, computeEquity(balances, positions).equity, risk);
};

/**
 * The markets of the settings in their order, then markets that are only here because a position is open there. When a
 * pair is held in another market, the pair is not free, so its market in the settings is left out.
 */
export const askMarkets = <Market extends Listed, Held extends OpenPosition>(
  asking: Asking<Market, Held>,
): AskedMarket<Market, Held>[] => {
  const { settings, traded, held, positions } = asking;
  const positionIn = ({ id }: Market) => positions.find(({ marketId }) => marketId === id);
  const others = held.filter((market) => positionIn(market) !== undefined);
  const isTaken = ({ rules }: Market): boolean => others.some((other) => other.rules.pair === rules.pair);
  return [...traded.filter((market) => !isTaken(market)), ...others].map((market) => {
    const position = positionIn(market);
    return { market, position, settings: position?.openedBy ?? settings, mayAdd: mayAddTo(position, asking) };
  });
};

/** Whether a decision is due under the current settings, or under the settings that opened a position. */
export const isAnyDue = (settings: AskedSettings, positions: readonly Pick<Opened, "openedBy">[], span: SlotSpan) =>
  [settings, ...positions.map(({ openedBy }) => openedBy)].some((each) => isDecisionDue(each, span));
