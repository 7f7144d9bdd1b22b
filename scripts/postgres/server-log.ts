import { existsSync, readFileSync, renameSync, statSync } from "node:fs";
import path from "node:path";

const KEEP_BYTES = 10_000_000;
const LINES_SHOWN = 20;

export const serverLogIn = (folder: string): string => path.join(folder, "postgres.log");

export const logSize = (folder: string): number =>
  existsSync(serverLogIn(folder)) ? statSync(serverLogIn(folder)).size : 0;

/** The last lines of what was written after the first `offset` bytes. */
export const logSince = (folder: string, offset: number): string => {
  if (!existsSync(serverLogIn(folder))) return "";
  const text = readFileSync(serverLogIn(folder)).subarray(offset).toString("utf8").trim();
  return text.split("\n").slice(-LINES_SHOWN).join("\n");
};

/** Only one previous log is kept, so that the folder cannot grow without limit. */
export const rotateLog = (folder: string): void => {
  if (logSize(folder) > KEEP_BYTES) renameSync(serverLogIn(folder), `${serverLogIn(folder)}.old`);
};
