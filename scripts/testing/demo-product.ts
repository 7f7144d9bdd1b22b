import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { waitUntil } from "../postgres/wait-until";
import { processBirth } from "../process-birth";
import { PROJECT_FOLDER } from "../project-folder";
import { ownDatabaseUrl } from "../start/own-database";

const PATIENCE_MS = 60_000;
const ENTER_ONLY = 0o711;

/** The product as `npm start` runs it, in a data folder of its own. One runs at a time. */
export type DemoProduct = {
  readonly folder: string;
  /** Lines that it printed since its last start. */
  readonly lines: readonly string[];
  /** Resolves when it has printed the last line of its start; rejects with its output when it ends instead. */
  start(env?: Readonly<Record<string, string>>): Promise<void>;
  /** The URL of its database while it runs. */
  databaseUrl(): string;
  /** Process ids of everything that it started, itself first. */
  processes(): number[];
  /** Sends SIGKILL to all its processes at once. */
  kill(): Promise<void>;
  /** Does what Ctrl-C does. */
  interrupt(): Promise<void>;
  remove(): void;
};

const parentOf = (pid: string): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]);
  } catch {
    return Number.NaN;
  }
};

/** A process and all its descendants. */
const familyOf = (root: number): number[] => {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), parent: parentOf(pid) }));
  const family = [root];
  // The list grows during the loop, so that the loop also finds children of children.
  for (const pid of family) family.push(...parents.filter(({ parent }) => parent === pid).map((found) => found.pid));
  return family;
};

const isGone = (pid: number): boolean => processBirth(pid) === null;

/** What `npm start` runs: Node's flags and the program. */
const startCommand = (): string[] => {
  const { scripts } = JSON.parse(readFileSync(path.join(PROJECT_FOLDER, "package.json"), "utf8")) as {
    readonly scripts: { readonly start: string };
  };
  return scripts.start.split(" ").slice(1);
};

const spawnProduct = (args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess => {
  const { DATABASE_URL: _own, DIRECT_URL: _direct, OWNER_DATABASE_URL: _owner, ...inherited } = process.env;
  return spawn(process.execPath, [...startCommand(), ...args], {
    cwd: PROJECT_FOLDER,
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
};

/** A fresh folder and the product for it; `args` are options of `npm start`. */
export const createDemoProduct = (args: readonly string[]): DemoProduct => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-demo-"));
  // When we are root, PostgreSQL runs as another user, which must be able to enter the folder.
  chmodSync(folder, ENTER_ONLY);
  const lines: string[] = [];
  let running: ChildProcess | undefined;
  let closed: Promise<void> = Promise.resolve();
  const processes = (): number[] => (running?.pid === undefined ? [] : familyOf(running.pid));

  const end = async (signal: NodeJS.Signals, pids: readonly number[], told: readonly number[]): Promise<void> => {
    for (const pid of told) {
      try {
        process.kill(pid, signal);
      } catch {
        // It ended just now.
      }
    }
    if (!(await waitUntil(() => pids.every(isGone), PATIENCE_MS))) throw new Error(`${signal} did not end the product`);
    // Its last lines may still be on their way to us when it is gone.
    await closed;
    running = undefined;
  };

  return {
    folder,
    lines,
    processes,
    databaseUrl: () => {
      const url = ownDatabaseUrl(folder);
      if (url === null) throw new Error("the product's database does not run");
      return url;
    },
    start: (env = {}) => {
      lines.length = 0;
      const child = spawnProduct([...args, "--data", folder], env);
      running = child;
      closed = new Promise((resolve) => child.once("close", () => resolve()));
      return new Promise((resolve, reject) => {
        for (const stream of [child.stdout, child.stderr]) {
          if (!stream) continue;
          createInterface({ input: stream }).on("line", (line) => {
            lines.push(line);
            if (line.startsWith("Demo login: ") || line.startsWith("A database of your own")) resolve();
          });
        }
        child.once("close", () => reject(new Error(`the product ended before it was ready:\n${lines.join("\n")}`)));
      });
    },
    kill: () => {
      const pids = processes();
      return end("SIGKILL", pids, pids);
    },
    interrupt: () => {
      const pids = processes();
      return end("SIGINT", pids, pids.slice(0, 1));
    },
    // What ends just now may still write into it.
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  };
};
