import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createSeededRandom } from "../src/trading/market/synthetic-candles";
import { installed } from "./run-command";
import { PROJECT_FOLDER } from "./project-folder";

const USAGE = `Usage: npm run -s prove:replay -- [--kills 20] [--kill-seed n] <options of replay>

Runs a replay once whole, then again while its whole process group is killed with SIGKILL at random moments and
resumed, and compares the two documents byte by byte. The seed of the moments is printed.`;

/** The longest delay that a timer takes. */
const NEVER_MS = 2 ** 31 - 1;

/** A replay in a process group of its own, so that killing the group kills nobody else. */
const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [installed("tsx"), "scripts/replay.ts", ...args, "--json"], {
    cwd: PROJECT_FOLDER,
    detached: true,
    stdio: ["ignore", "ignore", "inherit"],
  });

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once("exit", (code) => resolve(code)));

const killGroup = (child: ChildProcess): void => {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
};

/** Runs until the end or until `afterMs`; true when it ended by itself. */
const runFor = async (args: readonly string[], afterMs: number): Promise<boolean> => {
  const child = start(args);
  const end = ended(child);
  const timer = setTimeout(() => killGroup(child), afterMs);
  const code = await end;
  clearTimeout(timer);
  if (code !== null && code !== 0) throw new Error(`the replay ended with code ${code}`);
  return code === 0;
};

type Kills = { readonly kills: number; readonly seed: number; readonly wholeMs: number };

const crashUntilDone = async (args: readonly string[], { kills, seed, wholeMs }: Kills): Promise<number> => {
  const random = createSeededRandom(seed);
  let done = 0;
  let isResumed = false;
  for (; done < kills; done++) {
    // Kills are spread over the whole run, start-up included; each run is short enough that all come before the end.
    const ms = 200 + random() * (wholeMs / kills) * 2 + random() * 6000;
    const resumeArgs = isResumed ? [...args, "--resume"] : args;
    if (await runFor(resumeArgs, ms)) return done;
    process.stderr.write(`killed after ${Math.round(ms)} ms (${done + 1} of ${kills})\n`);
    isResumed = true;
  }
  await runFor([...args, "--resume"], NEVER_MS);
  return done;
};

/** The value of one of our flags; removes it from `rest`, which goes to the replay. */
const takeNumber = (rest: string[], flag: string, otherwise: number): number => {
  const at = rest.indexOf(flag);
  if (at < 0) return otherwise;
  const value = Number(rest.splice(at, 2)[1]);
  if (!Number.isInteger(value)) throw new Error(`${flag} needs a whole number`);
  return value;
};

const main = async (argv: readonly string[]): Promise<number> => {
  if (argv.length === 0 || argv.includes("--help")) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const options = [...argv];
  const kills = takeNumber(options, "--kills", 20);
  const seed = takeNumber(options, "--kill-seed", Date.now());
  const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-crashes-"));
  const [wholeFile, crashedFile] = [path.join(folder, "whole.json"), path.join(folder, "crashed.json")];
  const startedAt = performance.now();
  await runFor([...options, "--out", wholeFile], NEVER_MS);
  const wholeMs = performance.now() - startedAt;
  process.stderr.write(`whole: ${Math.round(wholeMs / 1000)} s; seed of the kills: ${seed}\n`);
  const survived = await crashUntilDone([...options, "--out", crashedFile], { kills, seed, wholeMs });
  const isSame = readFileSync(wholeFile).equals(readFileSync(crashedFile));
  process.stdout.write(`${survived} kills survived: ${isSame ? "the same bytes" : "THE DOCUMENTS DIFFER"}\n`);
  if (isSame) rmSync(folder, { recursive: true });
  else process.stdout.write(`compare ${wholeFile} and ${crashedFile}\n`);
  return isSame ? 0 : 1;
};

process.exitCode = await main(process.argv.slice(2));
