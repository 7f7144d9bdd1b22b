import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

/** What the programs are made of; the generated client is made of the schema. */
const SOURCES = ["src", "scripts", "simulators", "prisma/schema.prisma", "package-lock.json", "tsconfig.json"];
const GENERATED = path.join("src", "server", "db", "generated");

/**
 * Size and time of each file below a place.
 *
 * @param {string} root
 * @param {string} place
 * @returns {string[]}
 */
const stateOf = (root, place) => {
  const found = statSync(path.join(root, place), { throwIfNoEntry: false });
  if (found === undefined || place === GENERATED) return [];
  if (!found.isDirectory()) return [`${place} ${found.size} ${found.mtimeMs}`];
  return readdirSync(path.join(root, place))
    .toSorted()
    .flatMap((name) => stateOf(root, path.join(place, name)));
};

/**
 * Where the compiled programs of the sources as they are now belong, and whether they are there.
 *
 * @param {string} root The project's folder.
 */
export const findPrograms = (root) => {
  const state = SOURCES.flatMap((source) => stateOf(root, source)).join("\n");
  const name = createHash("sha256").update(state).digest("hex").slice(0, 16);
  const folder = path.join(root, ".programs", name);
  return { folder, isMade: existsSync(folder) && existsSync(path.join(root, GENERATED)) };
};
