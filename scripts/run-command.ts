import { spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { PROJECT_FOLDER } from "./project-folder";

export type CommandResult = {
  readonly code: number;
  /** Both streams, as a terminal would show them. */
  readonly output: string;
  readonly stdout: string;
  readonly durationMs: number;
};

export type CommandOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the repository's root. */
  readonly folder?: string;
  readonly onOutput?: (text: string) => void;
  /** Aborting it ends the program, which then counts as failed. */
  readonly signal?: AbortSignal;
  /** Gives it an input that closes when we end, even by a kill. Default: no input. */
  readonly isTied?: boolean;
  /** Lets others compute first, with all that it starts. */
  readonly isPatient?: boolean;
};

/** Programs from npm are run without npx, which would look on the network for a missing one. */
export const installed = (name: string): string => path.join(PROJECT_FOLDER, "node_modules", ".bin", name);

const stepBack = (pid: number | undefined): void => {
  if (pid !== undefined) os.setPriority(pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
};

/** Runs `command` to its end. A program that cannot be started or is ended by a signal has code 1. */
export const runCommand = async (command: readonly string[], options: CommandOptions = {}): Promise<CommandResult> => {
  const [program = "", ...args] = command;
  const startedAt = performance.now();
  const child = spawn(program, args, {
    cwd: options.folder ?? PROJECT_FOLDER,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...options.env },
    stdio: [options.isTied === true ? "pipe" : "ignore", "pipe", "pipe"],
    ...(options.signal && { signal: options.signal }),
  });
  if (options.isPatient === true) stepBack(child.pid);
  let output = "";
  let stdout = "";
  const collect = (chunk: string): void => {
    output += chunk;
    options.onOutput?.(chunk);
  };
  child.stdin?.on("error", () => undefined);
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    collect(chunk);
  });
  child.stderr?.setEncoding("utf8").on("data", collect);
  const code = await new Promise<number>((resolve) => {
    child.once("error", (error) => {
      collect(`${program}: ${error.message}\n`);
      resolve(1);
    });
    child.once("close", (exitCode) => resolve(exitCode ?? 1));
  });
  return { code, output, stdout, durationMs: performance.now() - startedAt };
};
