import type { Decision } from "../decision/basis/decision";
import type { HeldPosition } from "../decision/basis/decision-mode";
import { decide, decideBy, type BotQuestion, type DecisionInput } from "../decision/decide";
import { toPlain } from "../money";
import type { PlannedPosition } from "../portfolio/position";

/** What the bot holds in the market, and whether it may add to that. */
type Holding = { readonly held: PlannedPosition | undefined; readonly mayAdd: boolean };

const toHeld = ({ side, openedAt, entryPrice, exitPlan }: PlannedPosition): HeldPosition => ({
  side,
  openedAt,
  entryPrice: toPlain(entryPrice),
  partsTaken: exitPlan.partsTaken,
});

/**
 * Asks about a market by what is held there. Where the mode holds on to a position that may be added to, it is also asked
 * what it would do without one: an entry of the same kind is then a wish to add.
 */
const askHolding = ({ held, mayAdd }: Holding, ask: (position: HeldPosition | null) => Decision): Decision => {
  const decision = ask(held ? toHeld(held) : null);
  if (held === undefined || decision.action !== "hold" || !mayAdd) return decision;
  const wanted = ask(null);
  const isSame = wanted.side === held.side && held.leverage.eq(wanted.leverage ?? 1);
  return wanted.action === "open" && isSame ? { ...wanted, trailBy: decision.trailBy ?? null } : decision;
};

/** Asks the bot's mode about one market, with what the bot holds there. */
export const decideMarket = ({ held, mayAdd, ...asked }: Omit<DecisionInput, "position"> & Holding): Decision =>
  askHolding({ held, mayAdd }, (position) => decide({ ...asked, position }));

/** The same of a market that was read before. */
export const decideAnalysed = ({ held, mayAdd, ...asked }: Omit<BotQuestion, "position"> & Holding): Decision =>
  askHolding({ held, mayAdd }, (position) => decideBy({ ...asked, position }));
