import { z } from "zod";
import { TIMEFRAMES } from "../../../market/timeframe";

const fraction = z.number().gt(0).lt(1);
const rsi = z.number().gt(0).lt(100);

/** The lowest score that any setup can have: an entry below it would be no setup. */
const SCORE_LOWEST = 0.6;

type Preset = {
  readonly setups: "both" | "pullback" | "breakout";
  readonly sides: "both" | "long";
  readonly pullbackRsiMax: number;
  readonly freshBreakout: boolean;
};

/**
 * "original": as the earlier system had it, which bought every close above the level, and only bought. "pullback": in a
 * trend RSI14 hardly ever falls to 40 (never in three months of three pairs), but to 50 it does.
 */
const PRESETS: Readonly<Record<"default" | "original" | "pullback", Preset>> = {
  default: { setups: "both", sides: "both", pullbackRsiMax: 40, freshBreakout: true },
  original: { setups: "both", sides: "long", pullbackRsiMax: 40, freshBreakout: false },
  pullback: { setups: "pullback", sides: "both", pullbackRsiMax: 50, freshBreakout: true },
};

/** The mode's settings and their defaults (TRADING 4). Fractions, never percent; the RSI of a short is mirrored at 50. */
export const indicatorSettingsSchema = z
  .strictObject({
    preset: z.enum(["default", "original", "pullback"]).default("default"),
    timeframe: z.enum(TIMEFRAMES).default("1h"),
    setups: z.enum(["both", "pullback", "breakout"]).optional(),
    sides: z.enum(["both", "long"]).optional(),
    /** Volume as a share of its mean over 20 candles. */
    volumeShareMin: z.number().min(0).max(10).default(0.8),
    pullbackRsiMax: rsi.optional(),
    breakoutRsiMin: rsi.default(60),
    /** Whether a breakout counts only at the candle that crosses the level. */
    freshBreakout: z.boolean().optional(),
    entryScoreMin: z.number().min(SCORE_LOWEST).max(1).default(0.65),
    sizeFraction: fraction.default(0.1),
    leverage: z.number().min(1).max(10).default(1),
    pullbackStopFraction: fraction.default(0.025),
    /** Beyond the level that was broken. */
    breakoutStopFraction: fraction.default(0.015),
    takeProfitFraction: fraction.default(0.05),
    /** Beyond this RSI, and with this gain, a part of the position is closed and the stop of the rest trails. */
    stretchedRsi: z.number().min(50).lt(100).default(80),
    stretchedGainMin: z.number().min(0).lt(1).default(0.02),
    stretchedCloseFraction: z.number().gt(0).max(1).default(0.5),
    restTrailFraction: fraction.default(0.02),
    timeExitHours: z.number().int().min(1).max(8760).default(24),
  })
  .transform(({ setups, sides, pullbackRsiMax, freshBreakout, ...settings }) => {
    const preset = PRESETS[settings.preset];
    return {
      ...settings,
      setups: setups ?? preset.setups,
      sides: sides ?? preset.sides,
      pullbackRsiMax: pullbackRsiMax ?? preset.pullbackRsiMax,
      freshBreakout: freshBreakout ?? preset.freshBreakout,
    };
  });

export type IndicatorSettings = z.infer<typeof indicatorSettingsSchema>;

/** What the market is read by: all other settings only say what a bot does with the readings. */
export type IndicatorReads = Pick<
  IndicatorSettings,
  "timeframe" | "volumeShareMin" | "pullbackRsiMax" | "breakoutRsiMin" | "freshBreakout"
>;

export const indicatorReads = (settings: IndicatorSettings): IndicatorReads => {
  const { timeframe, volumeShareMin, pullbackRsiMax, breakoutRsiMin, freshBreakout } = settings;
  return { timeframe, volumeShareMin, pullbackRsiMax, breakoutRsiMin, freshBreakout };
};
