import { setTimeout as delay } from "node:timers/promises";
import path from "node:path";
import pg from "pg";
import type { DatabaseUrls } from "../migrate-database";
import { startCluster, type Cluster } from "../postgres/start-cluster";
import { DATABASE } from "./own-database";
import { createRestarts } from "../../src/supervisor/restarts";

export type KeptCluster = {
  readonly urls: DatabaseUrls;
  /** False when the database of those URLs does not exist yet. */
  readonly hasDatabase: boolean;
  stop(): Promise<void>;
};

const findDatabase = async (cluster: Cluster): Promise<boolean> => {
  const client = new pg.Client({ connectionString: cluster.url("postgres") });
  await client.connect();
  try {
    return (await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE])).rowCount === 1;
  } finally {
    await client.end();
  }
};

type Keeper = {
  readonly dataFolder: string;
  readonly say: (text: string) => void;
  /** Called once when the database has ended too often to be started again. */
  readonly onGiveUp: (message: string) => void;
};

/** Full from the first minutes on, and no more: what is not in it is in the system's cache, which gives way to others. */
const SETTINGS = { shared_buffers: "32MB" };

/** PostgreSQL from npm in `<dataFolder>/pg`, started again on the same port when it ends by itself. */
export const keepCluster = async ({ dataFolder, say, onGiveUp }: Keeper): Promise<KeptCluster> => {
  const options = { folder: path.join(dataFolder, "pg"), durable: true, notify: say, settings: SETTINGS };
  const restarts = createRestarts();
  let cluster = await startCluster(options);
  const { port } = cluster;
  let isStopping = false;
  const watch = async (watched: Cluster): Promise<void> => {
    await watched.exited.catch(() => undefined);
    if (isStopping) return;
    const waitMs = restarts.next();
    if (waitMs === null) return onGiveUp(`PostgreSQL ended too often. Its log: ${watched.logFile}`);
    say(`PostgreSQL ended by itself: it is started again in ${waitMs / 1000} s`);
    await delay(waitMs);
    if (isStopping) return;
    cluster = await startCluster({ ...options, port });
    void watch(cluster).catch((error: unknown) => onGiveUp(String(error)));
  };
  void watch(cluster).catch((error: unknown) => onGiveUp(String(error)));
  return {
    urls: { owner: cluster.url(DATABASE), app: cluster.appUrl(DATABASE) },
    hasDatabase: await findDatabase(cluster),
    stop: async () => {
      isStopping = true;
      await cluster.stop();
    },
  };
};
