import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive } from "../postgres/postmaster-lock";
import { processBirth } from "../process-birth";
import { StartError } from "./start-error";

const ATTEMPTS = 3;

const ownerOf = (file: string): number | null => {
  try {
    const [pid = "0", birth = ""] = readFileSync(file, "utf8").split(" ");
    return isAlive(Number(pid)) && (processBirth(Number(pid)) ?? "") === birth ? Number(pid) : null;
  } catch {
    return null;
  }
};

/**
 * Locks a data folder for this process; returns the unlock function. Throws StartError naming the process that has it.
 * A lock does not count when its owner is dead, or when its pid belongs to another program by now.
 */
export const lockFolder = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "start.lock");
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      writeFileSync(file, `${process.pid} ${processBirth(process.pid) ?? ""}`, { flag: "wx", mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = ownerOf(file);
    if (owner !== null) {
      throw new StartError(
        `0xBot already runs in ${folder} (process ${owner}). Stop it with Ctrl-C there, or with "kill ${owner}".`,
      );
    }
    rmSync(file, { force: true });
  }
  throw new StartError(`${file} keeps coming back: another start is under way, try again in a moment`);
};
