import { spawnSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { findPrograms } from "./start/find-programs.mjs";

// Runs as it is, and holds no compiler: what it starts is compiled by a process that ends. It lives long and does little:
// package.json starts it without threads that help collecting garbage, each of which would hold memory of its own.
const root = path.dirname(import.meta.dirname);
const { folder, isMade } = findPrograms(root);
if (!isMade) {
  const command = ["--import", "tsx", path.join(root, "scripts", "start", "make-programs.ts")];
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(status ?? 1);
}
await import(pathToFileURL(path.join(folder, "start-command.js")).href);
