import { readFileSync } from "node:fs";

/**
 * When a process began, in the kernel's ticks, because its pid alone may belong to another process by now. Null for a
 * process that is gone and for a zombie: a killed process that nobody has waited for keeps its pid, but is dead.
 */
export const processBirth = (pid: number): string | null => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return fields[0] === "Z" || fields[0] === "X" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
};
