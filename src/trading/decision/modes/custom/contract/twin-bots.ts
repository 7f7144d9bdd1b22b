import fc from "fast-check";
import { expect } from "vitest";
import type { Candle } from "../../../../market/candle";
import { createSyntheticCandles } from "../../../../market/synthetic-candles";
import type { Decision } from "../../../basis/decision";
import type { HeldPosition } from "../../../basis/decision-mode";
import { decide, modeOf } from "../../../decide";

export const PAIR = "BTC/USDT";
export const HOUR_MS = 3_600_000;

export const botOf = (mode: string, decision: object) => ({
  mode,
  pairs: [PAIR],
  decision: modeOf({ mode }).settings.parse(decision),
});
type Bot = ReturnType<typeof botOf>;

/** A bot of a mode of its own, and one of custom rules that must do the same. */
export type Twins = { readonly own: Bot; readonly rules: Bot };

/** All that a bot does by a decision; how it is told is each mode's own. */
const deedOf = (decision: Decision) => {
  const { reason, evidence: _shown, invalidation: _told, ...deed } = decision;
  return { ...deed, code: deed.action === "close" ? reason.code : null };
};

type Asked = { readonly time: number; readonly series: readonly (readonly Candle[])[] };

/** What both decide; they must agree to the last bit. */
export const decideAlike = ({ own, rules }: Twins, asked: Asked, position: HeldPosition | null): Decision => {
  const question = { pair: PAIR, ...asked, position, wasHeld: false };
  const decision = decide({ ...question, settings: own });
  expect(deedOf(decide({ ...question, settings: rules }))).toStrictEqual(deedOf(decision));
  return decision;
};

const SHAPES = {
  calm: (candle) => [candle],
  trend: (candle, index) => [scaled(candle, 1.001 ** index)],
  crash: (candle, index) => [scaled(candle, index < 250 ? 1 : 0.99 ** (index - 250))],
  flat: (candle) => [{ ...candle, open: 100, high: 100, low: 100, close: 100, volume: 0 }],
  "no volume": (candle, index) => [{ ...candle, volume: index % 90 === 0 ? null : candle.volume }],
  "short gap": (candle, index) => (index % 50 < 3 ? [] : [candle]),
  outage: (candle, index) => (index >= 120 && index < 140 ? [] : [candle]),
  "tiny price": (candle) => [scaled(candle, 2 ** -30)],
} as const satisfies Readonly<Record<string, (candle: Candle, index: number) => Candle[]>>;
const SHAPE_NAMES = Object.keys(SHAPES) as (keyof typeof SHAPES)[];

const scaled = (candle: Candle, by: number): Candle => ({
  ...candle,
  open: candle.open * by,
  high: candle.high * by,
  low: candle.low * by,
  close: candle.close * by,
});

/** Markets of every kind, with outages and unknown volumes, of one-hour candles. */
export const markets: fc.Arbitrary<Candle[]> = fc
  .record({
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
    count: fc.integer({ min: 0, max: 480 }),
    volatility: fc.constantFrom(0.002, 0.006, 0.012, 0.03),
    shape: fc.constantFrom(...SHAPE_NAMES),
  })
  .map(({ shape, ...market }) => createSyntheticCandles({ ...market, startPrice: 30_000 }).flatMap(SHAPES[shape]));

const helds = fc.option(
  fc.record({
    side: fc.constantFrom("long" as const, "short" as const),
    openedHour: fc.integer({ min: 0, max: 480 }),
    gain: fc.constantFrom(-0.05, 0.01, 0.03, 0.2),
    partsTaken: fc.constantFrom<readonly string[]>([], ["exit-stretched"]),
  }),
);

/** A market, and a position in it or none. */
export const marketsWithPosition: fc.Arbitrary<{ candles: Candle[]; position: HeldPosition | null }> = fc
  .record({ candles: markets, held: helds })
  .map(({ candles, held }) => {
    const [first, last] = [candles[0], candles.at(-1)];
    if (held === null || first === undefined || last === undefined) return { candles, position: null };
    const entry = last.close / (1 + (held.side === "long" ? held.gain : -held.gain));
    const position = {
      side: held.side,
      openedAt: first.openTime + held.openedHour * HOUR_MS,
      entryPrice: entry.toFixed(12),
      partsTaken: held.partsTaken,
    };
    return { candles, position };
  });
