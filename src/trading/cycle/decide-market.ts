import type { Decision } from "../decision/basis/decision";
import type { HeldPosition } from "../decision/basis/decision-mode";
import { decide, decideBy, type BotQuestion, type DecisionInput } from "../decision/decide";
import { isControl } from "../decision/is-control";
import { toPlain } from "../money";
import { unrealizedPnl, type PlannedPosition } from "../portfolio/position";
import type { AskedSettings } from "./ask-markets";

/** What the bot holds in the market, and by which settings it is asked. */
type Holding = { readonly held: PlannedPosition | undefined; readonly settings: AskedSettings };

const toHeld = ({ side, openedAt, entryPrice, exitPlan }: PlannedPosition): HeldPosition => ({
  side,
  openedAt,
  entryPrice: toPlain(entryPrice),
  partsTaken: exitPlan.partsTaken,
});

/** Whether a position may be added to as far as its bot's settings and its own course go: once, and while in profit. */
const mayBeAddedTo = (held: PlannedPosition, settings: AskedSettings): boolean =>
  (settings.risk?.pyramidingMarginMax ?? 0) > 0 &&
  !isControl(settings) &&
  held.exitPlan.added === 0 &&
  unrealizedPnl(held).gt(0);

/**
 * Asks about a market by what is held there. Where the mode holds on to a position that may be added to, it is also asked
 * what it would do without one: an entry of the same kind is then a wish to add.
 */
const askHolding = ({ held, settings }: Holding, ask: (position: HeldPosition | null) => Decision): Decision => {
  const decision = ask(held ? toHeld(held) : null);
  if (held === undefined || decision.action !== "hold" || !mayBeAddedTo(held, settings)) return decision;
  const wanted = ask(null);
  const isSame = wanted.side === held.side && held.leverage.eq(wanted.leverage ?? 1);
  return wanted.action === "open" && isSame ? { ...wanted, trailBy: decision.trailBy ?? null } : decision;
};

/** Asks the bot's mode about one market, with what the bot holds there. */
export const decideMarket = ({ held, ...asked }: Omit<DecisionInput, "position"> & Holding): Decision =>
  askHolding({ held, settings: asked.settings }, (position) => decide({ ...asked, position }));

/** The same of a market that was read before. */
export const decideAnalysed = ({ held, ...asked }: Omit<BotQuestion, "position"> & Holding): Decision =>
  askHolding({ held, settings: asked.settings }, (position) => decideBy({ ...asked, position }));
