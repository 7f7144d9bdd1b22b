import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { canExecute, type DatabaseUser } from "./database-user";
import { binariesIn, type Binaries } from "./locate-binaries";

/** Enter but not list: all that the database user needs in the folders above its data. */
const ENTER_ONLY = 0o711;
const READ_AND_ENTER = 0o755;
const READ_ONLY = 0o644;
const OWNER_EXECUTES = 0o100;
const TEMPORARY_PLACES = [os.tmpdir(), "/tmp", "/var/tmp"];
/** A place that survives a reboot comes first. */
const LASTING_PLACES = ["/var/lib", ...TEMPORARY_PLACES];

const shortHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);

/** A folder of ours that `user` can enter, named after the path that it replaces. */
const makeStandIn = (wanted: string, user: DatabaseUser, places: readonly string[]): string => {
  for (const place of places) {
    const folder = path.join(place, `0xbot-${shortHash(wanted)}`);
    if (!existsSync(place) || !canExecute(user, place)) continue;
    try {
      mkdirSync(folder, { recursive: true, mode: ENTER_ONLY });
    } catch {
      continue;
    }
    const found = lstatSync(folder);
    // In a shared folder another user may have put something under our name first.
    if (!found.isDirectory() || found.uid !== process.getuid?.()) continue;
    chmodSync(folder, ENTER_ONLY);
    return folder;
  }
  throw new Error(
    `The database user (${user.name}) can enter neither ${wanted} nor any of ${places.join(", ")}. ` +
      "Make one of them enterable (chmod o+x) or start as an ordinary user.",
  );
};

/** Lets everyone read the folder's files and run its programs, because under umask 077 a copy is private. */
const openToAll = (folder: string): void => {
  chmodSync(folder, READ_AND_ENTER);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(file);
    else if (entry.isFile()) chmodSync(file, lstatSync(file).mode & OWNER_EXECUTES ? READ_AND_ENTER : READ_ONLY);
  }
};

/** The binaries, or a copy of them when the database user cannot reach node_modules. */
export const reachableBinaries = (binaries: Binaries, user: DatabaseUser | undefined): Binaries => {
  if (!user || canExecute(user, binaries.postgres)) return binaries;
  const version = (
    JSON.parse(readFileSync(path.join(binaries.root, "..", "package.json"), "utf8")) as { version: string }
  ).version;
  const target = path.join(makeStandIn(binaries.root, user, TEMPORARY_PLACES), `postgres-${version}`);
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}.tmp`;
    cpSync(binaries.root, unfinished, { recursive: true, verbatimSymlinks: true });
    openToAll(unfinished);
    try {
      renameSync(unfinished, target);
    } catch (error) {
      rmSync(unfinished, { recursive: true });
      // Another start of ours may have finished first; its copy is just as good.
      if (!existsSync(target)) throw error;
    }
  }
  return binariesIn(target);
};

export type WantedFolder = { readonly folder: string; readonly durable: boolean };

/** Where an earlier start put the data meant for `folder`; throws when it is gone. Undefined: in `folder` itself. */
export const rememberedFolder = (folder: string): string | undefined => {
  const known = readLocations(locationFileOf(folder))[folder];
  if (known === undefined || existsSync(known)) return known;
  throw new Error(
    `The database was kept in ${known}, which is gone. Restore it from a backup, ` +
      `or delete ${locationFileOf(folder)} to begin with an empty database.`,
  );
};

/**
 * `folder`, made when missing, or a stand-in for it when the database user cannot enter it (mode 0700 anywhere on the
 * path). The stand-in is remembered beside `folder`, so that the next start finds the same data.
 */
export const reachableFolder = ({ folder, durable }: WantedFolder, user: DatabaseUser | undefined): string => {
  mkdirSync(folder, { recursive: true, mode: ENTER_ONLY });
  if (!user || canExecute(user, folder)) return folder;
  // The folder itself was given to us (mkdtemp makes them 0700); those above it are not ours to open.
  chmodSync(folder, ENTER_ONLY);
  if (canExecute(user, folder)) return folder;
  if (existsSync(path.join(folder, "data"))) {
    throw new Error(
      `The database user (${user.name}) can no longer enter ${folder}, where the data is. ` +
        'Make every folder on that path enterable again ("chmod o+x") or start as the user who owns it.',
    );
  }
  const standIn = makeStandIn(folder, user, durable ? LASTING_PLACES : TEMPORARY_PLACES);
  const locations = { ...readLocations(locationFileOf(folder)), [folder]: standIn };
  writeFileSync(locationFileOf(folder), `${JSON.stringify(locations, null, 2)}\n`);
  return standIn;
};

const locationFileOf = (folder: string): string => path.join(path.dirname(folder), "postgres-location.json");

const readLocations = (file: string): Record<string, string> =>
  existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, string>) : {};
