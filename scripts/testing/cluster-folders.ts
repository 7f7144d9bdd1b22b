import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { startCluster, type Cluster, type ClusterOptions } from "../postgres/start-cluster";

/** Makes clusters and folders for one test file and removes them at its end. */
export type ClusterFolders = {
  makeFolder(): string;
  start(options: Partial<ClusterOptions> & { readonly folder: string }): Promise<Cluster>;
  removeAll(): Promise<void>;
};

export const createClusterFolders = (): ClusterFolders => {
  const folders: string[] = [];
  const clusters: Cluster[] = [];
  return {
    makeFolder: () => {
      const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-cluster-"));
      chmodSync(folder, 0o711);
      folders.push(folder);
      return folder;
    },
    start: async (options) => {
      const cluster = await startCluster({ durable: false, notify: () => undefined, ...options });
      clusters.push(cluster);
      return cluster;
    },
    removeAll: async () => {
      await Promise.all(clusters.map((cluster) => cluster.stop("immediate")));
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** The first column of the first row. */
export const queryOne = async (url: string, sql: string): Promise<unknown> => {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const result = await client.query<unknown[]>({ text: sql, rowMode: "array" });
    return result.rows[0]?.[0];
  } finally {
    await client.end();
  }
};
