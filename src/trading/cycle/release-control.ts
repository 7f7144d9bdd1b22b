import type { Position } from "../portfolio/position";

/** Whether a position has a stop or a target. */
const isBound = ({ stopLoss, takeProfit }: Pick<Position, "stopLoss" | "takeProfit">): boolean =>
  stopLoss !== null || takeProfit !== null;

/** Removes stop and target where the bot is the control, which holds through every loss. Otherwise changes nothing. */
export const releaseControl = <Held extends Position>(position: Held, isControl: boolean): Held =>
  isControl && isBound(position) ? { ...position, stopLoss: null, takeProfit: null } : position;
