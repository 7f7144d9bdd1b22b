import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PROJECT_FOLDER } from "./project-folder";
import { runPrisma } from "./run-prisma";

const SCHEMA_FILE = path.join(PROJECT_FOLDER, "prisma", "schema.prisma");
const CLIENT_FOLDER = path.join(PROJECT_FOLDER, "src", "server", "db", "generated");
const STAMP_FILE = path.join(CLIENT_FOLDER, ".made-from");

/** What the client depends on. File times do not count, because a checkout or a copy changes them. */
const sourceHash = (): string => {
  const version = readFileSync(path.join(PROJECT_FOLDER, "node_modules", "prisma", "package.json"));
  return createHash("sha256").update(version).update(readFileSync(SCHEMA_FILE)).digest("hex");
};

/** Generates Prisma's client where it is missing or was made from another schema; true when it did. */
export const ensureClient = async (): Promise<boolean> => {
  const hash = sourceHash();
  if (existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, "utf8") === hash) return false;
  await runPrisma(["generate"]);
  writeFileSync(STAMP_FILE, hash);
  return true;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const isNew = await ensureClient();
  if (isNew) console.log("Prisma client generated.");
}
