import { floorToGrid, timeframeMs, type Timeframe } from "../market/timeframe";

/**
 * Whether a decision candle closed after the last slot that was decided: only then is there anything new to decide
 * (TRADING 3). `lastDoneSlot` null: the bot never ran. Times in ms.
 */
export const isDecisionDue = (slot: number, lastDoneSlot: number | null, timeframe: Timeframe): boolean =>
  lastDoneSlot === null || floorToGrid(slot, timeframeMs(timeframe)) > lastDoneSlot;
