import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "../../scripts/postgres/free-port";
import { PROJECT_FOLDER } from "../../scripts/project-folder";

const NEXT = path.join(PROJECT_FOLDER, "node_modules", "next", "dist", "bin", "next");
const READY_MS_MAX = 100_000;
const POLL_MS = 50;

export type App = {
  readonly url: string;
  readonly pid: number;
  /** All output so far. */
  output(): string;
  /** Ends the process and waits for it. */
  stop(): Promise<void>;
};

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/icon.svg`).then(
    () => true,
    () => false,
  );

/** Starts the built app on a port of its own with these variables; throws with its output when it ends instead. */
export const startApp = async (env: Readonly<Record<string, string>>, hostname = "127.0.0.1"): Promise<App> => {
  if (!existsSync(path.join(PROJECT_FOLDER, ".next", "BUILD_ID"))) {
    throw new Error('There is no build to start: run "npm run build" first.');
  }
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [NEXT, "start", "--hostname", hostname, "--port", String(port)], {
    cwd: PROJECT_FOLDER,
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NEXTAUTH_URL: url,
      PORT: String(port),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      hasEnded = true;
      resolve();
    });
  });
  const deadline = performance.now() + READY_MS_MAX;
  // "Ready" is printed before the configuration is read, so it is not enough.
  while (!(await answers(url))) {
    if (hasEnded) throw new Error(`The app ended at its start:\n${output}`);
    if (performance.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`The app did not start:\n${output}`);
    }
    await delay(POLL_MS);
  }
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    stop: () => {
      child.kill("SIGKILL");
      return ended;
    },
  };
};
