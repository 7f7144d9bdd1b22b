import { recordHeartbeat, type ProcessName } from "../../src/server/health/record-heartbeat";
import type { Ports } from "../../src/server/ports";
import { beatToParent } from "./beat-to-parent.mjs";

const BEAT_EVERY_MS = 2000;

/** A variable that the start command hands to its processes. */
export const handedOver = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set: "npm start" starts this process`);
  return value;
};

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
 * What every process of ours does beside its work: it beats, in the database and to the start command, ends in order on SIGTERM, and ends when the start command
 * did, whose end closes our input.
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
