import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { createRestarts } from "./restarts";
import { createWatchdog } from "./watchdog";

export type ChildSpec = {
  readonly name: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The line by which it says that it is ready. */
  readonly isReady: (line: string) => boolean;
};

export type Supervisor = {
  /** Starts a child and resolves when it is ready; from then on it is started again whenever it ends by itself. */
  start(spec: ChildSpec): Promise<void>;
  /** Ends all, the one started last first; who does not go within ten seconds is killed. */
  stop(): Promise<void>;
};

type Variables = Readonly<Record<string, string | undefined>>;

type SupervisorOptions = {
  /** Where children run, and what they inherit beside what their spec names. */
  readonly folder: string;
  readonly environment: Variables;
  readonly say: (text: string) => void;
  /** Called once when a child ended too often. */
  readonly onGiveUp: (message: string) => void;
  /** How often is looked whether children beat, ms. */
  readonly lookEveryMs?: number;
};

const STOP_PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 1000;
/** A child beats each second; one silent for this many checks hangs. */
const SILENT_LOOKS_MAX = 20;
/** How many looks it may take until it is ready: far more than a slow machine needs. */
const START_LOOKS_MAX = 180;

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const endChild = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (hasEnded(child) || child.pid === undefined) return resolve();
    const killer = setTimeout(() => child.kill("SIGKILL"), STOP_PATIENCE_MS);
    child.once("exit", () => {
      clearTimeout(killer);
      resolve();
    });
    child.kill("SIGTERM");
  });

type Surroundings = Pick<SupervisorOptions, "folder" | "environment">;

const spawnChild = ({ args, env }: ChildSpec, { folder, environment }: Surroundings): ChildProcess =>
  spawn(process.execPath, args, {
    cwd: folder,
    env: { ...environment, ...env } as NodeJS.ProcessEnv,
    // Its input is the rope: it closes when we end, also by kill -9, and the child ends too.
    stdio: ["pipe", "pipe", "pipe", "ipc"],
    // Ctrl-C in a terminal must reach us alone, so that we end the children in order.
    detached: true,
  });

/** Kills a child that stopped beating, or never became ready: a stopped or stuck process handles no other signal. */
const watchBeats = (child: ChildProcess, lookEveryMs: number, onHung: () => void) => {
  const watchdog = createWatchdog({ startLooksMax: START_LOOKS_MAX, silentLooksMax: SILENT_LOOKS_MAX });
  let isReady = false;
  child.on("message", () => {
    if (isReady) watchdog.beat();
  });
  const timer = setInterval(() => {
    if (!watchdog.isHung()) return;
    onHung();
    child.kill("SIGKILL");
  }, lookEveryMs);
  child.once("exit", () => clearInterval(timer));
  return {
    /** It is ready, which is its first beat. */
    begin: () => {
      isReady = true;
      watchdog.beat();
    },
  };
};

/**
 * Runs the product's processes: starts them again with growing pauses, also when they hang, and gives up after five ends
 * in a row.
 */
export const createSupervisor = (options: SupervisorOptions): Supervisor => {
  const { say, onGiveUp, lookEveryMs = LOOK_EVERY_MS } = options;
  const running = new Map<string, ChildProcess>();
  let isStopping = false;

  const run = (spec: ChildSpec, restarts: ReturnType<typeof createRestarts>, onReady: () => void): void => {
    const child = spawnChild(spec, options);
    running.set(spec.name, child);
    child.stdin?.on("error", () => undefined);
    const beats = watchBeats(child, lookEveryMs, () =>
      say(`The ${spec.name} hangs, it gives no sign of life: it is ended`),
    );
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        if (spec.isReady(line)) {
          beats.begin();
          onReady();
        } else if (line.trim() !== "") say(`[${spec.name}] ${line}`);
      });
    }
    child.once("error", (error) => say(`[${spec.name}] ${error.message}`));
    child.once("close", (code, signal) => {
      if (isStopping) return;
      const waitMs = restarts.next();
      if (waitMs === null) {
        onGiveUp(`The ${spec.name} ended five times in a row (${signal ?? `code ${code}`}): see its lines above.`);
        return;
      }
      say(`The ${spec.name} ended (${signal ?? `code ${code}`}): it is started again in ${waitMs / 1000} s`);
      setTimeout(() => {
        if (!isStopping) run(spec, restarts, onReady);
      }, waitMs);
    });
  };

  return {
    start: (spec) =>
      new Promise((resolve) => {
        run(spec, createRestarts(), resolve);
      }),
    stop: async () => {
      isStopping = true;
      for (const child of [...running.values()].toReversed()) await endChild(child);
    },
  };
};
