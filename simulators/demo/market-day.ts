import { createSeededStream } from "./seeded-stream";

type Regime = "range" | "trend" | "crash";

/** What kind of day the whole market has: `move` is its log return, `turbulence` multiplies the calm minutes. */
export type MarketDay = { readonly regime: Regime; readonly move: number; readonly turbulence: number };

/** A regime lasts this many days, then the next is drawn. */
const REGIME_DAYS = 4;
const RANGE_SHARE = 0.5;
const TREND_SHARE = 0.4;

const regimeOf = (chance: number): Regime => {
  if (chance < RANGE_SHARE) return "range";
  return chance < RANGE_SHARE + TREND_SHARE ? "trend" : "crash";
};

/**
 * The market's day `day` (whole days since synthetic time began): a pure function of (seed, day). Up and down are
 * equally likely in every regime and mirror each other in log returns, so nothing drifts by construction; the mirror
 * of a crash is a squeeze.
 */
export const marketDay = (seed: number, day: number): MarketDay => {
  const block = createSeededStream(seed, "regime", Math.floor(day / REGIME_DAYS));
  const regime = regimeOf(block.uniform());
  const direction = block.uniform() < 0.5 ? -1 : 1;
  const shock = 0.06 + 0.06 * block.uniform();
  const own = createSeededStream(seed, "market-day", day);
  const [noise, mood] = [own.normal(), Math.exp(0.25 * own.normal())];
  if (regime === "range") return { regime, move: 0.007 * noise, turbulence: 0.8 * mood };
  if (regime === "trend") return { regime, move: direction * 0.016 + 0.012 * noise, turbulence: mood };
  const isShockDay = day % REGIME_DAYS === 0;
  return isShockDay
    ? { regime, move: direction * shock, turbulence: 2.6 * mood }
    : { regime, move: 0.015 * noise, turbulence: 1.5 * mood };
};
