import path from "node:path";
import { rmSync } from "node:fs";
import pg from "pg";
import { startCluster, type Cluster } from "../postgres/start-cluster";
import { migrateDatabase } from "../migrate-database";
import type { ReplayFolder } from "./replay-folder";

export type ReplayDatabase = {
  readonly url: string;
  /** False when an earlier replay is resumed. */
  readonly isNew: boolean;
  /** Makes the database findable for --resume; call it when everything a replay needs is in it. Returns its URL. */
  readonly commit: () => Promise<string>;
  readonly stop: () => Promise<void>;
  /** Stops it and removes its files. */
  readonly remove: () => Promise<void>;
};

const NAME = "replay";
const UNFINISHED_NAME = "replay_setup";

const query = async (url: string, sql: string): Promise<pg.QueryResult> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
};

const hasDatabase = async (cluster: Cluster): Promise<boolean> =>
  (await query(cluster.url("postgres"), `SELECT 1 FROM pg_database WHERE datname = '${NAME}'`)).rowCount === 1;

/**
 * A PostgreSQL of the replay's own. It survives a kill at any moment: without fsync only a power cut loses data, and a
 * database gets its final name, and so counts, only when its set-up is finished.
 */
export const openReplayDatabase = async (folder: ReplayFolder, isResume: boolean): Promise<ReplayDatabase> => {
  const cluster = await startCluster({ folder: path.join(folder.path, "postgres"), durable: false, takeOver: true });
  const stop = (): Promise<void> => cluster.stop();
  const remove = async (): Promise<void> => {
    await cluster.stop("immediate");
    rmSync(path.dirname(cluster.dataFolder), { recursive: true, force: true });
    folder.remove();
  };
  const urlsOf = (name: string) => ({ owner: cluster.url(name), app: cluster.appUrl(name) });
  const url = cluster.appUrl(NAME);
  if (isResume && (await hasDatabase(cluster))) {
    await migrateDatabase(urlsOf(NAME), true);
    return { url, isNew: false, commit: () => Promise.resolve(url), stop, remove };
  }
  await cluster.dropDatabase(NAME);
  await cluster.dropDatabase(UNFINISHED_NAME);
  await migrateDatabase(urlsOf(UNFINISHED_NAME));
  let isCommitted = false;
  const commit = async (): Promise<string> => {
    if (!isCommitted) await query(cluster.url("postgres"), `ALTER DATABASE ${UNFINISHED_NAME} RENAME TO ${NAME}`);
    isCommitted = true;
    return url;
  };
  return { url: cluster.appUrl(UNFINISHED_NAME), isNew: true, commit, stop, remove };
};
