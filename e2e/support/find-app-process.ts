import { readFileSync } from "node:fs";

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
};

/** The web server among a product's processes; throws when it is not running. */
export const findAppProcess = (processes: readonly number[]): number => {
  // Next names itself "next-server" once it is up.
  const pid = processes.find((candidate) => /^next-server|next\/dist\/bin\/next start/.test(commandOf(candidate)));
  if (pid === undefined) throw new Error("the web server is not running");
  return pid;
};

/** The process that runs a program of the start command, such as "runner-process"; throws when it is not running. */
export const findOurProcess = (processes: readonly number[], script: string): number => {
  const pid = processes.find((candidate) => commandOf(candidate).includes(`${script}.js`));
  if (pid === undefined) throw new Error(`${script} is not running`);
  return pid;
};
