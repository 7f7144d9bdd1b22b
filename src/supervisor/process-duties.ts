import { recordHeartbeat, type ProcessName } from "~/server/health/record-heartbeat";
import type { Ports } from "~/server/ports";
import { beatToParent } from "./beat-to-parent.mjs";

const BEAT_EVERY_MS = 2000;

/** Beats in the database, at once and then by a timer; a beat that a database holds up is followed by no second one. */
export const startBeating = (ports: Pick<Ports, "db">, name: ProcessName): { readonly stop: () => void } => {
  let isBeating = false;
  const beat = async (): Promise<void> => {
    if (isBeating) return;
    isBeating = true;
    await recordHeartbeat(ports, name).catch(() => undefined);
    isBeating = false;
  };
  void beat();
  const timer = setInterval(() => void beat(), BEAT_EVERY_MS);
  return { stop: () => clearInterval(timer) };
};

/**
 * What every process of ours does beside its work: it beats, in the database and to who started it, ends in order on
 * SIGTERM, and ends when who started it did, whose end closes our input.
 */
export const takeUpDuties = (ports: Pick<Ports, "db">, name: ProcessName, close: () => Promise<void>): void => {
  const beats = startBeating(ports, name);
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
