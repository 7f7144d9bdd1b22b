import type { CertainHolds } from "../../basis/analysis";
import { WARMING_UP } from "../../basis/reason-codes";
import { createWindowScorer } from "./score-trinity-window";
import { readExitSignals, type SeriesRead, type WindowAt } from "./signals-of-window";
import { readTrinityEntryBlocks, readTrinityExits, type TrinityExitReading } from "./trinity-exits";
import type { ExitSignals } from "./trinity-readings";
import type { TrinityReason } from "./trinity-reasons";
import type { TrinitySettings } from "./trinity-settings";
import type { ConfirmSignals } from "./trinity-signals";
import { trinityCandlesNeeded } from "./trinity-warm-up";

type ReadSeries = {
  readonly read: SeriesRead;
  readonly windowOf: (index: number) => WindowAt;
  readonly confirmOf: (index: number) => ConfirmSignals | null;
};

const isAnyMet = (exits: readonly TrinityExitReading[]): boolean => exits.some(({ reading }) => reading.met === true);

/** ADX14 with the sign of the side that it speaks for; NaN: unknown. */
const directionOf = (confirm: ConfirmSignals | null): number =>
  confirm === null ? Number.NaN : Math.sign(confirm.close - confirm.ema20) * confirm.adx14;

/** Where decideTrinity would hold, found in the order in which it looks, without a decision or its evidence. */
export const holdTrinity = (
  { read, windowOf, confirmOf }: ReadSeries,
  settings: TrinitySettings,
): CertainHolds & { free(index: number): TrinityReason | null } => {
  const scoreWindow = createWindowScorer(read);
  const isWarm = ({ before }: WindowAt): boolean => before + 1 >= trinityCandlesNeeded();
  const exitSignalsOf = (window: WindowAt): ExitSignals => ({
    close: read.columns.closes[window.last] as number,
    ...readExitSignals(read, window),
  });
  return {
    free: (index) => {
      const window = windowOf(index);
      if (!isWarm(window)) return WARMING_UP;
      const { long, short, ...is } = scoreWindow(window, directionOf(confirmOf(index)));
      if (long === short) return "tie";
      const side = long > short ? "long" : "short";
      const isTriggered = side === "long" ? is.isLongTriggered : is.isShortTriggered;
      if (settings.triggerRequired && !isTriggered) return "no-trigger";
      if (Math.max(long, short) < settings.entryScoreMin) return "score-below-minimum";
      const blocks = readTrinityEntryBlocks(exitSignalsOf(window), settings, side);
      return isAnyMet(blocks) ? "exit-rule-holds" : null;
    },
    held: (index, position) => {
      const window = windowOf(index);
      if (window.before < 0) return WARMING_UP;
      if (isAnyMet(readTrinityExits(exitSignalsOf(window), settings, position))) return null;
      return isWarm(window) ? "position-open" : WARMING_UP;
    },
  };
};
