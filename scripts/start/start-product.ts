import { createRuntime } from "../../src/server/runtime";
import { deployMigrations } from "../run-prisma";
import { findFreePort } from "../postgres/free-port";
import { buildApp, needsBuild } from "./build-app";
import { checkDatabase } from "./check-database";
import { checkDisk } from "./check-disk";
import { checkPort } from "./check-port";
import { appSpec, marketSpec, runnerSpec, type Handover } from "./child-specs";
import { ensureDemoLogin } from "./demo-login";
import { lockFolder } from "./folder-lock";
import { keepCluster } from "./keep-cluster";
import { keepWatch } from "./keep-watch";
import { openDemo, type StartTools } from "./open-demo";
import { ensureSecret } from "./secrets";
import type { StartOptions } from "./start-options";
import { createSupervisor } from "./supervise";

const giveUp =
  ({ say, teardown }: StartTools) =>
  (message: string): void => {
    say(message);
    teardown.end(1);
  };

/** The database that was given, or the one that we bring; migrated. */
const openDatabase = async (options: StartOptions, tools: StartTools): Promise<string> => {
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

/** What was planned by the clock of the last start comes by this one, and the next slots are planned now. */
const announceClock = async (databaseUrl: string, venueId: string): Promise<void> => {
  const runtime = createRuntime({ databaseUrl, poolMax: 1 });
  // A hint: where it is lost, the next tick does the same.
  await runtime.events.clockSet({ venueId, anchorWall: Date.now() }).catch(() => undefined);
  await runtime.close();
};

/** Who can sign in, in one line: the demo's user, or how to make one. */
const describeLogin = async (databaseUrl: string, { hasDemoUser, dataFolder }: StartOptions): Promise<string> =>
  hasDemoUser
    ? `Demo login: ${await ensureDemoLogin(databaseUrl, dataFolder)}`
    : "A database of your own has no demo user and no demo bots. Make a user, with demo bots or without: " +
      "npm run -s user:create -- --email you@example.org --demo-bots";

/**
 * Brings up everything under one supervisor and says when it is ready. Throws StartError for what whoever starts it can
 * mend. What was started is given to `teardown` at once, so that an end at any moment leaves nothing behind.
 */
export const startProduct = async (options: StartOptions, tools: StartTools): Promise<void> => {
  const { phases, say, teardown } = tools;
  const { hasApp, isDev, port, dataFolder } = options;
  checkDisk(dataFolder);
  teardown.add(lockFolder(dataFolder));
  if (hasApp) await checkPort(port);
  const databaseUrl = await openDatabase(options, tools);
  if (hasApp && !isDev && needsBuild()) await phases.run("build of the app", buildApp);
  const { venueId, clock } = await openDemo({ databaseUrl, options }, tools);
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
  await clock.run();
  await announceClock(databaseUrl, venueId);
  const watch = keepWatch(databaseUrl);
  teardown.add(() => watch.stop());
  const login = await describeLogin(databaseUrl, options);
  say(hasApp ? `0xBot is ready at http://localhost:${port} (${phases.total()})` : `0xBot is ready (${phases.total()})`);
  say(login);
};
