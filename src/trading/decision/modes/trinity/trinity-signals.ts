import type { Candle } from "../../../market/candle";
import type { AdxValue } from "../../../market/indicators/adx";
import type { BandExpansionValue } from "../../../market/indicators/band-expansion";
import type { IchimokuValue } from "../../../market/indicators/ichimoku";
import type { MacdValue } from "../../../market/indicators/macd";
import type { StochasticValue } from "../../../market/indicators/stochastic";
import type { VolumeDeltaValue } from "../../../market/indicators/volume-delta";
import type { VwapValue } from "../../../market/indicators/vwap-bands";
import type { CloudCross } from "../../analysis/cloud-cross";
import type { MacdDivergence } from "../../analysis/macd-divergence";
import type { LineTurn } from "./trinity-turns";

/** The second timeframe's last candle. */
export type ConfirmSignals = { readonly close: number; readonly ema20: number; readonly adx14: number };

export type WithMean = { readonly value: number; readonly mean: number };

/** What Trinity reads in the market at the last closed candle, the same for both sides. Null is unknown. */
export type TrinitySignals = {
  readonly candle: Candle;
  readonly sma200: number | null;
  readonly ema20: number | null;
  readonly atr14: number | null;
  readonly cloud: IchimokuValue | null;
  readonly cloudCross: CloudCross | null;
  readonly adx14: AdxValue | null;
  readonly rsi14: number | null;
  readonly macd: MacdValue | null;
  readonly divergence: MacdDivergence | null;
  readonly obv: WithMean | null;
  readonly volume: WithMean | null;
  readonly volumeDelta: VolumeDeltaValue | null;
  readonly bands: BandExpansionValue | null;
  readonly stochastic: { readonly now: StochasticValue; readonly before: StochasticValue } | null;
  readonly vwap: VwapValue | null;
  readonly confirm: ConfirmSignals | null;
  /** The band in force. */
  readonly supertrend: number | null;
  readonly turns: { readonly supertrend: LineTurn; readonly sma200: LineTurn };
};
