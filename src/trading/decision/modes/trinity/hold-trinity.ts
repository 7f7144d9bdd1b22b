import type { CertainHolds } from "../../basis/analysis";
import { WARMING_UP } from "../../basis/reason-codes";
import { isScorable, type ScoreWindow } from "./score-trinity-window";
import { readExitSignals, type SeriesRead, type WindowAt } from "./signals-of-window";
import { readTrinityEntryBlocks, readTrinityExits, type TrinityExitReading } from "./trinity-exits";
import type { TrinityReason } from "./trinity-reasons";
import type { TrinitySettings } from "./trinity-settings";
import type { ConfirmSignals } from "./trinity-signals";

export type ReadSeries = {
  readonly read: SeriesRead;
  readonly scoreWindow: ScoreWindow;
  readonly windowOf: (index: number) => WindowAt;
  readonly confirmOf: (index: number) => ConfirmSignals | null;
};

const isAnyMet = (exits: readonly TrinityExitReading[]): boolean => exits.some(({ reading }) => reading.met === true);

/** Where decideTrinity would hold, found in the order in which it looks, without a decision or its evidence. */
export const holdTrinity = (
  { read, scoreWindow, windowOf, confirmOf }: ReadSeries,
  settings: TrinitySettings,
): CertainHolds & { free(index: number): TrinityReason | null } => {
  return {
    free: (index) => {
      const window = windowOf(index);
      if (!isScorable(window)) return WARMING_UP;
      const { long, short, ...is } = scoreWindow(window, confirmOf(index));
      if (long === short) return "tie";
      const side = long > short ? "long" : "short";
      const isTriggered = side === "long" ? is.isLongTriggered : is.isShortTriggered;
      if (settings.triggerRequired && !isTriggered) return "no-trigger";
      if (Math.max(long, short) < settings.entryScoreMin) return "score-below-minimum";
      const blocks = readTrinityEntryBlocks(readExitSignals(read, window), settings, side);
      return isAnyMet(blocks) ? "exit-rule-holds" : null;
    },
    held: (index, position) => {
      const window = windowOf(index);
      if (window.before < 0) return WARMING_UP;
      if (isAnyMet(readTrinityExits(readExitSignals(read, window), settings, position))) return null;
      return isScorable(window) ? "position-open" : WARMING_UP;
    },
  };
};
