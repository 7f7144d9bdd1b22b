import type { PositionSide } from "../../../portfolio/position-side";
import { cloudBottom, cloudTop } from "../../analysis/cloud-cross";
import { allOf, beyond, compare, crossing, type ConditionReading } from "../../basis/condition-reading";
import type { TrinitySignals } from "./trinity-signals";

export type ConditionReader = (signals: TrinitySignals, side: PositionSide) => ConditionReading;

/** `conditions` by name, in the order in which the first one met contributes the category's weight. */
export type TrinityCategory = {
  readonly name: string;
  readonly weight: number;
  readonly conditions: Readonly<Record<string, ConditionReader>>;
};

/** What the conditions compare by. */
export const THRESHOLDS = {
  adxStrong: 25,
  pullbackFraction: 0.005,
  pullbackAtrShare: 0.5,
  rsiOversold: 40,
  rsiOverbought: 60,
  surgeSigmas: 2,
  expansionFactor: 1.3,
  quietRangeFraction: 0.01,
} as const;

const signOf = (side: PositionSide): 1 | -1 => (side === "long" ? 1 : -1);

const closeBeyondCloud: ConditionReader = ({ candle, cloud }, side) =>
  beyond(side, candle.close, cloud && (side === "long" ? cloudTop(cloud) : cloudBottom(cloud)));

const tenkanBeyondKijun: ConditionReader = ({ cloud }, side) => beyond(side, cloud?.tenkan, cloud?.kijun);

const cloudAligned: ConditionReader = (signals, side) =>
  allOf([
    closeBeyondCloud(signals, side),
    tenkanBeyondKijun(signals, side),
    beyond(side, signals.cloud?.spanA, signals.cloud?.spanB),
  ]);

/** ADX with the sign of its direction: positive when the side's own DI is the stronger one. */
const directionalAdx: ConditionReader = ({ adx14 }, side) => {
  const direction = adx14 && signOf(side) * Math.sign(adx14.plusDi - adx14.minusDi);
  return compare(adx14 && direction && direction * adx14.adx, ">", THRESHOLDS.adxStrong);
};

/**
 * A dip below EMA20 by at least 0.5 % and at least half an ATR14. In a volatile market noise alone exceeds 0.5 %, so
 * without the ATR the share of candles that trigger would follow volatility.
 */
const pullback: ConditionReader = ({ candle, ema20, atr14 }, side) => {
  const depth =
    ema20 !== null && atr14 !== null
      ? Math.max(ema20 * THRESHOLDS.pullbackFraction, atr14 * THRESHOLDS.pullbackAtrShare)
      : null;
  const touched =
    side === "long"
      ? compare(candle.low, "<=", depth !== null && ema20 !== null ? ema20 - depth : null)
      : compare(candle.high, ">=", depth !== null && ema20 !== null ? ema20 + depth : null);
  return allOf([touched, beyond(side, candle.close, ema20)]);
};

const throughCloud: ConditionReader = ({ candle, cloud, cloudCross }, side) => {
  const threshold = cloud && (side === "long" ? cloudTop(cloud) : cloudBottom(cloud));
  const met = cloudCross && cloudCross === (side === "long" ? "up" : "down");
  return crossing(side, { value: candle.close, threshold }, met);
};

const stochasticCross: ConditionReader = ({ stochastic }, side) => {
  if (stochastic === null) return crossing(side, { value: null, threshold: null }, null);
  const { now, before } = stochastic;
  const sign = signOf(side);
  const met = sign * before.k <= sign * before.d && sign * now.k > sign * now.d;
  return crossing(side, { value: now.k, threshold: now.d }, met);
};

/** Buying (selling) pressure while the price hardly moves. */
const deltaDivergence: ConditionReader = ({ volumeDelta }, side) =>
  allOf([
    compare(volumeDelta?.recentRange, "<", THRESHOLDS.quietRangeFraction),
    compare(
      volumeDelta && signOf(side) * volumeDelta.recent,
      ">",
      volumeDelta && THRESHOLDS.surgeSigmas * volumeDelta.sigma,
    ),
  ]);

/** Whose conditions are the triggers of an entry. */
export const TRIGGER_CATEGORY = "entry";

/** TRADING section 4. "Cumulative delta crossing up" implies "above 0", so it is no condition of its own. */
export const TRINITY_CATEGORIES: readonly TrinityCategory[] = [
  {
    name: "regime",
    weight: 0.25,
    conditions: {
      "close-sma200": ({ candle, sma200 }, side) => beyond(side, candle.close, sma200),
      "cloud-aligned": cloudAligned,
    },
  },
  {
    name: "trend",
    weight: 0.2,
    conditions: {
      "directional-adx14": directionalAdx,
      "close-cloud": closeBeyondCloud,
      "tenkan-kijun": tenkanBeyondKijun,
    },
  },
  { name: TRIGGER_CATEGORY, weight: 0.2, conditions: { "ema20-pullback": pullback, "cloud-cross": throughCloud } },
  {
    name: "momentum",
    weight: 0.2,
    conditions: {
      rsi14: ({ rsi14 }, side) =>
        side === "long" ? compare(rsi14, "<", THRESHOLDS.rsiOversold) : compare(rsi14, ">", THRESHOLDS.rsiOverbought),
      "macd-signal": ({ macd }, side) => beyond(side, macd?.line, macd?.signal),
      "obv-sma14": ({ obv }, side) => beyond(side, obv?.value, obv?.mean),
      "cumulative-delta": ({ volumeDelta }, side) => beyond(side, volumeDelta?.cumulative, 0),
    },
  },
  {
    name: "volume",
    weight: 0.1,
    conditions: {
      "volume-sma20": ({ volume }) => compare(volume?.value, ">", volume?.mean),
      "delta-surge": ({ volumeDelta }) =>
        compare(
          volumeDelta && Math.abs(volumeDelta.bar),
          ">",
          volumeDelta && THRESHOLDS.surgeSigmas * volumeDelta.sigma,
        ),
    },
  },
  {
    name: "volatility",
    weight: 0.05,
    conditions: {
      "band-expansion": ({ bands }) =>
        compare(bands?.bandwidth, ">", bands && THRESHOLDS.expansionFactor * bands.median),
      "stochastic-cross": stochasticCross,
      "vwap-band": ({ candle, vwap }, side) => beyond(side, candle.close, side === "long" ? vwap?.upper : vwap?.lower),
      "delta-divergence": deltaDivergence,
    },
  },
];
