import { existsSync, statfsSync } from "node:fs";
import path from "node:path";
import { StartError } from "./start-error";

const MEGABYTE = 1024 * 1024;
/** A new database with its log and fourteen days of history take about 250 MB; the build and a day of running the rest. */
const NEW_MIN_BYTES = 500 * MEGABYTE;
/** PostgreSQL must at least be able to write its log again. */
const AGAIN_MIN_BYTES = 100 * MEGABYTE;

/** The folder itself, or the nearest existing one above it. */
const nearestFolder = (folder: string): string =>
  existsSync(folder) || path.dirname(folder) === folder ? folder : nearestFolder(path.dirname(folder));

/** Throws StartError when the disk under this folder has too little room to begin, before anything is written there. */
export const checkDisk = (
  folder: string,
  freeMin: number = existsSync(folder) ? AGAIN_MIN_BYTES : NEW_MIN_BYTES,
): void => {
  const { bavail, bsize } = statfsSync(nearestFolder(folder));
  const free = bavail * bsize;
  if (free >= freeMin) return;
  throw new StartError(
    `The disk under ${folder} has ${Math.floor(free / MEGABYTE)} MB left; at least ${Math.ceil(freeMin / MEGABYTE)} MB are needed. ` +
      "Make room, or keep the data elsewhere: npm start -- --data <folder>. Nothing was lost.",
  );
};

const FULL = /ENOSPC|No space left on device|could not extend file/i;

/** What to do about a failure caused by a full disk (also one that PostgreSQL reports); else null. */
export const describeFullDisk = (error: unknown): string | null => {
  const text =
    error instanceof Error ? `${(error as NodeJS.ErrnoException).code ?? ""} ${error.message}` : String(error);
  return FULL.test(text)
    ? "The disk is full. Make room and start again: what was committed is safe, and the bots go on where they were."
    : null;
};
