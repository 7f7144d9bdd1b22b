import { deployMigrations } from "../run-prisma";
import { findFreePort } from "../postgres/free-port";
import { buildApp, needsBuild } from "./build-app";
import { checkDatabase } from "./check-database";
import { checkDisk } from "./check-disk";
import { checkPort } from "./check-port";
import { appSpec, marketSpec, runnerSpec, type Handover } from "./child-specs";
import { openDemoClock } from "./demo-clock";
import { openDemoSource, type DemoSource } from "./demo-source";
import { lockFolder } from "./folder-lock";
import { keepCluster } from "./keep-cluster";
import type { createPhases } from "./phases";
import { chooseDemoVenue, liveHistoryAloud } from "./prepare-demo";
import { ensureSecret } from "./secrets";
import type { StartOptions } from "./start-options";
import { createSupervisor } from "./supervise";
import type { Teardown } from "./teardown";

type Tools = {
  readonly say: (text: string) => void;
  readonly phases: ReturnType<typeof createPhases>;
  readonly teardown: Teardown;
};

const giveUp =
  ({ say, teardown }: Tools) =>
  (message: string): void => {
    say(message);
    teardown.end(1);
  };

/** The database that was given, or the one that we bring; migrated. */
const openDatabase = async (options: StartOptions, tools: Tools): Promise<string> => {
  const { phases, teardown, say } = tools;
  const { databaseUrl, dataFolder } = options;
  const migrate = async (url: string, isCurrent: boolean): Promise<string> => {
    if (!isCurrent) await phases.run("migrations", () => deployMigrations(url));
    return url;
  };
  if (databaseUrl !== null) return migrate(databaseUrl, (await checkDatabase(databaseUrl)).isCurrent);
  const cluster = await phases.run("PostgreSQL", () => keepCluster({ dataFolder, say, onGiveUp: giveUp(tools) }));
  teardown.add(() => cluster.stop());
  return migrate(cluster.url, cluster.hasDatabase && (await checkDatabase(cluster.url)).isCurrent);
};

/** Venue, history where it is not complete, and the clock that runs from where the market stopped. */
const openDemo = async (databaseUrl: string, options: StartOptions, tools: Tools): Promise<string> => {
  const { phases, say, teardown } = tools;
  const source: DemoSource = await phases.run("demo market", () => openDemoSource(options.demo));
  for (const warning of source.library.warnings) say(`note: ${warning}`);
  say(source.name);
  const venue = await chooseDemoVenue(databaseUrl, source);
  if (venue.openedAt === null) {
    const days = Math.round((source.opensAt - source.historyFrom) / 86_400_000);
    say(await phases.run(`history of ${days} market days`, () => liveHistoryAloud(databaseUrl, venue, source)));
  }
  const { speed } = options.demo;
  const clock = await openDemoClock({ databaseUrl, venueId: venue.id, speed, onTrouble: say });
  teardown.add(() => clock.stop(true));
  say(`market time ${new Date(clock.marketTime).toISOString()}, ${speed} times as fast as a clock`);
  return venue.id;
};

/**
 * Brings up everything under one supervisor and says when it is ready. Throws StartError for what whoever starts it can
 * mend. What was started is given to `teardown` at once, so that an end at any moment leaves nothing behind.
 */
export const startProduct = async (options: StartOptions, tools: Tools): Promise<void> => {
  const { phases, say, teardown } = tools;
  const { hasApp, isDev, port, dataFolder } = options;
  checkDisk(dataFolder);
  teardown.add(lockFolder(dataFolder));
  if (hasApp) await checkPort(port);
  const databaseUrl = await openDatabase(options, tools);
  if (hasApp && !isDev && needsBuild()) await phases.run("build of the app", buildApp);
  const venueId = await openDemo(databaseUrl, options, tools);
  const handover: Handover = {
    databaseUrl,
    venueId,
    marketPort: await findFreePort(),
    authSecret: ensureSecret(dataFolder, "nextauth"),
  };
  const supervisor = createSupervisor({ say, onGiveUp: giveUp(tools) });
  teardown.add(() => supervisor.stop());
  await phases.run("market, runner and app", async () => {
    await Promise.all([
      supervisor.start(marketSpec(handover)).then(() => supervisor.start(runnerSpec(handover))),
      hasApp ? supervisor.start(appSpec(handover, options)) : null,
    ]);
  });
  say(hasApp ? `0xBot is ready at http://localhost:${port} (${phases.total()})` : `0xBot is ready (${phases.total()})`);
};
