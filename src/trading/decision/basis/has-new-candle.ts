import { floorToGrid, timeframeMs, type Timeframe } from "../../market/timeframe";
import type { SlotSpan } from "./decision-mode";

/** Whether a decision candle closed after the last slot that was decided: only then is there anything new (TRADING 3). */
export const hasNewCandle = (timeframe: Timeframe, { slot, lastDoneSlot }: SlotSpan): boolean =>
  lastDoneSlot === null || floorToGrid(slot, timeframeMs(timeframe)) > lastDoneSlot;
