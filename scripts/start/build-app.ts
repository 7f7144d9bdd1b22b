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

/** Whether the app is not built, or a source is newer than the build. */
export const needsBuild = (folder: string = PROJECT_FOLDER): boolean => {
  const stamp = path.join(folder, ".next", "BUILD_ID");
  if (!existsSync(stamp)) return true;
  const builtAt = statSync(stamp).mtimeMs;
  return SOURCES.some((source) => newestIn(path.join(folder, source)) > builtAt);
};

/**
 * Builds the app unless `signal` ends the build; throws with Next's output when it fails. The build ends with us, also
 * on kill -9: a build that continued would block the build of the next start.
 */
export const buildApp = async (signal?: AbortSignal, next: string = NEXT): Promise<void> => {
  const env = { NODE_ENV: "production", START_COMMAND_PID: String(process.pid) };
  const command = [process.execPath, "--import", DIE_WITH_PARENT, next, "build"];
  const { code, output } = await runCommand(command, { env, isTied: true, ...(signal && { signal }) });
  if (code !== 0) throw new Error(`the app could not be built:\n${output.trim()}`);
};
