import { openDemoClock, type OpenClock } from "../../src/server/demo/demo-clock";
import { openDemoSource, type DemoSource } from "./demo-source";
import { openWithoutBots } from "./open-without-bots";
import type { createPhases } from "./phases";
import { chooseDemoVenue, liveHistoryAloud } from "./prepare-demo";
import type { StartOptions } from "./start-options";
import type { Teardown } from "./teardown";
import type { DemoVenue } from "../../src/server/demo/ensure-demo-venue";

export type StartTools = {
  readonly say: (text: string) => void;
  readonly phases: ReturnType<typeof createPhases>;
  readonly teardown: Teardown;
};

type OpenDemo = { readonly databaseUrl: string; readonly options: StartOptions };

export type OpenDemoMarket = { readonly venueId: string; readonly clock: Pick<OpenClock, "run"> };

/** Does what a venue needs before its market may be shown for the first time. */
const openVenue = async (demo: OpenDemo & { venue: DemoVenue; source: DemoSource }, tools: StartTools) => {
  const { databaseUrl, options, venue, source } = demo;
  const { phases, say } = tools;
  if (!options.hasDemoUser) return openWithoutBots({ databaseUrl, venue, source });
  const days = Math.round((source.opensAt - source.historyFrom) / 86_400_000);
  say(await phases.run(`history of ${days} market days`, () => liveHistoryAloud(databaseUrl, venue, source)));
};

/** Opens the venue, completes the history when there are demo bots, and opens the clock where it stopped. */
export const openDemo = async (demo: OpenDemo, tools: StartTools): Promise<OpenDemoMarket> => {
  const { databaseUrl, options } = demo;
  const { phases, say, teardown } = tools;
  const source = await phases.run("demo market", () => openDemoSource(options.demo));
  for (const warning of source.library.warnings) say(`note: ${warning}`);
  say(source.name);
  const venue = await chooseDemoVenue(databaseUrl, source);
  if (venue.openedAt === null) await openVenue({ ...demo, venue, source }, tools);
  const { speed } = options.demo;
  const clock = await openDemoClock({ databaseUrl, venueId: venue.id, speed, onTrouble: say });
  teardown.add(() => clock.stop(true));
  const pace = clock.speed === 0 ? "paused" : `${clock.speed} times as fast as a clock`;
  say(`market time ${new Date(clock.marketTime).toISOString()}, ${pace}`);
  return { venueId: venue.id, clock };
};
