import path from "node:path";
import { APP_ROLE, ensureAppRole } from "./app-role";
import { dataFolderIn, ensureDataFolder, SUPERUSER, type ClusterFolder } from "./data-folder";
import { findDatabaseUser } from "./database-user";
import { createDatabases, type Databases } from "./databases";
import { findFreePort } from "./free-port";
import { locateBinaries } from "./locate-binaries";
import { clearLock } from "./postmaster-lock";
import { reachableBinaries, reachableFolder, rememberedFolder } from "./reachable-place";
import { rotateLog, serverLogIn } from "./server-log";
import { startWithRetries, type StartRequest } from "./start-with-retries";
import type { ServerExit, StopMode } from "./server-process";

export type ClusterOptions = {
  /** Where the data, the password and the log live; made when missing. */
  readonly folder: string;
  /** 0 or nothing = any free port. */
  readonly port?: number;
  /** False = no fsync: for tests and replays, whose data may be lost in a power cut. */
  readonly durable: boolean;
  /** More PostgreSQL settings, which override ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Stop a server that already runs on this folder, instead of refusing. */
  readonly takeOver?: boolean;
  /** Called with a message that says where the data is when it cannot be in `folder`. Default: a line on stderr. */
  readonly notify?: (message: string) => void;
};

export type Cluster = Databases & {
  readonly port: number;
  /** The folder in use; not the one asked for when the database user cannot enter that. */
  readonly dataFolder: string;
  readonly logFile: string;
  /** Settles when the server ends, by stop() or by itself. */
  readonly exited: Promise<ServerExit>;
  /** Connection URL of the superuser, who makes databases and tables, over TCP on 127.0.0.1. */
  url(database: string): string;
  /** The same for the role of the product's processes, which owns nothing. Migrating a database grants its rights. */
  appUrl(database: string): string;
  /** "fast" (default) ends sessions and writes everything; "immediate" is a crash. Waits; a second call is harmless. */
  stop(mode?: StopMode): Promise<void>;
};

const BASE_SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
};
const FREE_PORT_ATTEMPTS = 5;
const CARELESS_SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/**
 * Starts a PostgreSQL 18 of our own, from npm. It ends with us, also on kill -9. Throws with the server's last log
 * lines when it cannot start.
 */
export const startCluster = async (options: ClusterOptions): Promise<Cluster> => {
  const cluster = prepareFolder(options);
  const dataFolder = dataFolderIn(cluster.folder);
  const password = await ensureDataFolder(cluster);
  await clearLock(dataFolder, options.takeOver ?? false);
  rotateLog(cluster.folder);
  const settings = { ...BASE_SETTINGS, ...(options.durable ? {} : CARELESS_SETTINGS), ...options.settings };
  const { server, port } = await startWithRetries(cluster, { settings, ...portChoice(options.port ?? 0) });
  const urlOf =
    (user: string, secret: string) =>
    (database: string): string =>
      `postgresql://${user}:${secret}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  const url = urlOf(SUPERUSER, password);
  const appPassword = await ensureAppRole(cluster.folder, url("postgres")).catch(async (error: unknown) => {
    await server.stop("fast");
    throw error;
  });
  return {
    port,
    dataFolder,
    logFile: serverLogIn(cluster.folder),
    exited: server.exited,
    url,
    appUrl: urlOf(APP_ROLE, appPassword),
    stop: (mode = "fast") => server.stop(mode),
    ...createDatabases(url("postgres")),
  };
};

/** A free port may be taken before the server uses it, so others are tried. A port given by number is kept. */
const portChoice = (wanted: number): Pick<StartRequest, "choosePort" | "portAttempts"> =>
  wanted === 0
    ? { choosePort: findFreePort, portAttempts: FREE_PORT_ATTEMPTS }
    : { choosePort: () => Promise.resolve(wanted), portAttempts: 1 };

const prepareFolder = (options: ClusterOptions): ClusterFolder => {
  const notify = options.notify ?? ((message: string) => process.stderr.write(`${message}\n`));
  const wanted = path.resolve(options.folder);
  const remembered = rememberedFolder(wanted);
  const user = findDatabaseUser(dataFolderIn(remembered ?? wanted));
  const folder = remembered ?? reachableFolder({ folder: wanted, durable: options.durable }, user);
  const binaries = reachableBinaries(locateBinaries(), user);
  if (folder !== wanted) notify(`PostgreSQL cannot enter ${wanted} as ${user?.name}: its data is in ${folder}`);
  return { folder, binaries, user, durable: options.durable };
};
