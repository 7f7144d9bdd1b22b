import { migrateDatabase } from "../migrate-database";
import { findFreePort } from "../postgres/free-port";
import { PROJECT_FOLDER } from "../project-folder";
import { buildApp, needsBuild } from "./build-app";
import { checkDatabase } from "./check-database";
import { checkDisk } from "./check-disk";
import { checkPort } from "./check-port";
import { appSpec, inheritedEnvironment, tradingSpecs, type Handover } from "./child-specs";
import { lockFolder } from "./folder-lock";
import { keepCluster } from "./keep-cluster";
import { keepWatch } from "../../src/supervisor/keep-watch";
import { runPreparation } from "./run-preparation";
import type { StartTools } from "./start-tools";
import { openDemoClock, type OpenClock } from "../../src/server/demo/demo-clock";
import { openOwnDatabase } from "./open-own-database";
import { ensureModelSecrets } from "./model-secrets";
import { ensureSecret } from "./secrets";
import type { StartOptions } from "./start-options";
import { createSupervisor } from "../../src/supervisor/supervise";

const giveUp =
  ({ say, teardown }: StartTools) =>
  (message: string): void => {
    say(message);
    teardown.end(1);
  };

/** The configured database, or the bundled one; migrated by its owner. Returns the app's access to it. */
const openDatabase = async (options: StartOptions, tools: StartTools): Promise<string> => {
  const { phases, teardown, say } = tools;
  const { database, isHosted, dataFolder } = options;
  if (database !== null) return openOwnDatabase({ urls: database, isHosted, phases });
  const cluster = await phases.run("PostgreSQL", () => keepCluster({ dataFolder, say, onGiveUp: giveUp(tools) }));
  teardown.add(() => cluster.stop());
  const { urls, hasDatabase } = cluster;
  const isCurrent = hasDatabase && (await checkDatabase(urls.owner)).isCurrent;
  const migrate = (): Promise<string> => migrateDatabase(urls, isCurrent);
  return isCurrent ? migrate() : phases.run("migrations", migrate);
};

/** Market time, which stands where it stopped until it is told to run. */
const openClock = async (
  { databaseUrl, venueId, speed }: { databaseUrl: string; venueId: string; speed: number | null },
  { say, teardown }: StartTools,
): Promise<Pick<OpenClock, "run">> => {
  const clock = await openDemoClock({ databaseUrl, venueId, speed, onTrouble: say });
  teardown.add(() => clock.stop(true));
  const pace = clock.speed === 0 ? "paused" : `${clock.speed} times as fast as a clock`;
  say(`market time ${new Date(clock.marketTime).toISOString()}, ${pace}`);
  return clock;
};

/** Begins the build, which ends with the start command. The returned function waits for it. */
const beginBuild = ({ phases, teardown }: StartTools): (() => Promise<void>) => {
  const ending = new AbortController();
  teardown.add(() => ending.abort());
  return phases.begin("build of the app, meanwhile", () => buildApp(ending.signal));
};

/** Who can sign in, in one line: the demo's user, or how to make one. */
const describeLogin = (login: string | null): string =>
  login === null
    ? "A database of your own has no demo user and no demo bots. Make a user, with demo bots or without: " +
      "npm run -s user:create -- --email you@example.org --demo-bots"
    : `Demo login: ${login}`;

/** Starts market, runner and app. With an Inngest server as runner, registers the functions there instead. */
const startChildren = async (handover: Handover, options: StartOptions, tools: StartTools): Promise<void> => {
  const { phases, say, teardown } = tools;
  const supervisor = createSupervisor({
    folder: PROJECT_FOLDER,
    environment: inheritedEnvironment(),
    say,
    onGiveUp: giveUp(tools),
  });
  teardown.add(() => supervisor.stop());
  const startTrading = async (): Promise<void> => {
    for (const spec of tradingSpecs(handover, options)) await supervisor.start(spec);
  };
  await phases.run(options.isHosted ? "market and app" : "market, runner and app", async () => {
    await Promise.all([startTrading(), options.hasApp ? supervisor.start(appSpec(handover, options)) : null]);
  });
  const { databaseUrl } = handover;
  if (!options.isHosted) return;
  const { keepRegistering } = await import("./keep-registering");
  teardown.add(await keepRegistering({ port: options.port, databaseUrl, say }));
};

/**
 * Starts everything under one supervisor and says when it is ready. Throws StartError for a fault that the person
 * who starts it can correct. Everything started is added to `teardown` at once, so that an end at any moment leaves
 * nothing behind.
 */
export const startProduct = async (options: StartOptions, tools: StartTools): Promise<void> => {
  const { phases, say, teardown } = tools;
  const { hasApp, isDev, port, dataFolder } = options;
  checkDisk(dataFolder);
  teardown.add(lockFolder(dataFolder));
  if (hasApp) await checkPort(port);
  // Beside the database's beginning and the demo's history: of two cores each leaves about half of one idle.
  const built = hasApp && !isDev && needsBuild() ? beginBuild(tools) : null;
  const databaseUrl = await openDatabase(options, tools);
  const { demo, hasDemoUser } = options;
  const { venueId, login, announce } = await runPreparation({ databaseUrl, demo, hasDemoUser, dataFolder }, teardown);
  const clock = await openClock({ databaseUrl, venueId, speed: demo.speed }, tools);
  await built?.();
  // At once, so that they differ.
  const [marketPort, modelPort] = await Promise.all([findFreePort(), findFreePort()]);
  const handover: Handover = {
    databaseUrl,
    venueId,
    marketPort,
    modelPort,
    authSecret: ensureSecret(dataFolder, "nextauth"),
    modelSecrets: ensureModelSecrets(dataFolder),
  };
  await startChildren(handover, options, tools);
  await clock.run();
  await announce();
  const watch = keepWatch(databaseUrl);
  teardown.add(() => watch.stop());
  say(hasApp ? `0xBot is ready at http://localhost:${port} (${phases.total()})` : `0xBot is ready (${phases.total()})`);
  say(describeLogin(login));
};
