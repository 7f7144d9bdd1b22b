import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { PROJECT_FOLDER } from "../project-folder";
import { runCommand } from "../run-command";

const SOURCES = ["src", "public", "package.json", "next.config.js", "prisma/schema.prisma"];
const NEXT = path.join(PROJECT_FOLDER, "node_modules", "next", "dist", "bin", "next");
const DIE_WITH_PARENT = path.join(PROJECT_FOLDER, "scripts", "start", "die-with-parent.mjs");

const newestIn = (place: string): number => {
  if (!existsSync(place)) return 0;
  const found = statSync(place);
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(place).reduce((newest, name) => Math.max(newest, newestIn(path.join(place, name))), 0);
};

/** Whether the app was never built, or a source is newer than what was. */
export const needsBuild = (folder: string = PROJECT_FOLDER): boolean => {
  const stamp = path.join(folder, ".next", "BUILD_ID");
  if (!existsSync(stamp)) return true;
  const builtAt = statSync(stamp).mtimeMs;
  return SOURCES.some((source) => newestIn(path.join(folder, source)) > builtAt);
};

/**
 * Builds the app until `signal` ends it; throws with what Next said when that fails. The build ends with us, also by
 * kill -9: one that went on would keep the next start from building.
 */
export const buildApp = async (signal?: AbortSignal, next: string = NEXT): Promise<void> => {
  const env = { NODE_ENV: "production", START_COMMAND_PID: String(process.pid) };
  const command = [process.execPath, "--import", DIE_WITH_PARENT, next, "build"];
  const { code, output } = await runCommand(command, { env, isTied: true, ...(signal && { signal }) });
  if (code !== 0) throw new Error(`the app could not be built:\n${output.trim()}`);
};
