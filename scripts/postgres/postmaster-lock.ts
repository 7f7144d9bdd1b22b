import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { waitUntil } from "./wait-until";

/** What a running server writes into its data folder. */
export type PostmasterLock = { readonly pid: number; readonly port: number; readonly isReady: boolean };

const PORT_LINE = 3;
const STATUS_LINE = 7;
/** A server whose owner was killed ends by itself: only after this time does it count as a second server. */
const LEAVING_MS = 3000;
const FAST_STOP_MS = 15_000;
const HARD_STOP_MS = 10_000;

const lockFile = (dataFolder: string): string => path.join(dataFolder, "postmaster.pid");

export const readLock = (dataFolder: string): PostmasterLock | undefined => {
  if (!existsSync(lockFile(dataFolder))) return undefined;
  const lines = readFileSync(lockFile(dataFolder), "utf8").split("\n");
  const status = lines[STATUS_LINE]?.trim();
  return { pid: Number(lines[0]), port: Number(lines[PORT_LINE]), isReady: status === "ready" };
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** Process ids are reused: only a process whose command names this data folder is its server. */
const isServerOf = (dataFolder: string, pid: number): boolean => isAlive(pid) && commandOf(pid).includes(dataFolder);

const commandOf = (pid: number): string => {
  const file = `/proc/${pid}/cmdline`;
  try {
    if (existsSync("/proc/self/cmdline")) return readFileSync(file, "utf8").replaceAll("\0", " ");
  } catch {
    return ""; // it ended between the two calls
  }
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
};

/**
 * After this no server holds the data folder: a lock left by a killed server is removed; a live one is stopped when
 * `takeOver`, else this throws and says which process it is.
 */
export const clearLock = async (dataFolder: string, takeOver: boolean): Promise<void> => {
  const lock = readLock(dataFolder);
  if (!lock) return;
  const isGone = (): boolean => !isServerOf(dataFolder, lock.pid);
  if (takeOver && !isGone()) await stopServer(lock.pid, isGone);
  const isFree = await waitUntil(isGone, LEAVING_MS);
  if (!isFree) {
    throw new Error(
      `PostgreSQL already runs on ${dataFolder} (process ${lock.pid}, port ${lock.port}). ` +
        'Stop the program that started it, or that process ("kill -INT"), and start again.',
    );
  }
  rmSync(lockFile(dataFolder), { force: true });
};

const stopServer = async (pid: number, isGone: () => boolean): Promise<void> => {
  for (const [signal, patienceMs] of [
    ["SIGINT", FAST_STOP_MS],
    ["SIGQUIT", HARD_STOP_MS],
  ] as const) {
    if (isGone()) return;
    process.kill(pid, signal);
    if (await waitUntil(isGone, patienceMs)) return;
  }
};
