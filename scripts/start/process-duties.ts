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

/**
 * What every process of ours does beside its work: it beats, in the database and to the start command, ends in order on SIGTERM, and ends when the start command
 * did, whose end closes our input.
 */
export const takeUpDuties = (ports: Pick<Ports, "db">, name: ProcessName, close: () => Promise<void>): void => {
  const beat = (): void => void recordHeartbeat(ports, name).catch(() => undefined);
  beat();
  const timer = setInterval(beat, BEAT_EVERY_MS);
  beatToParent();
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    clearInterval(timer);
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
