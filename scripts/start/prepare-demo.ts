import { createRuntime } from "../../src/server/runtime";
import { createProgressBar } from "../replay/progress-bar";
import type { DemoSource } from "./demo-source";
import { liveHistory } from "./live-history";
import { addScriptedBot } from "../../src/server/demo/add-scripted-bot";
import { ensureDemoVenue, type DemoVenue } from "../../src/server/demo/ensure-demo-venue";
import { switchDemoVenue } from "../../src/server/demo/switch-demo-venue";

/** Makes this market's venue the one that is shown; the others are archived. */
export const chooseDemoVenue = async (databaseUrl: string, source: DemoSource): Promise<DemoVenue> => {
  const runtime = createRuntime({ databaseUrl, poolMax: 2 });
  try {
    const venue = await ensureDemoVenue(runtime, source);
    await switchDemoVenue(runtime, venue.id);
    // Heartbeats of the last start say nothing about this one.
    await runtime.db.processHeartbeat.deleteMany();
    return venue;
  } finally {
    await runtime.close();
  }
};

/** Gives a demo of an earlier version the bots that it lacks; returns whether it lacked any. */
export const addNewBots = async (databaseUrl: string): Promise<boolean> => {
  const runtime = createRuntime({ databaseUrl, poolMax: 1 });
  try {
    return await addScriptedBot(runtime);
  } finally {
    await runtime.close();
  }
};

/** Runs the bots' history with a progress bar; returns a summary in words. */
export const liveHistoryAloud = async (databaseUrl: string, venue: DemoVenue, source: DemoSource): Promise<string> => {
  const bar = createProgressBar("history", { from: source.historyFrom, to: source.opensAt });
  const lived = await liveHistory({ databaseUrl, venue, source, onProgress: bar.show });
  bar.end();
  return `${lived.cycles} cycles, ${lived.trades} trades`;
};
