import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import type { Candle } from "~/trading/market/candle";
import { createSyntheticCandles } from "~/trading/market/synthetic-candles";
import { timeframeMs } from "~/trading/market/timeframe";
import { decimal } from "~/trading/money";
import { createPaperBot } from "../bots/create-paper-bot";
import type { Ports } from "../ports";
import { recordMarkets } from "../venues/record-markets";
import { createMemoryMarket, MEMORY_TIMEFRAME, memoryRules, type MemoryMarket } from "./memory-market";

/** The first slot: enough days after synthetic time begins that every indicator is warm. */
export const FIRST_SLOT = 1_704_067_200_000 + 21 * 86_400_000;
export const HOUR_MS = 3_600_000;

export type BooksFixture = {
  readonly ports: Ports;
  readonly market: MemoryMarket;
  readonly userId: string;
  readonly venueId: string;
  readonly botId: string;
  /** Another running bot on the same venue, with the same settings. */
  addBot(changes?: Partial<BotSettings>): Promise<string>;
  /** Sets venue and wall clock, ms; they are one in a fixture. */
  setTime(time: number): void;
};

export type FixtureOptions = {
  readonly pairs?: readonly string[];
  readonly seed?: number;
  readonly volatility?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The days of candles after the first slot. */
  readonly days?: number;
};

const candlesOf = ({ seed = 1, volatility = 0.003, days = 7 }: FixtureOptions, index: number): Candle[] =>
  createSyntheticCandles({
    seed: seed * 1000 + index,
    count: ((21 + days) * 86_400_000) / timeframeMs(MEMORY_TIMEFRAME),
    volatility,
    timeframe: MEMORY_TIMEFRAME,
    meanVolume: 100_000,
  });

/**
 * A user, a demo venue whose clock is the wall clock, its markets and a running hourly paper bot, made by the verbs.
 * `runtime` gives everything but the market and the clock, which are in memory.
 */
export const createBooksFixture = async (runtime: Ports, options: FixtureOptions = {}): Promise<BooksFixture> => {
  const pairs = options.pairs ?? ["BTC/USDT"];
  const market = createMemoryMarket(new Map(pairs.map((pair, index) => [pair, candlesOf(options, index)])), FIRST_SLOT);
  const clock = { now: FIRST_SLOT };
  const ports: Ports = { ...runtime, wallNow: () => clock.now, marketDataOf: () => Promise.resolve(market) };
  const [userId, venueId] = [ports.newId(), ports.newId()];
  const start = new Date(FIRST_SLOT);
  await ports.db.user.create({ data: { id: userId, email: `${userId}@example.org` } });
  const anchors = { anchorWall: start, anchorMarket: start, speed: 1, highWater: start };
  const venue = { id: venueId, kind: "demo" as const, name: "in memory", identity: venueId };
  await ports.db.venue.create({ data: { ...venue, finestTimeframe: MEMORY_TIMEFRAME, clock: { create: anchors } } });
  await recordMarkets(ports, venueId, pairs.map(memoryRules));
  const addBot = (changes: Partial<BotSettings> = {}): Promise<string> => {
    const settings = botSettingsSchema.parse({ pairs, intervalSeconds: 3600, ...options.settings, ...changes });
    return createPaperBot(ports, {
      userId,
      venueId,
      name: "first",
      settings,
      capital: decimal(10_000),
      startsAt: FIRST_SLOT,
    });
  };
  return {
    ports,
    market,
    userId,
    venueId,
    botId: await addBot(),
    addBot,
    setTime: (time) => {
      clock.now = time;
      market.now = time;
    },
  };
};
