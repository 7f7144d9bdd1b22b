import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { DatabaseUser } from "./database-user";
import type { Binaries } from "./locate-binaries";
import { serverEnvironment } from "./server-environment";

export const SUPERUSER = "postgres";
const MAJOR_VERSION = "18";

export type ClusterFolder = {
  readonly folder: string;
  readonly binaries: Binaries;
  readonly user: DatabaseUser | undefined;
  readonly durable: boolean;
};

export const dataFolderIn = (folder: string): string => path.join(folder, "data");

/** Makes the cluster when there is none; returns the superuser's password. */
export const ensureDataFolder = async (cluster: ClusterFolder): Promise<string> => {
  const dataFolder = dataFolderIn(cluster.folder);
  const isNew = !existsSync(path.join(dataFolder, "PG_VERSION"));
  const password = ensurePassword(cluster, isNew);
  if (isNew) await makeDataFolder(cluster);
  checkDataFolder(dataFolder, cluster.user);
  return password;
};

const ensurePassword = ({ folder, user }: ClusterFolder, mayMake: boolean): string => {
  const file = path.join(folder, "password");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  if (!mayMake) {
    throw new Error(
      `The password of the database (${file}) is missing. Restore that file from a backup, ` +
        `or move ${dataFolderIn(folder)} away to begin with an empty database.`,
    );
  }
  const unfinished = `${file}.tmp`;
  writeFileSync(unfinished, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600, flush: true });
  // initdb reads the file itself, and it runs as the database user.
  if (user) chownSync(unfinished, user.uid, user.gid);
  renameSync(unfinished, file);
  return readFileSync(file, "utf8").trim();
};

/** Built in another folder and renamed when complete: after a kill, the next start deletes the incomplete folder. */
const makeDataFolder = async (cluster: ClusterFolder): Promise<void> => {
  const dataFolder = dataFolderIn(cluster.folder);
  if (existsSync(dataFolder) && readdirSync(dataFolder).length > 0) {
    throw new Error(`${dataFolder} holds files, but no PostgreSQL cluster. Move them away and start again.`);
  }
  const unfinished = `${dataFolder}.tmp`;
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(dataFolder, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  if (cluster.user) chownSync(unfinished, cluster.user.uid, cluster.user.gid);
  await runInitdb(cluster, unfinished);
  renameSync(unfinished, dataFolder);
};

const runInitdb = async ({ binaries, folder, user, durable }: ClusterFolder, target: string): Promise<void> => {
  const flags = [
    `--pgdata=${target}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${path.join(folder, "password")}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // PostgreSQL's own C.UTF-8: sorting must not depend on the machine's C library.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    ...(durable ? [] : ["--no-sync"]),
  ];
  const child = spawn(binaries.initdb, flags, {
    cwd: "/",
    env: serverEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code === 0) return;
  rmSync(target, { recursive: true, force: true });
  throw new Error(`PostgreSQL could not make a cluster in ${folder}:\n${output.trim()}`);
};

const checkDataFolder = (dataFolder: string, user: DatabaseUser | undefined): void => {
  const version = readFileSync(path.join(dataFolder, "PG_VERSION"), "utf8").trim();
  if (version !== MAJOR_VERSION) {
    throw new Error(
      `${dataFolder} was made by PostgreSQL ${version}, and this is ${MAJOR_VERSION}. ` +
        "Dump it with the old version and restore it into an empty folder.",
    );
  }
  const { uid } = statSync(dataFolder);
  const expected = user?.uid ?? process.getuid?.();
  if (expected !== undefined && uid !== expected) {
    const remedy = uid === 0 ? `Give it to ${user?.name} with "chown -R"` : "Start as that user";
    throw new Error(`${dataFolder} belongs to user ${uid}, and PostgreSQL would run as user ${expected}. ${remedy}.`);
  }
};
