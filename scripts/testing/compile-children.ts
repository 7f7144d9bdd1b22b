import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { isAlive } from "../postgres/postmaster-lock";
import { PROJECT_FOLDER } from "../project-folder";

/** What tests start as processes, again and again. The client's program is one of its own: others only know it. */
const CHILDREN = ["backtest", "generate-client", "replay", "testing/cycle-runner", "testing/model-asker"];
/** Below the packages that they leave where they are. */
const PLACE = path.join(PROJECT_FOLDER, "node_modules", ".cache", "0xbot-children");

/** A killed run cannot remove its folder: the next run does. */
const removeAbandoned = (): void => {
  for (const name of readdirSync(PLACE)) {
    if (!isAlive(Number(name))) rmSync(path.join(PLACE, name), { recursive: true, force: true });
  }
};

/** Compiles them once, so that no start of one costs a compiler's. Returns their folder: "replay" is its "replay.js". */
export const compileChildren = async (): Promise<string> => {
  mkdirSync(PLACE, { recursive: true });
  removeAbandoned();
  const outdir = path.join(PLACE, String(process.pid));
  await build({
    absWorkingDir: PROJECT_FOLDER,
    entryPoints: CHILDREN.map((name) => path.join("scripts", `${name}.ts`)),
    outbase: "scripts",
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  return outdir;
};
