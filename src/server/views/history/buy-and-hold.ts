import { VENUE_CATALOGUE } from "~/trading/venue-catalogue";
import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import { decimal, type Decimal } from "~/trading/money";
import {
  buyBenchmark,
  flowBenchmark,
  measureBenchmark,
  type Benchmark,
  type HoldingEntry,
} from "~/trading/performance/buy-and-hold";
import { startBefore, type Flowed } from "~/trading/performance/time-weighted-return";
import type { Ports } from "../../ports";
import { loadEquityCurve, type CurvePoint } from "./equity-curve";
import { loadFirstSlot } from "./first-slot";
import { loadHoldCandles } from "./hold-candles";
import { loadFlows } from "../bot-flows";
import type { BotWithSettings } from "../owned-bot";

/** `time` in seconds of venue time; `value` is for drawing only. */
type HoldPoint = { readonly time: number; readonly value: number };
export type BuyAndHold = { readonly fraction: number | null; readonly points: HoldPoint[] };

const NOTHING: BuyAndHold = { fraction: null, points: [] };

const seconds = (time: number): number => Math.floor(time / 1000);

/** What its first version traded: a benchmark that is bought once and held does not change with the settings. */
const loadFirstPairs = async ({ db }: Pick<Ports, "db">, { id: botId, settings, settingsVersion }: BotWithSettings) => {
  if (settingsVersion === 1) return settings;
  const first = await db.botSettings.findUniqueOrThrow({ where: { botId_version: { botId, version: 1 } } });
  return botSettingsSchema.parse(first.settings);
};

type Traded = Pick<BotSettings, "pairs" | "marketType">;

const listMarkets = ({ db }: Pick<Ports, "db">, { venueId }: BotWithSettings, { pairs, marketType }: Traded) =>
  db.market.findMany({
    where: { venueId, marketType, pair: { in: pairs } },
    orderBy: { id: "asc" },
    select: { id: true, tick: true, lot: true },
  });

/** Values of all, or null where one is missing: half a benchmark is none. */
const allOf = <Value>(values: readonly (Value | undefined)[]): Value[] | null => {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : null;
};

type EntriesAt = (time: number) => readonly HoldingEntry[] | null;
type Priced = { readonly times: readonly number[]; readonly entriesAt: EntriesAt };

/** Where a benchmark begins, and goes on after each flow; null: where a price is missing, it is not known any more. */
type Held = { readonly from: number; readonly benchmark: Benchmark | null };

const holdThrough = (start: Held, flows: readonly Flowed[], { times, entriesAt }: Priced): Held[] => {
  const held = [start];
  for (const { at, amount } of flows) {
    // Where its own candle is missing, the first that is there: nothing is measured between.
    const from = [at, ...times.filter((time) => time > at)].find((time) => entriesAt(time) !== null) ?? at;
    const [before, entries] = [held.at(-1)?.benchmark, entriesAt(from)];
    held.push({ from, benchmark: before && entries ? flowBenchmark(before, amount, entries) : null });
  }
  return held;
};

/** The same as `loadBuyAndHold`, for a curve that was read already. */
export const holdFrom = async (
  ports: Pick<Ports, "db">,
  bot: BotWithSettings,
  curve: readonly CurvePoint[],
): Promise<BuyAndHold> => {
  const traded = await loadFirstPairs(ports, bot);
  const [firstSlot, markets] = await Promise.all([loadFirstSlot(ports, bot.id), listMarkets(ports, bot, traded)]);
  if (firstSlot === null || markets.length < traded.pairs.length) return NOTHING;
  const first = firstSlot.getTime();
  const flows = await loadFlows(ports.db, bot.id);
  const times = curve.map(({ at }) => at.getTime());
  const asked = [first, ...times, ...flows.map(({ at }) => at)].toSorted((one, other) => one - other);
  const candles = await loadHoldCandles(ports.db, { marketIds: markets.map(({ id }) => id), times: asked });
  if (!candles) return NOTHING;
  const takerFeeRate = VENUE_CATALOGUE[bot.venueKind].fees.taker.toFixed();
  const entriesAt: EntriesAt = (time) =>
    allOf(
      markets.map(({ id, tick, lot }): HoldingEntry | undefined => {
        const price = candles.at(id, time);
        const rules = { tick: decimal(tick).toFixed(), lot: decimal(lot).toFixed(), takerFeeRate };
        return price && { ...price, rules };
      }),
    );
  const bought = entriesAt(first);
  if (!bought) return NOTHING;
  const benchmark = buyBenchmark(startBefore(bot.allotment, flows), bought);
  const held = holdThrough({ from: first, benchmark }, flows, { times, entriesAt });
  const measured = times.flatMap((time) => {
    const known = held.findLast(({ from }) => from <= time)?.benchmark;
    const prices = allOf(markets.map(({ id }): Decimal | undefined => candles.at(id, time)?.price));
    return prices && known ? [{ time, ...measureBenchmark(known, prices) }] : [];
  });
  const last = measured.at(-1);
  return {
    fraction: last && last.time === times.at(-1) ? last.fraction.toNumber() : null,
    points: measured.map(({ time, worth }) => ({ time: seconds(time), value: worth.toNumber() })),
  };
};

/**
 * The benchmark of a bot, the one that every page shows: its capital put in equal shares into the pairs of its
 * first version at its first slot and held without leverage. At each time t of its equity curve that is the sum over pairs of rest + quantity x
 * close(t), where entry pays half spread, impact and taker fee (see `buyBenchmark`) and close is the last stored close
 * by then. What its account gave it is bought then, what it gave back is sold. A time at which a candle is missing has no point; without every entry candle there is none. `fraction` is
 * the change on capital at the newest time of the curve, null where that has no point: never guessed.
 */
export const loadBuyAndHold = async (ports: Pick<Ports, "db">, bot: BotWithSettings): Promise<BuyAndHold> =>
  holdFrom(ports, bot, await loadEquityCurve(ports.db, bot.id));
