import path from "node:path";
import { v7 as uuidv7 } from "uuid";
import { migrateDatabase } from "../../scripts/migrate-database";
import { runAlone } from "../../scripts/postgres/run-alone";
import { startCluster, type Cluster } from "../../scripts/postgres/start-cluster";
import type { DemoSource } from "../../scripts/start/demo-source";
import { DATABASE } from "../../scripts/start/own-database";
import { createRuntime } from "../../src/server/runtime";
import { auditBots } from "./audit-bots";
import { botKinds, countBots } from "./bot-kinds";
import type { ScaleOpening } from "./choose-opening";
import { cloneBots } from "./clone-bots";
import { liveOriginals } from "./live-originals";
import type { ScaleOptions } from "./scale-options";

const BOTS_PER_USER = 10;
const USERS_PER_INSERT = 5000;

/** The cluster that the product finds in its data folder. */
export const openCluster = (dataFolder: string): Promise<Cluster> =>
  startCluster({ folder: path.join(dataFolder, "pg"), durable: true, notify: () => undefined });

export const urlsOf = (cluster: Cluster) => ({ owner: cluster.url(DATABASE), app: cluster.appUrl(DATABASE) });

/** From the next start of the cluster on. */
const countStatements = async (ownerUrl: string): Promise<void> => {
  await runAlone(ownerUrl, "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
  await runAlone(ownerUrl, "CREATE EXTENSION pg_stat_statements");
};

const makeUsers = async (databaseUrl: string, count: number): Promise<string[]> => {
  const users = Array.from({ length: count }, (_, index) => ({ id: uuidv7(), email: `trader-${index}@0xbot.local` }));
  const runtime = createRuntime({ databaseUrl, poolMax: 1 });
  for (let from = 0; from < count; from += USERS_PER_INSERT) {
    await runtime.db.user.createMany({ data: users.slice(from, from + USERS_PER_INSERT) });
  }
  await runtime.close();
  return users.map(({ id }) => id);
};

/** Throws where books do not add up, with the first that does not. */
export const auditOrThrow = async (databaseUrl: string): Promise<number> => {
  const { audited, broken } = await auditBots(databaseUrl);
  if (broken.length > 0) throw new Error(`${broken.length} invariants are broken: ${broken[0]}`);
  return audited;
};

type SetUp = Pick<ScaleOptions, "bots" | "entering" | "holding"> & {
  readonly dataFolder: string;
  readonly source: DemoSource;
  readonly opening: ScaleOpening;
  readonly opensAt: number;
};

/** One bot of each kind that is wanted, by the product; the others are copies of them, ten a user. */
const makeBots = async (urls: { owner: string; app: string }, wanted: SetUp): Promise<void> => {
  const kinds = botKinds(wanted.opening.held);
  const counts = countBots(kinds, wanted);
  const used = kinds.filter((_, index) => (counts[index] ?? 0) > 0);
  const copies = counts.filter((count) => count > 0).map((count) => count - 1);
  const originals = await liveOriginals({ databaseUrl: urls.app, ...wanted }, used);
  const users = await makeUsers(urls.app, Math.ceil(wanted.bots / BOTS_PER_USER));
  let next = 0;
  const ownersOf = (count: number): string[] =>
    Array.from({ length: count }, () => users[Math.floor(next++ / BOTS_PER_USER)] ?? "");
  await cloneBots(
    urls.owner,
    originals.map((original, index) => ({ ...original, owners: ownersOf(copies[index] ?? 0) })),
  );
};

/** A database with a market that has opened and the wanted bots, whose invariants hold, in a cluster that is stopped. */
export const setUpBots = async (wanted: SetUp): Promise<void> => {
  const cluster = await openCluster(wanted.dataFolder);
  try {
    const urls = urlsOf(cluster);
    await migrateDatabase(urls);
    await makeBots(urls, wanted);
    await auditOrThrow(urls.app);
    await countStatements(urls.owner);
  } finally {
    await cluster.stop();
  }
};
