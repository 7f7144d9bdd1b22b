import type { Decision } from "../decision/basis/decision";
import type { HeldPosition } from "../decision/basis/decision-mode";
import { decide, decideBy, type BotQuestion, type DecisionInput } from "../decision/decide";
import { toPlain } from "../money";
import type { PlannedPosition } from "../portfolio/position";

/** What the bot holds in the market. */
type Holding = { readonly held: Pick<PlannedPosition, "side" | "openedAt" | "entryPrice" | "exitPlan"> | undefined };

const toHeld = (held: Holding["held"]): HeldPosition | null =>
  held
    ? {
        side: held.side,
        openedAt: held.openedAt,
        entryPrice: toPlain(held.entryPrice),
        partsTaken: held.exitPlan.partsTaken,
      }
    : null;

/** Asks the bot's mode about one market, with what the bot holds there. */
export const decideMarket = ({ held, ...asked }: Omit<DecisionInput, "position"> & Holding): Decision =>
  decide({ ...asked, position: toHeld(held) });

/** The same of a market that was read before. */
export const decideAnalysed = ({ held, ...asked }: Omit<BotQuestion, "position"> & Holding): Decision =>
  decideBy({ ...asked, position: toHeld(held) });
