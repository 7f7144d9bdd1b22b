import type { Candle } from "../../../market/candle";
import { contiguousTail, decisionWindow, type DecisionWindow } from "../../../market/decision-window";
import { timeframeMs } from "../../../market/timeframe";
import type { HeldPosition } from "../../basis/decision-mode";
import type { TrinitySettings } from "./trinity-settings";
import type { TrinityMarket } from "./trinity-signals";
import { TRINITY_CONFIRM_WINDOW, TRINITY_WINDOW } from "./trinity-warm-up";

export type TrinityInput = {
  readonly pair: string;
  /** The slot, ms UTC of venue time. */
  readonly time: number;
  readonly settings: TrinitySettings;
  /** Of settings.timeframe, ascending; candles that close after `time` or lie before the window are not read. */
  readonly candles: readonly Candle[];
  /** The same for settings.confirmTimeframe. */
  readonly confirmCandles: readonly Candle[];
  readonly position: HeldPosition | null;
};

/** The part of the input that a decision at its time may read: closed, in a fixed window, after the last long outage. */
export const readTrinityMarket = (input: TrinityInput): TrinityMarket => {
  const { settings, time } = input;
  const { timeframe, confirmTimeframe } = settings;
  const confirmWindow = { timeframe: confirmTimeframe, time, count: TRINITY_CONFIRM_WINDOW };
  return {
    timeframe,
    candles: readWindow(input.candles, { timeframe, time, count: TRINITY_WINDOW }),
    confirmCandles: dropOutdated(readWindow(input.confirmCandles, confirmWindow), confirmWindow),
  };
};

const readWindow = (candles: readonly Candle[], window: DecisionWindow): readonly Candle[] =>
  contiguousTail(decisionWindow(candles, window), window.timeframe);

/** The second timeframe is unknown when its newest closed candle is missing: an older one may say the opposite. */
const dropOutdated = (candles: readonly Candle[], { timeframe, time }: DecisionWindow): readonly Candle[] => {
  const last = candles.at(-1);
  return last !== undefined && last.openTime + 2 * timeframeMs(timeframe) > time ? candles : [];
};
