import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { isAlive } from "../postgres/postmaster-lock";
import { startCluster, type Cluster } from "../postgres/start-cluster";
import { migrateDatabase } from "../migrate-database";

/** A temporary PostgreSQL with a database that has every migration, from which others are cloned. */
export type TestCluster = {
  readonly maintenanceUrl: string;
  /** The same database as the product's role. */
  readonly appUrl: string;
  readonly templateName: string;
  createDatabase(name: string, template?: string): Promise<void>;
  /** Stops the server and removes its folder. */
  stop(): Promise<void>;
};

const PREFIX = "0xbot-test-";
const TEMPLATE_NAME = "template_migrated";
/** Several files use it at once, each with pools of its own. */
const CONNECTIONS_MAX = "200";

/** A killed run cannot remove its folder: the next run does. */
const removeAbandoned = (): void => {
  for (const name of readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const owner = Number.parseInt(name.slice(PREFIX.length), 10);
    if (isAlive(owner)) continue;
    rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
};

export const startTestCluster = async (): Promise<TestCluster> => {
  removeAbandoned();
  const folder = mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o711);
  const places = [folder];
  let cluster: Cluster | undefined;
  const stop = async (): Promise<void> => {
    await cluster?.stop("immediate");
    for (const place of places) rmSync(place, { recursive: true, force: true });
  };
  try {
    const settings = { max_connections: CONNECTIONS_MAX };
    cluster = await startCluster({ folder: path.join(folder, "cluster"), durable: false, settings });
    // Elsewhere when the database user cannot enter the temporary folder.
    places.push(path.dirname(cluster.dataFolder));
    const { createDatabase, url, appUrl } = cluster;
    await migrateDatabase({ owner: url(TEMPLATE_NAME), app: appUrl(TEMPLATE_NAME) });
    const urls = { maintenanceUrl: url("postgres"), appUrl: appUrl("postgres") };
    return { ...urls, templateName: TEMPLATE_NAME, createDatabase, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
