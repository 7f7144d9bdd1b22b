import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

/** The unprivileged user that PostgreSQL runs as when we are root, because it refuses to run as root. */
export type DatabaseUser = { readonly name: string; readonly uid: number; readonly gid: number };

const CANDIDATES = ["postgres", "nobody"];

/**
 * Undefined when PostgreSQL can run as ourselves. An existing data folder keeps its owner, so that a user added to
 * the machine later does not lock us out of our own data.
 */
export const findDatabaseUser = (dataFolder: string): DatabaseUser | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const owner = existsSync(dataFolder) ? statSync(dataFolder) : undefined;
  if (owner && owner.uid !== 0) return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  for (const name of CANDIDATES) {
    const uid = readId("-u", name);
    const gid = readId("-g", name);
    if (uid !== undefined && gid !== undefined && uid !== 0) return { name, uid, gid };
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and this machine has none of the users ${CANDIDATES.join(", ")}. ` +
      'Add one ("useradd --system postgres") or start as an ordinary user.',
  );
};

const readId = (flag: "-u" | "-g", name: string): number | undefined => {
  const { status, stdout } = spawnSync("id", [flag, name], { encoding: "utf8" });
  const id = Number.parseInt(stdout, 10);
  return status === 0 && Number.isInteger(id) ? id : undefined;
};

/** Asked of the system as that user, since permissions anywhere on the path (and access lists) count. */
export const canExecute = (user: DatabaseUser | undefined, fileOrFolder: string): boolean => {
  if (!user) return true;
  const identity = { uid: user.uid, gid: user.gid, cwd: "/" };
  return spawnSync("sh", ["-c", 'test -x "$0"', fileOrFolder], identity).status === 0;
};
