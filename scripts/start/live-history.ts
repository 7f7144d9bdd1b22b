import { createOkxSimulator } from "../../simulators/okx/create-okx-simulator";
import { checkBotInvariants } from "../../src/server/books/check-bot-invariants";
import { createRuntime, type Runtime } from "../../src/server/runtime";
import { createEngine } from "../replay/create-engine";
import { driveClock } from "../replay/drive-clock";
import { createReplayClock } from "../replay/replay-clock";
import type { DemoSource } from "./demo-source";
import { serveScriptedModel } from "./serve-scripted-model";
import type { DemoVenue } from "../../src/server/demo/ensure-demo-venue";
import { findHistoryResume } from "../../src/server/demo/find-history-resume";
import { openVenueAt, setHistoryClock } from "../../src/server/demo/open-demo-venue";
import { seedDemo } from "../../src/server/demo/seed-demo";

export type History = {
  readonly databaseUrl: string;
  readonly venue: DemoVenue;
  readonly source: DemoSource;
  readonly onProgress: (marketTime: number) => void;
};

/** What the bots did before the demo opened. */
export type Lived = { readonly cycles: number; readonly trades: number };

/** Different bots run at the same time; the cycles of one bot run one after another. */
const CONCURRENCY = 3;
/** As often as live at the default speed. */
const GUARD_MS = 12 * 3_600_000;

/**
 * Commits of a history do not wait for the disk: a power cut may lose the last ones but never part of one, and the next
 * start continues from there. The commit that opens the demo does wait, which makes everything before it safe.
 */
const withoutWaiting = (url: string): string => {
  const history = new URL(url);
  history.searchParams.set("options", "-c synchronous_commit=off -c statement_timeout=30000 -c lock_timeout=10000");
  return history.toString();
};

/** With books that do not add up every later number would be wrong, so the demo does not open. */
const auditBots = async (runtime: Runtime, venueId: string): Promise<void> => {
  for (const { id, name, settingsVersion } of await runtime.db.bot.findMany({ where: { account: { venueId } } })) {
    const last = await runtime.db.equityPoint.findFirst({ where: { botId: id }, orderBy: { at: "desc" } });
    if (last === null) continue;
    const broken = await checkBotInvariants(runtime, { botId: id, settingsVersion, at: last.at.getTime() });
    if (broken.length > 0) throw new Error(`the books of ${name} do not add up: ${broken[0]?.text}`);
  }
};

/**
 * Runs the demo's bots from the start of the source's history, with the product's own functions and a stepped clock,
 * until the demo opens: the venue's `openedAt` marks that instant. After a kill at any moment, the next call continues.
 */
export const liveHistory = async (history: History): Promise<Lived> => {
  const { venue, source, onProgress } = history;
  const databaseUrl = withoutWaiting(history.databaseUrl);
  const { historyFrom: from, opensAt: to } = source;
  const probe = createReplayClock(from, from);
  let now: () => number = probe.venueNow;
  const simulator = await createOkxSimulator({ candles: source.library, now: () => now() });
  const model = await serveScriptedModel(0);
  let wallNow: () => number = probe.scheduler.now;
  const runtime = createRuntime({
    databaseUrl,
    poolMax: 6,
    keepsPrepared: true,
    demoUrl: simulator.baseUrl,
    demoVenueId: venue.id,
    models: { scriptedUrl: model.baseUrl },
    wallNow: () => wallNow(),
  });
  try {
    await setHistoryClock(runtime, venue.id, probe.row);
    await seedDemo(runtime, venue.id, source);
    const clock = createReplayClock(from, Math.max(from, (await findHistoryResume(runtime, venue.id)) ?? from));
    [now, wallNow] = [clock.venueNow, clock.scheduler.now];
    const engine = await createEngine(databaseUrl, { clock, runtime, concurrency: CONCURRENCY });
    const onInstant = (time: number): Promise<boolean> => {
      onProgress(time);
      return Promise.resolve(false);
    };
    if (clock.venueNow() < to) await driveClock({ ...engine, clock, from, to, guardMs: GUARD_MS, onInstant });
    await engine.close();
    await auditBots(runtime, venue.id);
    await openVenueAt(runtime, venue.id, source.opensAt);
    const ofVenue = { bot: { account: { venueId: venue.id } } };
    const cycles = await runtime.db.cycle.count({ where: { ...ofVenue, status: "done" } });
    return { cycles, trades: await runtime.db.trade.count({ where: ofVenue }) };
  } finally {
    await runtime.close();
    await simulator.close();
    await model.close();
  }
};
