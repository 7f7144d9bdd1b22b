import { readFileSync } from "node:fs";
import path from "node:path";

export type Memory = { readonly rssMb: number; readonly pssMb: number };
/** By the name of a process: those of PostgreSQL and what ends it with us count as one. */
export type ByProcess<Value> = ReadonlyMap<string, Value>;

/** Linux counts a process's time in hundredths of a second. */
const TICKS_PER_SECOND = 100;
/** /proc counts kilobytes of 1,024 bytes; so do all figures here: 1 MB is 1,024 kB. */
const KB_PER_MB = 1024;

/** Null where the process ended meanwhile. */
const readProc = (pid: number, file: string): string | null => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return null;
  }
};

/** By the script that a process runs, without what its name ends with; else by its program. */
export const nameProcess = (commandLine: string): string => {
  const words = commandLine.split("\0");
  const program = path.basename(words[0] ?? "");
  if (program.startsWith("postgres") || commandLine.includes("read -r word")) return "postgres";
  // Next.js writes its own name and version over its command line.
  if (program.startsWith("next-server")) return "app";
  const script = words.slice(1).find((word) => /\.(ts|js|mjs)$/.test(word));
  if (script === undefined) return program;
  const name = path.basename(script).replace(/(-process)?\.(ts|js|mjs)$/, "");
  return name === "start" ? "supervisor" : name;
};

/** Seconds of a process and of its children that ended: who is read twice has used the difference meanwhile. */
export const cpuSecondsOf = (stat: string): number => {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // utime, stime, cutime and cstime are the fields 14 to 17; the first after the name is the third.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
};

const sumBy = <Value>(
  pids: readonly number[],
  read: (pid: number) => Value | null,
  add: (sum: Value, value: Value) => Value,
): ByProcess<Value> => {
  const sums = new Map<string, Value>();
  for (const pid of pids) {
    const [command, value] = [readProc(pid, "cmdline"), read(pid)];
    if (command === null || value === null) continue;
    const name = nameProcess(command);
    const sum = sums.get(name);
    sums.set(name, sum === undefined ? value : add(sum, value));
  }
  return sums;
};

/** The ids of the processes of each name. */
export const readPids = (pids: readonly number[]): ByProcess<readonly number[]> =>
  sumBy(
    pids,
    (pid): readonly number[] => [pid],
    (some, more) => [...some, ...more],
  );

/** Seconds of processor time since each process began. */
export const readCpu = (pids: readonly number[]): ByProcess<number> =>
  sumBy(
    pids,
    (pid) => {
      const stat = readProc(pid, "stat");
      return stat === null ? null : cpuSecondsOf(stat);
    },
    (sum, value) => sum + value,
  );

const kilobytes = (text: string, field: string): number =>
  Number(new RegExp(`^${field}: +(\\d+) kB`, "m").exec(text)?.[1] ?? 0);

/** What each process has in memory; of what several share, PSS counts a part for each. */
export const readMemory = (pids: readonly number[]): ByProcess<Memory> =>
  sumBy(
    pids,
    (pid) => {
      const text = readProc(pid, "smaps_rollup");
      if (text === null) return null;
      return { rssMb: kilobytes(text, "Rss") / KB_PER_MB, pssMb: kilobytes(text, "Pss") / KB_PER_MB };
    },
    (sum, value) => ({ rssMb: sum.rssMb + value.rssMb, pssMb: sum.pssMb + value.pssMb }),
  );

export const sumPss = (memory: ByProcess<Memory>): number =>
  [...memory.values()].reduce((sum, { pssMb }) => sum + pssMb, 0);
