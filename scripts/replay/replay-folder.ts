import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive } from "../postgres/postmaster-lock";
import { processBirth } from "../process-birth";
import { PROJECT_FOLDER } from "../project-folder";
import type { ReplayOptions } from "./replay-options";

/** Where a replay keeps its temporary database until it ends, so that a killed replay can resume. */
export type ReplayFolder = {
  readonly path: string;
  /** How often this replay was started, this time included, so that no two starts make the same ids. */
  readonly start: number;
  /** Removes everything. */
  readonly remove: () => void;
};

const FOLDERS = path.join(PROJECT_FOLDER, ".data", "replays");
const BESIDE_MAX = 64;
const FORGOTTEN_AFTER_MS = 7 * 86_400_000;

/** The same replay has the same key, whatever its output options. */
const keyOf = ({ isJson: _json, out: _out, isResume: _resume, ...question }: ReplayOptions): string =>
  createHash("sha256")
    .update(JSON.stringify({ ...question, candles: path.resolve(question.candles) }))
    .digest("hex")
    .slice(0, 16);

const isTaken = (folder: string): boolean => {
  const file = path.join(folder, "owner");
  if (!existsSync(file)) return false;
  const [pid = "0", birth = ""] = readFileSync(file, "utf8").split(" ");
  return isAlive(Number(pid)) && (processBirth(Number(pid)) ?? "") === birth;
};

/** Replays that were killed and never resumed leave their database: after a week it is removed. */
const sweepForgotten = (): void => {
  if (!existsSync(FOLDERS)) return;
  for (const name of readdirSync(FOLDERS)) {
    const folder = path.join(FOLDERS, name);
    const isOld = Date.now() - statSync(folder).mtimeMs > FORGOTTEN_AFTER_MS;
    if (isOld && !isTaken(folder)) rmSync(folder, { recursive: true, force: true });
  }
};

const take = (folder: string): ReplayFolder => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "owner"), `${process.pid} ${processBirth(process.pid) ?? ""}`);
  const startsFile = path.join(folder, "starts");
  const start = (existsSync(startsFile) ? Number(readFileSync(startsFile, "utf8")) : 0) + 1;
  writeFileSync(startsFile, String(start));
  return { path: folder, start, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/**
 * The folder of this replay. The same replay may run twice at once: each has its own folder. --resume takes the first
 * one that is not in use.
 */
export const openReplayFolder = (options: ReplayOptions): ReplayFolder => {
  sweepForgotten();
  const candidates = Array.from({ length: BESIDE_MAX }, (_, n) =>
    path.join(FOLDERS, n === 0 ? keyOf(options) : `${keyOf(options)}-${n}`),
  );
  const free = candidates.filter((folder) => !isTaken(folder));
  const started = free.find((folder) => existsSync(folder));
  const folder = options.isResume ? (started ?? free[0]) : free[0];
  if (folder === undefined) throw new Error(`${BESIDE_MAX} replays of this kind are running: wait for one to end`);
  return take(folder);
};
