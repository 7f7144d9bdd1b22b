import { isDecisionDue } from "../decision/decide";
import type { SlotSpan, ModeSettings } from "../decision/basis/decision-mode";

/** The settings that a mode is asked by. */
export type AskedSettings = ModeSettings & { readonly pairs: readonly string[] };

type Listed = { readonly id: number; readonly rules: { readonly pair: string } };
type Opened = { readonly marketId: number; readonly openedBy: AskedSettings };

/** A market that is asked about: what is held there is asked about by the settings that opened it. */
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
 * The markets of the settings in their order, then those that only a position is held in. A pair that is held in
 * another market is not free, so its own market is not asked.
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

/** Whether anything is to be decided: by the present settings, or by those that opened what is held. */
export const isAnyDue = (settings: AskedSettings, positions: readonly Pick<Opened, "openedBy">[], span: SlotSpan) =>
  [settings, ...positions.map(({ openedBy }) => openedBy)].some((each) => isDecisionDue(each, span));
