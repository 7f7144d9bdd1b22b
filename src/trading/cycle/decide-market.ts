import { decide, type DecisionInput } from "../decision/decide";
import type { Decision } from "../decision/basis/decision";
import { toPlain } from "../money";
import type { Position } from "../portfolio/position";

type Asked = Omit<DecisionInput, "position"> & {
  readonly held: Pick<Position, "side" | "openedAt" | "entryPrice"> | undefined;
};

/** Asks the bot's mode about one market, with what the bot holds there. */
export const decideMarket = ({ held, ...asked }: Asked): Decision => {
  const position = held ? { side: held.side, openedAt: held.openedAt, entryPrice: toPlain(held.entryPrice) } : null;
  return decide({ ...asked, position });
};
