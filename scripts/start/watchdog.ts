/** Whether something that should beat still does. */
export type Watchdog = {
  beat(): void;
  /** Looked at regularly; true once when it has been silent for too many looks in a row. */
  isHung(): boolean;
};

/**
 * Silence is counted in looks and not in time: a machine that slept, or a start command that was stopped itself, blames
 * nobody. Nothing is judged before the first beat.
 */
export const createWatchdog = (silentLooksMax: number): Watchdog => {
  let silentLooks: number | null = null;
  return {
    beat: () => {
      silentLooks = 0;
    },
    isHung: () => {
      if (silentLooks === null) return false;
      silentLooks += 1;
      if (silentLooks <= silentLooksMax) return false;
      silentLooks = null;
      return true;
    },
  };
};
