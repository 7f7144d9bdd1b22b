import type { Candle } from "../../../../market/candle";
import { createSyntheticCandles } from "../../../../market/synthetic-candles";
import type { HeldPosition } from "../../../basis/decision-mode";
import { decide } from "../../../decide";
import { customSettingsSchema } from "../custom-settings";

export const HOUR_MS = 3_600_000;
const PAIR = "BTC/USDT";

/** The last close is 100; each close before it is given, newest first. */
export const marketOf = (...before: readonly number[]): Candle[] =>
  createSyntheticCandles({ seed: 1, count: 40, volatility: 0.001 }).map((candle, index, all) => {
    const close = [100, ...before][all.length - 1 - index] ?? 100;
    return { ...candle, open: close, high: close + 1, low: close - 1, close };
  });

export const above = (right: unknown) => ({ left: "close", is: ">", right });
export const below = (right: unknown) => ({ left: "close", is: "<", right });
export const named = (code: string, when: unknown) => ({ code, name: `the ${code}`, when });
export const COMMON = { sizes: [{ sizeFraction: 0.1 }], stop: { fraction: 0.02 }, target: { fraction: 0.04 } };
export const setup = (code: string, when: unknown, changes: object = {}) => ({
  kind: "conditions",
  code,
  name: code,
  all: [named(`${code}-if`, when)],
  score: 0.7,
  ...COMMON,
  ...changes,
});
export const exit = (when: unknown, changes: object = {}) => ({ ...named("out", when), ...changes });

export type Rules = { readonly long?: object; readonly short?: object; readonly warmUpCandles?: number };
export const decideBy = (rules: Rules, position: HeldPosition | null = null, candles = marketOf()) =>
  decide({
    pair: PAIR,
    time: (candles.at(-1)?.openTime ?? 0) + HOUR_MS,
    settings: { mode: "custom", pairs: [PAIR], decision: customSettingsSchema.parse(rules) },
    series: [candles],
    position,
    wasHeld: false,
  });

export const [MET, UNMET] = [above(50), above(150)];
/** Rules with these setups for long. */
export const longs = (...setups: object[]) => ({ long: { setups } });
