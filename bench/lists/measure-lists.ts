import { migrateDatabase } from "../../scripts/migrate-database";
import { startTestCluster, type TestCluster } from "../../scripts/testing/start-test-cluster";
import { createRuntime } from "../../src/server/runtime";
import { openCrowd } from "./open-crowd";
import { LIST_MS_MAX, timeLists, type ListFigures } from "./time-lists";

const DATABASE = "lists";

export type ListsOptions = {
  readonly bots: number;
  readonly trades: number;
  /** How often each list is asked for. */
  readonly asked: number;
};

const measureIn = async (cluster: TestCluster, { asked, ...size }: ListsOptions): Promise<ListFigures[]> => {
  const at = (url: string): string => Object.assign(new URL(url), { pathname: `/${DATABASE}` }).toString();
  await cluster.createDatabase(DATABASE, cluster.templateName);
  const ownerUrl = at(cluster.maintenanceUrl);
  await migrateDatabase({ owner: ownerUrl, app: at(cluster.appUrl) });
  const runtime = createRuntime({ databaseUrl: at(cluster.appUrl) });
  try {
    return await timeLists(await openCrowd(runtime, ownerUrl, size), asked);
  } finally {
    await runtime.close();
  }
};

/** Fills a database of its own with a user of many bots, and asks for every list of that user. */
export const measureLists = async (options: ListsOptions): Promise<ListFigures[]> => {
  const cluster = await startTestCluster();
  try {
    return await measureIn(cluster, options);
  } finally {
    await cluster.stop();
  }
};

export const printLists = (figures: readonly ListFigures[]): void => {
  console.log(`list                          page     p50 ms   p95 ms   (budget ${LIST_MS_MAX})`);
  for (const { list, page, p50, p95 } of figures) {
    const times = [p50, p95].map((ms) => ms.toFixed(0).padStart(9)).join("");
    console.log(`${list.padEnd(30)}${page.padEnd(6)}${times}`);
  }
};
