import { readFileSync } from "node:fs";

/** When a process began, in the kernel's ticks: a pid alone may have been given to another since. */
export const processBirth = (pid: number): string | null => {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? null;
  } catch {
    return null;
  }
};
