import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { Socket } from "node:net";
import { dataFolderIn, type ClusterFolder } from "./data-folder";
import { serverEnvironment } from "./server-environment";
import { logSince, logSize, serverLogIn } from "./server-log";
import { isAlive, readLock } from "./postmaster-lock";
import { waitUntil } from "./wait-until";

export type ServerExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };
export type StopMode = "fast" | "immediate";

/** `exited` settles once, also when the server ends by itself. */
export type ServerProcess = {
  readonly exited: Promise<ServerExit>;
  stop(mode: StopMode): Promise<void>;
};

/** A start that did not succeed, with what the server wrote about it. */
export type StartFailure = { readonly log: string };

const READY_MS = 60_000;
const STOP_MS: Record<StopMode, number> = { fast: 30_000, immediate: 10_000 };

/** Starts one server and waits until it answers. `settings` go on the command line, where nothing overrides them. */
export const startServer = async (
  cluster: ClusterFolder,
  settings: Readonly<Record<string, string>>,
): Promise<ServerProcess | StartFailure> => {
  const logStart = logSize(cluster.folder);
  const child = spawnServer(cluster, settings);
  const watchdog = spawnWatchdog(cluster, child);
  const exited = new Promise<ServerExit>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  // Otherwise the watchdog could later kill another process with the same id.
  const dismiss = (): void => void watchdog.stdin?.end("done\n");
  void exited.then(dismiss, dismiss);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const isReady = (): boolean => {
    const lock = readLock(dataFolderIn(cluster.folder));
    return lock !== undefined && lock.pid === child.pid && lock.isReady;
  };
  if (child.pid === undefined) await exited;
  const settled = await waitUntil(() => hasEnded() || isReady(), READY_MS);
  if (!settled) child.kill("SIGKILL");
  if (!settled || hasEnded()) return { log: logSince(cluster.folder, logStart) };
  return { exited, stop: (mode) => stopServer(child, exited, mode) };
};

const spawnServer = (cluster: ClusterFolder, settings: Readonly<Record<string, string>>): ChildProcess => {
  const log = openSync(serverLogIn(cluster.folder), "a", 0o600);
  const assignments = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  try {
    const child = spawn(cluster.binaries.postgres, ["-D", dataFolderIn(cluster.folder), ...assignments], {
      cwd: "/",
      env: serverEnvironment(),
      stdio: ["ignore", log, log],
      // A session of its own: Ctrl-C in the terminal must reach only us, so that we stop the server last.
      detached: true,
      ...(cluster.user && { uid: cluster.user.uid, gid: cluster.user.gid }),
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
};

/**
 * Ends the server when we are killed (kill -9, also of our whole group): its input closes with us. "Immediate" is as
 * safe as a power cut, and leaves nothing behind that the next start would have to wait for.
 */
const spawnWatchdog = ({ user }: ClusterFolder, server: ChildProcess): ChildProcess => {
  const script = 'read -r word; test "$word" = done || kill -QUIT "$0"';
  const watchdog = spawn("sh", ["-c", script, String(server.pid)], {
    cwd: "/",
    env: serverEnvironment(),
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  watchdog.unref();
  watchdog.on("error", () => undefined);
  watchdog.stdin?.on("error", () => undefined);
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  return watchdog;
};

const stopServer = async (child: ChildProcess, exited: Promise<ServerExit>, mode: StopMode): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  child.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
  const { pid } = child;
  const isDown = await waitUntil(() => pid === undefined || !isAlive(pid), STOP_MS[mode]);
  if (!isDown) child.kill("SIGQUIT");
  await exited;
};
