import { readFileSync } from "node:fs";

const KILOBYTE = 1024;
const MEGABYTE = 1024 * 1024;

const read = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // it ended, or is another user's
  }
};

/** By what it was started with; sessions and helpers of the database are one part. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/market-process/, "market"],
  [/runner-process/, "runner"],
  [/next-server|next\/dist\/bin\/next/, "app"],
  [/scripts\/start\.(mjs|ts)/, "start command"],
  [/postgres|read -r word/, "PostgreSQL"],
];

const nameOf = (pid: number): string => {
  const command = read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
  return NAMES.find(([pattern]) => pattern.test(command))?.[1] ?? "other";
};

/** Its part of memory: its own pages, and its share of those that others use too. MB. */
const pssOf = (pid: number): number => {
  const [, kilobytes = "0"] = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`)) ?? [];
  return (Number(kilobytes) * KILOBYTE) / MEGABYTE;
};

/** Proportional set size (MB) of these processes, by part of the product. */
export const readMemory = (pids: readonly number[]): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const pid of pids) {
    const name = nameOf(pid);
    found.set(name, (found.get(name) ?? 0) + pssOf(pid));
  }
  return found;
};
