/** Whether something that should beat still does. */
export type Watchdog = {
  beat(): void;
  /** Looked at regularly; true once when it has been silent for too many looks in a row. */
  isHung(): boolean;
};

type Patience = { readonly startLooksMax: number; readonly silentLooksMax: number };

/**
 * Silence is counted in looks and not in time: a machine that slept, or a start command that was stopped itself, blames
 * nobody. Until its first beat something may take as many looks as a start may.
 */
export const createWatchdog = ({ startLooksMax, silentLooksMax }: Patience): Watchdog => {
  let silentLooks = 0;
  let looksMax = startLooksMax;
  return {
    beat: () => {
      silentLooks = 0;
      looksMax = silentLooksMax;
    },
    isHung: () => {
      silentLooks += 1;
      return silentLooks === looksMax + 1;
    },
  };
};
