import { floorToGrid, timeframeMs, type Timeframe } from "../../market/timeframe";
import type { SlotSpan } from "./decision-mode";

/** Whether a decision candle closed after the last decided slot. Otherwise there is nothing to decide (TRADING 3). */
export const hasNewCandle = (timeframe: Timeframe, { slot, lastDoneSlot }: SlotSpan): boolean =>
  lastDoneSlot === null || floorToGrid(slot, timeframeMs(timeframe)) > lastDoneSlot;
