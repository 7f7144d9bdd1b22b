import { createOkxSimulator } from "../../simulators/okx/create-okx-simulator";
import { createEngine } from "../../scripts/replay/create-engine";
import { driveClock } from "../../scripts/replay/drive-clock";
import type { ReplayClock } from "../../scripts/replay/replay-clock";
import type { DemoSource } from "../../scripts/start/demo-source";
import { createSteppedClock } from "../../src/inngest/embedded/base/scheduler-clock";
import { createPaperBot } from "../../src/server/bots/create-paper-bot";
import { ensureDemoVenue } from "../../src/server/demo/ensure-demo-venue";
import { openVenueAt, setHistoryClock } from "../../src/server/demo/open-demo-venue";
import { seedMarkets } from "../../src/server/demo/seed-demo";
import { DEMO_EMAIL } from "../../src/server/venues/speed-rights";
import { createRuntime, type Runtime } from "../../src/server/runtime";
import { venueTimeAt, wallTimeOf } from "../../src/server/venues/venue-time";
import { decimal } from "../../src/trading/money";
import type { BotKind } from "./bot-kinds";
import type { ScaleOpening } from "./choose-opening";

const CAPITAL = decimal(10_000);
const SPEED = 1;

/** A clock that is stepped, at the speed at which the market will run: no more is planned ahead than live. */
export const createStepped = (wall: number, market: number): ReplayClock => {
  const row = { anchorWall: wall, anchorMarket: market, speed: SPEED, previousSpeed: null };
  const scheduler = createSteppedClock(wall);
  return {
    row,
    scheduler,
    venueNow: () => venueTimeAt(row, scheduler.now()),
    schedulerTimeOf: (time) => wallTimeOf(row, time) ?? wall,
  };
};

type Stepped = { readonly runtime: Runtime; readonly clock: ReplayClock; readonly venueId: string };
type SteppedWorld = {
  readonly databaseUrl: string;
  readonly source: DemoSource;
  readonly clock: ReplayClock;
  readonly concurrency: number;
};

/** The product's functions in this process, by a stepped clock, and its market; ended however `work` ends. */
export const withSteppedProduct = async (
  { databaseUrl, source, clock, concurrency }: SteppedWorld,
  work: (world: Stepped & { readonly advance: (to: number) => Promise<void> }) => Promise<void>,
): Promise<void> => {
  const simulator = await createOkxSimulator({ candles: source.library, now: clock.venueNow });
  const venue = createRuntime({ databaseUrl, poolMax: 1 });
  const { id: venueId } = await ensureDemoVenue(venue, source);
  await venue.close();
  const runtime = createRuntime({
    databaseUrl,
    poolMax: 8,
    keepsPrepared: true,
    demoUrl: simulator.baseUrl,
    demoVenueId: venueId,
    wallNow: clock.scheduler.now,
  });
  const engine = await createEngine(databaseUrl, { clock, runtime, concurrency });
  const onInstant = (): Promise<boolean> => Promise.resolve(false);
  const advance = async (to: number): Promise<void> => {
    await driveClock({ ...engine, clock, from: clock.venueNow(), to, guardMs: null, onInstant });
    clock.scheduler.jumpTo(clock.schedulerTimeOf(to));
  };
  try {
    await setHistoryClock(runtime, venueId, clock.row);
    await work({ runtime, clock, venueId, advance });
  } finally {
    await engine.close();
    await runtime.close();
    await simulator.close();
  }
};

export type MadeBot = { readonly botId: string; readonly accountId: string; readonly userId: string };
export type Life = {
  readonly databaseUrl: string;
  readonly source: DemoSource;
  readonly opening: ScaleOpening;
  /** Market time (ms) at which the market opens. */
  readonly opensAt: number;
};

/**
 * Makes one bot of each kind through the product, lets those that hold enter by their own decisions, and opens the
 * market. Returns the bots in the order of their kinds.
 */
export const liveOriginals = async (life: Life, kinds: readonly BotKind[]): Promise<MadeBot[]> => {
  const { databaseUrl, source, opening, opensAt } = life;
  const made: MadeBot[] = [];
  const clock = createStepped(opening.heldFrom, opening.heldFrom);
  await withSteppedProduct({ databaseUrl, source, clock, concurrency: 3 }, async ({ runtime, venueId, advance }) => {
    await seedMarkets(runtime, venueId);
    const userId = runtime.newId();
    await runtime.db.user.create({ data: { id: userId, email: DEMO_EMAIL } });
    for (const [index, { group, settings }] of kinds.entries()) {
      const startsAt = group === "holding" ? opening.heldFrom : opening.firstClose;
      const name = `${group} ${index}`;
      const botId = await createPaperBot(runtime, { userId, venueId, name, settings, capital: CAPITAL, startsAt });
      const { accountId } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
      made.push({ botId, accountId, userId });
    }
    await advance(opensAt);
    await openVenueAt(runtime, venueId, opensAt);
  });
  return made;
};
