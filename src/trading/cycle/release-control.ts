import type { Position } from "../portfolio/position";

/** Whether a position has levels that its bot may not have: a control holds whatever comes. */
const isBound = ({ stopLoss, takeProfit }: Pick<Position, "stopLoss" | "takeProfit">): boolean =>
  stopLoss !== null || takeProfit !== null;

/** The position as its bot may hold it: a control's has neither stop nor target; any other bot's stays as it is. */
export const releaseControl = <Held extends Position>(position: Held, isControl: boolean): Held =>
  isControl && isBound(position) ? { ...position, stopLoss: null, takeProfit: null } : position;
