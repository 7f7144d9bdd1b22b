import type { BotSettings } from "../bot-settings";
import type { Candle } from "../market/candle";
import type { Timeframe } from "../market/timeframe";
import type { Decision } from "./decision";
import { decideHold, HOLD_WINDOW } from "./modes/hold/decide-hold";
import { decideTrinity } from "./modes/trinity/decide-trinity";
import type { TrinityInput } from "./modes/trinity/trinity-input";
import { TRINITY_CONFIRM_WINDOW, TRINITY_WINDOW } from "./modes/trinity/trinity-warm-up";

/** A candle series that a mode reads, and how many of its last closed candles. */
export type DecisionSeries = { readonly timeframe: Timeframe; readonly count: number };

/** The series of the bot's mode; the first is the decision candle. */
export const decisionTimeframes = ({ mode, trinity, hold }: BotSettings): [DecisionSeries, ...DecisionSeries[]] =>
  mode === "hold"
    ? [{ timeframe: hold.timeframe, count: HOLD_WINDOW }]
    : [
        { timeframe: trinity.timeframe, count: TRINITY_WINDOW },
        { timeframe: trinity.confirmTimeframe, count: TRINITY_CONFIRM_WINDOW },
      ];

export type DecisionInput = {
  readonly pair: string;
  /** The slot, ms of venue time. */
  readonly time: number;
  readonly settings: BotSettings;
  /** One list a series of `decisionTimeframes`, closed candles ascending. */
  readonly series: readonly (readonly Candle[])[];
  readonly position: TrinityInput["position"];
  /** Whether the bot held this pair before; only the control asks. */
  readonly wasHeld: boolean;
};

/** Asks the bot's mode about one pair. All modes answer by one contract. */
export const decide = ({ pair, time, settings, series, position, wasHeld }: DecisionInput): Decision => {
  const candles = series[0] ?? [];
  if (settings.mode === "hold") {
    const { hold, pairs } = settings;
    const isOpen = position !== null;
    return decideHold({ pair, pairs: pairs.length, time, settings: hold, candles, isOpen, wasHeld });
  }
  return decideTrinity({ pair, time, settings: settings.trinity, candles, confirmCandles: series[1] ?? [], position });
};
