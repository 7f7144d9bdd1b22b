import type { Pulse } from "~/contracts/pulse";
import type { PulseSource } from "../ports/pulse-source";

export type PulseOptions = {
  /** Asks the database how things are; may fail, or hang until its own deadline. */
  readonly look: () => Promise<Pick<Pulse, "stopped" | "lags">>;
  /** Wall time in ms. */
  readonly wallNow: () => number;
};

const BEAT_MS = 1000;
/** A database silent for this long counts as not answering. */
const DATABASE_SILENT_MS = 5000;

/**
 * The product's health, read from the database once a second for all listeners of this process, one read at a time. The
 * pulse itself needs no database: when a read fails or hangs, it says since when the database does not answer.
 */
export const createPulse = ({ look, wallNow }: PulseOptions): PulseSource => {
  const listeners = new Set<(pulse: Pulse) => void>();
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let seen: Pick<Pulse, "stopped" | "lags"> | null = null;
  let answeredAt = 0;

  const now = (): Pulse | null => {
    if (wallNow() - answeredAt > DATABASE_SILENT_MS) {
      const since = new Date(answeredAt).toISOString();
      return { kind: "pulse", stopped: [{ part: "database", since }], lags: [] };
    }
    return seen && { kind: "pulse", ...seen };
  };
  const tell = (): void => {
    const pulse = now();
    if (pulse) for (const hear of listeners) hear(pulse);
  };
  const ask = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    const isFirst = seen === null;
    try {
      seen = await look();
      answeredAt = wallNow();
      if (isFirst) tell();
    } catch {
      // The pulse says since when the database does not answer.
    } finally {
      isLooking = false;
    }
  };
  const beat = (): void => {
    tell();
    void ask();
  };

  return {
    listen: (hear) => {
      listeners.add(hear);
      if (timer === undefined) {
        // What was read before there were listeners says nothing about now.
        seen = null;
        answeredAt = wallNow();
        timer = setInterval(beat, BEAT_MS);
        void ask();
      } else {
        const pulse = now();
        if (pulse) hear(pulse);
      }
      return () => {
        listeners.delete(hear);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
};
