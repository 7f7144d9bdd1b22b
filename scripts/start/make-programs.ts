import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { ensureClient } from "../generate-client";
import { PROJECT_FOLDER } from "../project-folder";
import { compilePrograms } from "./compile-programs";
import { findPrograms } from "./find-programs.mjs";

/** Programs of older sources, which a product that still runs may start again. */
const KEPT = 4;

const isThere = (folder: string): boolean => statSync(folder, { throwIfNoEntry: false }) !== undefined;

/** The folder appears whole: another start may make the same one now. */
const publish = (made: string, folder: string): void => {
  try {
    renameSync(made, folder);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    if (!isThere(folder)) throw error;
  }
};

const ageOf = (folder: string): number => statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const dropOld = (place: string): void => {
  const folders = readdirSync(place).map((name) => path.join(place, name));
  const newestFirst = folders.toSorted((one, other) => ageOf(other) - ageOf(one));
  for (const old of newestFirst.slice(KEPT)) rmSync(old, { recursive: true, force: true });
};

/** Prisma's client, and from these sources the programs of `npm start`. */
await ensureClient();
const { folder, isMade } = findPrograms(PROJECT_FOLDER);
if (!isMade) {
  const place = path.dirname(folder);
  mkdirSync(place, { recursive: true });
  const made = `${folder}.${process.pid}`;
  await compilePrograms(made);
  publish(made, folder);
  dropOld(place);
}
