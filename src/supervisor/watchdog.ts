/** Whether something that should beat still does. */
export type Watchdog = {
  beat(): void;
  /** Looked at regularly; true once when it has been silent for too many looks in a row. */
  isHung(): boolean;
};

type Patience = { readonly startLooksMax: number; readonly silentLooksMax: number };

/**
 * Silence is counted in checks, not in time, so that a machine that slept, or a start command that was stopped itself,
 * blames no child. Until its first beat a child may take as many checks as a start may.
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
