import path from "node:path";
import { getEnvironment } from "../../src/env";
import { APP_ROLE, readAppPassword } from "../postgres/app-role";
import { dataFolderIn } from "../postgres/data-folder";
import { isAlive, readLock } from "../postgres/postmaster-lock";
import { rememberedFolder } from "../postgres/reachable-place";
import { PROJECT_FOLDER } from "../project-folder";

/** The database that the product makes in its own cluster. */
export const DATABASE = "oxbot";
export const DATA_FOLDER = path.join(PROJECT_FOLDER, ".data");

/** URL of the running product's database in this data folder, for the product's role; null: it does not run. */
export const ownDatabaseUrl = (dataFolder: string): string | null => {
  const wanted = path.join(dataFolder, "pg");
  const cluster = rememberedFolder(wanted) ?? wanted;
  const lock = readLock(dataFolderIn(cluster));
  if (!lock || !isAlive(lock.pid)) return null;
  const password = readAppPassword(cluster);
  return password === null ? null : `postgresql://${APP_ROLE}:${password}@127.0.0.1:${lock.port}/${DATABASE}`;
};

/** The database that a command works on: DATABASE_URL, else that of the product running in this folder. */
export const findDatabaseUrl = (): string => {
  const url = getEnvironment().DATABASE_URL ?? ownDatabaseUrl(DATA_FOLDER);
  if (url !== null) return url;
  throw new Error(
    '0xBot does not run in this folder. Start it with "npm start" in another terminal and try again, ' +
      "or set DATABASE_URL to a database of your own.",
  );
};
