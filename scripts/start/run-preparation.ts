import { spawn } from "node:child_process";
import path from "node:path";
import { PROJECT_FOLDER } from "../project-folder";
import { inheritedEnvironment } from "./child-specs";
import { StartError } from "./start-error";
import type { StartOptions } from "./start-options";
import type { Teardown } from "./teardown";

export type PreparationOrder = Pick<StartOptions, "demo" | "hasDemoUser" | "dataFolder"> & {
  readonly databaseUrl: string;
};

export type PreparationReport =
  | { readonly kind: "prepared"; readonly venueId: string; readonly login: string | null }
  | { readonly kind: "failed"; readonly text: string };

export type Preparation = {
  readonly venueId: string;
  /** Who can sign in; null where there is no demo user. */
  readonly login: string | null;
  /** Tells whoever plans that the clock was set; waits for it, and for the end of the process. */
  announce(): Promise<void>;
};

/**
 * Makes the demo ready for its opening in a process of its own, which ends with this one and whose lines are ours.
 * Throws StartError with what it said where that failed.
 */
export const runPreparation = async (order: PreparationOrder, teardown: Teardown): Promise<Preparation> => {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "prepare-process.js")], {
    cwd: PROJECT_FOLDER,
    env: { ...inheritedEnvironment(), PREPARATION: JSON.stringify(order) },
    stdio: ["pipe", "inherit", "inherit", "ipc"],
    // Ctrl-C in a terminal must reach us alone, so that we end it in order.
    detached: true,
  });
  child.stdin?.on("error", () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once("error", ({ message }) => resolve(message));
    child.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
  });
  teardown.add(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const told = await Promise.race([
    new Promise<PreparationReport>((resolve) =>
      child.once("message", (report) => resolve(report as PreparationReport)),
    ),
    ended.then((how): PreparationReport => ({ kind: "failed", text: `The preparation of the demo ended (${how}).` })),
  ]);
  if (told.kind === "failed") throw new StartError(told.text);
  return {
    ...told,
    announce: async () => {
      // Where it is gone the next tick plans, and the start goes on.
      if (child.connected) child.send("announce", () => undefined);
      await ended;
    },
  };
};
