import { setTimeout as wait } from "node:timers/promises";

export type Deadline = {
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
  /** The whole time, ms. */
  readonly withinMs: number;
  leftMs(): number;
  spentMs(): number;
  isOver(): boolean;
  wait(ms: number): Promise<void>;
  /** Frees its timer. */
  end(): void;
};

/** `withinMs` from now, by a clock that never jumps. */
export const startDeadline = (withinMs: number): Deadline => {
  const startedAt = performance.now();
  const spentMs = (): number => performance.now() - startedAt;
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), Math.max(0, withinMs));
  return {
    signal: controller.signal,
    withinMs,
    spentMs,
    leftMs: () => withinMs - spentMs(),
    isOver: () => controller.signal.aborted || spentMs() >= withinMs,
    wait: async (ms) => {
      await wait(ms);
    },
    end: () => clearTimeout(timer),
  };
};
