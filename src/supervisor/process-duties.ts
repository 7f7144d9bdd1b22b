import { beatToParent } from "./beat-to-parent.mjs";
import { holdLittle } from "./hold-little.mjs";
import { optimizeWhenBusy } from "./optimize-when-busy";

const BEAT_EVERY_MS = 2000;

/** Beats at once and then by a timer; a beat that a database holds up is followed by no second one. */
export const startBeating = (beat: () => Promise<void>): { readonly stop: () => void } => {
  let isBeating = false;
  const beatOnce = async (): Promise<void> => {
    if (isBeating) return;
    isBeating = true;
    await beat().catch(() => undefined);
    isBeating = false;
  };
  void beatOnce();
  const timer = setInterval(() => void beatOnce(), BEAT_EVERY_MS);
  return { stop: () => clearInterval(timer) };
};

/**
 * What every process of ours does beside its work: it holds little, makes new code only while busy, beats, in the database by
 * `beat` and to who started it, ends in order on SIGTERM, and ends when who started it did, whose end closes our input.
 */
export const takeUpDuties = (beat: () => Promise<void>, close: () => Promise<void>): void => {
  const beats = startBeating(beat);
  holdLittle();
  optimizeWhenBusy();
  beatToParent();
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    beats.stop();
    void close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", () => undefined);
  process.once("SIGTERM", end);
  process.stdin.once("end", end).once("error", end).resume();
  // Writing to a start command that is gone must not end us before the books are closed.
  process.stdout.on("error", () => undefined);
  process.stdout.write("ready\n");
};
